"""The cases behind a figure, each with why it counts; and how any one case stands to the figures.

Within what the reader may see. Source: docs/rules/appraisal.md §1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.errors import NotFound
from casetracker.domain.rates import Metric, Profile, month_of, period_so_far
from casetracker.domain.vocabulary import Basis
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
)
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.searching import CaseFiguresQuestion, FigureQuestion
from casetracker.services.context import Context
from casetracker.services.figures.meant import Meant, cases_meant, meant
from casetracker.services.figures.narrowing import narrowings
from casetracker.services.figures.paging import cases_in_order, slowest_cases
from casetracker.services.figures.published import kept_behind, kept_mark
from casetracker.services.figures.reasons import InFigure, reasons_of
from casetracker.services.figures.standings import standings
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.behind import EVERY_KEY
from casetracker.stats.counting import DIMENSIONS
from casetracker.stats.insights import Asked
from casetracker.stats.report_figures import ANSWERED
from casetracker.stats.rows import counted_by, row_condition, row_key, row_name

THEN = {Basis.FROZEN: "冻结时", Basis.CORRECTED: "更正时"}


@dataclass(frozen=True, slots=True)
class FigureCases:
    """One page of cases, by id why each is there, and the cursor of the next page."""

    rows: tuple[CaseRow, ...]
    reasons: Mapping[int, InFigure]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class CaseFigures:
    """How one case stands to every metric of a profile in a month."""

    number: str
    title: str
    month: str
    profile: Profile
    standings: tuple[tuple[Metric, InFigure], ...]


@query
def cases_of_figure(ctx: Context, session: Session, asked: FigureQuestion) -> FigureCases:
    """The cases of the asked part of the figure, and where each of them stands now.

    Of a frozen or corrected figure those of its kept list. Raises InvalidInput, NotPermitted.
    """
    question = question_behind(ctx, session, asked)
    what = meant(ctx, question.ref, asked)
    read = slowest_cases if asked.metric == ANSWERED else cases_in_order
    rows, cursor = read(session, question, asked.cursor, asked.limit)
    return FigureCases(
        rows, standings(session, question.ref, what, [row.id for row in rows]), cursor
    )


def question_behind(ctx: Context, session: Session, asked: FigureQuestion) -> Question:
    """The cases of the asked part as far as the actor sees them.

    Raises InvalidInput, and NotPermitted for a frozen list without the right to it.
    """
    ref = reference(session)
    what = meant(ctx, ref, asked)
    is_live = asked.basis == Basis.LIVE
    found = cases_meant(session, ref, what) if is_live else kept_behind(ctx, session, asked)
    narrowed = (one.condition for one in narrowings(ref, asked))
    scope = and_(visible(scope_of(ctx.actor, ref)), *narrowed, found)
    return Question(CaseFilter(), scope, ref, ctx.now)


@query
def case_in_figure(ctx: Context, session: Session, asked: FigureQuestion, number: str) -> InFigure:
    """Why the case of that number is in the figure or not, also for those that no list shows.

    NotFound when unknown or out of scope. Raises InvalidInput as the list does.
    """
    ref = reference(session)
    case = _seen(ctx, session, ref, number)
    what = meant(ctx, ref, asked)
    standing = standings(session, ref, what, [case.id])[case.id]
    then = () if asked.basis == Basis.LIVE else _then(ctx, session, asked, case)
    elsewhere = _other_row(session, ref, what, case) or _not_among(session, ref, asked, case)
    if elsewhere is None:
        return replace(standing, words=(*then, *standing.words))
    words = (*then, *standing.words, elsewhere)
    return InFigure("outside", Fraction(0), words, standing.exclusion)


def _then(ctx: Context, session: Session, asked: FigureQuestion, case: Case) -> tuple[str, ...]:
    return (f"{THEN[asked.basis]}：{label(kept_mark(ctx, session, asked, case.id))}",)


@query
def figures_of_case(
    ctx: Context, session: Session, number: str, asked: CaseFiguresQuestion
) -> CaseFigures:
    """Every metric of the profile for one case. NotFound as above; InvalidInput for a bad month.

    Without a profile petitions are read by theirs; without a month, in that of their due date.
    """
    ref = reference(session)
    case = _seen(ctx, session, ref, number)
    placed = case.handle_due_at or case.received_at
    month = asked.month or month_of(_profile(ref, case, asked, f"{local(placed):%Y-%m}"), placed)
    profile = _profile(ref, case, asked, month)
    place = Asked(profile, period_so_far(profile, month, ctx.now), ctx.now)
    found = reasons_of(session, place, profile.metrics, [case.id])[case.id]
    standings = tuple((metric, found[metric.code]) for metric in profile.metrics)
    return CaseFigures(case.number, case.title, month, profile, standings)


def _profile(ref: Reference, case: Case, asked: CaseFiguresQuestion, month: str) -> Profile:
    """The one that was asked for, or what the office counts such cases by."""
    if asked.profile:
        return ref.profiles.named(asked.profile, month)
    return ref.profiles.default(month, case.track)


def _seen(ctx: Context, session: Session, ref: Reference, number: str) -> Case:
    case = session.scalar(
        select(Case).where(Case.number == number.strip(), visible(scope_of(ctx.actor, ref)))
    )
    if case is None:
        raise NotFound(number=number)
    return case


def _other_row(session: Session, ref: Reference, what: Meant, case: Case) -> str | None:
    """Where the case stands, when that is not the row that was asked about."""
    asked, key = what.asked, what.key
    if key is EVERY_KEY:
        return None
    found = session.scalar(
        select(Case.id).where(Case.id == case.id, row_condition(ref, asked.by, key))
    )
    if found is not None:
        return None
    kept = session.scalar(select(DIMENSIONS[counted_by(asked.by)]).where(Case.id == case.id))
    name = row_name(ref, asked.by, row_key(ref, asked.by, kept))[1]
    return f"属于“{name}”，不在所查的这一行"


def _not_among(session: Session, ref: Reference, asked: FigureQuestion, case: Case) -> str | None:
    """By what the figure was narrowed down, where the case is not of it."""
    for condition, words in narrowings(ref, asked):
        if session.scalar(select(Case.id).where(Case.id == case.id, condition)) is None:
            return f"不属于“{words}”，不在所查的范围"
    return None
