"""The confidential lane: an accusation is there for the discipline officers alone."""

import secrets
from itertools import pairwise

import pytest
from sqlalchemy import select

from casetracker.domain.access import Access
from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.clock import Clock
from casetracker.persistence.outbox import InboxMessage, OutboxRow, OutboxState
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.case_reading.lane_list import Pile, lane_page
from casetracker.services.case_reading.listing import list_cases
from casetracker.services.case_reading.opening import explain_deadlines, open_case_file
from casetracker.services.case_reading.revealing import reveal_person
from casetracker.services.case_reading.unlocking import lane_looks
from casetracker.services.commands.auditing import AuditSearch
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.context import ClientKey
from casetracker.services.desks.inbox import count_unread, list_messages, read_message
from casetracker.services.notifying.deadline_watch import scan
from casetracker.services.notifying.troubled_messages import count_troubled, list_troubled
from casetracker.services.office.auditing import audit_lines
from casetracker.services.receiving.intake import register_case
from casetracker.services.steps.lane.sealing import CONTENT, TITLE
from casetracker.services.verifying.running import verify
from tests.factories.petitions import classify, petition, row_of
from tests.factories.street import Street
from tests.services.petitions.test_the_way import findings

WORDS = "举报东风社区主任收受礼品。"
EVERYBODY_ELSE = (
    "operator", "dispatcher", "supervisor", "caller", "deputy", "leader", "head", "handler",
    "other_head", "admin", "security", "auditor", "clerk", "second_clerk", "adviser",
)  # fmt: skip


def accusation(street: Street) -> str:
    number = petition(street, content=WORDS, kind="report").number
    classify(
        street, number, petition_class="accusation", subroute=None, accused_unit="东风社区",
        accused="某主任", reason="反映违纪。",
    )  # fmt: skip
    return number


def test_an_accusation_leaves_the_open_desk_with_its_words(street: Street) -> None:
    number = accusation(street)
    case = street.case(number)
    assert (case.state, case.is_open, case.is_sealed) == (State.IN_LANE, False, True)
    assert (case.title, case.content) == (TITLE, CONTENT)
    matter = street.session.get(ConfidentialMatter, case.id)
    assert matter is not None
    assert matter.content == WORDS
    assert findings(street) == []


@pytest.mark.parametrize("who", EVERYBODY_ELSE)
def test_for_everybody_else_it_does_not_exist(street: Street, who: str) -> None:
    number = accusation(street)
    with pytest.raises(NotFound):
        street.act(who, number, "log", text="看看")


def test_it_may_be_known_for_one_when_it_comes_in(street: Street) -> None:
    outcome = petition(street, content=WORDS, petition={"petition_class": "accusation"})
    assert outcome.state is State.IN_LANE
    assert outcome.due == ()
    assert street.case(outcome.number).is_sealed
    assert findings(street) == []


def test_whom_it_is_against_is_known_from_the_registration_on(street: Street) -> None:
    details = {"petition_class": "accusation", "against": "某主任", "against_unit": "东风社区"}
    number = petition(street, content=WORDS, petition=details).number
    lane = open_case_file(street.ctx("discipline"), number).lane
    assert lane is not None
    assert (lane.accused, lane.accused_unit) == ("某主任", "东风社区")
    row = row_of(street, number)
    assert (row.against, row.against_unit_id) == (None, None)
    with pytest.raises(InvalidInput):
        street.act(
            "discipline", number, "transfer_confidential", reason="移送", organ_unit="东风社区"
        )


def test_a_hotline_case_can_turn_out_to_be_one(street: Street) -> None:
    number = street.worked("handling", content=WORDS)
    street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
    case = street.case(number)
    assert (case.state, case.is_sealed, case.lead_unit_id) == (State.IN_LANE, True, None)
    with pytest.raises(NotFound):
        street.act("handler", number, "log", text="看看")
    assert findings(street) == []


@pytest.mark.parametrize("unit", ["东风社区", "测试街道"])
def test_it_is_never_handed_to_the_accused_or_to_those_above(street: Street, unit: str) -> None:
    number = accusation(street)
    with pytest.raises(InvalidInput) as refused:
        street.act("discipline", number, "transfer_confidential", reason="移送", organ_unit=unit)
    assert refused.value.problems == {"organ_unit": "accused_unit"}
    with pytest.raises(InvalidInput):
        street.act("discipline", number, "transfer_confidential", reason="移送", organ=unit)


