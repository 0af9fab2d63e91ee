"""Charts as PNG for DOCX, with a Chinese font of the machine.

Without one there is no picture: the numbers stand in the text and in the lists as well.
"""

import io
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from math import hypot
from typing import Any

from casetracker.domain.papers.content import Chart
from casetracker.gateways.papers.chart_shapes import (
    END,
    MIDDLE,
    WIDTH,
    Box,
    Stroke,
    Words,
    drawing_of,
)

SCALE = 3
"""Dots a point: 216 an inch, enough for print."""

FONT_FILES = (
    "NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "SourceHanSerifSC-Regular.otf",
    "SourceHanSansSC-Regular.otf", "wqy-microhei.ttc", "wqy-zenhei.ttc", "simsun.ttc",
)  # fmt: skip
SIMPLIFIED = {"NotoSerifCJK-Regular.ttc": 2, "NotoSansCJK-Regular.ttc": 2}
"""Which face of a collection writes as the mainland does."""


def chart_png(chart: Chart) -> bytes | None:
    """The picture; None where the machine has no Chinese font."""
    from PIL import Image, ImageDraw

    if font(9.0) is None:
        return None
    drawing = drawing_of(chart)
    size = (round(WIDTH * SCALE), round(drawing.height * SCALE))
    picture = Image.new("L", size, "white")
    draw = ImageDraw.Draw(picture)
    for shape in drawing.shapes:
        _paint(draw, shape)
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _paint(draw: Any, shape: Any) -> None:
    match shape:
        case Stroke(points, width, colour, dash):
            for start, end in _pieces(points, dash):
                ends = [(x * SCALE, y * SCALE) for x, y in (start, end)]
                draw.line(ends, fill=colour, width=max(1, round(width * SCALE)))
        case Box(left, top, width, height, colour):
            corners = [v * SCALE for v in (left, top, left + width, top + height)]
            draw.rectangle(corners, fill=colour)
        case Words(x, y, text, size, anchor):
            place = {MIDDLE: "ms", END: "rs"}.get(anchor, "ls")
            draw.text((x * SCALE, y * SCALE), text, fill="black", font=font(size), anchor=place)


Point = tuple[float, float]


def _pieces(points: Sequence[Point], dash: Sequence[float]) -> list[tuple[Point, Point]]:
    """The stroke as the pieces that are painted; a dash begins anew at each corner."""
    pieces = list(pairwise(points))
    if not dash:
        return pieces
    painted, gap = dash
    return [part for start, end in pieces for part in _dashed(start, end, painted, gap)]


def _dashed(start: Point, end: Point, painted: float, gap: float) -> list[tuple[Point, Point]]:
    length = hypot(end[0] - start[0], end[1] - start[1]) or 1.0
    across, down = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    found, at = [], 0.0
    while at < length:
        to = min(at + painted, length)
        found.append(
            (
                (start[0] + across * at, start[1] + down * at),
                (start[0] + across * to, start[1] + down * to),
            )
        )
        at += painted + gap
    return found


@cache
def font(size: float) -> Any:
    """The first of the fonts that is installed."""
    from PIL import ImageFont

    for name in FONT_FILES:
        try:
            return ImageFont.truetype(name, size * SCALE, index=SIMPLIFIED.get(name, 0))
        except OSError:
            continue
    return None
