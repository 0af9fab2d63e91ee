"""What an export is about, in words: its filters without anything that somebody searched for."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from casetracker.domain.days import local
from casetracker.labels import label
from casetracker.services.commands.fields import Command

LONGEST = 380
SILENT = frozenset({"sort", "limit", "cursor"})
SEARCHED = frozenset({"q", "who"})
"""A search may be a name or a number of a person: that there was one is all that is told."""


def about(question: Command) -> str:
    """`状态=办理中，受理时间起=2026-03-01 00:00`; `全部` where nothing narrows it."""
    parts = []
    for name, field in type(question).model_fields.items():
        value = getattr(question, name)
        if value is None or name in SILENT:
            continue
        if name in SEARCHED:
            parts.append("含搜索词")
            continue
        title = (field.title or TITLES.get(name, name)).split("（")[0].split("，")[0]
        parts.append(f"{title}={_said(value)}")
    return "，".join(parts)[:LONGEST] or "全部"


TITLES = {"queue": "队列", "open": "只看在办"}


def _said(value: Any) -> str:
    if isinstance(value, StrEnum):
        return label(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return f"{local(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else str(value)
