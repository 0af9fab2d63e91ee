"""The reminder ladder on the clocks of petitions: who is reminded at which stage."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from casetracker.domain.deadlines import Standing
from casetracker.domain.limits import OF_THE_PETITIONER
from casetracker.domain.vocabulary import ClockStatus
from casetracker.persistence.account import Account
from casetracker.persistence.clock import Clock, Reminder
from casetracker.persistence.outbox import InboxMessage
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.listing import count_cases
from casetracker.services.notifying import digests
from casetracker.services.notifying.deadline_watch import scan
from tests.factories.petitions import assign, classify, draft, petition, serve, worked
from tests.factories.street import Street

CLERKS = {"clerk", "second_clerk"}
UNIT = {"head", "handler"}
SIGNERS = {"deputy", "leader"}


def clock(street: Street, number: str, code: str) -> Clock:
    case = street.case(number)
    query = select(Clock).where(Clock.case_id == case.id, Clock.limit_code == code)
    found = street.session.scalars(query.order_by(Clock.id.desc())).first()
    assert found is not None, f"no {code}"
    return found


def on_the_last_day(street: Street, number: str, code: str) -> set[str]:
    """Who is reminded of the limit at 09:01 of the day on which it runs out."""
    due = clock(street, number, code).due_at + timedelta(hours=8)
    return reminded(street, number, code, due.replace(hour=1, minute=1))


def reminded(street: Street, number: str, code: str, moment: datetime) -> set[str]:
    """Who has been reminded of one limit by then."""
    street.now = moment.astimezone(UTC)
    scan(street.ctx("operator"))
    names = {actor.account_id: name for name, actor in street.people.items()}
    chosen = select(Reminder.account_id).where(Reminder.clock_id == clock(street, number, code).id)
    return {names[one] for one in street.session.scalars(chosen)}


def late_by(street: Street, number: str, code: str, **time: int) -> set[str]:
    due = clock(street, number, code).due_at
    moment = (due + timedelta(**time)).replace(hour=2, minute=0)
    return reminded(street, number, code, moment)


@pytest.mark.parametrize(
    ("until", "code", "people"),
    [
        ("registered", "notify15", CLERKS),
        ("accepted", "notify15", CLERKS),
        ("accepted", "handle60", CLERKS),
        ("handling", "handle60", UNIT | CLERKS),
        ("handling", "investigate", UNIT | CLERKS),
        ("to_check", "handle60", {"adviser"}),
        ("to_sign_off", "handle60", SIGNERS),
        ("to_serve", "handle60", CLERKS),
        ("in_review", "review30", CLERKS),
        ("in_final_review", "rereview30", CLERKS),
    ],
)
def test_by_limit_and_stage(street: Street, until: str, code: str, people: set[str]) -> None:
    assert on_the_last_day(street, worked(street, until), code) == people


def test_the_objection_to_a_transfer_is_the_clerks(street: Street) -> None:
    number = petition(street, channel="forwarded", petition={"sender": "区信访局"}).number
    assert on_the_last_day(street, number, "objection5") == CLERKS


def test_the_simple_procedure_and_the_suggestion_are_the_units_and_the_clerks(
    street: Street,
) -> None:
    simple = worked(street, "classified")
    street.act("clerk", simple, "accept", simple=True)
    assign(street, simple)
    suggestion = petition(street, kind="suggestion").number
    classify(street, suggestion, petition_class="suggestion", subroute=None)
    assign(street, suggestion)
    assert on_the_last_day(street, simple, "simple10") == UNIT | CLERKS
    assert on_the_last_day(street, suggestion, "suggest30") == UNIT | CLERKS


def test_a_promise_is_the_units_and_the_clerks_and_a_report_from_below_the_clerks(
    street: Street,
) -> None:
    promised, sent_on = worked(street, "handling"), worked(street, "classified")
    draft(street, promised, outcome="supported", execute_by="2026-04-10")
    street.act("adviser", promised, "legal_check", granted=True, note="同意")
    street.act("leader", promised, "sign_off", granted=True)
    serve(street, promised)
    body = {"organ": "区局", "text": "请办理。", "report_due_on": "2026-04-10"}
    street.act("clerk", sent_on, "forward", **body)
    serve(street, sent_on)
    assert on_the_last_day(street, promised, "execute") == UNIT | CLERKS
    assert on_the_last_day(street, sent_on, "assign_due") == CLERKS


def test_a_supervision_order_without_a_unit_is_the_clerks(street: Street) -> None:
    number = worked(street, "registered")
    street.act("supervisor", number, "supervise", trigger="near_due", requirement="请甄别")
    assert on_the_last_day(street, number, "supervise") == CLERKS


@pytest.mark.parametrize("until", ["served", "reviewed"])
def test_nobody_is_reminded_of_the_petitioners_own_windows(street: Street, until: str) -> None:
    number = worked(street, until)
    windows = [c for c in OF_THE_PETITIONER if has(street, number, c)]
    assert windows
    for code in windows:
        assert late_by(street, number, code, days=20) == set()


def has(street: Street, number: str, code: str) -> bool:
    query = select(Clock.status).where(
        Clock.case_id == street.case(number).id, Clock.limit_code == code
    )
    return ClockStatus.RUNNING in street.session.scalars(query).all()


def test_those_above_hear_of_a_late_petition_as_of_any_other(street: Street) -> None:
    number = worked(street, "handling")
    assert "supervisor" in late_by(street, number, "handle60", days=1)
    assert "leader" in late_by(street, number, "handle60", days=21)


def test_an_accusation_reminds_the_discipline_officers_alone_however_late_it_is(
    street: Street,
) -> None:
    number = petition(street).number
    classify(street, number, petition_class="accusation", subroute=None, reason="反映违纪。")
    for days in (0, 1, 8, 22):
        assert late_by(street, number, "notify15", days=days) == {"discipline"}


def test_where_no_discipline_officer_is_in_office_nobody_is_reminded_in_their_stead(
    street: Street,
) -> None:
    number = petition(street).number
    classify(street, number, petition_class="accusation", subroute=None, reason="反映违纪。")
    street.session.get_one(Account, street.people["discipline"].account_id).is_active = False
    street.session.commit()
    assert late_by(street, number, "notify15", days=22) == set()


@pytest.mark.parametrize("who", ["clerk", "adviser", "leader", "head"])
def test_the_counts_of_a_digest_equal_the_lists_it_leads_to(street: Street, who: str) -> None:
    for until in ("registered", "handling", "to_check", "to_sign_off", "to_serve"):
        worked(street, until)
    street.now = clock(street, worked(street, "to_check"), "handle60").due_at.replace(
        hour=2, minute=0
    ) + timedelta(days=3)
    scan(street.ctx("operator"))
    chosen = select(InboxMessage).where(
        InboxMessage.account_id == street.people[who].account_id,
        InboxMessage.topic == digests.TOPIC,
    )
    message = street.session.scalars(chosen.order_by(InboxMessage.id.desc())).first()
    assert message is not None
    ctx = street.ctx(who)
    late = count_cases(ctx, CaseFilter(is_open=True, standing=Standing.OVERDUE))
    soon = count_cases(ctx, CaseFilter(is_open=True, standing=Standing.DUE_SOON))
    assert late > 0
    assert message.title.endswith(f"期限提醒：{late} 件已超期，{soon} 件临期")


def test_statements_do_not_grow_with_the_petitions(street: Street, count_queries) -> None:  # type: ignore[no-untyped-def]
    worked(street, "handling")
    street.now = clock(street, worked(street, "to_check"), "handle60").due_at.replace(hour=2)
    with count_queries() as few:
        scan(street.ctx("operator"))
    for _ in range(6):
        worked(street, "registered")
    street.now += timedelta(days=30)
    with count_queries() as many:
        scan(street.ctx("operator"))
    assert len(many) <= len(few) + 8
