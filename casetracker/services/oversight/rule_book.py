"""督办规则: every rule as it holds, what is to come, and who said so when; a rule from a day on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import at, local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.oversight.rule import Number, RuleInForce, rule_in_force
from casetracker.domain.oversight.talks import TALK_RULES, TalkRule
from casetracker.domain.oversight.triggers import TRIGGERS, TriggerRule
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.oversight import OversightRuleRow
from casetracker.services.commands.oversight import SetOversightRule
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.use_case import query, use_case

AnyRule = TriggerRule | TalkRule
_ROWS: tuple[AnyRule, ...] = (*TRIGGERS.values(), *TALK_RULES.values())
RULES: Mapping[str, AnyRule] = {row.code: row for row in _ROWS}
PLACES = ("first", "second")
"""Fields of the form for the numbers of a rule, in their order."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule: its row, how it holds today, its dated rows with the newest first."""

    row: AnyRule
    now: RuleInForce
    dated: tuple[OversightRuleRow, ...]
    coming: tuple[OversightRuleRow, ...]
    names: Mapping[int, str]

    @property
    def name(self) -> str:
        return label(self.row.trigger if isinstance(self.row, TriggerRule) else self.row.reason)

    @property
    def may_issue(self) -> bool:
        """Whether an order may follow by itself: a talk never does."""
        return isinstance(self.row, TriggerRule)


@query
def rule_lines(ctx: Context, session: Session) -> tuple[RuleLine, ...]:
    """Every rule, in the order of the catalogues."""
    require_right(ctx, Right.RULES_MANAGE)
    newest = (OversightRuleRow.effective_from.desc(), OversightRuleRow.id.desc())
    dated = session.scalars(select(OversightRuleRow).order_by(*newest)).all()
    asked = select(Account.id, Account.name).where(Account.id.in_({r.changed_by for r in dated}))
    names = {row.id: row.name for row in session.execute(asked)}
    today = local_date(ctx.now)
    lines = []
    for code, row in RULES.items():
        own = tuple(one for one in dated if one.code == code)
        coming = tuple(one for one in own if one.effective_from > today)
        lines.append(RuleLine(row, rule_in_force(row, today, own), own, coming, names))
    return tuple(lines)


@query
def find_rule(ctx: Context, session: Session, code: str) -> RuleLine:
    """Raises NotFound."""
    found = next((line for line in rule_lines(ctx) if line.row.code == code), None)
    if found is None:
        raise NotFound(code=code)
    return found


@use_case
def set_rule(ctx: Context, session: Session, code: str, command: SetOversightRule) -> None:
    """调整督办规则 from today or later; open cases are looked at anew from that day.

    What was found before stays what it is.
    """
    require_right(ctx, Right.RULES_MANAGE)
    if code not in RULES:
        raise NotFound(code=code)
    today = local_date(ctx.now)
    if command.effective_from < today:
        raise InvalidInput({"effective_from": "rule_in_the_past"})
    numbers = _numbers(RULES[code].numbers, command)
    rows = session.scalars(select(OversightRuleRow).where(OversightRuleRow.code == code)).all()
    before = rule_in_force(RULES[code], command.effective_from, rows)
    same = (one for one in rows if one.effective_from == command.effective_from)
    row = next(same, None) or OversightRuleRow(code=code, effective_from=command.effective_from)
    row.is_on, row.mode, row.numbers = command.is_on, command.mode, numbers
    row.changed_by, row.changed_at = ctx.actor.account_id, ctx.now
    session.add(row)
    session.flush()
    _look_again(session, _beginning(ctx, command.effective_from))
    subject = f"督办规则 {code}（自 {row.effective_from} 起）"
    after = RuleInForce(code, row.is_on, row.mode, numbers)
    record_change(
        ctx, session, Access.OVERSIGHT_RULE_CHANGED, subject, _facts(before), _facts(after)
    )


def _numbers(known: tuple[Number, ...], command: SetOversightRule) -> dict[str, int]:
    """What was given in the places of the form; the shipped value where nothing was."""
    found, problems = {}, {}
    for place, number in zip(PLACES, known, strict=False):
        value = getattr(command, place)
        found[number.name] = number.default if value is None else value
        if not number.low <= found[number.name] <= number.high:
            problems[place] = "rule_number_out_of_bounds"
    if problems:
        raise InvalidInput(problems)
    return found


def _beginning(ctx: Context, day: date) -> datetime:
    """From when cases are looked at: now, or the beginning of that day."""
    return ctx.now if day == local_date(ctx.now) else at(day, time.min)


def _look_again(session: Session, moment: datetime) -> None:
    session.execute(
        update(Case)
        .where(Case.is_open, or_(Case.watch_at.is_(None), Case.watch_at > moment))
        .values(watch_at=moment)
        .execution_options(synchronize_session=False)
    )


def _facts(rule: RuleInForce) -> Facts:
    numbers = {number.meaning: rule.numbers[number.name] for number in RULES[rule.code].numbers}
    return {"启用": rule.is_on, "发现后": rule.mode, **numbers}
