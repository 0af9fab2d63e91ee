"""Matters of every kind that end in the confidential lane, each after it left traces elsewhere."""

import io
from dataclasses import dataclass, field

from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import FilePurpose
from casetracker.persistence.papers import Paper
from casetracker.persistence.working import Attachment
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.case_reading.revealing import reveal_person
from casetracker.services.commands.ledgers import NoteLetter
from casetracker.services.commands.papers import command_of
from casetracker.services.ledgers.letters import note_letter
from casetracker.services.receiving.drafts import keep_draft
from casetracker.services.running.ticking import tick
from casetracker.services.steps.attachments import add_attachment
from casetracker.services.steps.papers.issuing import issue
from tests.factories.ledgers import old_case, undertaking
from tests.factories.petitions import petition, worked
from tests.factories.street import Street

WORDS = "独角兽主任收受礼品礼金"
ACCUSER = {"name": "诸葛孔明", "phone": "13977665544", "id_number": "42011219700101123X"}
SHARED = {"name": "张三", "phone": "13812345678"}
"""The caller of the street's other cases, so that histories of persons would tell."""
UPSTREAM = "WH-SEALED-1"
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass
class Sealed:
    """What lies in the lane: numbers, and the ids of what hangs on them."""

    numbers: list[str] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    papers: list[int] = field(default_factory=list)

    @property
    def asked_for(self) -> list[str]:
        """One of each track by which all of them are tried."""
        return [self.numbers[0], next(one for one in self.numbers if one.startswith("RX"))]


def seal_some(street: Street) -> Sealed:
    """All of them, and the work that the officers do on them."""
    numbers = [
        _known_at_once(street), *_worked_petition(street), *_worked_hotline_cases(street),
        *_turned_into_a_petition(street),
    ]  # fmt: skip
    _officers_work(street, numbers[0])
    ids = [street.case(number).id for number in numbers]
    query = street.session.query
    return Sealed(
        numbers,
        [row.id for row in query(Attachment).filter(Attachment.case_id.in_(ids))],
        [row.id for row in query(Paper).filter(Paper.case_id.in_(ids))],
    )


def _known_at_once(street: Street) -> str:
    person = {**ACCUSER, "address": "东风社区三栋"}
    details = {
        "petition_class": "accusation", "against": "独角兽", "against_unit": "东风社区",
        "people": [{"name": "司马仲达", "phone": "13977665545"}],
    }  # fmt: skip
    body = {"content": WORDS, "petitioner": person, "persons": 2, "external_number": UPSTREAM}
    return petition(street, petition=details, **body).number


def _worked_petition(street: Street) -> list[str]:
    """Seen by a unit, the adviser's desk and a leader before somebody read it again."""
    number = worked(street, "to_check", content=WORDS, petitioner=SHARED)
    note = NoteLetter(number=number, note=WORDS, unit="东风社区", due_on="2026-03-06")
    note_letter(street.ctx("leader"), note)
    old_case(street, number=number, description=WORDS)
    undertaking(street, numbers=number, title=WORDS)
    add_attachment(street.ctx("clerk"), number, "举报信.pdf", io.BytesIO(PDF), FilePurpose.REQUEST)
    reveal_person(street.ctx("clerk"), number, "核对身份")
    tick(street.ctx("supervisor"))
    street.act("clerk", number, "transfer_confidential", reason=WORDS, accused_unit="东风社区")
    return [number]


def _worked_hotline_cases(street: Street) -> list[str]:
    parent = street.worked(
        "handling", content=WORDS, petitioner=SHARED, category="0203", external_number="WH-2",
        location={"unit": "dongfeng", "address": "东风社区三栋"},
    )  # fmt: skip
    child = street.register(content=WORDS, petitioner=SHARED, category="0203").number
    street.act("dispatcher", child, "group", into=parent, reason="同一件事")
    street.act("handler", parent, "assist", units=["新河社区"], request=WORDS)
    street.act("handler", parent, "request_extension", days=3, reason="party_cause", text=WORDS)
    street.act("supervisor", parent, "supervise", trigger="media", requirement=WORDS)
    street.act("leader", parent, "instruct", text=WORDS)
    street.act("operator", parent, "urge", text=WORDS)
    street.add_evidence(parent)
    reveal_person(street.ctx("operator"), parent, "回访")
    keep_draft(street.ctx("handler"), f"submit.{parent}", {"text": WORDS})
    tick(street.ctx("supervisor"))
    street.act("dispatcher", parent, "transfer_confidential", reason=WORDS, accused="独角兽")
    return [parent, child]


def _turned_into_a_petition(street: Street) -> list[str]:
    old = street.register(content=WORDS, petitioner=SHARED).number
    done = street.act("dispatcher", old, "refer", to="petition", via="phone", text="转信访。")
    number: str = done.facts["petition"]
    body = {"petition_class": "accusation", "reason": WORDS, "subroute": None}
    street.act("clerk", number, "classify", **body)
    return [number, old]


def _officers_work(street: Street, number: str) -> None:
    ctx = street.ctx("discipline")
    open_case_file(ctx, number)
    reveal_person(ctx, number, "核对身份")
    add_attachment(ctx, number, "笔录.pdf", io.BytesIO(PDF), FilePurpose.EVIDENCE)
    street.act("discipline", number, "log", text=WORDS)
    slip = command_of(PaperKind.TRANSFER_SLIP).model_validate({"to_organ": "区纪委监委"})
    issue(ctx, number, PaperKind.TRANSFER_SLIP, slip)
    street.act("discipline", number, "transfer_confidential", reason="移送", organ="区纪委监委")
    street.act("discipline", number, "conclude", text=WORDS)
