"""Charts as SVG for the PDF engine."""

from html import escape

from casetracker.domain.papers.content import Chart
from casetracker.gateways.papers.chart_shapes import WIDTH, Box, Shape, Stroke, Words, drawing_of
from casetracker.gateways.papers.fonts import SONG


def chart_svg(chart: Chart) -> str:
    """The whole element, as wide as the text."""
    drawing = drawing_of(chart)
    shapes = "".join(_shape(shape) for shape in drawing.shapes)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH:.1f}pt" '
        f'height="{drawing.height:.1f}pt" viewBox="0 0 {WIDTH:.1f} {drawing.height:.1f}">'
        f"{shapes}</svg>"
    )


def _shape(shape: Shape) -> str:
    match shape:
        case Stroke(points, width, colour, dash):
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
            dashes = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
            return (
                f'<polyline points="{path}" fill="none" stroke="{colour}" '
                f'stroke-width="{width}"{dashes}/>'
            )
        case Box(left, top, width, height, colour):
            return (
                f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
                f'height="{height:.1f}" fill="{colour}"/>'
            )
        case Words(x, y, text, size, anchor):
            family = ", ".join(f"'{name}'" for name in SONG.families)
            return (
                f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" '
                f'font-family="{escape(family)}">{escape(text)}</text>'
            )
