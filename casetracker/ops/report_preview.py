"""A paper as a page shows it: its blocks as plain values for the template, charts drawn there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from casetracker.domain.papers.content import (
    Block,
    Chart,
    Grid,
    Heading,
    PaperContent,
    Paragraph,
)
from casetracker.domain.reports.facts import Figure, ReportFacts
from casetracker.domain.reports.periods import Span

OF_METRICS = "指标"
"""The first column of a table of metrics; its third is the fraction."""

FRACTION = 2
Links = Mapping[str, str]


def preview_of(content: PaperContent, links: Sequence[Links] = ()) -> list[dict[str, Any]]:
    """The text and the annexes, each block with its kind; `links` belong to the tables of metrics.

    They are addresses by the metric's name, one mapping for each such table in its order.
    """
    blocks = list(_blocks(content.blocks))
    _link(blocks, links)
    for annex in content.annexes:
        blocks.append({"kind": "heading", "level": 1, "text": f"附件：{annex.title}"})
        blocks += _blocks(annex.blocks)
    charts = [block for block in blocks if block["kind"] == "chart"]
    for place, chart in enumerate(charts, 1):
        chart["id"] = f"report-chart-{place}"
    return blocks


def links_of(facts: ReportFacts, basis: str) -> list[Links]:
    """To the cases behind each fraction of the two tables of metrics; months alone have them.

    `basis` is `live`, or `frozen` for the lists of a frozen month.
    """
    if facts.span is not Span.MONTH:
        return []
    return [
        _addresses(figures, month=facts.key, profile=profile, basis=basis)
        for profile, figures in (
            (facts.profile, facts.handled.metrics),
            (facts.petitions.profile_code, facts.petitions.metrics),
        )
    ]


def _addresses(figures: Iterable[Figure], **asked: str) -> Links:
    return {
        one.name: f"/ops/statistics/cases?{urlencode({**asked, 'metric': one.code})}"
        for one in figures
        if one.code != "score"
    }


def _link(blocks: list[dict[str, Any]], links: Sequence[Links]) -> None:
    tables = [one for one in blocks if one["kind"] == "grid" and one["columns"][0] == OF_METRICS]
    for table, known in zip(tables, links, strict=False):
        for row in table["rows"]:
            row[FRACTION]["url"] = known.get(row[0]["text"])


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Heading(text, level):
                yield {"kind": "heading", "level": level, "text": text}
            case Paragraph(text):
                yield {"kind": "text", "text": text}
            case Grid(columns, rows):
                cells = [[{"text": cell, "url": None} for cell in row] for row in rows]
                yield {"kind": "grid", "columns": columns, "rows": cells}
            case Chart():
                yield {"kind": "chart", "title": block.title, "spec": _spec(block), "of": block}


def _spec(chart: Chart) -> dict[str, Any]:
    """What `static/js/charts.js` draws."""
    spec: dict[str, Any] = {
        "kind": "line" if chart.is_line else "bar",
        "unit": chart.unit,
        "categories": list(chart.labels),
        "series": [{"name": one.name, "values": _rounded(one.values)} for one in chart.series],
    }
    if chart.unit == "%":
        spec["max"] = 100
    return spec if chart.is_line else {**spec, "horizontal": True}


def _rounded(values: Iterable[float | None]) -> list[float | None]:
    return [None if value is None else round(value, 1) for value in values]
