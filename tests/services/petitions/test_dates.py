"""Odd dates of petitions, by hand: each is what a second reckoning says."""

from datetime import date, timedelta

import pytest

from casetracker.domain.errors import DomainError, GuardRefused, InvalidInput
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.queries.reference import touch
from casetracker.services.office.calendar_loading import load_year
from casetracker.services.office.calendar_notices import Notice, NoticeDay
from tests.factories.petition_days import at, calendar_days, dates, end_of, newest, received
from tests.factories.petitions import classify, draft, row_of, serve, worked
from tests.factories.street import Street
from tests.services.petitions.test_the_way import findings


def test_the_whole_petition_of_the_worked_example(years: Street) -> None:
    """Received before 春节, accepted on the first day after it, extended from the raw date."""
    number = received(years, at("2026-02-10 10:00"), petition={"sender": "区信访局"})
    assert dates(years, number, "objection5")[1] == date(2026, 2, 24)
    assert dates(years, number, "notify15")[1] == date(2026, 2, 25)
    years.now = at("2026-02-24 09:30")
    classify(years, number)
    years.act("clerk", number, "accept")
    assert dates(years, number, "handle60") == (date(2026, 4, 25), date(2026, 4, 27))
    years.act("clerk", number, "assign", unit="东风社区", recusal_checked=True)
    ask = {"days": 30, "reason": "expert_opinion", "text": "需鉴定"}
    years.act("handler", number, "request_extension", **ask)
    years.now = at("2026-04-27 23:00")
    years.act("leader", number, "decide_extension", granted=True, note="同意")
    assert dates(years, number, "handle60") == (date(2026, 5, 25), date(2026, 5, 25))
    assert findings(years) == []


@pytest.mark.parametrize(
    ("moment", "code", "raw", "legal"),
    [
        ("2025-09-22 10:00", "notify15", "2025-10-07", "2025-10-09"),
        ("2025-12-20 10:00", "notify15", "2026-01-04", "2026-01-04"),  # a Sunday that works
        ("2019-09-27 10:00", "objection5", "2019-10-10", "2019-10-10"),
        ("2026-02-13 18:00", "objection5", "2026-02-28", "2026-02-28"),  # counts from the 14th
        ("2026-02-14 18:00", "objection5", "2026-03-02", "2026-03-02"),  # counts from the 24th
    ],
)
def test_receipt_across_holidays(
    years: Street, moment: str, code: str, raw: str, legal: str
) -> None:
    number = received(years, at(moment), petition={"sender": "区信访局"})
    assert dates(years, number, code) == (date.fromisoformat(raw), date.fromisoformat(legal))


def test_what_was_accepted_on_an_earlier_day_counts_from_then(years: Street) -> None:
    number = received(years, at("2025-08-01 10:00"))
    years.now = at("2025-08-12 10:00")
    classify(years, number)
    years.act("clerk", number, "accept", accepted_at="2025-08-05T16:00:00+08:00")
    assert dates(years, number, "handle60") == (date(2025, 10, 4), date(2025, 10, 9))
    assert row_of(years, number).accepted_at == at("2025-08-05 16:00")
    assert findings(years) == []


def to_be_served(street: Street, number: str) -> None:
    """From acceptance to the signed opinion, all within the hour."""
    classify(street, number)
    street.act("clerk", number, "accept")
    street.act("clerk", number, "assign", unit="东风社区", recusal_checked=True)
    draft(street, number)
    street.act("adviser", number, "legal_check", granted=True, note="同意")
    street.act("leader", number, "sign_off", granted=True)


