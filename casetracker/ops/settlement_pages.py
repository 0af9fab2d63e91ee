"""社区化解: 小事不出村，大事不出街, by community and month; every figure leads to its cases."""

from typing import Any

from flask import Blueprint, make_response, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.domain.reports.behind import settled_address
from casetracker.domain.vocabulary import Settlement
from casetracker.labels import label
from casetracker.ops.day_spans import days_asked, dimensions_of, quick_days
from casetracker.services.commands.settlement import SettlementQuestion
from casetracker.services.figures.settlement import (
    PARTS,
    SettlementLine,
    SettlementTable,
    settlement_table,
)
from casetracker.web.context import current_context
from casetracker.web.guards import requires

pages = Blueprint("settlement", __name__, url_prefix="/settlement")
BY = (("area", "社区（大队）"), ("month", "月份"))


@pages.get("")
@requires(Right.STATISTICS)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = days_asked(ctx, SettlementQuestion)
    found = form.attempt(lambda asked: settlement_table(ctx, asked))
    body = render_template(
        "ops/statistics/settlement.html",
        form=form,
        found=found,
        quick=quick_days(form, local_date(ctx.now)),
        dimensions=dimensions_of(form, BY),
        by_words=dict(BY).get(str(form.data.get("by")), ""),
        **(_view(found) if found else {}),
    )
    return make_response(body, form.status)


def _view(found: SettlementTable) -> dict[str, Any]:
    total = _row(found, found.total)
    rows = [_row(found, line) for line in found.lines]
    return {"rows": rows, "total": total, "tiles": _tiles(total)}


def _row(found: SettlementTable, line: SettlementLine) -> dict[str, Any]:
    figures = line.figures
    links = {
        part: settled_address(line.days.key, found.profile.code, where, line.among)
        for part, where in PARTS.items()
    }
    return {
        "label": line.label,
        "figures": figures,
        "links": links,
        "counts": [(one.value, figures[one]) for one in Settlement],
        "in_street": figures[Settlement.COMMUNITY] + figures[Settlement.STREET],
        "in_community": figures[Settlement.COMMUNITY],
    }


def _tiles(total: dict[str, Any]) -> list[dict[str, Any]]:
    figures, links = total["figures"], total["links"]
    counts = [
        {"name": label(one), "count": figures[one], "url": links[one.value]}
        for one in Settlement
        if one is not Settlement.NOT_TAKEN
    ]
    rates = [
        {"name": name, "value": None if share is None else float(share), "numerator": count,
         "denominator": figures.settled, "url": links[part], "definition_url": "#definitions"}
        for name, share, count, part in (
            ("小事不出村", figures.in_community, total["in_community"], "community"),
            ("大事不出街", figures.in_street, total["in_street"], "in_street"),
        )
    ]  # fmt: skip
    return [*counts, *rates]
