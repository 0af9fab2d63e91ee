"""Every community side by side: received, open, overdue, satisfied.

Source: docs/rules/insight.md 5.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.deadlines import Standing
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.insight import MonthQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, month_so_far, profile_at
from casetracker.services.insight.rows import COMMUNITIES, Named, community_of
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.insights import CASE_FIGURES, Asked, standing_now

ELSEWHERE = "未登记所在社区"


@dataclass(slots=True)
class Place:
    """A community: received and judged in the month, open and overdue now.

    `credit` is what the judged cases add to 满意率; `latitude` and `longitude` are the middle of
    its cases that carry a position, None without any.
    """

    row: Named
    received: int = 0
    open: int = 0
    overdue: int = 0
    judged: int = 0
    credit: Fraction = Fraction(0)
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Communities:
    month: str
    first: date
    last: date
    places: tuple[Place, ...]
    elsewhere: Place


@query
def communities(ctx: Context, session: Session, asked: MonthQuestion) -> Communities:
    """All active communities and brigades in the order of their codes, within the scope."""
    asking = asking_of(ctx, session)
    month = asked.chosen(ctx.now)
    first, last = month_so_far(month, ctx.now)
    question = Asked(profile_at(asking.ref, last), whole_days(first, last), ctx.now)
    places = _empty_places(asking.ref)
    _count_received(asking, question, places)
    _count_open(asking, places)
    _count_judged(asking, question, places)
    elsewhere = places.pop(None)
    return Communities(month, first, last, tuple(places.values()), elsewhere)


Places = dict[int | None, Place]


def _empty_places(ref: Reference) -> Places:
    units = sorted(ref.units.values(), key=lambda unit: unit.code)
    shown = [unit for unit in units if unit.kind in COMMUNITIES and unit.is_active]
    places: Places = {unit.id: Place(Named(unit.code, unit.name)) for unit in shown}
    return {**places, None: Place(Named(None, ELSEWHERE))}


def _place(asking: Asking, places: Places, area_id: int | None) -> Place:
    """The place of an area; one that is no longer active is shown when something lies there."""
    unit = community_of(asking.ref, area_id)
    if unit is None:
        return places[None]
    return places.setdefault(unit.id, Place(Named(unit.code, unit.name)))


def _count_received(asking: Asking, question: Asked, places: Places) -> None:
    rows = asking.session.execute(
        select(
            Case.area_unit_id,
            func.count(),
            func.count(Case.latitude),
            func.sum(Case.latitude),
            func.sum(Case.longitude),
        )
        .where(CASE_FIGURES["received"].cases(question), visible(asking.scope))
        .group_by(Case.area_unit_id)
    )
    located: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for area_id, count, with_position, latitude, longitude in rows:
        place = _place(asking, places, area_id)
        place.received += count
        if with_position and place.row.key is not None:
            sums = located[place.row.key]
            for at, value in enumerate((with_position, latitude or 0.0, longitude or 0.0)):
                sums[at] += value
            place.latitude, place.longitude = sums[1] / sums[0], sums[2] / sums[0]


def _count_open(asking: Asking, places: Places) -> None:
    late = case((standing_now(Standing.OVERDUE, asking.now), 1), else_=0)
    rows = asking.session.execute(
        select(Case.area_unit_id, func.count(), func.sum(late))
        .where(IS_OPEN, visible(asking.scope))
        .group_by(Case.area_unit_id)
    )
    for area_id, count, overdue in rows:
        place = _place(asking, places, area_id)
        place.open += count
        place.overdue += int(overdue or 0)


def _count_judged(asking: Asking, question: Asked, places: Places) -> None:
    weights = {**(question.profile.metric("satisfaction").weights or {})}
    rows = asking.session.execute(
        select(Case.area_unit_id, Case.satisfaction, func.count())
        .where(CASE_FIGURES["judged"].cases(question), visible(asking.scope))
        .group_by(Case.area_unit_id, Case.satisfaction)
    )
    for area_id, answer, count in rows:
        place = _place(asking, places, area_id)
        place.judged += count
        place.credit += Fraction(weights.get(answer, 0) if answer else 0) * count


def total_of(places: Communities) -> Counter[str]:
    """All of them together, those without a community too."""
    sums: Counter[str] = Counter()
    for one in (*places.places, places.elsewhere):
        for name in ("received", "open", "overdue", "judged"):
            sums[name] += getattr(one, name)
    return sums


def share(place: Place) -> Any:
    """满意率 as `value`, `numerator`, `denominator`; no value where nobody was asked."""
    credit = place.credit
    return {
        "value": float(credit / place.judged) if place.judged else None,
        "numerator": credit.numerator if credit.denominator == 1 else float(credit),
        "denominator": place.judged,
    }
