"""The table of a month as rows: every metric with its fraction and what was excluded."""

from collections.abc import Iterator, Mapping
from typing import Any

from casetracker.domain.rates import shown_percent
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.figures.monthly import monthly_figures

PARTS = ("分子", "分母", "剔除")


def monthly_header(ctx: Context, asked: MonthlyQuestion) -> list[str]:
    """The metrics by name, a count with one column and a rate with four."""
    figures = monthly_figures(ctx, asked)
    header = ["分行"]
    for code, rate in figures["total"]["metrics"].items():
        name = _name(figures, code)
        header.append(name)
        if not _is_count(rate):
            header += [f"{name}·{part}" for part in PARTS]
    return header


def monthly_lines(ctx: Context, asked: MonthlyQuestion) -> Iterator[list[str]]:
    """A line a row, the total last."""
    figures = monthly_figures(ctx, asked)
    for row in (*figures["rows"], {"label": "合计", **figures["total"]}):
        line = [row["label"]]
        for rate in row["metrics"].values():
            line += _cells(rate)
        yield line


def _cells(rate: Mapping[str, Any]) -> list[str]:
    if _is_count(rate):
        return [str(rate["numerator"])]
    shown = "—" if rate["value"] is None else f"{shown_percent(rate['value'])}%"
    excluded = sum(rate["excluded"].values())
    return [shown, str(rate["numerator"]), str(rate["denominator"]), str(excluded)]


def _is_count(rate: Mapping[str, Any]) -> bool:
    return rate["denominator"] is None


def _name(figures: Mapping[str, Any], code: str) -> str:
    metric = figures["definition"]["metrics"].get(code)
    return metric["name"] if metric else "综合成绩"