def test_two_extensions_together_stay_within_thirty_days(years: Street) -> None:
    number = received(years, at("2026-03-02 09:00"))
    classify(years, number)
    years.act("clerk", number, "accept")
    years.act("clerk", number, "assign", unit="东风社区", recusal_checked=True)
    for days, raw in ((20, "2026-05-21"), (10, "2026-05-31")):
        ask = {"days": days, "reason": "expert_opinion", "text": "需鉴定"}
        years.act("handler", number, "request_extension", **ask)
        years.act("leader", number, "decide_extension", granted=True, note="同意")
        assert dates(years, number, "handle60")[0] == date.fromisoformat(raw)
    with pytest.raises(DomainError):
        years.act("handler", number, "request_extension", **{**ask, "days": 1})
    assert dates(years, number, "handle60")[1] == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("served", "entered", "status"),
    [
        (
            "2025-10-09 23:59:59",
            "2025-10-13 09:00",
            ClockStatus.MET,
        ),  # entered late, served in time
        ("2025-10-10 00:00:00", "2025-10-13 09:00", ClockStatus.MET_LATE),
        ("2025-10-09 23:59:59", "2025-10-09 23:59:59", ClockStatus.MET),
    ],
)
def test_the_day_of_service_counts_and_not_the_day_of_its_entry(
    years: Street, served: str, entered: str, status: ClockStatus
) -> None:
    """Sixty days from 5 August end on the first working day after 国庆, 9 October."""
    number = received(years, at("2025-08-05 09:00"))
    to_be_served(years, number)
    years.now = at(entered)
    serve(years, number, served_at=at(served).isoformat())
    clock = newest(years, number, "handle60")
    assert (clock.status, clock.stopped_at) == (status, at(served))
    window = newest(years, number, "req_review30")
    assert window.started_at == at(served)
    raw, legal = calendar_days(at(served).date(), 30)
    assert dates(years, number, "req_review30") == (raw, legal)
    assert findings(years) == []


@pytest.mark.parametrize(
    ("asked", "is_late"),
    [("2026-04-07 23:59:59", False), ("2026-04-08 00:00:00", True)],
)
def test_a_review_asked_on_the_last_day_over_qingming_is_in_time(
    years: Street, asked: str, is_late: bool
) -> None:
    number = received(years, at("2026-02-25 09:00"))
    to_be_served(years, number)
    years.now = at("2026-03-06 10:00")
    serve(years, number)
    assert newest(years, number, "req_review30").due_at == end_of("2026-04-07")
    years.now = at("2026-04-20 10:00")
    done = years.act("clerk", number, "request_review", requested_at=at(asked).isoformat())
    assert done.facts["late"] is is_late
    assert dates(years, number, "review30") == calendar_days(at(asked).date(), 30)


def test_a_late_request_is_refused_where_the_region_closes_the_procedure(years: Street) -> None:
    number = received(years, at("2026-02-25 09:00"))
    to_be_served(years, number)
    serve(years, number)
    years.session.add(Setting(name="lapse_closes_procedure", value="1", changed_at=years.now))
    touch(years.session, years.now)
    years.session.commit()
    last = end_of(calendar_days(years.now.date(), 30)[1])
    years.now = last + timedelta(days=3)
    late = (last + timedelta(seconds=1)).isoformat()
    with pytest.raises(GuardRefused) as refused:
        years.act("clerk", number, "request_review", requested_at=late)
    assert refused.value.code == "review_too_late"
    years.act("clerk", number, "request_review", requested_at=last.isoformat())
    assert years.case(number).state is State.IN_REVIEW


@pytest.mark.parametrize("held", [1, 3, 10])
def test_the_days_of_a_hearing_in_the_final_review_do_not_count(years: Street, held: int) -> None:
    number = received(years, at("2026-03-02 09:00"))
    to_be_served(years, number)
    serve(years, number)
    years.act("clerk", number, "request_review", reason="不服")
    years.act("clerk", number, "decide_review", outcome="upheld", text="维持")
    years.act("clerk", number, "request_final_review", reason="不服")
    began = at("2026-03-12 09:00")
    years.now = began + timedelta(days=held + 1)
    hearing = {"kind": "hearing", "text": "听证。", "began_at": began.isoformat(),
               "ended_at": (began + timedelta(days=held)).isoformat()}  # fmt: skip
    years.act("clerk", number, "log", **hearing)
    assert dates(years, number, "rereview30") == calendar_days(date(2026, 3, 2), 30 + held)
    assert findings(years) == []


