"""From an imported petition to the rows of its own tables, and under lock what is an accusation."""

from typing import Any

from casetracker.domain import petition_law as law
from casetracker.domain.petition_vocabulary import ConcludeGround, Disposal, EvaluatedParty
from casetracker.domain.vocabulary import State
from casetracker.persistence.sealing import keyring
from casetracker.services.context import Context
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.imported import ImportedCase, ImportedPetition
from casetracker.services.receiving.petition_side import VISITS
from casetracker.services.steps.lane.sealing import CONTENT, KEY_FIELD, TITLE
from casetracker.services.steps.petition_facts import taken_by
from casetracker.services.steps.petitions.opinions import REMEDY
from casetracker.services.steps.replies import reply_hash

Row = dict[str, Any]
NOT_RECORDED = "（原系统未记录）"
SEALED: Row = {
    "title": TITLE,
    "content": CONTENT,
    "address": None,
    "area_unit_id": None,
    "external_key": None,
    "category_id": None,
    "lead_unit_id": None,
}
"""What stands on the row of an accusation instead of its words and places."""


def petition_row(
    case: ImportedCase, petition: ImportedPetition, clocks: list[Row], *, collective_min: int
) -> Row:
    """The petition side of one case; when it was told of, and by when it had to be."""
    is_accusation = petition.is_accusation
    concluded = fate.is_concluded(case, petition)
    return {
        "purpose": petition.purpose,
        "is_collective": case.channel in VISITS and case.persons >= collective_min,
        "is_joint": False,
        "is_oral": False,
        "sender": petition.sender,
        "sent_number": case.external_number if petition.sender else None,
        "petition_class": petition.petition_class,
        "subroute": petition.subroute,
        "law": law.law_of(petition.petition_class, petition.subroute)
        if petition.petition_class
        else None,
        "disposal": Disposal.MOVED_TO_LANE if is_accusation else _disposal(case, petition),
        "notified_at": petition.told_at,
        "notify_due_at": clocks[0]["due_at"],
        "accepted_at": petition.accepted_at if petition.is_for_an_opinion else None,
        "is_simple": False,
        "assigned_at": None if is_accusation else petition.assigned_at,
        "served_at": petition.served_at,
        **_counted(case, petition, clocks),
        "concluded_at": case.closed_at if concluded else None,
        "conclude_ground": ConcludeGround.WITHDRAWN if concluded else None,
    }


def _counted(case: ImportedCase, petition: ImportedPetition, clocks: list[Row]) -> Row:
    """What rates of petitions look at (docs/rules/rates.md §5)."""
    elsewhere = petition.is_accusation or fate.told_elsewhere(case, petition) is not None
    window = next((row["due_at"] for row in clocks if row["limit_code"] == "evaluate"), None)
    is_judged = case.callback_valid and case.satisfaction is not None
    return {
        "notice_limit_at": clocks[0]["due_raw"],
        "take_limit_at": None if elsewhere else taken_by(case.received_at),
        "taken_at": None if elsewhere else petition.accepted_at or petition.assigned_at,
        "judged_at": case.callback_at if is_judged else window,
        "office_judged_at": window,
    }


def _disposal(case: ImportedCase, petition: ImportedPetition) -> Disposal | None:
    away = fate.told_elsewhere(case, petition)
    if away is not None:
        return fate.TOLD[away]
    return Disposal.ACCEPTED if fate.is_accepted(case, petition) else None


def matter_row(
    ctx: Context, case: ImportedCase, petition: ImportedPetition, organ: str | None
) -> Row:
    """The words of an accusation, for the lane alone."""
    handed_on = petition.assigned_at
    return {
        "title": case.title,
        "content": case.content,
        "address": case.address,
        "accused": None,
        "accused_unit_id": None,
        "notes": None,
        "key_index": keyring().blind_index(case.key, field=KEY_FIELD),
        "sealed_by": ctx.actor.account_id,
        "sealed_at": ctx.now,
        "sealed_from": State.REGISTERED,
        "organ": (organ or NOT_RECORDED) if handed_on else None,
        "handed_on_at": handed_on,
        "outcome": None,
    }


def opinion_row(petition: ImportedPetition, number: str | None, *, review_organ: str) -> Row | None:
    """The opinion as it was signed and served; None where the source has no words of it."""
    words = petition.opinion
    if words is None or petition.served_at is None:
        return None
    return {
        "round": 1,
        "draft_no": 1,
        "is_reply": not petition.is_for_an_opinion,
        "request": words.request,
        "facts": words.facts,
        "opinion": words.opinion,
        "basis": words.basis,
        "remedy": REMEDY.format(organ=review_organ),
        "outcome": words.outcome,
        "advice": words.advice,
        "text_hash": reply_hash(words.facts + words.opinion),
        "drafted_at": petition.served_at,
        "is_signed": True,
        "number": number,
        "served_at": petition.served_at,
    }


def evaluation_row(petition: ImportedPetition) -> Row | None:
    """What the petitioner said of the unit; old registers know of no second party."""
    if petition.evaluation is None:
        return None
    return {
        "party": EvaluatedParty.UNIT,
        "satisfaction": petition.evaluation,
        "at": petition.evaluated_at,
    }
