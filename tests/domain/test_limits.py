"""The catalogue of limits: every row there, each with its source, and dated overrides."""

from datetime import date

import pytest

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.limits import (
    CATALOGUE,
    LimitOverride,
    UnknownLimit,
    contact_code,
    handle_code,
    limit_in_force,
    limit_named,
)
from casetracker.domain.vocabulary import DayUnit, Kind, Urgency

CAL, WORK = DayUnit.CALENDAR, DayUnit.WORKING
OFFICE, NATURAL = DayUnit.OFFICE_HOURS, DayUnit.NATURAL_HOURS


@pytest.mark.parametrize(
    ("name", "amount", "unit"),
    [
        ("notify15", 15, CAL),
        ("objection5", 5, WORK),
        ("dept_transfer15", 15, CAL),
        ("handle60", 60, CAL),
        ("simple10", 10, WORK),
        ("req_review30", 30, CAL),
        ("req_rereview30", 30, CAL),
        ("review30", 30, CAL),
        ("rereview30", 30, CAL),
        ("assign_due", None, CAL),
        ("evaluate", 30, CAL),
        ("improve_fb", 30, CAL),
        ("dispatch", 2, OFFICE),
        ("sign", 4, OFFICE),
        ("contact", 1, WORK),
        ("contact:urgent", 2, NATURAL),
        ("return", 1, WORK),
        ("assist", None, WORK),
        ("review", 1, WORK),
        ("callback", 3, WORK),
        ("redo", 3, WORK),
        ("park_review", 30, CAL),
        ("supervise", 7, CAL),
        ("investigate", 30, CAL),
        ("suggest30", 30, CAL),
        ("handle:consult", 1, WORK),
        ("handle:suggestion", 1, WORK),
        ("handle:help", 5, WORK),
        ("handle:complaint", 5, WORK),
        ("handle:report", 5, WORK),
        ("handle:praise", 5, WORK),
        ("handle:other", 5, WORK),
        ("handle:complex", 15, WORK),
    ],
)
def test_the_shipped_length_of_every_limit(name, amount, unit):
    limit = limit_named(name)
    assert (limit.code, limit.amount, limit.unit) == (name, amount, unit)


def test_every_limit_names_its_source_and_what_starts_and_stops_it():
    for limit in CATALOGUE.values():
        assert limit.source, limit.code
        assert limit.starts, limit.code
        assert limit.stops, limit.code
        assert limit.amount is not None or limit.note, limit.code


def test_only_the_petition_handling_limit_and_the_hotline_ones_can_be_extended():
    assert limit_named("handle60").cap_days == 30
    assert limit_named("handle:help").cap_days == 10
    extendable = {code for code, row in CATALOGUE.items() if row.cap_days != 0}
    hotline = {code for code in CATALOGUE if code.startswith("handle:")}
    ordered = {"assign_due", "duty_due", "execute"}  # as somebody set, for the one case
    assert extendable == {"handle60"} | ordered | hotline


def test_every_kind_of_case_has_a_handling_limit():
    for kind in Kind:
        assert handle_code(kind) in CATALOGUE
    assert handle_code(Kind.HELP, is_complex=True) == "handle:complex"


def test_an_urgent_case_has_two_hours_for_the_first_contact():
    assert contact_code(Urgency.NORMAL) == "contact"
    assert contact_code(Urgency.URGENT) == "contact:urgent"
    assert contact_code(Urgency.CRITICAL) == "contact:urgent"


def test_every_clock_of_the_hotline_table_is_in_the_catalogue_and_what_it_freezes_may_pause():
    def rows_of(clock: str) -> list[str]:
        return [code for code in CATALOGUE if code == clock or code.startswith(f"{clock}:")]

    for transition in HOTLINE.rows:
        for clock in transition.starts:
            assert rows_of(clock), clock
        for clock in transition.pauses:
            assert rows_of(clock), clock
            assert all(CATALOGUE[code].pausable for code in rows_of(clock)), clock


@pytest.mark.parametrize(
    ("name", "amount", "unit"),
    [
        ("calendar:15", 15, CAL),
        ("working:5", 5, WORK),
        ("office_hours:2", 2, OFFICE),
        ("natural_hours:24", 24, NATURAL),
        ("working:9999", 9999, WORK),
    ],
)
def test_a_limit_can_be_made_up_from_unit_and_length(name, amount, unit):
    limit = limit_named(name)
    assert (limit.code, limit.amount, limit.unit) == (name, amount, unit)


@pytest.mark.parametrize(
    "name",
    [
        *("", "handle", "handle:", "days:5", "Notify15", "notify15 ", "calendar", "working:5\n"),
        *("working:0", "working:-1", "working:05", "working:1.5", "working:٥", "working:10000"),
    ],
)
def test_an_unknown_name_is_refused_and_the_known_ones_are_listed(name):
    with pytest.raises(UnknownLimit) as refusal:
        limit_named(name)
    assert isinstance(refusal.value, ValueError)
    assert refusal.value.facts["name"] == name
    assert set(refusal.value.facts["known"]) == set(CATALOGUE)


LATER = LimitOverride("handle:help", 7, None, None, date(2026, 1, 1), "区热线办法")
LATEST = LimitOverride("handle:help", 10, CAL, 5, date(2026, 7, 1), "市热线办法")


@pytest.mark.parametrize(
    ("on", "amount", "unit", "cap"),
    [
        (date(2025, 12, 31), 5, WORK, 10),  # the catalogue
        (date(2026, 1, 1), 7, WORK, 10),  # the first day of the override
        (date(2026, 6, 30), 7, WORK, 10),
        (date(2026, 7, 1), 10, CAL, 5),
    ],
)
def test_a_case_keeps_the_limit_that_was_in_force_on_its_day(on, amount, unit, cap):
    limit = limit_in_force("handle:help", on, [LATEST, LATER])
    assert (limit.amount, limit.unit, limit.cap_days) == (amount, unit, cap)
    assert limit.pausable


def test_an_override_brings_its_own_source_and_leaves_other_limits_alone():
    assert limit_in_force("handle:help", date(2026, 2, 1), [LATER]).source == "区热线办法"
    assert limit_in_force("handle:other", date(2026, 2, 1), [LATER]) == CATALOGUE["handle:other"]


def test_by_name_alone_the_newest_override_holds():
    assert limit_named("handle:help", [LATER, LATEST]).amount == 10
    assert limit_named("handle:help", [LATER, LATEST], on=date(2026, 3, 1)).amount == 7


def test_an_unknown_limit_cannot_be_overridden_into_being():
    with pytest.raises(UnknownLimit):
        limit_in_force("handle:nothing", date(2026, 1, 1), [LATER])


def test_a_limit_ordered_from_above_takes_the_length_of_the_order():
    limit = limit_named("assign_due").ordered(10, WORK)
    assert (limit.amount, limit.unit, limit.source) == (10, WORK, limit_named("assign_due").source)


@pytest.mark.parametrize("amount", [0, -1, 10_000])
def test_a_length_out_of_range_is_refused(amount):
    with pytest.raises(ValueError, match="1 to 9999"):
        limit_named("assign_due").ordered(amount)
    with pytest.raises(ValueError, match="1 to 9999"):
        limit_in_force(
            "sign", date(2026, 1, 1), [LimitOverride("sign", amount, None, None, date.min, "x")]
        )
