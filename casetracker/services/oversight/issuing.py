"""Orders that the system writes by itself, where a rule says so: once for each occasion.

Source: docs/rules/supervision.md 1.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import DomainError
from casetracker.domain.oversight.ladder import level_by_rule
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.oversight_vocabulary import RuleMode, SuggestionStatus
from casetracker.labels.oversight_reasons import reason_words
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.commands.answering import Supervise
from casetracker.services.context import SYSTEM, Context
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.oversight import issue_order
from casetracker.services.use_case import query, use_case

MOST = 500
"""Orders of one round; the next one goes on."""


@query
def suggestions_to_issue(ctx: Context, session: Session) -> list[int]:
    """What waits for the system, the oldest first."""
    return list(
        session.scalars(
            select(OversightSuggestion.id)
            .where(
                OversightSuggestion.status == SuggestionStatus.PENDING,
                OversightSuggestion.mode == RuleMode.ISSUE,
            )
            .order_by(OversightSuggestion.found_at, OversightSuggestion.id)
            .limit(MOST)
        )
    )


@use_case
def issue_by_rule(ctx: Context, session: Session, row_id: int) -> bool:
    """The order of one suggestion, by the system; False when it is no longer to be written.

    What the case's state does not allow is left to the supervisor.
    """
    by_system = replace(ctx, actor=SYSTEM)
    case = session.scalar(
        locked(
            session,
            select(Case)
            .join(OversightSuggestion, OversightSuggestion.case_id == Case.id)
            .where(OversightSuggestion.id == row_id),
        )
    )
    row = session.get(OversightSuggestion, row_id, populate_existing=True)
    if case is None or row is None or row.status is not SuggestionStatus.PENDING:
        return False
    if not case.is_open:
        return False
    work = CaseWork.around(by_system, session, reference(session), case)
    try:
        issue_order(work, _order(work, row))
    except DomainError:
        row.mode = RuleMode.SUGGEST
        return False
    return True


def _order(work: CaseWork, row: OversightSuggestion) -> Supervise:
    rule = TRIGGERS[row.trigger]
    earlier = work.session.scalars(
        select(SupervisionOrder.level).where(SupervisionOrder.case_id == work.case.id)
    )
    unit = work.ref.units.get(row.unit_id or 0)
    return Supervise(
        level=level_by_rule(rule.level, earlier),
        trigger=row.trigger,
        requirement=f"{reason_words(row.trigger, row.facts)}。{rule.requirement}",
        unit=unit.code if unit else None,
    )
