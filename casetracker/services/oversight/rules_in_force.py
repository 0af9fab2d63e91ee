"""The rules of supervision as they hold on a day."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.oversight.rule import RuleInForce, rule_in_force
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.vocabulary import SuperviseTrigger
from casetracker.persistence.oversight import OversightRuleRow


def triggers_on(session: Session, day: date) -> Mapping[SuperviseTrigger, RuleInForce]:
    """Every trigger with its switch, mode and numbers; one statement."""
    rows = session.scalars(
        select(OversightRuleRow).where(OversightRuleRow.effective_from <= day)
    ).all()
    return {trigger: rule_in_force(row, day, rows) for trigger, row in TRIGGERS.items()}
