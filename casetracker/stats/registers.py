"""What the registers of the petition office count in a span of days, for reports and their lists.

The same condition counts a figure and finds its rows. Days are those of Shanghai, first and last
included. Source: docs/rules/reports.md 1(9), 8; docs/rules/ledgers.md.
"""

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import ColumnElement, and_, or_

from casetracker.domain.petition_vocabulary import SessionStatus
from casetracker.domain.rates import Window
from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    ReceptionSession,
    Undertaking,
)
from casetracker.stats.placing import within

Days = tuple[date, date]


def held_in(window: Window) -> ColumnElement[bool]:
    """领导接访 that took place."""
    return and_(
        within(ReceptionSession.starts_at, window), ReceptionSession.status == SessionStatus.HELD
    )


def read_in(days: Days) -> ColumnElement[bool]:
    """阅信批示 by the day on which the letter was read."""
    return LetterReading.read_on.between(*days)


def begun_in(days: Days) -> ColumnElement[bool]:
    """包案 by the day on which it began."""
    return Undertaking.began_on.between(*days)


OLD_CASES: Mapping[str, Callable[[Days], ColumnElement[bool]]] = {
    "listed": lambda days: OldCase.listed_on.between(*days),
    "struck_off": lambda days: OldCase.struck_off_on.between(*days),
    "left": lambda days: and_(
        OldCase.listed_on <= days[1],
        or_(OldCase.struck_off_on.is_(None), OldCase.struck_off_on > days[1]),
    ),
}
"""积案 put on the list, struck off, and left at the end of the last day."""
