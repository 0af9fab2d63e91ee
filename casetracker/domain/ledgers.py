"""Rules of the petition office's ledgers as plain functions. Source: docs/rules/ledgers.md."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from casetracker.domain.days import local_date
from casetracker.domain.petition_vocabulary import SessionStatus

VISIT_PREFIX = "LF"

# source: docs/rules/ledgers.md 3
SESSION_STEPS: Mapping[SessionStatus, frozenset[SessionStatus]] = {
    SessionStatus.PLANNED: frozenset({SessionStatus.PUBLISHED, SessionStatus.CANCELLED}),
    SessionStatus.PUBLISHED: frozenset({SessionStatus.HELD, SessionStatus.CANCELLED}),
    SessionStatus.HELD: frozenset(),
    SessionStatus.CANCELLED: frozenset(),
}
"""Where a reception session may go from where it stands."""


def is_collective(persons: int, collective_min: int) -> bool:
    """Whether a visit of that many is a collective one (集体访): docs/rules/ledgers.md 2."""
    return persons >= collective_min


def too_many_speakers(named: int, persons: int, *, collective_min: int, most: int) -> bool:
    """Whether more people speak for a collective visit than it may elect.

    Source: 《信访工作条例》 art. 20(3).
    """
    return is_collective(persons, collective_min) and named > most


def may_still_change(entered_at: datetime, now: datetime) -> bool:
    """A visit is put right on the Shanghai day of its entry: docs/rules/ledgers.md 1."""
    return local_date(entered_at) == local_date(now)


def stands_still(
    moved_on: date, next_action_on: date | None, today: date, *, quiet_days: int
) -> bool:
    """Whether an undertaking needs watching: nothing happened for so many calendar days, or the
    next action is behind its day. Source: docs/rules/ledgers.md 5.
    """
    late = next_action_on is not None and next_action_on < today
    return late or moved_on + timedelta(days=quiet_days) <= today


def next_month(day: date) -> tuple[date, date]:
    """The first day of the month after that of `day`, and the first of the one after it."""
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    return first, (first + timedelta(days=32)).replace(day=1)
