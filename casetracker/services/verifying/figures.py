"""Kept sums are those of a recomputation case by case, for every definition, month and row."""

from collections.abc import Iterator

from sqlalchemy import select

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Profile, period_of
from casetracker.persistence.months import EXACT_FROM, MonthKey
from casetracker.persistence.queries.reference import reference
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.stats.conditions import column_of
from casetracker.stats.counting import DIMENSIONS, Question, count_cases
from casetracker.stats.rollup.plan import plan_of
from casetracker.stats.rollup.reading import is_kept, kept_cells
from casetracker.stats.summing import Cell, Sums

CODE = "F1"
AT_ONCE = 3
"""Months that are recomputed together: of a large house more would take too long."""
TRIES = 3
"""Figures are compared anew before they are called wrong: somebody may have written in between."""
EVERYBODY = Scope(sees_all=True)


def sums_kept(sight: Sight) -> Iterator[Finding]:
    """F1: where sums are kept, they are what a count of the cases gives at this moment."""
    for profile in reference(sight.session).profiles.versions:
        months = _months(sight, profile)
        for start in range(0, len(months), AT_ONCE):
            some = months[start : start + AT_ONCE]
            for by in (None, *DIMENSIONS):
                yield from _compared(sight, profile, some, by)


def _compared(
    sight: Sight, profile: Profile, months: list[str], by: str | None
) -> Iterator[Finding]:
    windows = [period_of(profile, month) for month in months]
    question = Question(profile, windows, by, EVERYBODY, sight.now)
    if not all(is_kept(question, window) for window in windows):
        return
    for place, key, code in _different(sight, question):
        where = f"{profile.code} {months[place]} {by or '合计'} {key or ''} {code}"
        yield Finding(CODE, "统计累计与逐件重算不符", detail=where)


def _different(sight: Sight, question: Question) -> list[Cell]:
    """The cells of the question whose sums are not those of its cases."""
    wrong: list[Cell] = []
    for _ in range(TRIES):
        kept = kept_cells(sight.session, question)
        if kept is None:
            return []
        counted = count_cases(sight.session, question).sums
        cells = {**kept.sums, **counted}
        wrong = [cell for cell in cells if kept.sums.get(cell, Sums()) != counted.get(cell, Sums())]
        if not wrong:
            break
    return wrong


def _months(sight: Sight, profile: Profile) -> list[str]:
    """Every month in which some case lies by one of its instants, the oldest first."""
    found: set[str] = set()
    for name in plan_of(profile).counted:
        month = MonthKey(column_of(name), profile.month_start_day)
        found |= set(sight.session.scalars(select(month).distinct())) - {None}
    return sorted(month for month in found if month >= EXACT_FROM)
