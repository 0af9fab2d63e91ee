"""Due dates by the worked examples of the rules, at their edges, and against a naive oracle."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casetracker.domain.days import OFFICE, SHANGHAI, end_of_day
from casetracker.domain.deadlines import (
    Due,
    ExtensionBeyondCap,
    LateReceipt,
    Pause,
    PauseNotAllowed,
    Standing,
    assist_due,
    due_for,
    remaining_text_facts,
    standing,
    stated_due,
    warn_at,
)
from casetracker.domain.limits import limit_named
from casetracker.domain.office_settings import settings_from
from casetracker.domain.vocabulary import DayUnit
from casetracker.domain.working_calendar import CalendarYear, WorkingCalendar
from tests.calendars import china_calendar, naive_is_working_day, published_year

CHINA = china_calendar()


def moment(text: str) -> datetime:
    """A Shanghai time; a bare date is 10:00 of that day."""
    parsed = datetime.fromisoformat(text if "T" in text else f"{text}T10:00")
    return parsed.replace(tzinfo=SHANGHAI)


def shown(instant: datetime) -> str:
    return instant.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M:%S")


def due(name: str, trigger: str, **more) -> Due:
    return due_for(limit_named(name), moment(trigger), more.pop("calendar", CHINA), **more)


def raw_day(found: Due) -> str:
    assert shown(found.due_raw).endswith("T23:59:59")
    return shown(found.due_raw)[:10]


def legal_day(found: Due) -> str:
    assert shown(found.due_legal).endswith("T23:59:59")
    return shown(found.due_legal)[:10]


@pytest.mark.parametrize(
    ("name", "trigger", "extend", "raw", "legal"),
    [
        # Mon; the 15th day is a holiday Tue, the next working day a Thu
        ("notify15", "2025-09-22", 0, "2025-10-07", "2025-10-09"),
        # Tue; the 60th day is Sat inside 国庆, the next working day Thu
        ("handle60", "2025-08-05", 0, "2025-10-04", "2025-10-09"),
        # the same extended: Sat + 30 = Mon; from the rolled Thu it would be Sat 11-08 → 11-10
        ("handle60", "2025-08-05", 30, "2025-11-03", "2025-11-03"),
        # Fri; Sun 09-28 (班), 29, 30, Thu 10-09, Fri 10-10
        ("handle:help", "2025-09-26", 0, "2025-10-10", "2025-10-10"),
        # Wed; Thu, Fri, Sat 02-14 (班), Tue 02-24, Wed 02-25
        ("handle:complaint", "2026-02-11", 0, "2026-02-25", "2026-02-25"),
        # Sat (班) → Mon
        ("contact", "2026-02-28", 0, "2026-03-02", "2026-03-02"),
        # Fri; Sun 09-29 (班), Mon 30, Tue 10-08, 09, Thu 10-10
        ("objection5", "2019-09-27", 0, "2019-10-10", "2019-10-10"),
        # Fri; Sun 04-26 (班), Mon, Tue
        ("redo", "2020-04-24", 0, "2020-04-28", "2020-04-28"),
        # Fri; Sun 04-28 (班), Mon, Tue, Sun 05-05 (班), Mon
        ("handle:report", "2019-04-26", 0, "2019-05-06", "2019-05-06"),
        # Sat; the 15th day is Sun 01-04, worked: no roll
        ("notify15", "2025-12-20", 0, "2026-01-04", "2026-01-04"),
        # Thu, 元旦; Sun 01-04 (班), Mon 05 … Thu 08
        ("handle:other", "2026-01-01", 0, "2026-01-08", "2026-01-08"),
        # Fri; the 30th day is Sun 04-05 inside 清明, the next working day Tue
        ("req_review30", "2026-03-06", 0, "2026-04-05", "2026-04-07"),
        # Tue; Wed, Thu, Fri, Sat 02-14 (班), Tue 02-24
        ("objection5", "2026-02-10", 0, "2026-02-24", "2026-02-24"),
        # Tue; the 15th day is Wed
        ("notify15", "2026-02-10", 0, "2026-02-25", "2026-02-25"),
        # Tue; the 60th day is Sat, the next working day Mon
        ("handle60", "2026-02-24", 0, "2026-04-25", "2026-04-27"),
        # the same extended: Sat + 30 = Mon
        ("handle60", "2026-02-24", 30, "2026-05-25", "2026-05-25"),
    ],
)
def test_worked_examples_in_days(name, trigger, extend, raw, legal):
    found = due(name, trigger, extend_days=extend)
    assert (raw_day(found), legal_day(found)) == (raw, legal)
    assert not found.provisional
    assert not found.paused


@pytest.mark.parametrize(
    ("name", "trigger", "end"),
    [
        # Sat (班): one hour to closing, the other on Tue after 春节
        ("office_hours:2", "2026-02-14T16:30", "2026-02-24T10:00:00"),
        # the same by the clock on the wall: Sun within the holiday
        ("natural_hours:24", "2026-02-14T16:30", "2026-02-15T16:30:00"),
        # Mon, over lunch
        ("sign", "2025-09-22T10:00", "2025-09-22T16:00:00"),
        # Tue before 国庆 → Thu after it
        ("dispatch", "2025-09-30T17:00", "2025-10-09T10:30:00"),
        # at night, the contact limit of an urgent case runs on
        ("contact:urgent", "2025-09-30T23:30", "2025-10-01T01:30:00"),
        # an hour limit ends in whole seconds
        ("natural_hours:2", "2025-09-22T10:00:00.999999", "2025-09-22T12:00:00"),
    ],
)
def test_worked_examples_in_hours(name, trigger, end):
    found = due(name, trigger)
    assert shown(found.due_raw) == end
    assert found.due_legal == found.due_raw


@pytest.mark.parametrize(
    ("trigger", "end"),
    [
        ("2019-09-30", "2019-10-10"),  # Mon → Tue 10-08, 09, 10
        ("2020-09-30", "2020-10-12"),  # Wed → Fri 10-09, Sat 10-10 (班), Mon
        ("2021-09-30", "2021-10-11"),  # Thu → Fri 10-08, Sat 10-09 (班), Mon
        ("2022-09-30", "2022-10-10"),  # Fri → Sat 10-08 (班), Sun 10-09 (班), Mon
        ("2023-09-28", "2023-10-09"),  # Thu → Sat 10-07 (班), Sun 10-08 (班), Mon
        ("2024-09-30", "2024-10-10"),  # Mon → Tue 10-08, 09, 10
        ("2025-09-30", "2025-10-11"),  # Tue → Thu 10-09, Fri, Sat 10-11 (班)
        ("2026-09-30", "2026-10-10"),  # Wed → Thu 10-08, Fri, Sat 10-10 (班)
    ],
)
def test_three_working_days_across_national_day(trigger, end):
    assert raw_day(due("working:3", trigger)) == end


@pytest.mark.parametrize(
    ("trigger", "end"),
    [
        ("2019-02-03", "2019-02-13"),  # Sun (班) → Mon 02-11, 12, 13
        ("2020-01-23", "2020-02-05"),  # Thu → Mon 02-03 after the prolonged holiday, 04, 05
        ("2021-02-10", "2021-02-20"),  # Wed → Thu 02-18, Fri, Sat 02-20 (班)
        ("2022-01-30", "2022-02-09"),  # Sun (班) → Mon 02-07, 08, 09
        ("2023-01-20", "2023-01-30"),  # Fri → Sat 01-28 (班), Sun 01-29 (班), Mon
        ("2024-02-09", "2024-02-20"),  # Fri → Sun 02-18 (班), Mon, Tue
        ("2025-01-27", "2025-02-07"),  # Mon → Wed 02-05, 06, 07
        ("2026-02-14", "2026-02-26"),  # Sat (班) → Tue 02-24, 25, 26
    ],
)
def test_three_working_days_across_spring_festival(trigger, end):
    assert raw_day(due("working:3", trigger)) == end


@pytest.mark.parametrize(
    ("trigger", "raw", "legal"),
    [
        ("2025-09-16", "2025-10-01", "2025-10-09"),  # Tue; the first day of 国庆
        ("2025-09-23", "2025-10-08", "2025-10-09"),  # Tue; its last day
        ("2025-09-24", "2025-10-09", "2025-10-09"),  # Wed; the day after
        ("2025-09-13", "2025-09-28", "2025-09-28"),  # Sat; a worked Sunday
        ("2025-09-12", "2025-09-27", "2025-09-28"),  # Fri; Sat rolls to the worked Sunday
        ("2020-01-09", "2020-01-24", "2020-02-03"),  # Thu; 除夕, ten days of rest
        ("2026-02-07", "2026-02-22", "2026-02-24"),  # Sat; within 春节
    ],
)
def test_fifteen_calendar_days_roll_to_the_first_working_day(trigger, raw, legal):
    found = due("calendar:15", trigger)
    assert (raw_day(found), legal_day(found)) == (raw, legal)


def test_the_leap_day_is_a_day():
    assert raw_day(due("calendar:1", "2020-02-28")) == "2020-02-29"  # Fri → Sat
    assert legal_day(due("calendar:1", "2020-02-28")) == "2020-03-02"  # Mon
    assert raw_day(due("calendar:1", "2025-02-28")) == "2025-03-01"  # Fri → Sat, no leap year
    assert raw_day(due("working:1", "2024-02-28")) == "2024-02-29"  # Wed → Thu
    assert raw_day(due("calendar:60", "2024-01-15")) == "2024-03-15"  # Mon → Fri
    assert raw_day(due("calendar:365", "2024-02-29")) == "2025-02-28"  # Thu → Fri


@pytest.mark.parametrize(
    ("trigger", "end"),
    [
        ("2025-09-22T17:30:00", "2025-09-23"),  # Mon, at closing: still that day
        ("2025-09-22T17:30:00.900000", "2025-09-23"),  # within the same second
        ("2025-09-22T17:30:01", "2025-09-24"),  # a second later: Tue is the trigger day
        ("2025-09-22T23:59:59", "2025-09-24"),
        ("2025-09-22T00:00:00", "2025-09-23"),  # before opening is not late
        ("2025-09-22T13:00:00", "2025-09-23"),  # at lunch is not late
        ("2025-09-26T17:30:01", "2025-09-29"),  # Fri: make-up Sunday is the trigger day, Mon due
        ("2025-09-28T17:30:01", "2025-09-30"),  # make-up Sunday late: Mon is the trigger day
        ("2025-09-27T18:00:00", "2025-09-28"),  # Sat, rest: the evening changes nothing
        ("2025-10-08T20:00:00", "2025-10-09"),  # Wed, last day of 国庆
        ("2025-09-30T18:00:00", "2025-10-10"),  # Tue late: Thu 10-09 is the trigger day
    ],
)
def test_a_working_day_clock_started_after_closing_starts_the_next_working_day(trigger, end):
    assert raw_day(due("contact", trigger)) == end


def test_a_calendar_clock_keeps_its_day_however_late():
    assert raw_day(due("calendar:15", "2025-09-22T23:59:59")) == "2025-10-07"  # Mon


def test_late_receipt_can_be_configured_for_either_clock():
    late = "2025-09-22T18:00"  # Mon
    assert raw_day(due("working:1", late, late_receipt=LateReceipt.SAME_DAY)) == "2025-09-23"
    assert raw_day(due("calendar:1", late, late_receipt=LateReceipt.NEXT_WORKDAY)) == "2025-09-24"


def test_the_office_sets_late_receipt_by_its_word():
    assert settings_from({"late_receipt": "next_workday"}).late_receipt is LateReceipt.NEXT_WORKDAY
    assert settings_from({}).late_receipt is None
    with pytest.raises(KeyError, match="sometimes"):
        settings_from({"late_receipt": "sometimes"})


def test_the_trigger_day_is_that_of_shanghai():
    before_midnight = datetime(2025, 9, 22, 15, 59, 59, tzinfo=UTC)  # Mon 23:59:59
    after_midnight = datetime(2025, 9, 22, 16, 0, 0, tzinfo=UTC)  # Tue 00:00
    limit = limit_named("calendar:1")
    assert due_for(limit, before_midnight, CHINA).due_raw == end_of_day(date(2025, 9, 23))
    assert due_for(limit, after_midnight, CHINA).due_raw == end_of_day(date(2025, 9, 24))


def test_a_naive_trigger_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due_for(limit_named("sign"), datetime.fromisoformat("2025-09-22T10:00"), CHINA)


def test_a_day_may_be_made_to_end_with_the_office():
    found = due("calendar:15", "2025-09-22", day_ends=OFFICE.end_of_office)
    assert shown(found.due_raw) == "2025-10-07T17:30:00"
    assert shown(found.due_legal) == "2025-10-09T17:30:00"


# --- extension (R7)


@pytest.mark.parametrize(
    ("name", "trigger", "days", "raw", "legal"),
    [
        ("handle:help", "2025-09-26", 1, "2025-10-11", "2025-10-11"),  # Fri + worked Sat
        ("handle:help", "2025-09-26", 10, "2025-10-23", "2025-10-23"),  # Sat(班), Mon … Thu
        ("handle60", "2025-08-05", 1, "2025-10-05", "2025-10-09"),  # from raw Sat, then rolled
        ("handle60", "2025-08-05", 15, "2025-10-19", "2025-10-20"),  # Sun → Mon
        ("working:5", "2025-12-24", 3, "2026-01-06", "2026-01-06"),  # Wed → 12-31; 01-04(班),05,06
    ],
)
def test_an_extension_runs_on_from_the_raw_date_in_the_limits_own_unit(
    name, trigger, days, raw, legal
):
    found = due(name, trigger, extend_days=days)
    assert (raw_day(found), legal_day(found)) == (raw, legal)


@pytest.mark.parametrize(
    ("name", "asked", "cap"),
    [
        ("handle60", 31, 30),
        ("handle:help", 11, 10),
        ("notify15", 1, 0),
        ("sign", 1, 0),
        ("office_hours:4", 1, 0),
        ("working:5", 10_000, 9999),
    ],
)
def test_an_extension_beyond_the_cap_is_refused(name, asked, cap):
    with pytest.raises(ExtensionBeyondCap) as refusal:
        due(name, "2025-09-22", extend_days=asked)
    assert refusal.value.facts == {"limit": name, "asked": asked, "cap": cap}


def test_an_extension_may_use_the_cap_up():
    assert raw_day(due("handle60", "2025-08-05", extend_days=30)) == "2025-11-03"


def test_an_extension_cannot_shorten():
    with pytest.raises(ValueError, match="shorten"):
        due("handle60", "2025-08-05", extend_days=-1)


@pytest.mark.parametrize("name", ["assist", "assign_due"])
def test_a_limit_without_a_length_of_its_own_must_be_given_one(name):
    with pytest.raises(ValueError, match=name):
        due(name, "2025-09-22")


# --- pauses (R9)


def pause(start: str, end: str | None = None) -> Pause:
    return Pause(moment(start), moment(end) if end else None)


@pytest.mark.parametrize(
    ("start", "end", "raw"),
    [
        # working:5 from Mon 2025-09-08 is due Mon 09-15
        ("2025-09-10T09:00", "2025-09-10T18:00", "2025-09-15"),  # over within the day: counted
        ("2025-09-10T09:00", "2025-09-11T09:00", "2025-09-16"),  # one day's end paused
        ("2025-09-10T23:59:59", "2025-09-11T00:00:00", "2025-09-16"),  # just the last second
        ("2025-09-10T09:00", "2025-09-10T23:59:59", "2025-09-15"),  # over in the last second
        ("2025-09-13T09:00", "2025-09-14T20:00", "2025-09-15"),  # Sat–Sun: no counted day lost
        ("2025-09-10T09:00", "2025-09-28T09:00", "2025-10-09"),  # 09-09 | Sun 28(班), 29, 30, 10-09
        ("2025-09-16T09:00", "2025-09-30T09:00", "2025-09-15"),  # after the end: too late to help
        ("2025-09-01T09:00", "2025-09-05T09:00", "2025-09-15"),  # before the start
    ],
)
def test_a_day_does_not_count_when_the_clock_stood_at_its_end(start, end, raw):
    assert raw_day(due("working:5", "2025-09-08", pauses=[pause(start, end)])) == raw


def test_calendar_days_pause_too_and_then_roll():
    found = due("calendar:30", "2025-09-01", pauses=[pause("2025-09-10", "2025-09-15")])
    assert raw_day(found) == "2025-10-06"  # 10-01 Wed and five days more: Mon within 国庆
    assert legal_day(found) == "2025-10-09"


def test_a_pause_that_covers_the_day_to_roll_to_moves_the_roll():
    # Fri + 15 = Sat 09-27; paused from Saturday night over the worked Sunday to Monday noon
    pauses = [pause("2025-09-28T08:00", "2025-09-29T12:00")]
    found = due("calendar:15", "2025-09-12", pauses=pauses)
    assert (raw_day(found), legal_day(found)) == ("2025-09-27", "2025-09-29")


def test_several_and_overlapping_pauses_are_each_counted_once():
    pauses = [
        pause("2025-09-11T09:00", "2025-09-12T09:00"),
        pause("2025-09-10T09:00", "2025-09-12T08:00"),
        pause("2025-09-15T09:00", "2025-09-16T09:00"),
    ]  # the ends of Wed 10, Thu 11 and Mon 15 are lost
    assert raw_day(due("working:5", "2025-09-08", pauses=pauses)) == "2025-09-18"


def test_an_extension_counts_around_a_pause_as_well():
    pauses = [pause("2025-09-16T09:00", "2025-09-18T09:00")]  # Tue and Wed after due Mon 09-15
    found = due("working:5", "2025-09-08", extend_days=1, pauses=pauses)
    assert raw_day(found) == "2025-09-18"  # Thu


@pytest.mark.parametrize(
    ("name", "start", "end", "due_at"),
    [
        ("natural_hours:2", "2025-09-22T10:30", "2025-09-22T11:15", "2025-09-22T12:45:00"),  # Mon
        ("natural_hours:2", "2025-09-22T09:00", "2025-09-22T10:30", "2025-09-22T12:30:00"),
        ("natural_hours:2", "2025-09-22T12:00", "2025-09-22T13:00", "2025-09-22T12:00:00"),
        ("office_hours:4", "2025-09-22T11:00", "2025-09-22T15:00", "2025-09-23T09:30:00"),
        ("office_hours:4", "2025-09-22T12:00", "2025-09-22T14:00", "2025-09-22T16:00:00"),  # lunch
        ("office_hours:4", "2025-09-22T15:00", "2025-09-28T10:00", "2025-09-28T11:00:00"),  # → Sun
    ],
)
def test_paused_hours_do_not_count(name, start, end, due_at):
    found = due(name, "2025-09-22T10:00", pauses=[pause(start, end)])
    assert shown(found.due_raw) == due_at


def test_an_open_pause_keeps_the_date_there_was_and_says_that_the_clock_stands():
    found = due("working:5", "2025-09-08", pauses=[pause("2025-09-10")])
    assert found.paused
    assert raw_day(found) == "2025-09-15"  # Mon
    assert "暂停计时" in found.steps[-1].text


def test_an_open_pause_after_the_due_hides_nothing():
    found = due("working:5", "2025-09-08", pauses=[pause("2025-09-16")])
    assert not found.paused


def test_an_open_pause_stands_beside_closed_ones():
    pauses = [pause("2025-09-09T09:00", "2025-09-10T09:00"), pause("2025-09-11")]
    found = due("working:5", "2025-09-08", pauses=pauses)
    assert found.paused
    assert raw_day(found) == "2025-09-16"  # Tue


def test_a_pause_where_no_rule_allows_one_is_refused():
    with pytest.raises(PauseNotAllowed):
        due("handle60", "2025-09-08", pauses=[pause("2025-09-10", "2025-09-11")])
    assert raw_day(due("rereview30", "2025-09-08", pauses=[pause("2025-09-10", "2025-09-11")]))


def test_a_pause_cannot_run_backwards_nor_without_a_zone():
    with pytest.raises(ValueError, match="before it starts"):
        pause("2025-09-10", "2025-09-09")
    with pytest.raises(ValueError, match="time zone"):
        Pause(datetime.fromisoformat("2025-09-10T10:00"))


# --- years without a notice (R10)


@pytest.mark.parametrize(
    ("name", "trigger", "raw", "legal", "provisional"),
    [
        ("working:3", "2026-12-28", "2026-12-31", "2026-12-31", False),  # Mon → Thu
        ("working:4", "2026-12-28", "2027-01-01", "2027-01-01", True),  # Fri, 元旦 not yet known
        ("calendar:5", "2026-12-28", "2027-01-02", "2027-01-04", True),  # Sat → Mon
        ("calendar:30", "2026-12-20", "2027-01-19", "2027-01-19", True),  # Sun → Tue
        ("calendar:15", "2027-03-01", "2027-03-16", "2027-03-16", True),  # Mon → Tue
    ],
)
def test_a_due_date_in_an_unpublished_year_is_provisional(name, trigger, raw, legal, provisional):
    found = due(name, trigger)
    assert (raw_day(found), legal_day(found), found.provisional) == (raw, legal, provisional)
    assert ("暂定" in found.steps[-1].text) is provisional
    assert ("2027:unpublished" in found.calendar_version) is provisional


def test_the_roll_alone_can_make_a_date_provisional():
    only_2025 = china_calendar((2025,))
    found = due("calendar:3", "2025-12-31", calendar=only_2025)  # Wed + 3 = Sat 2026-01-03
    assert found.provisional
    closing = CalendarYear(2025, frozenset({date(2025, 12, 31)}), frozenset(), "1", "notice")
    found = due("calendar:1", "2025-12-30", calendar=WorkingCalendar({2025: closing}))
    assert raw_day(found) == "2025-12-31"  # Wed, a holiday by this notice
    assert legal_day(found) == "2026-01-01"  # Thu
    assert found.provisional


def test_hours_counted_through_an_unpublished_year_are_provisional_where_the_calendar_matters():
    around = WorkingCalendar({year: published_year(year) for year in (2024, 2026)})
    trigger = "2025-12-31T17:00"  # Wed
    assert due("office_hours:2", trigger, calendar=around).provisional
    assert not due("natural_hours:24", trigger, calendar=around).provisional


def test_a_loaded_notice_makes_the_date_firm_and_may_move_it():
    notice = CalendarYear(2027, frozenset({date(2027, 1, 1)}), frozenset(), "1", "notice")
    published = WorkingCalendar({**CHINA.years, 2027: notice})
    found = due("working:4", "2026-12-28", calendar=published)
    assert raw_day(found) == "2027-01-04"  # Mon
    assert not found.provisional
    assert found.calendar_version == "2026:1 2027:1"


def test_the_calendar_version_of_every_year_between_is_kept():
    years = {year: published_year(year) for year in (2024, 2026)}
    found = due("working:300", "2024-12-01", calendar=WorkingCalendar(years))
    assert found.calendar_version == "2024:1 2025:unpublished 2026:1"
    assert found.provisional


# --- explanation


def texts(found: Due) -> list[str]:
    return [step.text for step in found.steps]


def test_every_day_of_a_working_day_limit_is_explained():
    assert texts(due("handle:help", "2025-09-26")) == [
        "09-26（周五）起算日，不计",
        "09-27（周六）周末，不计",
        "09-28（周日）调休上班，第1个工作日",
        "09-29（周一）第2个工作日",
        "09-30（周二）第3个工作日",
        "10-01（周三）国庆节放假，不计",
        "10-02（周四）国庆节放假，不计",
        "10-03（周五）国庆节放假，不计",
        "10-04（周六）国庆节放假，不计",
        "10-05（周日）国庆节放假，不计",
        "10-06（周一）中秋节放假，不计",
        "10-07（周二）国庆节放假，不计",
        "10-08（周三）国庆节放假，不计",
        "10-09（周四）第4个工作日",
        "10-10（周五）第5个工作日",
        "10-10（周五）到期",
    ]


def test_a_long_calendar_limit_draws_its_middle_together_and_explains_the_roll():
    assert texts(due("notify15", "2025-09-22")) == [
        "09-22（周一）起算日，不计",
        "09-23（周二）第1天",
        "09-24（周三）至 10-06（周一）逐日计，第2天至第14天",
        "10-07（周二）第15天",
        "10-07（周二）原始到期日逢国庆节放假，法定期限顺延",
        "10-08（周三）国庆节放假，不计",
        "10-09（周四）顺延后的首个工作日，法定到期",
    ]


def test_the_explanation_states_late_receipt_extension_and_the_year():
    assert texts(due("handle:consult", "2025-12-30T18:05", extend_days=2)) == [
        "12-30（周二）18:05:00 收到，晚于 17:30 下班，以下一工作日为起算日",
        "12-31（周三）起算日，不计",
        "2026-01-01（周四）元旦放假，不计",
        "2026-01-02（周五）元旦放假，不计",
        "2026-01-03（周六）元旦放假，不计",
        "2026-01-04（周日）调休上班，第1个工作日",
        "2026-01-04（周日）原到期日，自此延期2个工作日",
        "2026-01-05（周一）延期第1个工作日",
        "2026-01-06（周二）延期第2个工作日",
        "2026-01-06（周二）到期",
    ]


def test_the_explanation_names_the_rest_day_on_which_a_clock_started():
    assert texts(due("working:1", "2025-10-03T20:00"))[0] == "10-03（周五）国庆节放假，起算日，不计"


def test_the_explanation_of_hours_adds_them_up():
    assert texts(due("office_hours:4", "2025-09-26T16:40")) == [
        "09-26（周五）16:40 起算",
        "09-26（周五）16:40–17:30 计50分，累计50分",
        "09-27（周六）周末，不计",
        "09-28（周日）09:00–12:00 计3小时，累计3小时50分",
        "09-28（周日）14:00–14:10 计10分，累计4小时",
        "09-28（周日）14:10 到期",
    ]


def test_the_explanation_shows_pauses():
    in_days = texts(due("working:2", "2025-09-08", pauses=[pause("2025-09-09", "2025-09-10")]))
    assert in_days[1] == "09-09（周二）暂停计时，不计"
    in_hours = due(
        "natural_hours:2", "2025-09-08", pauses=[pause("2025-09-08T11:00", "2025-09-09")]
    )
    assert texts(in_hours) == [
        "09-08（周一）10:00 起算",
        "09-08（周一）10:00–11:00 计1小时，累计1小时",
        "09-08（周一）11:00 至 09-09（周二）10:00 暂停计时，不计",
        "09-09（周二）10:00–11:00 计1小时，累计2小时",
        "09-09（周二）11:00 到期",
    ]


def test_a_date_wanted_without_explanation_is_the_same_date():
    explained = due("notify15", "2025-09-22")
    bare = due("notify15", "2025-09-22", explain=False)
    assert bare.steps == ()
    assert (bare.due_raw, bare.due_legal) == (explained.due_raw, explained.due_legal)


# --- against an independent count

MINUTES = st.integers(0, 9 * 365 * 24 * 60)
TRIGGERS = MINUTES.map(lambda n: datetime(2018, 12, 31, 16, tzinfo=UTC) + timedelta(minutes=n))
DAY_UNITS = st.sampled_from([DayUnit.CALENDAR, DayUnit.WORKING])
ANY_UNIT = st.sampled_from(list(DayUnit))
ONE = timedelta(days=1)


def naive_dues(unit: DayUnit, amount: int, trigger: datetime, extend: int) -> tuple[date, date]:
    """Raw and legal date by walking day after day over the published notices."""
    here = trigger.astimezone(SHANGHAI)
    day = here.date()
    if unit is DayUnit.WORKING and naive_is_working_day(day) and here.time() > time(17, 30):
        day += ONE
        while not naive_is_working_day(day):
            day += ONE
    left = amount + extend
    while left:
        day += ONE
        left -= unit is DayUnit.CALENDAR or naive_is_working_day(day)
    legal = day
    while unit is DayUnit.CALENDAR and not naive_is_working_day(legal):
        legal += ONE
    return day, legal


@settings(max_examples=200)
@given(DAY_UNITS, st.integers(1, 60), TRIGGERS, st.integers(0, 30))
def test_due_dates_agree_with_walking_the_days(unit, amount, trigger, extend):
    found = due_for(limit_named(f"{unit}:{amount}"), trigger, CHINA, extend_days=extend)
    raw, legal = naive_dues(unit, amount, trigger, extend)
    assert found.due_raw == end_of_day(raw)
    assert found.due_legal == end_of_day(legal)
    assert found.provisional == (legal.year > 2026)


@given(ANY_UNIT, st.integers(1, 40), TRIGGERS, st.integers(0, 100_000))
def test_a_later_trigger_is_never_due_earlier(unit, amount, trigger, minutes):
    """Late receipt left out: see the next test."""
    limit, rule = limit_named(f"{unit}:{amount}"), LateReceipt.SAME_DAY
    earlier = due_for(limit, trigger, CHINA, late_receipt=rule)
    later = due_for(limit, trigger + timedelta(minutes=minutes), CHINA, late_receipt=rule)
    assert earlier.due_raw <= later.due_raw
    assert earlier.due_legal <= later.due_legal


def test_friday_evening_is_due_after_saturday_because_late_receipt_is_of_working_days_only():
    """R5 by its letter: the next working day becomes the trigger day and is not counted itself."""
    friday, saturday = due("working:1", "2025-09-19T18:00"), due("working:1", "2025-09-20T10:00")
    assert (raw_day(friday), raw_day(saturday)) == ("2025-09-23", "2025-09-22")  # Tue, Mon


@given(st.integers(1, 40), TRIGGERS, st.integers(0, 100_000))
def test_what_came_within_office_hours_is_never_due_after_what_came_later(amount, start, minutes):
    trigger = OFFICE.next_open(start, CHINA)
    limit = limit_named(f"working:{amount}")
    earlier = due_for(limit, trigger, CHINA)
    assert earlier.due_raw <= due_for(limit, trigger + timedelta(minutes=minutes), CHINA).due_raw


@given(ANY_UNIT, st.integers(1, 60), TRIGGERS)
def test_raw_is_never_after_legal_and_legal_is_a_working_day_for_day_limits(unit, amount, trigger):
    found = due_for(limit_named(f"{unit}:{amount}"), trigger, CHINA)
    assert trigger < found.due_raw <= found.due_legal
    if unit in (DayUnit.CALENDAR, DayUnit.WORKING):
        assert naive_is_working_day(found.due_legal.astimezone(SHANGHAI).date())


@given(
    ANY_UNIT, st.integers(1, 30), TRIGGERS, MINUTES.map(lambda n: n % 20_000), st.integers(0, 9999)
)
def test_a_pause_never_brings_the_due_forward(unit, amount, trigger, after, length):
    limit = limit_named(f"{unit}:{amount}")
    start = trigger + timedelta(minutes=after)
    paused = due_for(
        limit, trigger, CHINA, pauses=[Pause(start, start + timedelta(minutes=length))]
    )
    assert paused.due_raw >= due_for(limit, trigger, CHINA).due_raw
    assert paused.due_raw <= paused.due_legal


@given(ANY_UNIT, st.integers(1, 60), TRIGGERS)
def test_the_explanation_ends_on_the_day_the_limit_does(unit, amount, trigger):
    found = due_for(limit_named(f"{unit}:{amount}"), trigger, CHINA)
    last = [step for step in found.steps if "到期" in step.text][-1].on
    day = last.astimezone(SHANGHAI).date() if isinstance(last, datetime) else last
    assert day == found.due_legal.astimezone(SHANGHAI).date()
    if unit is DayUnit.WORKING:
        assert sum("个工作日" in step.text for step in found.steps) == amount


# --- when it is due soon, and how it stands


@pytest.mark.parametrize(
    ("name", "trigger", "warned"),
    [
        ("handle:help", "2025-09-08", "2025-09-12T11:59:59"),  # Mon; 1.5 working days before Mon
        ("handle:help", "2025-09-26", "2025-10-09T11:59:59"),  # Fri; the holiday does not count
        ("handle:consult", "2025-09-08", "2025-09-09T16:30:00"),  # the last office hour of Tue
        ("sign", "2025-09-08T10:00", "2025-09-08T14:48:00"),  # 1.2 office hours before 16:00
        ("dispatch", "2025-09-08T10:00", "2025-09-08T11:00:00"),  # 36 minutes are less than 1 h
        ("contact:urgent", "2025-09-08T10:00", "2025-09-08T11:00:00"),
        ("contact:urgent", "2025-09-08T18:30", "2025-09-08T18:30:00"),  # never before the start
        ("supervise", "2025-09-08", "2025-09-13T21:35:59"),  # 2.1 days before Mon 09-15
        ("notify15", "2025-09-22", "2025-09-30T16:30:00"),  # an office hour before the raw holiday
    ],
)
def test_due_soon_is_three_tenths_before_the_earlier_due_and_an_office_hour_at_least(
    name, trigger, warned
):
    assert shown(warn_at(moment(trigger), due(name, trigger), CHINA)) == warned


def test_an_extension_lengthens_the_three_tenths():
    found = due("handle:help", "2025-09-08", extend_days=5)  # Mon 09-22
    assert shown(warn_at(moment("2025-09-08"), found, CHINA)) == "2025-09-17T23:59:59"  # 3 before


def test_the_limit_of_an_upstream_ticket_is_taken_as_it_stands():
    found = stated_due(moment("2025-10-04T18:00"))  # Sat within 国庆
    assert shown(found.due_raw) == shown(found.due_legal) == "2025-10-04T18:00:00"
    warned = warn_at(moment("2025-09-24T18:00"), found, CHINA)
    assert shown(warned) == "2025-09-30T16:30:00"  # three of ten days before is Wed, a holiday


DUE, WARN = moment("2025-09-15T23:59:59"), moment("2025-09-12T11:59:59")


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2025-09-12T11:59:58", Standing.ON_TIME),
        ("2025-09-12T11:59:59", Standing.DUE_SOON),
        ("2025-09-15T23:59:59", Standing.DUE_SOON),
        ("2025-09-16T00:00:00", Standing.OVERDUE),
    ],
)
def test_standing_of_a_running_clock(now, expected):
    assert standing(DUE, WARN, moment(now)) is expected


def test_standing_of_a_stopped_and_of_a_paused_clock():
    long_after = moment("2025-12-01")
    assert standing(DUE, WARN, long_after, stopped_at=DUE) is Standing.MET
    late = DUE + timedelta(seconds=1)
    assert standing(DUE, WARN, long_after, stopped_at=late) is Standing.MET_LATE
    assert standing(DUE, WARN, long_after, paused=True) is Standing.PAUSED
    assert standing(DUE, WARN, long_after, stopped_at=DUE, paused=True) is Standing.MET


@pytest.mark.parametrize(
    ("now", "due_at", "facts"),
    [
        ("2025-09-26", "2025-09-30T23:59:59", (3, 0)),  # Fri → Sun (班), Mon, Tue
        ("2025-09-30", "2025-09-30T23:59:59", (0, 0)),  # the due day itself
        ("2025-10-08", "2025-09-30T23:59:59", (0, 0)),  # all of 国庆: no working day late yet
        ("2025-10-09", "2025-09-30T23:59:59", (0, 1)),  # Thu, the first one late
        ("2025-10-13", "2025-09-30T23:59:59", (0, 4)),  # 09, 10, Sat 11 (班), Mon 13
    ],
)
def test_working_days_left_and_overdue(now, due_at, facts):
    assert remaining_text_facts(moment(now), moment(due_at), CHINA) == facts


@pytest.mark.parametrize(
    ("main", "assisting"),
    [
        ("2025-10-10T23:59:59", "2025-10-09T23:59:59"),  # Fri → Thu
        ("2025-10-09T23:59:59", "2025-09-30T23:59:59"),  # Thu → Tue before 国庆
        ("2025-09-29T23:59:59", "2025-09-28T23:59:59"),  # Mon → worked Sunday
        ("2025-10-04T12:00:00", "2025-09-30T12:00:00"),  # stated upstream, within the holiday
    ],
)
def test_an_assisting_unit_answers_one_working_day_before(main, assisting):
    assert shown(assist_due(moment(main), CHINA)) == assisting
