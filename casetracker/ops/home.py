"""The home page by role: the piles on one's desk, one's own work first.

Whoever oversees others sees the four headings below what waits for their decision.
"""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.ops.case_lines import case_lines
from casetracker.ops.hazard_pages import hazard_cards
from casetracker.ops.lane_pages import lane_cards
from casetracker.ops.navigation import ADMINISTRATION, queue_url
from casetracker.ops.overseer_home import OVERSEERS, overseer_view
from casetracker.services.desks.worklists import QueueState, most_urgent, queue_states
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.templating import datetime_cn

pages = Blueprint("home", __name__)
FIRST = 8
"""Cases shown as what to do first."""


@pages.get("/")
@requires(Right.SIGN_IN)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    states = queue_states(ctx) if ctx.actor.may(Right.CASES_LIST) else ()
    duties = [entry for entry in ADMINISTRATION if ctx.actor.may(entry.right)]
    first = case_lines(most_urgent(ctx, FIRST), ctx.actor) if states else []
    cards = [*lane_cards(ctx), *(_card(state) for state in states), *hazard_cards(ctx)]
    if ctx.actor.roles & OVERSEERS:
        found = overseer_view(ctx, cards)
        return render_template("ops/home_overseer.html", first=first, duties=duties, **found)
    return render_template("ops/home.html", queues=cards, first=first, duties=duties)


def _card(state: QueueState) -> dict[str, Any]:
    queue = state.queue
    return {
        "name": queue.name,
        "title": queue.title,
        "url": queue_url(queue.name),
        "count": state.count,
        "overdue": state.overdue,
        "overdue_url": queue_url(queue.name, standing=Standing.OVERDUE),
        "due_soon": state.due_soon,
        "due_soon_url": queue_url(queue.name, standing=Standing.DUE_SOON),
        "oldest": f"{datetime_cn(state.oldest_at)} 收到" if state.oldest_at else None,
        "next_due": _due(state),
        "why_empty": queue.why_empty,
        "primary": queue.is_primary,
    }


def _due(state: QueueState) -> dict[str, Any] | None:
    if state.next_due_at is None or state.next_standing is None:
        return None
    return {"standing": state.next_standing, "due_at": state.next_due_at}
