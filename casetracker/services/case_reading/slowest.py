"""The cases behind 办理时长 in the order of the working days that they took, the longest first.

No column holds those days: they are counted in the calendar of the office, as the mean is.
"""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import Question
from casetracker.stats.durations import days_taken

_CURSOR = re.compile(r"([0-9]{1,6})-([0-9]{1,18})")


def slowest_first(
    session: Session, question: Question, cursor: str | None, limit: int
) -> tuple[list[int], str | None]:
    """Ids of one page and the cursor of the next. Raises InvalidInput for a cursor that is none."""
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
