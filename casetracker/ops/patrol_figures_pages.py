"""巡查统计: places inspected, hazards found and put right; every figure leads to its rows."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.ops.day_spans import days_asked, dimensions_of, quick_days
from casetracker.services.commands.patrol import PatrolQuestion
from casetracker.services.patrol.figures import FigureRow, PatrolFigures, patrol_figures
from casetracker.web.context import current_context
from casetracker.web.guards import requires

pages = Blueprint("patrol_figures", __name__, url_prefix="/patrol")
HERE = "/ops/patrol"
BY = (("area", "社区（大队）"), ("month", "月份"), ("unit", "检查单位"), ("kind", "隐患类别"),
      ("level", "隐患等级"))  # fmt: skip
OF_HAZARDS = {"counted", "rectified", "left", "to_date", "late"}
NO_INSPECTIONS = frozenset({"kind", "level"})
"""Rows of which an inspection has none."""


@pages.get("")
@requires(Right.PATROL_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = days_asked(ctx, PatrolQuestion)
    found = form.attempt(lambda asked: patrol_figures(ctx, asked))
    body = render_template(
        "ops/patrol/figures.html",
        form=form,
        found=found,
        quick=quick_days(form, local_date(ctx.now)),
        dimensions=dimensions_of(form, BY),
        **(_view(found) if found else {}),
    )
    return make_response(body, form.status)


def _view(found: PatrolFigures) -> dict[str, Any]:
    rows = [_row(row, found.by) for row in found.rows]
    return {
        "rows": rows,
        "total": _row(found.total, "area"),
        "tiles": _tiles(found.total),
        "by_words": dict(BY)[found.by],
        "has_inspections": found.by not in NO_INSPECTIONS,
    }


def _row(row: FigureRow, by: str) -> dict[str, Any]:
    return {"label": row.label, "figures": row.figures, "links": _links(row, by)}


def _links(row: FigureRow, by: str) -> dict[str, str]:
    """The lists that hold exactly what each figure counts."""
    links = {part: f"/ops/hazards?{urlencode({**row.asked, 'part': part})}" for part in OF_HAZARDS}
    links["dismissed"] = f"/ops/hazards?{urlencode({**row.asked, 'state': 'dismissed'})}"
    if by not in NO_INSPECTIONS:
        asked = {name: value for name, value in row.asked.items() if name != "as_of"}
        links["inspections"] = f"/ops/inspections?{urlencode(asked)}"
    return links


def _tiles(total: FigureRow) -> list[dict[str, Any]]:
    figures, links = total.figures, _links(total, "area")
    return [
        {"name": "安全检查", "count": figures.inspections, "unit": "家次",
         "url": links["inspections"]},
        {"name": "排查隐患", "count": figures.found, "unit": "处", "url": links["counted"],
         "note": f"另有 {figures.dismissed} 处认定不构成隐患" if figures.dismissed else None},
        {"name": "期内整改率", **_rate(figures.rate, figures.rectified, figures.found),
         "url": links["rectified"], "definition_url": "#definitions"},
        {"name": "至今整改率", **_rate(figures.rate_to_date, figures.to_date, figures.found),
         "url": links["to_date"], "definition_url": "#definitions"},
        {"name": "已超期", "count": figures.late, "unit": "处", "url": links["late"]},
    ]  # fmt: skip


def _rate(value: Any, numerator: int, denominator: int) -> dict[str, Any]:
    return {
        "value": None if value is None else float(value),
        "numerator": numerator,
        "denominator": denominator,
    }
