"""Pages of the cases behind a figure: by registration; those of 办理时长 by the working days that
they took, the longest first.

No column holds those days: they are counted in the calendar of the office, as the mean is.
"""

import re
from dataclasses import replace

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.stats.durations import days_taken

IN_ORDER = Sort.RECEIVED
OnePage = tuple[tuple[CaseRow, ...], str | None]
"""The rows, and the cursor of the next page."""

_CURSOR = re.compile(r"([0-9]{1,6})-([0-9]{1,18})")


def cases_in_order(session: Session, question: Question, cursor: str | None, limit: int) -> OnePage:
    """Raises InvalidInput for a cursor that is none."""
    place = read_cursor(cursor, IN_ORDER) if cursor else None
    page = read_page(session, question, IN_ORDER, place=place, limit=limit)
    return page.rows, page.next.cursor() if page.next else None


def slowest_cases(session: Session, question: Question, cursor: str | None, limit: int) -> OnePage:
    """Of cases that were answered. Raises InvalidInput for a cursor that is none."""
    ids, following = _slowest(session, question, cursor, limit)
    wanted = replace(question, scope=and_(question.scope, Case.id.in_(ids)))
    page = read_page(session, wanted, IN_ORDER, place=None, limit=limit)
    place = {id: at for at, id in enumerate(ids)}
    return tuple(sorted(page.rows, key=lambda row: place[row.id])), following


def _slowest(
    session: Session, question: Question, cursor: str | None, limit: int
) -> tuple[list[int], str | None]:
    behind = _place(cursor) if cursor else None
    rows = session.execute(
        select(Case.id, Case.received_at, Case.replied_at).where(*question.where())
    )
    calendar = question.ref.calendar
    found = sorted(
        (-days_taken(calendar, received, replied), id)
        for id, received, replied in rows
        if replied is not None
    )
    rest = [place for place in found if behind is None or place > behind]
    page = rest[:limit]
    more = f"{-page[-1][0]}-{page[-1][1]}" if len(rest) > limit else None
    return [id for _, id in page], more


def _place(cursor: str) -> tuple[int, int]:
    found = _CURSOR.fullmatch(cursor)
    if found is None:
        raise InvalidInput({"cursor": "bad_cursor"})
    return -int(found[1]), int(found[2])
