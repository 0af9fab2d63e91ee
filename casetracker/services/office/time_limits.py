"""The time limits as the office keeps them: what holds, what is to come, and who said so when."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.limits import CATALOGUE, Limit, limit_in_force
from casetracker.domain.permissions import Right
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import LimitRow
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.administration import SetLimit
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class LimitLine:
    """One limit: as it holds today, its dated rows with the newest first, and who entered them."""

    code: str
    now: Limit
    rows: tuple[LimitRow, ...]
    coming: tuple[LimitRow, ...]
    names: dict[int, str]

    @property
    def is_set_here(self) -> bool:
        """Whether its length may be set for all cases; some follow from each case."""
        return CATALOGUE[self.code].amount is not None


@query
def limit_lines(ctx: Context, session: Session) -> list[LimitLine]:
    """Every limit of the catalogue, in its order."""
    require_right(ctx, Right.RULES_MANAGE)
    order = (LimitRow.effective_from.desc(), LimitRow.id.desc())
    rows = list(session.scalars(select(LimitRow).order_by(*order)))
    asked = select(Account.id, Account.name).where(Account.id.in_({row.changed_by for row in rows}))
    names = {row.id: row.name for row in session.execute(asked)}
    ref, today = reference(session), local_date(ctx.now)
    return [
        LimitLine(
            code,
            limit_in_force(code, today, ref.limits),
            tuple(row for row in rows if row.code == code),
            tuple(row for row in rows if row.code == code and row.effective_from > today),
            names,
        )
        for code in CATALOGUE
    ]


@query
def find_limit(ctx: Context, session: Session, code: str) -> LimitLine:
    """Raises NotFound."""
    found = next((line for line in limit_lines(ctx) if line.code == code), None)
    if found is None:
        raise NotFound(code=code)
    return found


@use_case
def set_limit(ctx: Context, session: Session, code: str, command: SetLimit) -> None:
    """调整时限 from today or later. What is past, and what runs already, is not touched.

    A row that is yet to come may be corrected; one that holds already stays, and a newer one
    follows it.
    """
    require_right(ctx, Right.RULES_MANAGE)
    if code not in CATALOGUE:
        raise NotFound(code=code)
    if CATALOGUE[code].amount is None:
        raise InvalidInput({"amount": "limit_needs_amount"})
    row = _row_to_write(ctx, session, code, command)
    before = _facts(limit_in_force(code, command.effective_from, reference(session).limits))
    row.amount, row.unit, row.cap_days = command.amount, command.unit, command.cap_days
    row.source, row.changed_by, row.changed_at = command.source, ctx.actor.account_id, ctx.now
    session.add(row)
    session.flush()
    after = {**before, **_facts(row)} if command.cap_days is None else _facts(row)
    subject = f"时限 {code}（自 {row.effective_from} 起）"
    record_change(
        ctx, session, Access.LIMIT_CHANGED, subject, before, {**after, "依据": row.source}
    )


def _row_to_write(ctx: Context, session: Session, code: str, command: SetLimit) -> LimitRow:
    today = local_date(ctx.now)
    if command.effective_from < today:
        raise InvalidInput({"effective_from": "limit_in_the_past"})
    same = select(LimitRow).where(
        LimitRow.code == code, LimitRow.effective_from == command.effective_from
    )
    row = session.scalar(same)
    if row is not None and row.effective_from == today:
        raise InvalidInput({"effective_from": "limit_date_taken"})
    return row or LimitRow(code=code, effective_from=command.effective_from)


def _facts(row: Limit | LimitRow) -> Facts:
    cap = {} if row.cap_days is None else {"延期上限": row.cap_days}
    return {"长度": row.amount, "单位": row.unit, "依据": row.source, **cap}
