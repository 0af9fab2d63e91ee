"""A figure as the head of its list says it: whose it is, how it comes out, and of how many cases
and persons the list is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.rates import Profile, Rate
from casetracker.domain.vocabulary import Basis
from casetracker.persistence.queries.case_list import count_people
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.searching import FigureQuestion, MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.figures.cases import question_behind
from casetracker.services.figures.meant import Meant, meant
from casetracker.services.figures.narrowing import narrowings
from casetracker.services.figures.published import kept_figures
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.behind import EVERY_KEY
from casetracker.stats.insights import Figure
from casetracker.stats.tables import Asked, Reading, tables_of


@dataclass(frozen=True, slots=True)
class Share:
    """A figure of a metric; a plain count has no denominator."""

    value: float | None
    numerator: float
    denominator: int | None


ALL = "全部"
Line = tuple[str, Share]
"""What a row is called, and its figure."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """`row` is None where the figure has no such row; `cases` and `persons` are those listed."""

    period: str
    name: str
    definition: str
    profile: Profile
    is_count: bool
    row: str | None
    rate: Share | None
    narrowed: tuple[str, ...]
    cases: int
    persons: int


@query
def figure_line(ctx: Context, session: Session, asked: FigureQuestion) -> FigureLine:
    """Raises InvalidInput and NotPermitted as the list does."""
    ref = reference(session)
    what = meant(ctx, ref, asked)
    cases, persons = count_people(session, question_behind(ctx, session, asked))
    row, rate = _row(ctx, session, ref, what)
    return FigureLine(
        period=asked.covered.name,
        name=what.figure.name_zh,
        definition=what.figure.definition_zh,
        profile=what.at.profile,
        is_count=what.is_count,
        row=row,
        rate=rate,
        narrowed=tuple(one.words for one in narrowings(ref, asked)),
        cases=cases,
        persons=persons,
    )


def _row(
    ctx: Context, session: Session, ref: Reference, what: Meant
) -> tuple[str | None, Share | None]:
    """The row that was asked for and its figure; all cases where none was."""
    if isinstance(what.figure, Figure):
        return ALL, None
    is_live = what.asked.basis == Basis.LIVE
    lines = _counted(ctx, session, ref, what) if is_live else _kept(ctx, session, what)
    key = None if what.key is EVERY_KEY else what.asked.key
    return lines.get(key, (None, None))


def _counted(
    ctx: Context, session: Session, ref: Reference, what: Meant
) -> Mapping[str | None, Line]:
    code = what.asked.metric
    by = None if what.key is EVERY_KEY else what.asked.by
    reading = Reading(scope_of(ctx.actor, ref), ctx.now, by, {code})
    [(rows, total)], _ = tables_of(session, reading, [Asked(what.at.profile, what.at.window)])
    lines: dict[str | None, Line] = {None: (ALL, _share(total.metrics[code]))}
    return lines | {row.key or "": (row.label, _share(row.metrics[code])) for row in rows}


def _share(rate: Rate) -> Share:
    value = None if rate.value is None else float(rate.value)
    return Share(value, float(rate.numerator), rate.denominator)


def _kept(ctx: Context, session: Session, what: Meant) -> Mapping[str | None, Line]:
    """As it was frozen, or corrected last."""
    asked = what.asked
    month = MonthlyQuestion(
        month=asked.period, profile=asked.profile, by=asked.by, basis=asked.basis
    )
    figures = kept_figures(ctx, session, month)
    rows: dict[str | None, Any] = {None: {**figures["total"], "label": ALL}}
    rows |= {row["key"] or "": row for row in figures["rows"]}
    return {
        key: (row["label"], _kept_share(row["metrics"][asked.metric])) for key, row in rows.items()
    }


def _kept_share(rate: dict[str, Any]) -> Share:
    return Share(rate["value"], rate["numerator"], rate["denominator"])
