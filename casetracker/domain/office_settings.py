"""Business values that an office may change, each with its default, meaning and source.

They are kept as rows of the `settings` table; a missing row means the default. Sources: R… is
docs/rules/deadlines.md, steps are docs/rules/hotline.md, privacy is docs/rules/privacy.md, ledgers
docs/rules/ledgers.md, hazards docs/rules/patrol.md.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType
from typing import Any

from casetracker.domain.days import OfficeHours
from casetracker.domain.reckoning import LateReceipt


@dataclass(frozen=True, slots=True)
class ValueKind:
    """What a value may be: `parse` raises ValueError or KeyError for anything else, `expected`
    says it in words, `choices` lists the few that there are.
    """

    parse: Callable[[str], Any]
    expected: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeSetting:
    """One value with its kind."""

    default: str
    kind: ValueKind
    meaning: str
    source: str

    @property
    def expected(self) -> str:
        return self.kind.expected

    def parse(self, text: str) -> Any:
        """The value of a text. Raises ValueError or KeyError for nonsense."""
        return self.kind.parse(text)

    def shown(self, text: str) -> str:
        """A text as people read it: the words of a choice."""
        return dict(self.kind.choices).get(text, text)


def _count(low: int, high: int) -> ValueKind:
    def parse(text: str) -> int:
        if not re.fullmatch("[0-9]{1,6}", text) or not low <= int(text) <= high:
            raise ValueError(text)
        return int(text)

    return ValueKind(parse, f"{low} 至 {high} 的整数")


def _matching(pattern: str, expected: str) -> ValueKind:
    def parse(text: str) -> str:
        if not re.fullmatch(pattern, text):
            raise ValueError(text)
        return text

    return ValueKind(parse, expected)


def _one_of(choices: Mapping[str, tuple[Any, str]]) -> ValueKind:
    """Codes with what each stands for and how people say it."""
    words = tuple((code, said) for code, (_, said) in choices.items())
    return ValueKind(lambda text: choices[text][0], "、".join(said for _, said in words), words)


def parse_office_hours(text: str) -> OfficeHours:
    """`09:00-12:00,14:00-17:30` as sessions. Raises ValueError."""
    sessions = []
    for span in text.split(","):
        found = re.fullmatch(r"([0-9]{2}:[0-9]{2})-([0-9]{2}:[0-9]{2})", span.strip())
        if found is None:
            raise ValueError(text)
        sessions.append((time.fromisoformat(found[1]), time.fromisoformat(found[2])))
    return OfficeHours(tuple(sessions))


_HOURS = ValueKind(parse_office_hours, "如 09:00-12:00,14:00-17:30 的时段，按先后排列，不能重叠")
_NAME = _matching(r"\S(.{0,58}\S)?", "1 至 60 个字")
_PHONE = _matching("[0-9][0-9-]{1,18}[0-9]", "电话号码，如 12345 或 027-83210000")
_PREFIX = _matching("[A-Z]{1,6}", "1 至 6 个大写字母")
_YES_NO = _one_of({"1": (True, "是"), "0": (False, "否")})
_LATE_RECEIPT = _one_of(
    {
        "by_unit": (None, "按时限类型"),
        "same_day": (LateReceipt.SAME_DAY, "当日"),
        "next_workday": (LateReceipt.NEXT_WORKDAY, "次工作日"),
    }
)
_OWN, _PRIVACY = "由本机关确定", "个人信息保护规则"


_ADDRESS = _matching(r"\S(.{0,118}\S)?", "1 至 120 个字")
_REVIEWS = "《信访工作条例》第三十五条、第三十六条"
_EXPORTS = "导出规则"
_LEDGERS, _PUBLISHED = "信访台账规则", "《信访工作条例》第十八条第一款"


def _flow(step: int) -> str:
    return f"热线办理流程第 {step} 步"


CATALOGUE: Mapping[str, OfficeSetting] = MappingProxyType(
    {
        "street_name": OfficeSetting("新沟镇街道办事处", _NAME, "机关名称", _OWN),
        "service_phone": OfficeSetting("12345", _PHONE, "对外服务电话", _OWN),
        "number_prefix": OfficeSetting("RX", _PREFIX, "热线工单编号前缀", _OWN),
        "office_hours": OfficeSetting(
            "09:00-12:00,14:00-17:30", _HOURS, "办公时间", "时限规则 R5、R6"
        ),
        "late_receipt": OfficeSetting(
            "by_unit", _LATE_RECEIPT, "下班后收到的，计时起点", "时限规则 R5"
        ),
        "return_maximum": OfficeSetting("2", _count(0, 9), "同一工单最多退单次数", _flow(6)),
        "group_days": OfficeSetting(
            "90", _count(1, 3650), "已办结多少日内的工单仍可并单", _flow(2)
        ),
        "contact_attempts": OfficeSetting(
            "2", _count(1, 9), "几次不同时段未联系上视为已先行联系", _flow(9)
        ),
        "call_attempts": OfficeSetting(
            "3", _count(1, 9), "几次不同时间未接通算无法回访", _flow(16)
        ),
        "appeal_days": OfficeSetting("10", _count(1, 90), "考核申诉期限（自然日）", _flow(24)),
        "evaluation_days": OfficeSetting("30", _count(1, 365), "群众评价期限（自然日）", _flow(16)),
        "urge_per_day": OfficeSetting("1", _count(1, 20), "群众每日可催办次数", _flow(23)),
        "sms_per_day": OfficeSetting("5", _count(1, 50), "同一号码每日短信上限", _OWN),
        "sms_to_residents": OfficeSetting("1", _YES_NO, "向群众发送短信", _OWN),
        "report_mail": OfficeSetting("0", _YES_NO, "定期发送通报邮件", "通报规则第 11 条"),
        "export_rows_max": OfficeSetting(
            "100000", _count(100, 500000), "一次最多导出行数", f"{_EXPORTS}第 2 条"
        ),
        "export_consent_rows": OfficeSetting(
            "5000", _count(0, 500000), "多于几行的导出须另一人同意", f"{_EXPORTS}第 3 条"
        ),
        "export_days": OfficeSetting(
            "7", _count(1, 90), "导出文件保留天数（自然日）", f"{_EXPORTS}第 6 条"
        ),
        "reveals_per_hour": OfficeSetting(
            "30", _count(1, 500), "每人每小时可查看完整号码次数", _PRIVACY
        ),
        "petition_prefix": OfficeSetting("XF", _PREFIX, "信访件编号前缀", _OWN),
        "paper_prefix": OfficeSetting(
            "街信", _matching(r"\S{1,10}", "1 至 10 个字"), "信访文书文号的机关代字", _OWN
        ),
        "review_organ": OfficeSetting("区人民政府", _NAME, "复查机关", _REVIEWS),
        "final_review_organ": OfficeSetting("市人民政府", _NAME, "复核机关", _REVIEWS),
        "lapse_closes_procedure": OfficeSetting(
            "0", _YES_NO, "逾期未申请复查复核是否终结程序", "信访办理规则第 7 条；本地信访条例"
        ),
        "collective_min": OfficeSetting(
            "5", _count(2, 999), "几人以上的来访为集体访", f"{_LEDGERS}第 2 条"
        ),
        "representatives_max": OfficeSetting(
            "5", _count(1, 5), "集体走访代表最多人数", "《信访工作条例》第二十条第三款"
        ),
        "undertaking_quiet_days": OfficeSetting(
            "15", _count(1, 365), "包案几日没有进展列入每日清单（自然日）", f"{_LEDGERS}第 5 条"
        ),
        "hazard_days": OfficeSetting(
            "15", _count(1, 180), "一般隐患整改期限（自然日）", "隐患排查规则第 4 条"
        ),
        "petition_address": OfficeSetting(
            "新沟镇街道办事处信访接待室", _ADDRESS, "信访接待和来信地址", _PUBLISHED
        ),
        "petition_phone": OfficeSetting("12345", _PHONE, "信访电话", _PUBLISHED),
        "petition_hours": OfficeSetting(
            "09:00-12:00,14:00-17:30", _HOURS, "信访接待时间（工作日）", _PUBLISHED
        ),
    }
)


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """All values as parsed, by name."""

    values: Mapping[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    @property
    def office_hours(self) -> OfficeHours:
        hours: OfficeHours = self.values["office_hours"]
        return hours

    @property
    def late_receipt(self) -> LateReceipt | None:
        """None: each unit of limits as usual."""
        rule: LateReceipt | None = self.values["late_receipt"]
        return rule


def settings_from(rows: Mapping[str, str]) -> OfficeSettings:
    """Defaults overridden by rows. Raises KeyError or ValueError for a row that is nonsense."""
    for name in rows:
        if name not in CATALOGUE:
            raise KeyError(name)
    parsed = {name: row.parse(rows.get(name, row.default)) for name, row in CATALOGUE.items()}
    return OfficeSettings(MappingProxyType(parsed))
