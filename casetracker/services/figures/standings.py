"""Where cases stand in one figure and why: of a metric by its terms, of the figures that reports
count beside the metrics in words of their own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.vocabulary import Settlement
from casetracker.labels import label
from casetracker.labels.of_days import day_words
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import DecisionRequest
from casetracker.services.figures.meant import Meant
from casetracker.services.figures.reasons import InFigure, reasons_of
from casetracker.stats.durations import days_taken
from casetracker.stats.insights import Figure
from casetracker.stats.report_figures import ANSWERED, HELD, is_hold_granted
from casetracker.stats.settlement import settlement_of_case

Words = tuple[str, ...]
IN_OR_OUT: Mapping[str, Words] = {
    "repeated": ("不是重复反映", "重复反映"),
    "collective": ("没有标注集体", "标注为集体"),
    "threat": ("没有标注扬言", "标注为扬言"),
    "collective_visit": ("不是集体访", "集体访"),
    "first_time": ("重件", "初件"),
}
"""What is said of a case outside and inside; of the other parts the state tells it."""


def standings(
    session: Session, ref: Reference, what: Meant, ids: Sequence[int]
) -> Mapping[int, InFigure]:
    """By id; the scope is the caller's."""
    figure = what.figure
    if isinstance(figure, Figure):
        return _named(session, ref, what, figure, ids)
    found = reasons_of(session, what.at, [figure], ids)
    standing = {id: one[figure.code] for id, one in found.items()}
    return standing if what.asked.settled is None else _with_level(session, ref, standing)


def _with_level(
    session: Session, ref: Reference, found: Mapping[int, InFigure]
) -> Mapping[int, InFigure]:
    """With where each case was settled, where that was asked for."""
    level = settlement_of_case(ref).label("level")
    levels = session.execute(select(Case.id, level).where(Case.id.in_(found)))
    words = {row.id: label(Settlement(row.level)) for row in levels}
    return {id: replace(one, words=(*one.words, words[id])) for id, one in found.items()}


def _named(
    session: Session, ref: Reference, what: Meant, figure: Figure, ids: Sequence[int]
) -> Mapping[int, InFigure]:
    rows = session.execute(
        select(
            Case.id, Case.state, Case.received_at, Case.replied_at,
            figure.cases(what.at).label("is_in"), _held_at(what).label("held_at"),
        ).where(Case.id.in_(ids))
    )  # fmt: skip
    return {row.id: _standing(ref, what, figure.code, row) for row in rows}


def _standing(ref: Reference, what: Meant, code: str, row: Any) -> InFigure:
    is_in = bool(row.is_in)
    words = tuple(_words(ref, local_date(what.at.as_of), code, row))
    return InFigure("numerator" if is_in else "outside", Fraction(is_in), words)


def _words(ref: Reference, today: date, code: str, row: Any) -> Iterator[str]:
    """`3月2日登记`, then what decides; of those answered how many working days it took."""
    yield f"{day_words(local_date(row.received_at), today)}登记"
    if code == ANSWERED:
        yield from time_taken(ref, today, row)
    elif code == HELD and row.held_at is None:
        yield "期内没有批准挂账"
    elif code == HELD:
        yield f"{day_words(local_date(row.held_at), today)}批准挂账"
    elif code in IN_OR_OUT:
        yield IN_OR_OUT[code][bool(row.is_in)]
    else:
        yield label(row.state)


def time_taken(ref: Reference, today: date, row: Any) -> Iterator[str]:
    """When it was answered and how many working days that took."""
    if row.replied_at is None:
        yield "未答复"
        return
    yield f"{day_words(local_date(row.replied_at), today)}答复"
    yield f"用时 {days_taken(ref.calendar, row.received_at, row.replied_at)} 个工作日"


def _held_at(what: Meant) -> Any:
    """When the case was last put on hold in the window."""
    return (
        select(func.max(DecisionRequest.decided_at))
        .where(DecisionRequest.case_id == Case.id, is_hold_granted(what.at.window))
        .correlate(Case)
        .scalar_subquery()
    )
