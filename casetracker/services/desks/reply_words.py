"""The reply templates that fit a case, with its own facts in their places: words to start from."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.reply_places import REPLY, filled
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.case_file import HeadView
from casetracker.services.context import Context
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class ReplyWords:
    """One template as it reads for this case."""

    id: int
    name: str
    text: str


@query
def reply_words(ctx: Context, session: Session, case: HeadView) -> list[ReplyWords]:
    """Those of the case's category and of what stands above it first, then the general ones."""
    ref = reference(session)
    category = ref.category_named(case.category_code) if case.category_code else None
    line = ref.above(category.id if category else None)
    rows = session.scalars(
        select(ReplyTemplate)
        .where(ReplyTemplate.use == REPLY, ReplyTemplate.is_active)
        .order_by(ReplyTemplate.name)
    )
    fitting = [row for row in rows if row.category_id is None or row.category_id in line]
    near_first = sorted(fitting, key=lambda row: _distance(row, line))
    facts = {"number": case.number, "title": case.title, "unit": case.unit or ""}
    return [ReplyWords(row.id, row.name, filled(row.body, facts)) for row in near_first]


def _distance(row: ReplyTemplate, line: tuple[int, ...]) -> int:
    return len(line) if row.category_id is None else line.index(row.category_id)