def test_the_discipline_officer_works_on_it_hands_it_on_and_ends_it(street: Street) -> None:
    number = accusation(street)
    street.act("discipline", number, "log", text="已初步核实。")
    street.act("discipline", number, "transfer_confidential", reason="移送", organ="区纪委监委")
    assert street.case(number).state is State.TRANSFERRED
    street.act("discipline", number, "conclude", text="区纪委监委已办结。")
    street.act("discipline", number, "archive")
    assert street.case(number).state is State.ARCHIVED
    assert findings(street) == []


def test_any_number_of_petitions_may_be_missing_so_that_a_missing_one_tells_nothing(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    tosses = iter((0, 1, 0, 1, 1, 1, 1, 1, 1, 0))
    monkeypatch.setattr(secrets, "randbits", lambda bits: next(tosses))
    numbers = [int(petition(street).number[-6:]) for _ in range(3)]
    assert [later - earlier for earlier, later in pairwise([0, *numbers])] == [1, 2, 7]


# --- the whole matter goes -----------------------------------------------------------------------


def test_the_hotline_case_that_became_it_goes_along(street: Street) -> None:
    number = street.register(content=WORDS).number
    done = street.act("dispatcher", number, "refer", to="petition", via="phone", text="转信访。")
    street.act("clerk", done.facts["petition"], "transfer_confidential", reason="属检举控告。")
    for one in (number, done.facts["petition"]):
        assert street.case(one).is_sealed
        with pytest.raises(NotFound):
            street.act("dispatcher", one, "log", text="看看")
    assert findings(street) == []


def test_cases_grouped_into_it_go_along(street: Street) -> None:
    parent, child = street.register(content=WORDS).number, street.register(content=WORDS).number
    street.act("dispatcher", child, "group", into=parent, reason="同一件事")
    street.act("dispatcher", parent, "transfer_confidential", reason="属检举控告。")
    assert street.case(child).is_sealed
    assert street.case(child).state is State.GROUPED
    assert findings(street) == []


def test_no_order_about_it_waits_for_an_answer(street: Street) -> None:
    number = street.worked("handling", content=WORDS)
    street.act("supervisor", number, "supervise", trigger="media", requirement="尽快。")
    street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
    running = select(Clock.limit_code).where(Clock.status == ClockStatus.RUNNING)
    assert street.session.scalars(running).all() == ["notify15"]
    assert street.session.scalars(select(SupervisionOrder)).one().closed_at == street.now
    assert findings(street) == []


def test_who_repeated_it_is_no_repeat_any_more(street: Street) -> None:
    first = street.register(content=WORDS).number
    second = street.register(content="门口路灯不亮。", repeat_of=first).number
    street.act("dispatcher", first, "transfer_confidential", reason="属检举控告。")
    assert street.case(second).repeat_of_id is None


def test_the_same_upstream_number_is_registered_as_if_nothing_were_there(street: Street) -> None:
    first = street.register(external_number="WH-1", content=WORDS).number
    street.act("dispatcher", first, "transfer_confidential", reason="属检举控告。")
    again = street.register(external_number="WH-1")
    assert again.created
    assert again.number != first
    file = open_case_file(street.ctx("discipline"), first)
    assert file.lane is not None
    assert file.lane.same_number == (again.number,)


# --- who looks, and what is told ------------------------------------------------------------------


def lane_rows(street: Street) -> list[AccessRecord]:
    query = select(AccessRecord).where(AccessRecord.what == Access.LANE_SEEN)
    return list(street.session.scalars(query.order_by(AccessRecord.id)))


def test_every_look_is_written_down_before_anything_is_shown(street: Street) -> None:
    number = accusation(street)
    file = open_case_file(street.ctx("discipline"), number)
    assert (file.head.title, file.head.content) == (TITLE, WORDS)
    explain_deadlines(street.ctx("discipline"), number)
    list_cases(street.ctx("discipline"), CaseFilter())
    lane_page(street.ctx("discipline"), Pile.WAITING)
    looks = [(row.username, row.case_number, row.detail) for row in lane_rows(street)]
    listed = ("discipline", None, f"清单 1 件 {number}")
    assert looks == [
        ("discipline", number, "打开"), ("discipline", number, "查看时限"), listed, listed,
    ]  # fmt: skip
    assert [look.detail for look in lane_looks(street.ctx("discipline"), number)] == [
        "查看时限", "打开",
    ]  # fmt: skip


def test_the_auditor_reads_nothing_about_it_not_even_of_before(street: Street) -> None:
    number = petition(street, content=WORDS, petitioner={"name": "李四", "phone": "13812345678"})
    number = number.number
    reveal_person(street.ctx("clerk"), number, "核对身份")
    before = audit_lines(street.ctx("auditor"), AuditSearch())
    assert [line.case_number for line in before] == [number]
    street.act("clerk", number, "transfer_confidential", reason="属检举控告。")
    open_case_file(street.ctx("discipline"), number)
    reveal_person(street.ctx("discipline"), number, "核对身份")
    assert audit_lines(street.ctx("auditor"), AuditSearch()) == []
    assert audit_lines(street.ctx("auditor"), AuditSearch(number=number)) == []
    assert len(lane_looks(street.ctx("discipline"), number)) == 3


def test_what_is_late_is_told_to_the_officers_alone_and_as_many_as_their_list_holds(
    street: Street,
) -> None:
    accusation(street)
    street.wait(days=18)
    scan(street.ctx("supervisor"))
    digests = list(street.session.scalars(select(InboxMessage)))
    officer = street.people["discipline"].account_id
    assert {message.account_id for message in digests} == {officer}
    (digest,) = [one for one in digests if one.topic == "reminder_digest"]
    assert "1 件已超期" in digest.title
    assert digest.link == "/ops/lane?standing=overdue"
    page = lane_page(street.ctx("discipline"), Pile.WAITING, Standing.OVERDUE)
    assert page.total == 1


def test_a_message_that_was_on_its_way_is_neither_sent_nor_listed(street: Street) -> None:
    number = street.worked("to_sign", content=WORDS)
    case = street.case(number)
    key = {"payload": {}, "next_at": street.now, "created_at": street.now, "attempts": 1}
    for state in ("sending", "unknown", "dead"):
        row = OutboxRow(
            case_id=case.id, topic="dispatched", channel="mail", recipient="account:1",
            dedupe_key=state, state=state, **key,
        )  # fmt: skip
        street.session.add(row)
    street.session.commit()
    street.act("dispatcher", number, "transfer_confidential", reason="属检举控告。")
    rows = {row.dedupe_key: row for row in street.session.scalars(select(OutboxRow))}
    assert (rows["unknown"].state, rows["dead"].state) == ("given_up", "given_up")
    rows["sending"].state = OutboxState.UNKNOWN
    street.session.commit()
    assert list_troubled(street.ctx("admin")) == []
    assert sum(count_troubled(street.ctx("admin")).values()) == 0


def test_a_message_written_at_the_very_moment_is_not_shown(street: Street) -> None:
    number = accusation(street)
    head = street.people["head"].account_id
    message = InboxMessage(
        account_id=head, topic="dispatched", title=number, body=number, dedupe_key="late",
        case_id=street.case(number).id, created_at=street.now,
    )  # fmt: skip
    street.session.add(message)
    street.session.commit()
    assert list_messages(street.ctx("head")) == []
    assert count_unread(street.ctx("head")) == 0
    with pytest.raises(NotFound):
        read_message(street.ctx("head"), message.id)
    assert findings(street) != []


def test_who_checks_the_record_reads_no_number_of_the_lane(street: Street) -> None:
    number = accusation(street)
    street.case(number).address = "东风社区"
    street.session.commit()
    covered = [found for _, found in verify(street.ctx("admin")) if found]
    named = [found for _, found in verify(street.ctx("admin"), names_sealed=True) if found]
    assert {found.case for found in covered} == {"保密件"}
    assert number in {found.case for found in named}


def test_an_answer_that_is_given_again_names_it_no_more(street: Street) -> None:
    first = street.register(content=WORDS).number
    command = RegisterCase.model_validate(
        {"track": "hotline", "channel": "mayor_line", "kind": "help", "content": WORDS,
         "petitioner": {"phone": "13812345678"}}
    )  # fmt: skip
    ctx = street.ctx("operator", key=ClientKey("k", "hash"))
    told = register_case(ctx, command)
    assert [one["number"] for one in told.facts["possible_repeats"]] == [first]
    street.act("dispatcher", first, "transfer_confidential", reason="属检举控告。")
    again = register_case(ctx, command)
    assert again.number == told.number
    assert again.facts["possible_repeats"] == []
    assert street.register(content=WORDS).facts["possible_repeats"][0]["number"] == told.number
