"""再次反映 as rows: the groups as their page lists them, or the cases of one of them.

Source: docs/rules/supervision.md 3; docs/rules/exports.md 1.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.privacy import mask_address, mask_text
from casetracker.persistence.queries.case_list import Question, count_rows
from casetracker.persistence.queries.keyset import Sort
from casetracker.services.commands.oversight import RepeatedQuestion
from casetracker.services.context import Context
from casetracker.services.exports.case_rows import HEADER, Plan, case_lines
from casetracker.services.oversight.repeated import (
    IN_ORDER,
    RepeatGroup,
    question_of_group,
    repeat_groups,
)
from casetracker.services.use_case import query

GROUPS = ("最近一件", "事项", "诉求人", "地点", "承办单位", "最近反映", "件数")


def repeated_header(ctx: Context, asked: RepeatedQuestion) -> Sequence[str]:
    return HEADER if asked.number else GROUPS


def count_repeated(ctx: Context, asked: RepeatedQuestion) -> int:
    """Raises NotFound for a case that is out of reach."""
    return _count(ctx, asked) if asked.number else len(repeat_groups(ctx, asked.by))


def repeated_rows(ctx: Context, asked: RepeatedQuestion) -> Iterator[Sequence[str]]:
    """Groups with most cases first; of one group the newest case first."""
    if asked.number:
        return case_lines(ctx, _plan_of(asked))
    return map(_row, repeat_groups(ctx, asked.by))


@query
def _count(ctx: Context, session: Session, asked: RepeatedQuestion) -> int:
    question, _ = _plan_of(asked)(ctx, session)
    return count_rows(session, question)


def _plan_of(asked: RepeatedQuestion) -> Plan:
    def plan(ctx: Context, session: Session) -> tuple[Question, Sort]:
        return question_of_group(ctx, session, asked.by, asked.number or ""), IN_ORDER

    return plan


def _row(group: RepeatGroup) -> list[str]:
    return [
        group.number,
        mask_text(group.title),
        group.person,
        mask_address(group.place) if group.place else "",
        group.unit or "",
        f"{local(group.last_at):%Y-%m-%d %H:%M}",
        str(group.count),
    ]
