"""吹哨报到登记簿: calls to departments, how many answered in time, what each thinks of the other.

Source: docs/rules/supervision.md 5; 北京市接诉即办工作条例 art. 16, 33 (双考核).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, true
from sqlalchemy.orm import Session

from casetracker.domain.oversight_vocabulary import WhistlePart
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.oversight import Whistle, WhistleCall
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Assignment
from casetracker.services import lookup
from casetracker.services.commands.oversight import WhistleSearch
from casetracker.services.context import Context, require_right
from casetracker.services.oversight.months import in_month
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

MOST = 200
RESPONDED_AT = func.coalesce(WhistleCall.arrived_at, Assignment.answered_at)
"""A department responds by coming, or failing that by its written answer."""
P = WhistlePart


@dataclass(frozen=True, slots=True)
class CallLine:
    """One department called once; `responded_at` is when it came, or answered without coming."""

    number: str
    title: str
    state: State
    topic: str
    place: str | None
    unit: str
    blown_at: datetime
    respond_by: datetime
    responded_at: datetime | None
    came: str | None
    answer: str | None
    result: str | None
    unit_score: int | None
    unit_words: str | None
    street_score: int | None
    street_words: str | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """A department's figures, or all of them; a mean is None where nobody scored."""

    unit: str
    code: str | None
    counts: Mapping[WhistlePart, int]
    unit_mean: float | None
    street_mean: float | None

    @property
    def rate(self) -> float | None:
        due = self.counts[P.DUE]
        return self.counts[P.ON_TIME] / due if due else None


@dataclass(frozen=True, slots=True)
class Whistles:
    """The newest `MOST` calls of what is asked, the figures by department, and their total."""

    lines: tuple[CallLine, ...]
    total: int
    units: tuple[Tally, ...]
    whole: Tally


@query
def whistle_register(ctx: Context, session: Session, asked: WhistleSearch) -> Whistles:
    """Calls and figures under the same filters, from the same conditions; two statements.

    Raises InvalidInput for an unknown unit or month, NotPermitted.
    """
    require_right(ctx, Right.OVERSIGHT_READ)
    ref = reference(session)
    where = [visible(scope_of(ctx.actor, ref)), *_asked(asked, ref)]
    rows = session.execute(
        _joined(select(WhistleCall, Whistle, Assignment.answered_at, Assignment.answer,
                       Case.number, Case.title, Case.state))
        .where(*where, _belongs(asked.part, ctx.now))
        .order_by(Whistle.blown_at.desc(), WhistleCall.id.desc())
        .limit(MOST)
    ).all()  # fmt: skip
    tallies = _tallies(ctx, session, ref, where)
    whole = _summed(tallies)
    lines = tuple(_line(row, ref, ctx.now) for row in rows)
    return Whistles(lines, whole.counts[asked.part], tallies, whole)


@query
def calls_of_case(ctx: Context, session: Session, number: str) -> tuple[CallLine, ...]:
    """The calls of one case that the actor sees, the oldest first."""
    ref = reference(session)
    rows = session.execute(
        _joined(select(WhistleCall, Whistle, Assignment.answered_at, Assignment.answer,
                       Case.number, Case.title, Case.state))
        .where(Case.number == number, visible(scope_of(ctx.actor, ref)))
        .order_by(WhistleCall.id)
    )  # fmt: skip
    return tuple(_line(row, ref, ctx.now) for row in rows)


def is_late(now: datetime) -> ColumnElement[bool]:
    """The department did not respond by the limit."""
    return func.coalesce(RESPONDED_AT, now) > Whistle.respond_by


def _belongs(part: WhistlePart, now: datetime) -> ColumnElement[bool]:
    conditions: dict[WhistlePart, ColumnElement[bool]] = {
        P.CALLED: true(),
        P.DUE: or_(RESPONDED_AT.is_not(None), Whistle.respond_by < now),
        P.ON_TIME: and_(RESPONDED_AT.is_not(None), Whistle.respond_by >= RESPONDED_AT),
        P.UNIT_SCORED: WhistleCall.unit_score.is_not(None),
        P.STREET_SCORED: WhistleCall.street_score.is_not(None),
    }
    return conditions[part]


def _asked(asked: WhistleSearch, ref: Reference) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.unit is not None:
        unit = lookup.any_unit(ref, "unit", asked.unit)
        found.append(WhistleCall.unit_id.in_(ref.with_children(unit.id)))
    if asked.month is not None:
        found.append(in_month(Whistle.blown_at, asked.month))
    return found


def _joined(columns: Any) -> Any:
    return (
        columns.select_from(WhistleCall)
        .join(Whistle, Whistle.id == WhistleCall.whistle_id)
        .join(Assignment, Assignment.id == WhistleCall.assignment_id)
        .join(Case, Case.id == Whistle.case_id)
    )


def _tallies(
    ctx: Context, session: Session, ref: Reference, where: list[ColumnElement[bool]]
) -> tuple[Tally, ...]:
    counts = [func.sum(case((_belongs(part, ctx.now), 1), else_=0)) for part in WhistlePart]
    sums = [func.sum(WhistleCall.unit_score), func.sum(WhistleCall.street_score)]
    rows = session.execute(
        _joined(select(WhistleCall.unit_id, *counts, *sums))
        .where(*where)
        .group_by(WhistleCall.unit_id)
    )
    found = [_tally(ref, row) for row in rows]
    return tuple(sorted(found, key=lambda one: (-one.counts[P.CALLED], one.unit)))


def _tally(ref: Reference, row: Any) -> Tally:
    unit_id, *numbers = row
    counts = {part: int(n or 0) for part, n in zip(WhistlePart, numbers, strict=False)}
    unit = ref.units[unit_id]
    of_unit, of_street = numbers[len(counts) :]
    return Tally(
        unit.name,
        unit.code,
        counts,
        _mean(of_unit, counts[P.UNIT_SCORED]),
        _mean(of_street, counts[P.STREET_SCORED]),
    )


def _mean(total: Any, count: int) -> float | None:
    return float(total) / count if count else None


def _summed(tallies: tuple[Tally, ...]) -> Tally:
    """All departments pooled: every score weighs the same."""
    counts = {part: sum(one.counts[part] for one in tallies) for part in WhistlePart}
    of_unit = sum((one.unit_mean or 0) * one.counts[P.UNIT_SCORED] for one in tallies)
    of_street = sum((one.street_mean or 0) * one.counts[P.STREET_SCORED] for one in tallies)
    return Tally(
        "合计",
        None,
        counts,
        _mean(of_unit, counts[P.UNIT_SCORED]),
        _mean(of_street, counts[P.STREET_SCORED]),
    )


def _line(row: Any, ref: Reference, now: datetime) -> CallLine:
    call, whistle = row.WhistleCall, row.Whistle
    responded = call.arrived_at or row.answered_at
    return CallLine(
        number=row.number,
        title=row.title,
        state=row.state,
        topic=whistle.topic,
        place=whistle.place,
        unit=ref.units[call.unit_id].name,
        blown_at=whistle.blown_at,
        respond_by=whistle.respond_by,
        responded_at=responded,
        came=call.came,
        answer=row.answer,
        result=whistle.result,
        unit_score=call.unit_score,
        unit_words=call.unit_words,
        street_score=call.street_score,
        street_words=call.street_words,
        is_late=(responded or now) > whistle.respond_by,
    )
