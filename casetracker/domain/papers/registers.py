"""Printed registers (登记簿): which there are, their columns, and the month that one covers."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

from casetracker.domain.errors import InvalidInput
from casetracker.domain.papers.content import Grid, PaperContent, Paragraph

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
Columns = tuple[tuple[str, int], ...]

PETITION_COLUMNS: Columns = (
    ("序号", 3), ("登记编号", 8), ("收到", 4), ("形式", 3), ("信访人", 4), ("人数", 3),
    ("主要事项", 15), ("初重件", 4), ("分类和处理", 6), ("承办单位", 6), ("期限届满", 6),
    ("送达日期", 6), ("状态", 4),
)  # fmt: skip
VISIT_COLUMNS: Columns = (
    ("序号", 3), ("编号", 8), ("来访时间", 5), ("来访人", 6), ("人次", 3), ("反映事项", 15),
    ("接待人", 4), ("接待情况", 14), ("处理", 5), ("信访件", 8),
)  # fmt: skip


class Register(StrEnum):
    PETITIONS = "petitions"
    VISITS = "visits"


TITLES = {Register.PETITIONS: "信访事项登记簿", Register.VISITS: "来访接待登记簿"}


def month_days(month: str) -> tuple[date, date]:
    """First and last day of `YYYY-MM`. Raises InvalidInput for anything else."""
    found = _MONTH.fullmatch(month)
    if found is None or not 1900 <= int(found[1]) <= 9998:
        raise InvalidInput({"month": "bad_month"})
    first = date(int(found[1]), int(found[2]), 1)
    following = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    return first, following - timedelta(days=1)


def register_content(
    register: Register,
    month: date,
    columns: Columns,
    rows: Sequence[tuple[str, ...]],
    totals: str,
    printed: str,
) -> PaperContent:
    """The register of a month across the page, its totals first, who printed it last."""
    grid = Grid(tuple(name for name, _ in columns), tuple(rows), tuple(w for _, w in columns))
    return PaperContent(
        title=f"{TITLES[register]}（{month.year}年{month.month}月）",
        blocks=(Paragraph(totals, flush=True), grid, Paragraph(printed, flush=True)),
        is_wide=True,
    )
