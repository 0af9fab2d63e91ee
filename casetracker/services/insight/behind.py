"""The cases behind any figure of the insight pages, from the definition that counted it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date, whole_days
from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Channel
from casetracker.persistence.account import Account
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
)
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.case_reading.listing import PAGE
from casetracker.services.commands.insight import InsightCasesQuestion
from casetracker.services.context import Context
from casetracker.services.figures.paging import cases_in_order, slowest_cases
from casetracker.services.insight.asking import asking_of, profile_at
from casetracker.services.insight.rows import areas_of
from casetracker.services.insight.season import hours_of
from casetracker.services.insight.why import why
from casetracker.services.use_case import query
from casetracker.stats.dispatches import OF_DISPATCHES
from casetracker.stats.insights import CASE_FIGURES, DISPATCH_FIGURES, Asked, cases_of
from casetracker.stats.narrowing import COLUMNS
from casetracker.stats.report_figures import ANSWERED

NAMES = ("unit", "area", "category", "leaf", "channel", "person", "dispatcher", "weekday", "watch")
"""By what a row may be named."""


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of the cases, how many there are in all, and what the row is called in words."""

    name: str
    definition: str
    row_words: tuple[str, ...]
    rows: tuple[CaseRow, ...]
    why: Mapping[int, tuple[str, ...]]
    total: int
    next_cursor: str | None


@query
def cases_behind_insight(ctx: Context, session: Session, asked: InsightCasesQuestion) -> Behind:
    """Raises NotPermitted, and InvalidInput for an unknown figure or row."""
    asking = asking_of(ctx, session)
    name, definition = _described(asked)
    row, words = _row(session, asking.ref, asked)
    window = (
        whole_days(asked.first, asked.last) if asked.first and asked.last else (ctx.now, ctx.now)
    )
    columns = OF_DISPATCHES if asked.figure in DISPATCH_FIGURES else COLUMNS
    if unknown := row.keys() - columns.keys():
        raise InvalidInput({sorted(unknown)[0]: "unknown_key"})
    day = asked.definition or asked.last or local_date(ctx.now)
    at = Asked(profile_at(asking.ref, day), window, ctx.now)
    scope = and_(visible(asking.scope), cases_of(asked.figure, at, row))
    question = Question(CaseFilter(), scope, asking.ref, ctx.now)
    read = slowest_cases if asked.figure == ANSWERED else cases_in_order
    rows, cursor = read(session, question, asked.cursor, PAGE)
    reasons = why(session, asking.ref, asked.figure, at, [one.id for one in rows])
    count = count_rows(session, question)
    return Behind(name, definition, tuple(words), rows, reasons, count, cursor)


def _described(asked: InsightCasesQuestion) -> tuple[str, str]:
    if asked.figure in DISPATCH_FIGURES:
        name, definition = DISPATCH_FIGURES[asked.figure]
        is_of_now = False
    elif asked.figure in CASE_FIGURES:
        figure = CASE_FIGURES[asked.figure]
        name, definition, is_of_now = figure.name_zh, figure.definition_zh, figure.is_of_now
    else:
        raise InvalidInput({"figure": "unknown_metric"})
    if not is_of_now and (asked.first is None or asked.last is None):
        raise InvalidInput({"first": "required"})
    return name, definition


Values = Collection[Any] | None


def _row(
    session: Session, ref: Reference, asked: InsightCasesQuestion
) -> tuple[dict[str, Values], list[str]]:
    """What each name of the row stands for, and its words."""
    row: dict[str, Values] = {}
    words: list[str] = []
    for name in NAMES:
        given = getattr(asked, name)
        if given is None:
            continue
        column, values, word = _value(session, ref, name, given)
        row[column] = values
        words.append(word)
    return row, words


def _value(session: Session, ref: Reference, name: str, given: Any) -> tuple[str, Values, str]:
    column = {"leaf": "category", "watch": "hours"}.get(name, name)
    if name == "weekday":
        return column, {(given + 1) % 7}, f"周{'一二三四五六日'[given]}"
    if name == "watch":
        first, second = 2 * given - 1, 2 * given + 1
        return column, hours_of(given), f"{first % 24}–{second} 时"
    if not given.strip():
        return column, None, _WITHOUT[name]
    return column, *_coded(session, ref, name, given.strip())


_WITHOUT = {
    "unit": "未派单", "area": "未登记所在社区", "category": "未分类", "leaf": "未分类",
    "channel": "无渠道", "person": "未指定承办人", "dispatcher": "未记录派单员",
}  # fmt: skip


def _coded(session: Session, ref: Reference, name: str, code: str) -> tuple[Values, str]:
    if name in ("person", "dispatcher"):
        person = session.scalar(select(Account).where(Account.username == code))
        return _known(name, person and ({person.id}, person.name))
    if name == "channel":
        channel = next((one for one in Channel if one.value == code), None)
        return _known(name, channel and ({channel}, code))
    if name in ("unit", "area"):
        unit = ref.unit_named(code)
        whole = unit and (areas_of(ref, unit) if name == "area" else {unit.id})
        return _known(name, unit and (whole, unit.name))
    row = ref.category_named(code)
    if row is None:
        return _known(name, None)
    return ref.category_with_children(row.id) if name == "category" else {row.id}, row.full_name


def _known(name: str, found: Any) -> tuple[Values, str]:
    if not found:
        raise InvalidInput({name: "unknown_key"})
    values, words = found
    return values, words
