"""A frozen month as doors read it: figures as they were frozen or corrected last, and their cases.

Such figures are those of the whole street: only whoever may make its reports reads them. A case
that the reader may not see any more is on no list. Source: docs/rules/rates.md 10.
"""

from typing import Any

from sqlalchemy import ColumnElement, bindparam
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.frozen.roll import CaseRoll, RollMark, Row
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Basis, Role
from casetracker.persistence.case import Case
from casetracker.persistence.queries.frozen_months import (
    AS_FROZEN,
    corrections_of,
    frozen_month,
    kept_roll,
    kept_tables,
    last_number,
)
from casetracker.services.commands.searching import FigureQuestion, MonthlyQuestion
from casetracker.services.context import Context, require_right
from casetracker.services.outcome import iso


def snapshot_of(
    ctx: Context, session: Session, month: str, version: str | None
) -> dict[str, Any] | None:
    """What is told of a month frozen by the definitions of that version, None for not by them.

    None also for whoever may not read frozen figures.
    """
    row = frozen_month(session, month) if version and _may_read(ctx) else None
    if row is None:
        return None
    return {
        "frozen_at": iso(row.frozen_at),
        "frozen_by": row.frozen_by_name,
        "definition_version": version,
        "sha256": row.sha256,
        "corrections": [
            {
                "number": one.number,
                "document_number": one.document_number,
                "issued_at": iso(one.issued_at),
                "issued_by": one.issued_by_name,
                "reason": one.reason,
                "sha256": one.sha256,
            }
            for one in corrections_of(session, month)
        ],
    }


def _may_read(ctx: Context) -> bool:
    return Role.SYSTEM in ctx.actor.roles or ctx.actor.may(Right.REPORTS)


def kept_figures(ctx: Context, session: Session, asked: MonthlyQuestion) -> dict[str, Any]:
    """The table as it was kept, by the hotline's definitions unless others are named.

    Raises InvalidInput where there is none, NotPermitted.
    """
    _require_reader(ctx)
    tables = kept_tables(
        session, asked.month, asked.profile, _number(session, "month", asked.month, asked.basis)
    )
    if tables is None:
        raise _not_frozen(session, "month", asked.month)
    if asked.by not in tables:  # a way of breaking down that came later
        raise InvalidInput({"by": "not_kept_so"})
    table: dict[str, Any] = tables[asked.by]
    others = {name: {"basis": Basis.LIVE, **table[name]} for name in ("previous", "last_year")}
    snapshot = snapshot_of(ctx, session, asked.month, table["definition_version"])
    return {**table, **others, "basis": asked.basis, "snapshot": snapshot}


def _number(session: Session, field: str, month: str, basis: Basis) -> int:
    """Which state of the month, given in that field. Raises InvalidInput without a correction."""
    if basis == Basis.FROZEN:
        return AS_FROZEN
    number = last_number(session, month)
    if number == AS_FROZEN:
        raise InvalidInput({field: "month_not_corrected"})
    return number


def kept_behind(ctx: Context, session: Session, asked: FigureQuestion) -> ColumnElement[bool]:
    """The condition that a case stood in the asked part of a kept figure; the scope is apart.

    Raises InvalidInput, NotPermitted.
    """
    ids = _roll(ctx, session, asked).behind(asked.metric, asked.part, _row(asked), asked.reason)
    # As text: an engine takes fewer parameters than a month may have cases.
    given: Any = bindparam("frozen_ids", ids, expanding=True, literal_execute=True)
    return Case.id.in_(given)


def kept_mark(ctx: Context, session: Session, asked: FigureQuestion, case_id: int) -> RollMark:
    """Where the case stood in the kept figure."""
    return _roll(ctx, session, asked).mark_of(case_id, asked.metric, _row(asked))


def _roll(ctx: Context, session: Session, asked: FigureQuestion) -> CaseRoll:
    _require_reader(ctx)
    if not asked.is_of_month:
        raise InvalidInput({"period": "only_months_are_frozen"})
    number = _number(session, "period", asked.period, asked.basis)
    roll = kept_roll(session, asked.period, asked.profile, number)
    if roll is None:
        raise _not_frozen(session, "period", asked.period)
    if asked.metric not in roll.metrics:
        raise InvalidInput({"metric": "unknown_metric"})
    if asked.key is not None and asked.by not in roll.dimensions:
        raise InvalidInput({"by": "not_kept_so"})
    return roll


def _row(asked: FigureQuestion) -> Row | None:
    """A blank key is the row without one, none at all the total."""
    return None if asked.key is None else Row(asked.by, asked.key.strip() or None)


def _require_reader(ctx: Context) -> None:
    if Role.SYSTEM not in ctx.actor.roles:
        require_right(ctx, Right.REPORTS)


def _not_frozen(session: Session, field: str, month: str) -> InvalidInput:
    """Not frozen at all, or not by these definitions."""
    if frozen_month(session, month) is None:
        return InvalidInput({field: "month_not_frozen"})
    return InvalidInput({"profile": "not_frozen_by_these"})
