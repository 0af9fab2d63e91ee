"""Lists of cases as the actor may see them: scope first, persons masked."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Right
from casetracker.persistence.queries.case_list import (
    CaseFilter,
    CaseRow,
    Question,
    count_rows,
    read_page,
)
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.within import within
from casetracker.services.context import Context
from casetracker.services.looks import note_lane_list
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

PAGE, LONGEST_PAGE = 50, 200
MOST_COUNTED = 10_000
"""Lists of closed cases and searches are counted up to here; open lists always in full."""


@dataclass(frozen=True, slots=True)
class CasePage:
    """One page. `total` is None when not asked for, or when there are more than `more_than`."""

    rows: tuple[CaseRow, ...]
    total: int | None
    more_than: int | None
    next_cursor: str | None
    previous_cursor: str | None
    sort: Sort


def list_cases(
    ctx: Context, asked: CaseFilter, *, sort: str | None = None, cursor: str | None = None,
    limit: int = PAGE, with_total: bool = False,
) -> CasePage:  # fmt: skip
    """The cases that the actor sees and the filter leaves, page by page by an opaque cursor.

    Without a `sort` open lists go by due date, searches by newest entry, others by newest receipt.
    Raises InvalidInput for an unknown order, a cursor that is nonsense, or a limit beyond 1–200.
    """
    page = _list(ctx, asked, sort, cursor, limit, with_total=with_total)
    if page.rows and ctx.actor.may(Right.LANE):
        note_lane_list(ctx, [row.number for row in page.rows])
    return page


@query
def _list(
    ctx: Context, session: Session, asked: CaseFilter, sort: str | None, cursor: str | None,
    limit: int, *, with_total: bool,
) -> CasePage:  # fmt: skip
    question = question_of(ctx, session, asked)
    chosen = chosen_order(sort, question.asked)
    if not 1 <= limit <= LONGEST_PAGE:
        raise InvalidInput({"limit": "bad_limit"})
    place = read_cursor(cursor, chosen) if cursor else None
    page = read_page(session, question, chosen, place=place, limit=limit)
    total = _total(session, question) if with_total else None
    beyond = total is not None and total > MOST_COUNTED and _is_capped(question.asked)
    return CasePage(
        rows=page.rows,
        total=None if beyond else total,
        more_than=MOST_COUNTED if beyond else None,
        next_cursor=page.next.cursor() if page.next else None,
        previous_cursor=page.previous.cursor() if page.previous else None,
        sort=chosen,
    )


@query
def count_cases(
    ctx: Context, session: Session, asked: CaseFilter, *, at_most: int | None = None
) -> int:
    """How many cases the list of the same filter holds for this actor; one statement."""
    return count_rows(session, question_of(ctx, session, asked), at_most=at_most)


def question_of(ctx: Context, session: Session, asked: CaseFilter) -> Question:
    """The filter within what the actor may see."""
    ref = reference(session)
    if asked.assignee == "me":
        asked = replace(asked, assignee=ctx.actor.account_id or 0)
    return Question(asked, within(scope_of(ctx.actor, ref), asked), ref, ctx.now)


def chosen_order(sort: str | None, asked: CaseFilter) -> Sort:
    """The order that was asked for, else the usual one. Raises InvalidInput for an unknown one."""
    if sort:
        try:
            return Sort(sort)
        except ValueError:
            raise InvalidInput({"sort": "unknown_sort"}) from None
    if asked.q.strip():
        return Sort.NEWEST
    return Sort.DUE if asked.asks_open_only else Sort.RECEIVED_DESC


def _is_capped(asked: CaseFilter) -> bool:
    return bool(asked.q.strip()) or not asked.asks_open_only


def _total(session: Session, question: Question) -> int:
    at_most = MOST_COUNTED if _is_capped(question.asked) else None
    return count_rows(session, question, at_most=at_most)
