"""A paper as a page shows it: its blocks as plain values for the template, charts drawn there."""

from collections.abc import Iterable, Iterator
from typing import Any

from casetracker.domain.papers.content import (
    Block,
    Chart,
    Grid,
    Heading,
    PaperContent,
    Paragraph,
    Series,
    linked,
)
from casetracker.domain.papers.leading import led
from casetracker.domain.permissions import Right
from casetracker.domain.reports.registers import LEDGERS
from casetracker.services.context import Actor


def preview_of(whole: PaperContent, actor: Actor) -> list[dict[str, Any]]:
    """The text and the annexes, each block with its kind; links lead where the reader may go."""
    content = led(whole, lambda to: to if to and _is_open(to, actor) else None)
    blocks = list(_blocks(content.blocks))
    for annex in content.annexes:
        blocks.append({"kind": "heading", "level": 1, "text": f"附件：{annex.title}"})
        blocks += _blocks(annex.blocks)
    charts = [block for block in blocks if block["kind"] == "chart"]
    for place, chart in enumerate(charts, 1):
        chart["id"] = f"report-chart-{place}"
    return blocks


def _is_open(to: str, actor: Actor) -> bool:
    return to.split("?")[0] not in LEDGERS or actor.may(Right.LEDGERS_READ)


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    for block in blocks:
        match block:
            case Heading(text, level):
                yield {"kind": "heading", "level": level, "text": text}
            case Paragraph():
                yield {"kind": "text", "pieces": tuple(block.pieces())}
            case Grid(columns, rows):
                cells = [[linked(cell) for cell in row] for row in rows]
                yield {"kind": "grid", "columns": columns, "rows": cells}
            case Chart():
                yield {"kind": "chart", "title": block.title, "spec": _spec(block), "of": block}


def _spec(chart: Chart) -> dict[str, Any]:
    """What `static/js/charts.js` draws."""
    spec: dict[str, Any] = {
        "kind": "line" if chart.is_line else "bar",
        "unit": chart.unit,
        "categories": list(chart.labels),
        "series": [_series(one) for one in chart.series],
    }
    if chart.unit == "%":
        spec["max"] = 100
    return spec if chart.is_line else {**spec, "horizontal": True}


def _series(one: Series) -> dict[str, Any]:
    drawn = {"name": one.name, "values": _rounded(one.values)}
    return {**drawn, "urls": list(one.links)} if any(one.links) else drawn


def _rounded(values: Iterable[float | None]) -> list[float | None]:
    return [None if value is None else round(value, 1) for value in values]
