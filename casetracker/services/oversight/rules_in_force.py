"""The rules of supervision as they hold on a day."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.oversight.rule import RuleInForce, rule_in_force
from casetracker.domain.oversight.talks import TALK_RULES
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.oversight_vocabulary import TalkReason
from casetracker.domain.vocabulary import SuperviseTrigger
from casetracker.persistence.oversight import OversightRuleRow


def triggers_on(session: Session, day: date) -> Mapping[SuperviseTrigger, RuleInForce]:
    """Every trigger with its switch, mode and numbers; one statement."""
    rows = _known(session, day)
    return {trigger: rule_in_force(row, day, rows) for trigger, row in TRIGGERS.items()}


def talk_rules_on(session: Session, day: date) -> Mapping[TalkReason, RuleInForce]:
    """Every reason for a talk with its switch and numbers; one statement."""
    rows = _known(session, day)
    return {reason: rule_in_force(row, day, rows) for reason, row in TALK_RULES.items()}


def _known(session: Session, day: date) -> Sequence[OversightRuleRow]:
    known = select(OversightRuleRow).where(OversightRuleRow.effective_from <= day)
    return session.scalars(known).all()
