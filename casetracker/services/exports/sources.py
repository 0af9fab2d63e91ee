"""What each kind of export is made from: the model of its question, its columns and its rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.persistence.queries.case_list import CaseFilter, Question, count_rows
from casetracker.persistence.queries.keyset import Sort
from casetracker.services.case_reading.listing import chosen_order, question_of
from casetracker.services.commands.fields import Command
from casetracker.services.commands.ledgers import (
    DailyWatchQuestion,
    LetterSearch,
    OldCaseSearch,
    ReceptionSearch,
    UndertakingSearch,
    VisitSearch,
)
from casetracker.services.commands.listing import Listed, ListedCases, ListedPetitions
from casetracker.services.commands.oversight import OrderSearch, RepeatedQuestion, WatchedQuestion
from casetracker.services.commands.searching import FigureQuestion, MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.desks.listed import listed_cases, listed_petitions
from casetracker.services.exports import ledger_rows as ledgers
from casetracker.services.exports.case_rows import HEADER, Plan, case_lines
from casetracker.services.exports.daily_watch_rows import DAILY_WATCH, daily_watch_rows
from casetracker.services.exports.monthly_rows import monthly_header, monthly_lines
from casetracker.services.exports.repeated_rows import (
    count_repeated,
    repeated_header,
    repeated_rows,
)
from casetracker.services.exports.watched_rows import WATCHED_HEADER, count_watched, watched_rows
from casetracker.services.figures.cases import question_behind
from casetracker.services.figures.paging import IN_ORDER
from casetracker.services.oversight.order_sheets import (
    count_orders,
    order_header,
    order_lines,
)
from casetracker.services.use_case import query

Lines = Iterator[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Source:
    """One kind; `rights` are needed besides the one to export."""

    model: type[Command]
    rights: tuple[Right, ...]
    header: Callable[[Context, Any], Sequence[str]]
    count: Callable[[Context, Any], int]
    lines: Callable[[Context, Any], Lines]


def of_cases(
    model: type[Command], rights: tuple[Right, ...], plan_of: Callable[[Any], Plan]
) -> Source:
    """A kind whose rows are cases."""
    return Source(
        model,
        rights,
        header=lambda ctx, asked: HEADER,
        count=lambda ctx, asked: _count(ctx, plan_of(asked)),
        lines=lambda ctx, asked: case_lines(ctx, plan_of(asked)),
    )


def of_ledger(
    model: type[Command], header: Sequence[str], lines: Callable[[Context, Any], Lines]
) -> Source:
    """A ledger, as the person who asks reads it; none is so long that it were counted apart."""
    return Source(
        model,
        (Right.LEDGERS_READ,),
        header=lambda ctx, asked: header,
        count=lambda ctx, asked: sum(1 for _ in lines(ctx, asked)),
        lines=lines,
    )


@query
def _count(ctx: Context, session: Session, plan: Plan) -> int:
    question, _ = plan(ctx, session)
    return count_rows(session, question)


def plan_of_filter(asked: CaseFilter) -> Plan:
    """Cases of a filter by their numbers: what the command line exports."""

    def plan(ctx: Context, session: Session) -> tuple[Question, Sort]:
        return question_of(ctx, session, asked), Sort.NUMBER

    return plan


def _as_listed(filter_of: Callable[[Context, Any], CaseFilter]) -> Callable[[Listed], Plan]:
    """In the order in which the list stands on its page."""

    def plan_of(asked: Listed) -> Plan:
        def plan(ctx: Context, session: Session) -> tuple[Question, Sort]:
            question = question_of(ctx, session, filter_of(ctx, asked))
            return question, chosen_order(asked.sort, question.asked)

        return plan

    return plan_of


def _behind_figure(asked: FigureQuestion) -> Plan:
    def plan(ctx: Context, session: Session) -> tuple[Question, Sort]:
        return question_behind(ctx, session, asked), IN_ORDER

    return plan


SOURCES: Mapping[ExportKind, Source] = {
    ExportKind.CASES: of_cases(ListedCases, (), _as_listed(listed_cases)),
    ExportKind.PETITIONS: of_cases(ListedPetitions, (), _as_listed(listed_petitions)),
    ExportKind.FIGURE: of_cases(FigureQuestion, (Right.STATISTICS,), _behind_figure),
    ExportKind.MONTHLY: Source(
        MonthlyQuestion,
        (Right.STATISTICS,),
        header=monthly_header,
        count=lambda ctx, asked: sum(1 for _ in monthly_lines(ctx, asked)),
        lines=monthly_lines,
    ),
    ExportKind.ORDERS: Source(
        OrderSearch, (Right.OVERSIGHT_READ,), order_header, count_orders, order_lines
    ),
    ExportKind.WATCHED: Source(
        WatchedQuestion,
        (Right.OVERSIGHT_READ,),
        header=lambda ctx, asked: WATCHED_HEADER,
        count=count_watched,
        lines=watched_rows,
    ),
    ExportKind.REPEATED: Source(
        RepeatedQuestion, (Right.OVERSIGHT_READ,), repeated_header, count_repeated, repeated_rows
    ),
    ExportKind.DAILY_WATCH: of_ledger(DailyWatchQuestion, DAILY_WATCH, daily_watch_rows),
    ExportKind.VISITS: of_ledger(VisitSearch, ledgers.VISITS, ledgers.visits),
    ExportKind.RECEPTIONS: of_ledger(ReceptionSearch, ledgers.RECEPTIONS, ledgers.receptions),
    ExportKind.LETTERS: of_ledger(LetterSearch, ledgers.LETTERS, ledgers.letters),
    ExportKind.UNDERTAKINGS: of_ledger(
        UndertakingSearch, ledgers.UNDERTAKINGS, ledgers.undertakings
    ),
    ExportKind.OLD_CASES: of_ledger(OldCaseSearch, ledgers.OLD_CASES, ledgers.old_cases),
}
"""Every kind has its source."""
