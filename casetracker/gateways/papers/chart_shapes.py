"""Charts of a paper as lines, boxes and words, for both writers; readable without colour.

Lengths in points, from the upper left corner. Every mark bears its number, so that no axis is
needed to read it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from casetracker.domain.papers.content import Chart
from casetracker.gateways.papers.layout import POINT_MM, UPRIGHT, signs_of

WIDTH = UPRIGHT.text_width_mm / POINT_MM
SIZE, TITLE_SIZE = 9.0, 10.5
BAR, LINE_HEIGHT, HEAD = 15.0, 120.0, 20.0
INK, PALE, GREY = "#1f3a5f", "#b9c7d9", "#8a8f98"
DASHES = ((), (5.0, 2.5), (1.5, 2.0))
MOST_SIGNS = 14
INSET, HEADROOM = 14.0, 1.1
"""Room beside the first point and above the highest, for their numbers."""

START, MIDDLE, END = "start", "middle", "end"


@dataclass(frozen=True, slots=True)
class Stroke:
    points: tuple[tuple[float, float], ...]
    width: float = 1.0
    colour: str = INK
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    width: float
    height: float
    colour: str = INK


@dataclass(frozen=True, slots=True)
class Words:
    """`y` is the base line."""

    x: float
    y: float
    text: str
    size: float = SIZE
    anchor: str = START


Shape = Stroke | Box | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    height: float
    shapes: tuple[Shape, ...]


def drawing_of(chart: Chart) -> Drawing:
    """The shapes of a chart over the width of the text."""
    title = Words(WIDTH / 2, 12, chart.title, TITLE_SIZE, MIDDLE)
    if chart.is_line:
        return Drawing(HEAD + LINE_HEIGHT + 18, (title, *_lines(chart)))
    return Drawing(HEAD + BAR * len(chart.labels) + 4, (title, *_bars(chart)))


def _bars(chart: Chart) -> Iterator[Shape]:
    """Lying bars, the label in front and the number behind."""
    values = [value or 0 for value in chart.series[0].values]
    left = 6 + SIZE * min(MOST_SIGNS, max((signs_of(label) for label in chart.labels), default=1))
    room, most = WIDTH - left - 46, max([*values, 1])
    for place, (label, value) in enumerate(zip(chart.labels, values, strict=True)):
        top = HEAD + BAR * place
        yield Words(left - 4, top + 10.5, _cut(label), anchor=END)
        yield Box(left, top + 2.5, max(room * value / most, 0.8), BAR - 5)
        yield Words(left + room * value / most + 4, top + 10.5, f"{_number(value)}{chart.unit}")


def _cut(label: str) -> str:
    return label if signs_of(label) <= MOST_SIGNS else f"{label[: MOST_SIGNS - 1]}…"


def _lines(chart: Chart) -> Iterator[Shape]:
    """One stroke for each series, apart by its dashes, named at its end."""
    low, high = _range(chart)
    left, right = 34.0, WIDTH - 100.0
    first, last = left + INSET, right - INSET / 2
    step = (last - first) / max(1, len(chart.labels) - 1)

    def y_of(value: float) -> float:
        return HEAD + LINE_HEIGHT * (1 - (value - low) / (high - low))

    for mark in (low, (low + high) / 2, high):
        yield Stroke(((left, y_of(mark)), (right, y_of(mark))), 0.4, PALE)
        yield Words(left - 4, y_of(mark) + 3, _number(mark), anchor=END)
    every = max(1, ceil(len(chart.labels) / 13))
    for place, label in enumerate(chart.labels):
        if place % every == 0 or place == len(chart.labels) - 1:
            yield Words(first + step * place, HEAD + LINE_HEIGHT + 13, label, 7.5, MIDDLE)
    for place, one in enumerate(chart.series):
        points = [
            None if value is None else (first + step * at, y_of(value))
            for at, value in enumerate(one.values)
        ]
        for part in _unbroken(points):
            yield Stroke(part, 1.4, INK, DASHES[place % len(DASHES)])
        if len(chart.series) == 1:
            yield from _numbers(points, one.values)
    yield from _ends(chart, right + 6, y_of)


def _range(chart: Chart) -> tuple[float, float]:
    """From a round number below the smallest (shares) or from nothing (counts)."""
    values = [value for one in chart.series for value in one.values if value is not None] or [0]
    if chart.unit == "%":
        return min(90.0, floor(min(values) / 10) * 10.0), 100.0
    step = 10 ** (len(str(ceil(max(values)))) - 1) / 2
    return 0.0, max(1.0, ceil(max(values) * HEADROOM / step) * step)


def _unbroken(
    points: Sequence[tuple[float, float] | None],
) -> Iterator[tuple[tuple[float, float], ...]]:
    """Strokes between gaps; a single point becomes a short one."""
    part: list[tuple[float, float]] = []
    for point in [*points, None]:
        if point is not None:
            part.append(point)
        elif part:
            yield tuple(part) if len(part) > 1 else ((part[0][0] - 1, part[0][1]), part[0])
            part = []


def _numbers(
    points: Sequence[tuple[float, float] | None], values: Sequence[float | None]
) -> Iterator[Words]:
    for point, value in zip(points, values, strict=True):
        if point is not None and value is not None:
            yield Words(point[0], point[1] - 4, _number(value), 7.5, MIDDLE)


def _ends(chart: Chart, x: float, y_of: Callable[[float], float]) -> Iterator[Words]:
    """Name and last number of each series beside its end, moved apart where they would meet."""
    last = sorted(
        (y_of(one.values[-1]), f"{one.name} {_number(one.values[-1])}{chart.unit}")
        for one in chart.series
        if one.values and one.values[-1] is not None
    )
    lowest = HEAD - 8.0
    for y, words in last:
        lowest = max(y, lowest + SIZE + 2)
        yield Words(x, lowest + 3, words)


def _number(value: float) -> str:
    return f"{value:.0f}" if value == round(value) else f"{value:.1f}"