def test_a_hearing_while_it_is_handled_changes_no_date(years: Street) -> None:
    number = received(years, at("2026-03-02 09:00"))
    classify(years, number)
    years.act("clerk", number, "accept")
    years.act("clerk", number, "assign", unit="东风社区", recusal_checked=True)
    before = dates(years, number, "handle60")
    years.wait(days=9)
    years.act(
        "clerk", number, "log", text="听证。", kind="hearing",
        began_at=at("2026-03-05 09:00").isoformat(), ended_at=at("2026-03-08 09:00").isoformat(),
    )  # fmt: skip
    assert dates(years, number, "handle60") == before


def test_what_ends_next_year_is_provisional_until_its_calendar_is_there(years: Street) -> None:
    """15 days from 20 December end on Monday 4 January, which the notice then makes a holiday."""
    number = received(years, at("2026-12-20 10:00"))
    before = newest(years, number, "notify15")
    assert (before.provisional, before.due_at) == (True, end_of("2027-01-04"))
    rest = tuple(NoticeDay(date(2027, 1, day), False, "元旦") for day in range(1, 5))
    load_year(years.ctx("admin"), Notice(2027, "关于2027年部分节假日安排的通知", rest))
    after = newest(years, number, "notify15")
    assert (after.provisional, after.due_at) == (False, end_of("2027-01-05"))
    assert years.case(number).next_due_at == end_of("2027-01-05")
    assert findings(years) == []


def test_the_petitioners_own_window_moves_with_the_calendar_too(years: Street) -> None:
    """The answer was served, nothing is open: what the petitioner may still ask has its date."""
    number = received(years, at("2026-12-01 10:00"))
    to_be_served(years, number)
    years.now = at("2026-12-05 10:00")
    serve(years, number)
    assert newest(years, number, "req_review30").due_at == end_of("2027-01-04")
    rest = tuple(NoticeDay(date(2027, 1, day), False, "元旦") for day in range(1, 5))
    load_year(years.ctx("admin"), Notice(2027, "关于2027年部分节假日安排的通知", rest))
    assert newest(years, number, "req_review30").due_at == end_of("2027-01-05")
    assert years.case(number).state is State.SERVED
    assert findings(years) == []


def test_a_breach_of_the_past_is_not_moved_by_a_new_calendar(years: Street) -> None:
    number = received(years, at("2026-12-20 10:00"))
    years.now = at("2027-01-05 09:00")
    rest = tuple(NoticeDay(date(2027, 1, day), False, "元旦") for day in range(1, 5))
    load_year(years.ctx("admin"), Notice(2027, "关于2027年部分节假日安排的通知", rest))
    assert newest(years, number, "notify15").due_at == end_of("2027-01-04")


def test_nothing_happens_before_the_petition_came_in(years: Street) -> None:
    number = worked(years, "classified")
    before = (years.case(number).received_at - timedelta(seconds=1)).isoformat()
    with pytest.raises(InvalidInput):
        years.act("clerk", number, "accept", accepted_at=before)


def test_no_opinion_is_served_before_it_was_signed(years: Street) -> None:
    number = received(years, at("2026-03-02 09:00"))
    to_be_served(years, number)
    signed, years.now = years.now, at("2026-03-09 09:00")
    early = (signed - timedelta(hours=1)).isoformat()
    with pytest.raises(InvalidInput) as refused:
        serve(years, number, served_at=early)
    assert "served_at" in refused.value.problems


def test_a_clock_that_was_set_back_dates_nothing_before_its_cause(years: Street) -> None:
    number = received(years, at("2026-03-02 09:00"))
    classify(years, number)
    years.act("clerk", number, "accept")
    years.now = at("2026-03-01 09:00")
    serve(years, number)
    assert row_of(years, number).notified_at == at("2026-03-02 09:00")
    assert findings(years) == []
