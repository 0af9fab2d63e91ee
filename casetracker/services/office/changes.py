"""A change of what the office keeps: in the access log with before and after, and seen by the next
use case of every process.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.labels import label
from casetracker.persistence.queries.reference import touch
from casetracker.services.access_log import note_access
from casetracker.services.context import Context

LONGEST = 100
"""Of a long text the log keeps its beginning."""
Facts = Mapping[str, Any]
"""What stands in a row, by the Chinese titles of its fields."""


def record_change(
    ctx: Context, session: Session, what: Access, subject: str, before: Facts, after: Facts
) -> None:
    """Log what is new or different and have reference data loaded anew; the same is no change."""
    told = "；".join(_told(name, before, value) for name, value in after.items() if
                    name not in before or before[name] != value)  # fmt: skip
    if not told:
        return
    note_access(ctx, session, what, f"{subject}：{told}" if before else f"新增{subject}：{told}")
    touch(session, ctx.now)


def _told(name: str, before: Facts, value: Any) -> str:
    return f"{name} {_word(before[name])} → {_word(value)}" if before else f"{name} {_word(value)}"


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, StrEnum):
        return label(value)
    if value is None or value == "":
        return "无"
    text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
