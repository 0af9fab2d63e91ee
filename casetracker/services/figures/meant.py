"""What a question about a figure means: its period, the definitions that hold, and its cases."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import Metric
from casetracker.domain.vocabulary import Basis
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services.commands.searching import FigureQuestion
from casetracker.services.context import Context
from casetracker.stats.behind import EVERY_KEY, cases_behind, metric_named
from casetracker.stats.insights import Asked, Figure
from casetracker.stats.report_figures import REPORT_FIGURES
from casetracker.stats.rows import row_condition


@dataclass(frozen=True, slots=True)
class Meant:
    """A metric of the profile, or a figure that reports count beside it; where and by whom."""

    asked: FigureQuestion
    at: Asked
    figure: Metric | Figure

    @property
    def is_count(self) -> bool:
        """Whether it has no denominator: its cases simply count."""
        return isinstance(self.figure, Figure) or self.figure.is_count

    @property
    def key(self) -> Any:
        """A blank key is the row without one, none at all the total."""
        return EVERY_KEY if self.asked.key is None else self.asked.key.strip() or None


def meant(ctx: Context, ref: Reference, asked: FigureQuestion) -> Meant:
    """Raises InvalidInput for an unknown period, profile or figure, and a part it has not."""
    covered = asked.covered
    profile = ref.profiles.chosen(asked.profile, covered.month)
    at = Asked(profile, covered.window(profile, ctx.now), ctx.now)
    figure = REPORT_FIGURES.get(asked.metric)
    if figure is None:
        return Meant(asked, at, metric_named(profile, asked.metric))
    if asked.basis != Basis.LIVE:
        raise InvalidInput({"metric": "not_kept_so"})
    if asked.part == "excluded":
        raise InvalidInput({"part": "unknown_part"})
    return Meant(asked, at, figure)


def cases_meant(session: Session, ref: Reference, what: Meant) -> ColumnElement[bool]:
    """The condition that a case stands in the asked part of a live figure; the scope is apart."""
    asked = what.asked
    if isinstance(what.figure, Figure):
        return and_(what.figure.cases(what.at), *_of_row(ref, what))
    behind = cases_behind(
        session,
        what.at.as_of,
        period=asked.period,
        metric=asked.metric,
        part=asked.part,
        profile=asked.profile,
        by=asked.by,
        key=what.key,
    )
    return behind if asked.reason is None else and_(behind, Case.excluded == asked.reason)


def _of_row(ref: Reference, what: Meant) -> list[ColumnElement[bool]]:
    return [] if what.key is EVERY_KEY else [row_condition(ref, what.asked.by, what.key)]
