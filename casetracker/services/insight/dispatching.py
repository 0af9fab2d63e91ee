"""Dispatch accuracy by dispatcher, unit and leaf, and how long handling took.

Source: docs/rules/insight.md 6 and 7.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.vocabulary import Channel
from casetracker.labels import label
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.insight import MonthQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, month_so_far, profile_at
from casetracker.services.insight.rows import UNSORTED, Named, unit_row
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query
from casetracker.stats.dispatches import OF_DISPATCHES, Dispatched, dispatched_by
from casetracker.stats.durations import Handling, handling_by, of_spans, spans

NOT_RECORDED = "未记录派单员"
MOST_LEAVES = 30
"""Leaves shown: those that went wrong most often."""


@dataclass(frozen=True, slots=True)
class Accuracy:
    """A month's dispatches in all and by row; units and leaves with most returns first."""

    month: str
    first: date
    last: date
    total: Dispatched
    dispatchers: tuple[tuple[Named, Dispatched], ...]
    units: tuple[tuple[Named, Dispatched], ...]
    leaves: tuple[tuple[Named, Dispatched], ...]


Rows = tuple[tuple[Named, Any], ...]


@query
def accuracy(ctx: Context, session: Session, asked: MonthQuestion) -> Accuracy:
    """派单准确率 of a month within the reader's scope. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    first, last = month_so_far(asked.chosen(ctx.now), ctx.now)
    seen, window = visible(asking.scope), whole_days(first, last)
    total = dispatched_by(session, seen, window, None).get(None, Dispatched())
    found = {by: dispatched_by(session, seen, window, by) for by in OF_DISPATCHES}
    names = _names(session, set(found["dispatcher"]))
    dispatchers = _rows(found["dispatcher"], lambda key: names.get(key, Named(None, NOT_RECORDED)))
    units = _rows(found["unit"], lambda key: unit_row(asking.ref, key))
    leaves = _rows(found["category"], lambda key: _leaf(asking, key))
    return Accuracy(
        asked.chosen(ctx.now), first, last, total,
        dispatchers=dispatchers,
        units=_worst_first(units),
        leaves=_worst_first(leaves)[:MOST_LEAVES],
    )  # fmt: skip


def _worst_first(rows: Rows) -> Rows:
    """Most returns first, of equals the one with most dispatches."""
    return tuple(sorted(rows, key=lambda one: (-one[1].returned, -one[1].cases, one[0].name)))


def _names(session: Session, ids: set[Any]) -> dict[Any, Named]:
    people = session.execute(
        select(Account.id, Account.username, Account.name).where(Account.id.in_(ids - {None}))
    )
    return {row.id: Named(row.username, row.name) for row in people}


def _leaf(asking: Asking, category_id: int | None) -> Named:
    row = asking.ref.categories.get(category_id or 0)
    return Named(row.code, row.full_name) if row else Named(None, UNSORTED)


def _rows(found: dict[Any, Any], name: Callable[[Any], Named]) -> Rows:
    """By code, the row without one last."""
    rows = [(name(key), value) for key, value in found.items()]
    return tuple(sorted(rows, key=lambda row: (row[0].key is None, row[0].key or "")))


@dataclass(frozen=True, slots=True)
class Durations:
    """How long a month's answers took, in working days: in all, by unit, category and channel."""

    month: str
    first: date
    last: date
    total: Handling
    units: Rows
    categories: Rows
    channels: Rows


@query
def durations(ctx: Context, session: Session, asked: MonthQuestion) -> Durations:
    """平均办理时长 and P90 of a month within the reader's scope. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    ref = asking.ref
    first, last = month_so_far(asked.chosen(ctx.now), ctx.now)
    found = spans(
        session, asking.received(profile_at(ref, last)), whole_days(first, last), ref.calendar,
        Case.lead_unit_id, Case.category_id, Case.channel,
    )  # fmt: skip
    return Durations(
        asked.chosen(ctx.now), first, last,
        total=of_spans(found),
        units=_rows(handling_by(found, 0), lambda key: unit_row(ref, key)),
        categories=_rows(handling_by(found, 1), lambda key: _leaf(asking, key)),
        channels=_rows(handling_by(found, 2), lambda key: Named(key, label(Channel(key)))),
    )  # fmt: skip
