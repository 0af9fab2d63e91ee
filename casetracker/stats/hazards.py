"""Patrols in figures: places inspected, hazards found, and the rectification rate (整改率).

One definition for the page, the lists behind it, the 通报 and the year. A hazard counts in the
period in which it was found; what turned out to be none does not count. It is put right when
another person's check said so. Source: docs/rules/patrol.md 5.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, and_, func, not_, select
from sqlalchemy.orm import Session

from casetracker.domain.hazards import OPEN, TO_RECTIFY
from casetracker.domain.patrol_vocabulary import HazardState
from casetracker.persistence.patrol import Hazard, Inspection

Days = tuple[date, date]
"""First and last Shanghai day, both included."""

IS_COUNTED: ColumnElement[bool] = Hazard.state != HazardState.DISMISSED
IS_RECTIFIED: ColumnElement[bool] = Hazard.state == HazardState.RECTIFIED


def rectified_by(day: date) -> ColumnElement[bool]:
    """Checked and found put right on that day or before."""
    return and_(IS_RECTIFIED, Hazard.verified_on <= day)


PARTS: Mapping[str, Callable[[date, date], ColumnElement[bool]]] = {
    "counted": lambda until, today: IS_COUNTED,
    "rectified": lambda until, today: rectified_by(until),
    "left": lambda until, today: and_(IS_COUNTED, not_(rectified_by(until))),
    "to_date": lambda until, today: IS_RECTIFIED,
    "open": lambda until, today: Hazard.state.in_(OPEN),
    "late": lambda until, today: and_(Hazard.state.in_(TO_RECTIFY), Hazard.due_on < today),
}
"""Parts of the figures and piles of work, given the last day of the period and today."""


@dataclass(frozen=True, slots=True)
class Patrolled:
    """`inspections` 家次; of the hazards `found` in the period those put right by its end, and by
    now; `dismissed` were none and are not among them.
    """

    inspections: int = 0
    found: int = 0
    rectified: int = 0
    to_date: int = 0
    late: int = 0
    dismissed: int = 0

    @property
    def rate(self) -> Fraction | None:
        """期内整改率; None where nothing was found."""
        return Fraction(self.rectified, self.found) if self.found else None

    @property
    def rate_to_date(self) -> Fraction | None:
        """至今整改率."""
        return Fraction(self.to_date, self.found) if self.found else None

    def plus(self, other: "Patrolled") -> "Patrolled":
        """Both together: sums, never the mean of rates."""
        names = self.__dataclass_fields__
        return Patrolled(**{name: getattr(self, name) + getattr(other, name) for name in names})


@dataclass(frozen=True, slots=True)
class Patrols:
    """What is asked: a period, what the reader reaches of each register, and the day of reading."""

    days: Days
    inspections: ColumnElement[bool]
    hazards: ColumnElement[bool]
    today: date


def found_in(days: Days) -> ColumnElement[bool]:
    return Hazard.found_on.between(*days)


def inspected_in(days: Days) -> ColumnElement[bool]:
    return Inspection.inspected_on.between(*days)


BY: Mapping[str, tuple[Any, Any]] = {
    "area": (Inspection.area_unit_id, Hazard.area_unit_id),
    "unit": (Inspection.unit_id, Hazard.unit_id),
    "kind": (None, Hazard.kind),
    "level": (None, Hazard.level),
    "month": (Inspection.inspected_on, Hazard.found_on),
}
"""By what rows are made: the column of each register, None where an inspection has none."""


def patrolled(session: Session, asked: Patrols, by: str) -> dict[Any, Patrolled]:
    """The figures of the period by a column of `BY`; a month under its first day."""
    of_inspections, of_hazards = BY[by]
    found: dict[Any, Patrolled] = defaultdict(Patrolled)
    for key, figures in _hazards(session, asked, of_hazards):
        found[_row_of(by, key)] = found[_row_of(by, key)].plus(figures)
    if of_inspections is not None:
        for key, count in _inspections(session, asked, of_inspections):
            found[_row_of(by, key)] = found[_row_of(by, key)].plus(Patrolled(inspections=count))
    return dict(found)


def patrolled_in_all(session: Session, asked: Patrols) -> Patrolled:
    """The figures of the whole period."""
    total = Patrolled()
    for figures in patrolled(session, asked, "area").values():
        total = total.plus(figures)
    return total


def _row_of(by: str, key: Any) -> Any:
    return key.replace(day=1) if by == "month" else key


def _inspections(session: Session, asked: Patrols, key: Any) -> Any:
    counted = select(key, func.count(Inspection.id)).where(
        inspected_in(asked.days), asked.inspections
    )
    return session.execute(counted.group_by(key))


def _hazards(session: Session, asked: Patrols, key: Any) -> Any:
    until = asked.days[1]
    parts = [
        func.count(Hazard.id).filter(PARTS[name](until, asked.today))
        for name in ("counted", "rectified", "to_date", "late")
    ]
    dismissed = func.count(Hazard.id).filter(Hazard.state == HazardState.DISMISSED)
    rows = session.execute(
        select(key, *parts, dismissed).where(found_in(asked.days), asked.hazards).group_by(key)
    )
    for value, *counts in rows:
        yield value, Patrolled(0, *counts)
