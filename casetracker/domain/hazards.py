"""The life of a hazard (隐患): its transition table, its conditions, its first deadline.

The table is its own, not the hotline's: a place is told to put something right, and somebody else
looks whether it did. Source: docs/rules/patrol.md 3, where each row has its number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casetracker.domain.patrol_vocabulary import HazardLevel, HazardState, HazardStep
from casetracker.domain.vocabulary import Role
from casetracker.domain.workflow import ActorFacts

INSPECTION_PREFIX, HAZARD_PREFIX = "JC", "YH"

S, R = HazardState, Role
OPEN = frozenset({S.FOUND, S.NOTIFIED, S.REPORTED, S.HANDED_OVER, S.IN_CASE})
"""Somebody still owes something."""
TO_RECTIFY = OPEN - {S.REPORTED}
"""Not even said to be put right: these run late."""
ENDED = frozenset(HazardState) - OPEN
ELSEWHERE = frozenset({S.HANDED_OVER, S.IN_CASE})

UNIT = frozenset({R.HANDLER, R.UNIT_HEAD})
CHECKERS = UNIT | {R.SUPERVISOR}


@dataclass(frozen=True, slots=True)
class HazardFacts:
    """What conditions may look at; ids of accounts, None where it did not happen."""

    state: HazardState
    found_by: int | None = None
    reported_by: int | None = None
    new_photos: int = 0
    case_is_open: bool = False


Condition = Callable[[HazardFacts, ActorFacts], str | None]


def not_the_finder(hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """Whoever found it does not say alone that it is none."""
    return "hazard_own_finding" if actor.account_id == hazard.found_by else None


def not_the_reporter(hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """Whoever reported it put right does not check it."""
    return "hazard_own_report" if actor.account_id == hazard.reported_by else None


def has_photo(hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """A picture or paper of this round that shows what was done."""
    return None if hazard.new_photos else "hazard_needs_photo"


def case_is_over(hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """While a case of it runs, the case comes first."""
    return "hazard_case_open" if hazard.case_is_open else None


def head_when_over(hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """What is over stands in figures already: the head of the unit answers for changing it."""
    is_heads = hazard.state not in ENDED or R.UNIT_HEAD in actor.roles
    return None if is_heads else "hazard_over"


@dataclass(frozen=True, slots=True)
class HazardRow:
    """One row: from which states, by what step, to which state, by whom, on what conditions.

    `target` None keeps the state.
    """

    step: HazardStep
    sources: frozenset[HazardState]
    target: HazardState | None
    roles: frozenset[Role]
    source: str
    conditions: tuple[Condition, ...] = ()


TABLE: tuple[HazardRow, ...] = (
    HazardRow(HazardStep.FIND, frozenset(), S.FOUND, UNIT, "row 1; 安全生产法 art. 9, 68"),
    HazardRow(
        HazardStep.NOTIFY,
        frozenset({S.FOUND}),
        S.NOTIFIED,
        UNIT,
        "row 2; 安全生产法 art. 65(1)(三) 责令限期整改",
    ),
    HazardRow(
        HazardStep.REPORT,
        TO_RECTIFY,
        S.REPORTED,
        UNIT,
        "row 3; 安全生产事故隐患排查治理暂行规定 art. 15",
        (case_is_over, has_photo),
    ),
    HazardRow(
        HazardStep.PASS,
        frozenset({S.REPORTED}),
        S.RECTIFIED,
        CHECKERS,
        "row 4; two people",
        (not_the_reporter,),
    ),
    HazardRow(
        HazardStep.FAIL,
        frozenset({S.REPORTED}),
        S.NOTIFIED,
        CHECKERS,
        "row 5; two people",
        (not_the_reporter,),
    ),
    HazardRow(
        HazardStep.HAND_OVER,
        frozenset({S.FOUND, S.NOTIFIED}),
        S.HANDED_OVER,
        frozenset({R.UNIT_HEAD, R.SUPERVISOR}),
        "row 6; 安全生产法 art. 69 及时移送",
    ),
    HazardRow(
        HazardStep.MAKE_CASE,
        frozenset({S.FOUND, S.NOTIFIED}),
        S.IN_CASE,
        frozenset({R.HANDLER}),
        "row 7; docs/rules/hotline.md row 1",
    ),
    HazardRow(
        HazardStep.TAKE_BACK,
        ELSEWHERE,
        S.NOTIFIED,
        UNIT,
        "row 8; nothing is lost elsewhere",
        (case_is_over,),
    ),
    HazardRow(
        HazardStep.DISMISS,
        frozenset({S.FOUND, S.NOTIFIED}),
        S.DISMISSED,
        frozenset({R.UNIT_HEAD, R.SUPERVISOR}),
        "row 9; two people",
        (not_the_finder,),
    ),
    HazardRow(HazardStep.NOTE, OPEN, None, CHECKERS, "row 10; 督促记录"),
    HazardRow(
        HazardStep.CORRECT,
        OPEN | ENDED,
        None,
        UNIT,
        "row 11; whoever enters may correct",
        (head_when_over,),
    ),
)
"""In the order of docs/rules/patrol.md 3."""

ROWS: Mapping[HazardStep, HazardRow] = {row.step: row for row in TABLE}


def after(step: HazardStep, state: HazardState | None) -> HazardState | None:
    """The state that a step leads to from there; None where the table does not allow it."""
    row = ROWS[step]
    if state is None:
        return row.target if not row.sources else None
    return (row.target or state) if state in row.sources else None


def replay(steps: Iterable[HazardStep]) -> HazardState | None:
    """Where a history ends; None for one that the table does not allow."""
    state: HazardState | None = None
    for step in steps:
        state = after(step, state)
        if state is None:
            return None
    return state


def missing(row: HazardRow, hazard: HazardFacts, actor: ActorFacts) -> str | None:
    """The code of the first condition that refuses, or None."""
    for condition in row.conditions:
        problem = condition(hazard, actor)
        if problem is not None:
            return problem
    return None


def first_deadline(level: HazardLevel, day: date, *, days: int) -> date:
    """By when a hazard is to be put right where nobody says otherwise, counted from that day.

    A major one on the day itself; others after so many calendar days. Source:
    docs/rules/patrol.md 4.
    """
    return day if level is HazardLevel.MAJOR else day + timedelta(days=days)


def is_late(state: HazardState, due_on: date, today: date) -> bool:
    """Whether the place still owes what was due before today."""
    return state in TO_RECTIFY and due_on < today
