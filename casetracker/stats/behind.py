"""The cases behind a figure: from the same definition that was counted."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import Metric, Profile, Window
from casetracker.domain.reports.figure_periods import figure_period
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.reference import reference
from casetracker.stats.conditions import column_of, condition
from casetracker.stats.placing import within
from casetracker.stats.rows import row_condition

PARTS = ("numerator", "denominator", "excluded")
EVERY_KEY = object()
"""No row chosen: the cases behind the total."""


def cases_behind(
    session: Session, now: datetime, *, period: str, metric: str, part: str = "denominator",
    profile: str | None = None, by: str = "unit", key: Any = EVERY_KEY,
) -> ColumnElement[bool]:  # fmt: skip
    """The condition that a case stands in this part of the figure; the scope is the caller's.

    `period` is as addresses name it, `key` is a row's code, None for the row without one. Raises
    InvalidInput for unknown names.
    """
    covered = figure_period(period)
    chosen = reference(session).profiles.chosen(profile, covered.month)
    row = metric_named(chosen, metric)
    if part not in PARTS:
        raise InvalidInput({"part": "unknown_part"})
    terms = _standing(chosen, row, part, covered.window(chosen, now), now)
    if key is not EVERY_KEY:
        terms.append(row_condition(reference(session), by, key))
    return _found(chosen, terms)


def cases_in_window(
    profile: Profile, metric: str, part: str, window: Window, as_of: datetime
) -> ColumnElement[bool]:
    """The same for any window of time, all rows together. Raises KeyError for no such metric."""
    return _found(profile, _standing(profile, profile.metric(metric), part, window, as_of))


def _standing(
    profile: Profile, metric: Metric, part: str, window: Window, as_of: datetime
) -> list[ColumnElement[bool]]:
    """What makes a case stand in this part of the figure of a window."""
    return [
        within(column_of(metric.window), window),
        condition(profile.population, as_of),
        condition(metric.base, as_of),
        _part(profile, metric, part, as_of),
    ]


def _found(profile: Profile, terms: list[ColumnElement[bool]]) -> ColumnElement[bool]:
    """The cases by themselves; figures on petitions look at their rows besides."""
    if profile.track != Track.PETITION:
        return and_(*terms)
    beside = select(Case.id).outerjoin(Petition, Petition.case_id == Case.id).where(*terms)
    return Case.id.in_(beside.correlate(None))


def metric_named(profile: Profile, code: str) -> Metric:
    """Raises InvalidInput for a code that the profile has not."""
    try:
        return profile.metric(code)
    except KeyError:
        raise InvalidInput({"metric": "unknown_metric"}) from None


def _part(profile: Profile, metric: Metric, part: str, as_of: datetime) -> ColumnElement[bool]:
    is_excluded = and_(Case.excluded.is_not(None), Case.excluded.in_(sorted(profile.exclusions)))
    if part == "excluded":
        return is_excluded
    counted = ~is_excluded
    if part == "denominator":
        return counted
    if metric.weights is not None:
        credited = [answer for answer, weight in metric.weights.items() if weight]
        return and_(counted, Case.satisfaction.in_(credited))
    if metric.numerator is None:
        return counted
    return and_(counted, condition(metric.numerator, as_of))
