"""What does not count in the rates (剔除、恢复考核、考核申诉): rows that stand in both tables.

Asked by one with evidence, decided by another, taken back the same way, over with its last day.
None of them moves a clock or a state: what the law and the resident are owed stays as it was.
Source: docs/rules/appraisal.md §2.
"""

from collections.abc import Mapping
from types import MappingProxyType

from casetracker.domain import guards as g
from casetracker.domain.vocabulary import Action, ExcludeReason, RequestKind, Role, State, Track
from casetracker.domain.workflow import Guard, Transition, roles

A, R = Action, Role

REASONS: Mapping[Track, frozenset[ExcludeReason]] = MappingProxyType(
    {
        Track.HOTLINE: frozenset(ExcludeReason),
        Track.PETITION: frozenset(ExcludeReason) - {ExcludeReason.REPEAT},
    }
)
"""For which reasons a case of the track may be excluded. A 重件 of the petition track is counted:
重复信访率 would otherwise fall by leaving out what it counts.
"""


def exclusion_rows(
    states: frozenset[State],
    asked_by: frozenset[Role],
    decided_by: frozenset[Role],
    *,
    row: str,
    guards: tuple[Guard, ...] = (),
) -> tuple[Transition, ...]:
    """`row` names the row of the track's document; `guards` hold for everybody who takes part."""
    return (
        Transition(
            A.EXCLUDE,
            states,
            None,
            asked_by,
            f"row {row}; applied for by one, decided by another, with evidence",
            guards=(*guards, g.not_pending(RequestKind.EXCLUSION)),
        ),
        *_decided(A.DECIDE_EXCLUSION, RequestKind.EXCLUSION, states, decided_by, row, guards),
        Transition(
            A.REINSTATE,
            states,
            None,
            asked_by | decided_by,
            f"row {row}a; taken back as it was made: asked by one, decided by another",
            guards=(*guards, g.is_excluded, g.not_pending(RequestKind.REINSTATEMENT)),
        ),
        *_decided(
            A.DECIDE_REINSTATEMENT, RequestKind.REINSTATEMENT, states, decided_by, f"{row}a", guards
        ),
        Transition(
            A.EXPIRE_EXCLUSION,
            states,
            None,
            roles(R.SYSTEM),
            f"row {row}b; the day it was granted up to",
        ),
    )


def appeal_rows(
    states: frozenset[State],
    asked_by: frozenset[Role],
    *,
    row: str,
    guards: tuple[Guard, ...] = (),
) -> tuple[Transition, ...]:
    """The judged unit objects within the window; the supervisor finds on demand and duty."""
    return (
        Transition(
            A.APPEAL,
            states,
            None,
            asked_by,
            f"row {row}; within the appeal window",
            guards=(*guards, g.not_pending(RequestKind.APPEAL), g.appeal_in_time),
        ),
        *_decided(A.DECIDE_APPEAL, RequestKind.APPEAL, states, roles(R.SUPERVISOR), row, ()),
    )


def _decided(
    action: Action,
    kind: RequestKind,
    states: frozenset[State],
    by: frozenset[Role],
    row: str,
    guards: tuple[Guard, ...],
) -> tuple[Transition, ...]:
    """Granted or refused, never by whoever asked."""
    return tuple(
        Transition(
            action,
            states,
            None,
            by,
            f"row {row}; {outcome} by another person",
            outcome=outcome,
            guards=(*guards, g.decides_for_another(kind)),
        )
        for outcome in ("granted", "refused")
    )
