"""What the rules of supervision put before the supervisor, and what was decided on it.

Source: docs/rules/supervision.md 1.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, exists, func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.oversight.ladder import LADDER, next_level
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.oversight_vocabulary import RuleMode, SuggestionStatus
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import State, SuperviseLevel, SuperviseTrigger
from casetracker.labels.oversight_reasons import reason_words
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.queries.case_list import case_standing
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.access_log import note_access
from casetracker.services.commands.oversight import DismissSuggestion
from casetracker.services.context import Context, require_right
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query, use_case

MOST = 100
_GRAVITY = case(
    {row.trigger: -LADDER.index(row.level) for row in TRIGGERS.values()},
    value=OversightSuggestion.trigger,
)
"""The graver the usual order, the nearer to the top."""


@dataclass(frozen=True, slots=True)
class Suggested:
    """One occasion with its reason in words; `level` and `requirement` fill the order."""

    id: int
    number: str
    version: int
    title: str
    state: State
    trigger: SuperviseTrigger
    reason: str
    unit: str | None
    unit_code: str | None
    level: SuperviseLevel
    requirement: str
    found_at: datetime
    is_automatic: bool
    due_at: datetime | None
    standing: Standing | None
    order: str | None
    decided_by: str | None
    decided_at: datetime | None
    because: str | None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The `MOST` of one status that come first, and how many there are in all."""

    rows: tuple[Suggested, ...]
    total: int


@query
def suggestions(
    ctx: Context, session: Session, status: SuggestionStatus = SuggestionStatus.PENDING,
    most: int = MOST,
) -> Suggestions:  # fmt: skip
    """Waiting ones the gravest first, decided ones the newest first; three statements."""
    require_right(ctx, Right.CASES_SUPERVISE)
    ref = reference(session)
    is_seen = visible(scope_of(ctx.actor, ref))
    order: tuple[Any, ...] = (OversightSuggestion.decided_at.desc(), OversightSuggestion.id.desc())
    if status is SuggestionStatus.PENDING:
        order = (_GRAVITY, OversightSuggestion.found_at, OversightSuggestion.id)
    rows = session.execute(
        select(OversightSuggestion, Case, SupervisionOrder.number, Account.name)
        .join(Case, Case.id == OversightSuggestion.case_id)
        .outerjoin(SupervisionOrder, SupervisionOrder.id == OversightSuggestion.order_id)
        .outerjoin(Account, Account.id == OversightSuggestion.decided_by)
        .where(OversightSuggestion.status == status, is_seen)
        .order_by(*order)
        .limit(most)
    ).all()
    earlier = _levels(session, {row.Case.id for row in rows})
    lines = tuple(_line(ctx, ref, row, earlier) for row in rows)
    return Suggestions(lines, _count(session, status, is_seen))


def _count(session: Session, status: SuggestionStatus, is_seen: ColumnElement[bool]) -> int:
    """Suggestion by suggestion: in a join SQLite would walk through all cases where there is none
    or where it knows nothing of their number."""
    seen = exists().where(Case.id == OversightSuggestion.case_id, is_seen)
    return (
        session.scalar(
            select(func.count(OversightSuggestion.id)).where(
                OversightSuggestion.status == status, seen
            )
        )
        or 0
    )


@use_case
def dismiss_suggestion(
    ctx: Context, session: Session, row_id: int, command: DismissSuggestion
) -> None:
    """不予督办: the reason is kept, and this occasion is not brought up again.

    Raises NotFound, GuardRefused for one that was decided.
    """
    require_right(ctx, Right.CASES_SUPERVISE)
    row = session.scalar(
        locked(session, select(OversightSuggestion).where(OversightSuggestion.id == row_id))
    )
    number = session.scalar(
        select(Case.number).where(
            Case.id == (row.case_id if row else 0), visible(scope_of(ctx.actor, reference(session)))
        )
    )
    if row is None or number is None:
        raise NotFound(id=row_id)
    if row.status is not SuggestionStatus.PENDING:
        raise GuardRefused("suggestion_decided")
    row.status, row.reason = SuggestionStatus.DISMISSED, command.reason
    row.decided_by, row.decided_at = ctx.actor.account_id, ctx.now
    note_access(ctx, session, Access.OVERSIGHT_KEPT, "不予督办", case_number=number)


def _levels(session: Session, case_ids: Iterable[int]) -> dict[int, list[SuperviseLevel]]:
    found: dict[int, list[SuperviseLevel]] = {}
    for case_id, level in session.execute(
        select(SupervisionOrder.case_id, SupervisionOrder.level).where(
            SupervisionOrder.case_id.in_(case_ids)
        )
    ):
        found.setdefault(case_id, []).append(level)
    return found


def _line(
    ctx: Context, ref: Reference, row: Any, earlier: dict[int, list[SuperviseLevel]]
) -> Suggested:
    one: OversightSuggestion = row[0]
    rule, reason = TRIGGERS[one.trigger], reason_words(one.trigger, one.facts)
    unit = ref.units.get(one.unit_id or 0)
    return Suggested(
        id=one.id,
        number=row.Case.number,
        version=row.Case.version,
        title=row.Case.title,
        state=row.Case.state,
        trigger=one.trigger,
        reason=reason,
        unit=unit.name if unit else None,
        unit_code=unit.code if unit else None,
        level=next_level(rule.level, earlier.get(row.Case.id, ())),
        requirement=f"{reason}。{rule.requirement}",
        found_at=one.found_at,
        is_automatic=one.mode is RuleMode.ISSUE,
        due_at=row.Case.next_due_at,
        standing=case_standing(row.Case, ctx.now),
        order=row.number,
        decided_by=row.name,
        decided_at=one.decided_at,
        because=one.reason,
    )
