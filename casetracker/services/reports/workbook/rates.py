"""Metrics as rows: value, n and d, what was left out, and what they are compared with."""

from casetracker.domain.reports.behind import DENOMINATOR, EXCLUDED, NUMERATOR, PARTS, behind
from casetracker.domain.reports.facts import Figure, ReportFacts
from casetracker.services.reports.workbook.sheet import Led, Row, Share

RATE = ("指标", "本期", "分子", "分母", "剔除", "上期", "去年同期")


def rate_row(facts: ReportFacts, figure: Figure, profile: str = "") -> Row:
    """The cells under `RATE`; `profile` where it is not that of the report."""
    to = {part: behind(facts, figure.code, part, profile=profile) for part in PARTS}
    return (
        figure.name, Share(figure.value, figure.decimals),
        Led(figure.numerator, to[NUMERATOR]), Led(figure.denominator, to[DENOMINATOR]),
        Led(figure.excluded, to[EXCLUDED]), Share(figure.previous, figure.decimals),
        Share(figure.last_year, figure.decimals),
    )  # fmt: skip
