"""The values that the office may change (参数): what each means, what holds, and since when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.office_settings import CATALOGUE, OfficeSetting
from casetracker.domain.permissions import Right
from casetracker.persistence.calendar_day import Setting
from casetracker.services.commands.administration import SetSetting
from casetracker.services.context import Context, require_right
from casetracker.services.office.changes import record_change
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class ValueLine:
    """One value: its entry in the catalogue, its text now, and when it was set here."""

    name: str
    entry: OfficeSetting
    value: str
    changed_at: datetime | None


@query
def value_lines(ctx: Context, session: Session) -> list[ValueLine]:
    """Every value of the catalogue, in its order."""
    require_right(ctx, Right.RULES_MANAGE)
    rows = {row.name: row for row in session.scalars(select(Setting))}
    return [
        ValueLine(
            name,
            entry,
            rows[name].value if name in rows else entry.default,
            rows[name].changed_at if name in rows else None,
        )
        for name, entry in CATALOGUE.items()
    ]


@query
def find_value(ctx: Context, session: Session, name: str) -> ValueLine:
    """Raises NotFound."""
    found = next((line for line in value_lines(ctx) if line.name == name), None)
    if found is None:
        raise NotFound(name=name)
    return found


@use_case
def set_setting(ctx: Context, session: Session, name: str, command: SetSetting) -> None:
    """修改参数. Raises InvalidInput, which says what would be taken."""
    require_right(ctx, Right.RULES_MANAGE)
    entry = CATALOGUE.get(name)
    if entry is None:
        raise NotFound(name=name)
    try:
        entry.parse(command.value)
    except (ValueError, KeyError):
        raise InvalidInput({"value": "bad_setting"}, expected=entry.expected) from None
    row = session.get(Setting, name)
    before = row.value if row else entry.default
    row = row or Setting(name=name)
    row.value, row.changed_by, row.changed_at = command.value, ctx.actor.account_id, ctx.now
    session.add(row)
    subject = f"参数 {entry.meaning}"
    record_change(
        ctx, session, Access.SETTING_CHANGED, subject, {"取值": before}, {"取值": row.value}
    )
