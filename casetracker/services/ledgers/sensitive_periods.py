"""重点敏感时期: their days and measures, and which one runs.

Source: docs/rules/ledgers.md 7.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.database import locked
from casetracker.persistence.ledgers import SensitivePeriod
from casetracker.services.access_log import note_access
from casetracker.services.commands.ledgers import SavePeriod
from casetracker.services.context import Context, require_right
from casetracker.services.outcome import Made
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class PeriodLine:
    """One period; both days belong to it."""

    id: int
    name: str
    starts_on: date
    ends_on: date
    measures: str
    runs: bool
    is_over: bool


@use_case
def add_period(ctx: Context, session: Session, command: SavePeriod) -> Made:
    """Raises InvalidInput where the days are the wrong way round."""
    require_right(ctx, Right.LEDGERS_KEEP)
    row = SensitivePeriod(entered_by=ctx.actor.account_id, entered_at=ctx.now)
    _fill(row, command)
    session.add(row)
    session.flush()
    note_access(ctx, session, Access.LEDGER_KEPT, f"敏感时期 {row.name}")
    return Made(str(row.id))


@use_case
def change_period(ctx: Context, session: Session, row_id: int, command: SavePeriod) -> None:
    """Raises NotFound, InvalidInput."""
    require_right(ctx, Right.LEDGERS_KEEP)
    wanted = select(SensitivePeriod).where(SensitivePeriod.id == row_id)
    row = session.scalar(locked(session, wanted))
    if row is None:
        raise NotFound(id=row_id)
    _fill(row, command)
    note_access(ctx, session, Access.LEDGER_KEPT, f"更改敏感时期 {row.name}")


@query
def period_lines(ctx: Context, session: Session) -> tuple[PeriodLine, ...]:
    """All periods, the latest first."""
    require_right(ctx, Right.LEDGERS_READ)
    today = local_date(ctx.now)
    rows = session.scalars(
        select(SensitivePeriod).order_by(
            SensitivePeriod.starts_on.desc(), SensitivePeriod.id.desc()
        )
    )
    return tuple(
        PeriodLine(
            row.id,
            row.name,
            row.starts_on,
            row.ends_on,
            row.measures,
            runs=row.starts_on <= today <= row.ends_on,
            is_over=row.ends_on < today,
        )
        for row in rows
    )


@query
def find_period(ctx: Context, session: Session, row_id: int) -> PeriodLine:
    """Raises NotFound."""
    found = next((line for line in period_lines(ctx) if line.id == row_id), None)
    if found is None:
        raise NotFound(id=row_id)
    return found


def _fill(row: SensitivePeriod, command: SavePeriod) -> None:
    if command.ends_on < command.starts_on:
        raise InvalidInput({"ends_on": "ends_before_first_day"})
    row.name, row.measures = command.name, command.measures
    row.starts_on, row.ends_on = command.starts_on, command.ends_on
