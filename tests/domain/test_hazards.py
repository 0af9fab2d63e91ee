"""The table of hazards: nothing is a dead end but its two ends, and two people put right."""

from datetime import date

import pytest

from casetracker.domain.hazards import (
    OPEN,
    ROWS,
    TABLE,
    HazardFacts,
    first_deadline,
    is_late,
    missing,
    replay,
)
from casetracker.domain.patrol_vocabulary import HazardLevel, HazardState, HazardStep
from casetracker.domain.vocabulary import Role
from casetracker.domain.workflow import ActorFacts

S, T = HazardState, HazardStep
ENDS = {S.RECTIFIED, S.DISMISSED}
ANNA, BERT = ActorFacts(1, frozenset({Role.HANDLER})), ActorFacts(2, frozenset({Role.UNIT_HEAD}))


def test_every_state_can_be_reached_and_every_open_one_left() -> None:
    reached = {row.target for row in TABLE}
    assert set(S) <= reached
    for state in OPEN:
        assert any(state in row.sources and row.target not in (None, state) for row in TABLE)
    assert set(S) - OPEN == ENDS
    assert {row.step for row in TABLE if row.sources & ENDS} == {T.CORRECT}
    assert ROWS[T.CORRECT].target is None


def test_one_step_stands_in_one_row() -> None:
    assert set(ROWS) == set(T)
    assert len(ROWS) == len(TABLE)


def test_a_failed_check_begins_the_way_anew() -> None:
    way = [T.FIND, T.NOTIFY, T.REPORT, T.FAIL, T.NOTE, T.REPORT, T.PASS]
    assert replay(way) is S.RECTIFIED
    assert replay(way[:4]) is S.NOTIFIED
    assert replay([T.NOTIFY]) is None, "nothing begins without having been found"
    assert replay([*way, T.NOTE]) is None, "what is put right is over"
    assert replay([*way, T.CORRECT]) is S.RECTIFIED, "what was written of it is not"


@pytest.mark.parametrize("step", [T.PASS, T.FAIL])
def test_whoever_reported_it_put_right_does_not_check_it(step: HazardStep) -> None:
    facts = HazardFacts(S.REPORTED, found_by=1, reported_by=1)
    assert missing(ROWS[step], facts, ANNA) == "hazard_own_report"
    assert missing(ROWS[step], facts, BERT) is None


def test_whoever_found_it_does_not_say_alone_that_it_is_none() -> None:
    assert missing(ROWS[T.DISMISS], HazardFacts(S.FOUND, found_by=2), BERT) == "hazard_own_finding"


@pytest.mark.parametrize("state", sorted(S))
def test_what_is_over_is_corrected_by_the_head_alone(state: HazardState) -> None:
    facts = HazardFacts(state)
    assert missing(ROWS[T.CORRECT], facts, BERT) is None
    assert missing(ROWS[T.CORRECT], facts, ANNA) == ("hazard_over" if state in ENDS else None)


def test_a_report_needs_a_picture_and_waits_for_a_running_case() -> None:
    facts = HazardFacts(S.IN_CASE, case_is_open=True, new_photos=1)
    assert missing(ROWS[T.REPORT], facts, ANNA) == "hazard_case_open"
    assert missing(ROWS[T.REPORT], HazardFacts(S.NOTIFIED), ANNA) == "hazard_needs_photo"


def test_a_major_hazard_is_due_at_once_and_others_after_the_offices_days() -> None:
    day = date(2026, 3, 2)
    assert first_deadline(HazardLevel.MAJOR, day, days=15) == day
    assert first_deadline(HazardLevel.ORDINARY, day, days=15) == date(2026, 3, 17)


def test_late_is_what_the_place_still_owes_after_its_day() -> None:
    due = date(2026, 3, 17)
    assert not is_late(S.NOTIFIED, due, due)
    assert is_late(S.NOTIFIED, due, date(2026, 3, 18))
    assert not is_late(S.REPORTED, due, date(2026, 3, 18)), "now somebody else owes the check"
    assert not is_late(S.RECTIFIED, due, date(2026, 3, 18))
