"""Business values that an office may change, each with its default, meaning and source.

They are kept as rows of the `settings` table; a missing row means the default.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Any

from casetracker.domain.days import OfficeHours


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One value: `parse` turns its text into it and raises ValueError for nonsense."""

    default: str
    parse: Callable[[str], Any]
    meaning: str
    source: str


def _count(low: int, high: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not low <= number <= high:
            raise ValueError(f"{low}–{high}")
        return number

    return parse


def _flag(text: str) -> bool:
    return {"1": True, "0": False}[text]


def parse_office_hours(text: str) -> OfficeHours:
    """`09:00-12:00,14:00-17:30` as sessions. Raises ValueError."""
    sessions = []
    for span in text.split(","):
        start, end = span.strip().split("-")
        sessions.append((time.fromisoformat(start.strip()), time.fromisoformat(end.strip())))
    return OfficeHours(tuple(sessions))


def _words(text: str) -> str:
    if not 1 <= len(text.strip()) <= 60:
        raise ValueError("1–60")
    return text.strip()


def _late_receipt(text: str) -> str | None:
    return {"by_unit": None, "same_day": "same_day", "next_workday": "next_workday"}[text]


_K = "docs/rules/deadlines.md"
_H = "docs/rules/hotline.md"

CATALOGUE: Mapping[str, OfficeSetting] = MappingProxyType(
    {
        "street_name": OfficeSetting("新沟镇街道办事处", _words, "机关名称", "docs/settings.md"),
        "service_phone": OfficeSetting("12345", _words, "对外服务电话", "docs/settings.md"),
        "number_prefix": OfficeSetting("RX", _words, "热线工单编号前缀", "docs/settings.md"),
        "office_hours": OfficeSetting(
            "09:00-12:00,14:00-17:30", parse_office_hours, "办公时间", f"{_K} R5, R6"
        ),
        "late_receipt": OfficeSetting(
            "by_unit",
            _late_receipt,
            "下班后收到的计时起点: by_unit 按时限类型, same_day 当日, next_workday 次工作日",
            f"{_K} R5",
        ),
        "return_maximum": OfficeSetting("2", _count(0, 9), "同一工单最多退单次数", f"{_H} row 6"),
        "group_days": OfficeSetting(
            "90", _count(1, 3650), "已办结多少日内的工单仍可并单", f"{_H} row 2"
        ),
        "contact_attempts": OfficeSetting(
            "2", _count(1, 9), "几次不同时段未联系上视为已先行联系", f"{_H} row 9"
        ),
        "call_attempts": OfficeSetting(
            "3", _count(1, 9), "几次不同时间未接通算无法回访", f"{_H} row 16"
        ),
        "appeal_days": OfficeSetting("10", _count(1, 90), "考核申诉期限(自然日)", f"{_H} row 24"),
        "evaluation_days": OfficeSetting(
            "30", _count(1, 365), "群众评价期限(自然日)", f"{_H} row 16"
        ),
        "urge_per_day": OfficeSetting("1", _count(1, 20), "群众每日可催办次数", f"{_H} row 23"),
        "sms_per_day": OfficeSetting(
            "5", _count(1, 50), "同一号码每日短信上限", "docs/settings.md"
        ),
        "sms_to_residents": OfficeSetting("1", _flag, "向群众发送短信", "docs/settings.md"),
        "reveals_per_hour": OfficeSetting(
            "30", _count(1, 500), "每人每小时可查看完整号码次数", "docs/rules/privacy.md"
        ),
    }
)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """All values as parsed; read by attribute access through `value`."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def office_hours(self) -> OfficeHours:
        hours: OfficeHours = self.values["office_hours"]
        return hours

    @property
    def late_receipt(self) -> str | None:
        rule: str | None = self.values["late_receipt"]
        return rule


def settings_from(rows: Mapping[str, str]) -> OfficeSettings:
    """Defaults overridden by rows. Raises KeyError or ValueError for a row that is nonsense."""
    for name in rows:
        if name not in CATALOGUE:
            raise KeyError(name)
    parsed = {name: row.parse(rows.get(name, row.default)) for name, row in CATALOGUE.items()}
    return OfficeSettings(MappingProxyType(parsed))
