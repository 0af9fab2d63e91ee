"""Sums behind the rates: one statement per window field, whatever the number of rows or months."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Metric, Profile, Rate, Window, rate_of
from casetracker.persistence.case import Case
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import condition

DIMENSIONS: Mapping[str, Any] = {
    "unit": Case.lead_unit_id,
    "channel": Case.channel,
    "category": Case.category_id,
    "track": Case.track,
}
"""What a table may be broken down by; the key is null where a case has none yet."""

Cell = tuple[int, Any, str]
"""Index of the window, key of the row, code of the metric."""


@dataclass
class Sums:
    """What was summed for one cell."""

    counted: int = 0
    credit: Fraction = Fraction(0)
    excluded: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Question:
    """What is counted: a profile over windows that follow each other, seen by a scope."""

    profile: Profile
    windows: Sequence[Window]
    by: str | None
    scope: Scope
    as_of: datetime


def rates_of(session: Session, question: Question) -> dict[Cell, Rate]:
    """Every figure of the question; cells without a case are absent. Key is None without `by`."""
    sums: dict[Cell, Sums] = defaultdict(Sums)
    by_field: dict[str, list[Metric]] = defaultdict(list)
    for metric in question.profile.metrics:
        by_field[metric.window].append(metric)
    for name, metrics in by_field.items():
        for row in session.execute(_statement(question, name, metrics)):
            _add(sums, question.profile, metrics, row)
    metrics_by_code = {metric.code: metric for metric in question.profile.metrics}
    return {
        cell: rate_of(
            metrics_by_code[cell[2]],
            numerator=found.credit,
            denominator=found.counted,
            excluded=found.excluded,
        )
        for cell, found in sums.items()
    }


def _statement(question: Question, name: str, metrics: Sequence[Metric]) -> Select[Any]:
    """Counts per window, key and reason of exclusion, over one window field."""
    column = getattr(Case, name)
    windows = question.windows
    month = case(*((column < end, place) for place, (_, end) in enumerate(windows)))
    key = DIMENSIONS[question.by] if question.by else literal(None)
    columns: list[ColumnElement[Any]] = []
    for metric in metrics:
        columns.extend(_counts(metric, question.as_of))
    return (
        select(month.label("month"), key.label("key"), Case.excluded.label("reason"), *columns)
        .where(
            column >= windows[0][0],
            column < windows[-1][1],
            condition(question.profile.population, question.as_of),
            visible(question.scope),
        )
        .group_by("month", "key", "reason")
    )


def _counts(metric: Metric, as_of: datetime) -> list[ColumnElement[Any]]:
    """The denominator and what adds to the numerator: one column, or one per weighted answer."""
    base = condition(metric.base, as_of)
    counted = [_how_many(base, f"{metric.code}_d")]
    if metric.weights is not None:
        return counted + [
            _how_many(and_(base, Case.satisfaction == answer), f"{metric.code}_{answer}")
            for answer in metric.weights
        ]
    if metric.numerator is None or metric.is_count:
        return counted
    return [*counted, _how_many(and_(base, condition(metric.numerator, as_of)), f"{metric.code}_n")]


def _how_many(what: ColumnElement[bool], name: str) -> ColumnElement[Any]:
    return func.sum(case((what, 1), else_=0)).label(name)


def _add(sums: dict[Cell, Sums], profile: Profile, metrics: Sequence[Metric], row: Any) -> None:
    for metric in metrics:
        counted = getattr(row, f"{metric.code}_d")
        if not counted:
            continue
        cell = sums[(row.month, row.key, metric.code)]
        if row.reason in profile.exclusions:
            cell.excluded[str(row.reason)] += counted
            continue
        cell.counted += counted
        cell.credit += _credit(metric, row, counted)


def _credit(metric: Metric, row: Any, counted: int) -> Fraction:
    if metric.weights is not None:
        return sum(
            (w * getattr(row, f"{metric.code}_{answer}") for answer, w in metric.weights.items()),
            Fraction(0),
        )
    if metric.is_count:
        return Fraction(counted)
    return Fraction(getattr(row, f"{metric.code}_n"))
