"""Why a case stands behind a figure of the insight pages, in words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.labels import label
from casetracker.labels.of_days import day_words, moment_words
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import Assignment
from casetracker.services.figures.reasons import reasons_of
from casetracker.services.figures.standings import time_taken
from casetracker.stats.dispatches import RETURNED, in_window
from casetracker.stats.insights import DISPATCH_FIGURES, Asked

Words = Mapping[int, tuple[str, ...]]
OF_METRICS = {"received": "received", "judged": "satisfaction", "satisfied": "satisfaction"}
"""Figures that are metrics of the profile, which says itself why."""


def why(session: Session, ref: Reference, code: str, at: Asked, ids: Sequence[int]) -> Words:
    """By id of the case; the scope is the caller's."""
    if code in OF_METRICS:
        metric = at.profile.metric(OF_METRICS[code])
        found = reasons_of(session, at, [metric], ids)
        return {id: one[metric.code].words for id, one in found.items()}
    if code in DISPATCH_FIGURES:
        return _dispatches(session, ref, at, ids)
    today, said = local_date(at.as_of), SAID[code]
    rows = session.scalars(select(Case).where(Case.id.in_(ids)))
    return {case.id: tuple(said(ref, today, case)) for case in rows}


def _state(ref: Reference, today: date, case: Case) -> Iterator[str]:
    yield label(case.state)


def _next_limit(ref: Reference, today: date, case: Case) -> Iterator[str]:
    yield label(case.state)
    if case.next_due_at is not None:
        yield f"最近时限 {moment_words(case.next_due_at, today)}"


def _closed(ref: Reference, today: date, case: Case) -> Iterator[str]:
    if case.closed_at is not None:
        yield f"{day_words(local_date(case.closed_at), today)}办结"


def _answered(ref: Reference, today: date, case: Case) -> Iterator[str]:
    yield f"{day_words(local_date(case.received_at), today)}登记"
    yield from time_taken(ref, today, case)


SAID: Mapping[str, Callable[[Reference, date, Case], Iterator[str]]] = {
    "open": _state,
    "due_soon": _next_limit,
    "overdue": _next_limit,
    "closed": _closed,
    "answered": _answered,
}


def _dispatches(session: Session, ref: Reference, at: Asked, ids: Sequence[int]) -> Words:
    """Each dispatch of the window: when, to whom, by the advice or not, whether it came back."""
    rows = session.scalars(
        select(Assignment)
        .join(Case, Case.id == Assignment.case_id)
        .where(*in_window(at.window), Assignment.case_id.in_(ids))
        .order_by(Assignment.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for row in rows:
        words = _dispatch(ref, local_date(at.as_of), row)
        found[row.case_id] = (*found.get(row.case_id, ()), *words)
    return found


def _dispatch(ref: Reference, today: date, row: Any) -> Iterator[str]:
    day = day_words(local_date(row.assigned_at), today)
    yield f"{day}派给{ref.unit_name(row.unit_id)}"
    if row.was_suggested is not None:
        yield "采纳了建议单位" if row.was_suggested else "建议了别的单位"
    if row.end_reason == RETURNED:
        yield "审定退回"
