"""保密通道: the desk of the discipline officers, and what is told to whoever sends a case there.

Source: 《信访工作条例》 art. 30(3); docs/rules/petition.md §6.
"""

from typing import Any

from flask import Blueprint, render_template, request, session
from flask.typing import ResponseReturnValue

from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import State
from casetracker.ops.acting import remember_list
from casetracker.services.case_reading.lane_list import (
    PAGE,
    Pile,
    count_lane,
    lane_counts,
    lane_page,
)
from casetracker.services.case_reading.unlocking import lane_looks
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.pagination import asked_page, page_of
from casetracker.web.redirects import redirect_to

pages = Blueprint("lane", __name__, url_prefix="/lane")

HERE, HANDED_OVER = "/ops/lane", "/ops/lane/handed-over"
RECEIPT = "lane_receipt"
PILES = {Pile.WAITING: "待处理", Pile.HANDED_ON: "已移送", Pile.FINISHED: "已办结"}
WHY_EMPTY = {
    Pile.WAITING: "甄别为检举控告的信访件、移送来的工单会列在这里。",
    Pile.HANDED_ON: "按管理权限移送出去、还没有结果的列在这里。",
    Pile.FINISHED: "办结或归档的列在这里。",
}
NARROWED = {Standing.OVERDUE: "已超期", Standing.DUE_SOON: "临期"}


@pages.get("")
@requires(Right.LANE)
def show() -> str:
    ctx = current_context("ops")
    pile, standing = _asked_pile(), _asked_standing()
    found = lane_page(ctx, pile, standing, page=asked_page())
    remember_list()
    return render_template(
        "ops/lane/list.html",
        pile=pile,
        lines=found.lines,
        narrowed=NARROWED.get(standing) if standing else None,
        page=page_of(asked_page(), found.total, PAGE),
        tabs_shown=_tabs(ctx, pile),
        why_empty=WHY_EMPTY[pile],
    )


@pages.get("/looks")
@requires(Right.LANE)
def looks() -> str:
    """Who looked at what lies in the lane: the latest looks."""
    return render_template("ops/lane/looks.html", looks=lane_looks(current_context("ops")))


@pages.get("/handed-over")
@requires(Right.SIGN_IN)
def handed_over() -> str:
    """已移交: for whoever sent a case into the lane; number and code of a new one, once."""
    number, code = session.pop(RECEIPT, ["", ""])
    return render_template("ops/lane/handed_over.html", number=number, query_code=code)


def is_handed_over(ctx: Context, outcome: Outcome) -> bool:
    """Whether the case has just left the actor's sight for the lane."""
    return outcome.state is State.IN_LANE and not ctx.actor.may(Right.LANE)


def to_the_neutral_page(outcome: Outcome | None = None) -> ResponseReturnValue:
    """From a form that sent a case into the lane; a new one's receipt is taken along."""
    if outcome is not None:
        take_receipt_along(outcome)
    return redirect_to(HANDED_OVER, HANDED_OVER)


def take_receipt_along(outcome: Outcome) -> None:
    """What the petitioner is told stands once on the neutral page, in this browser alone."""
    session[RECEIPT] = [outcome.number, outcome.facts.get("query_code", "")]


def lane_cards(ctx: Context) -> list[dict[str, Any]]:
    """The lane on the home page of its officers, as `queue_card` reads it."""
    if not ctx.actor.may(Right.LANE):
        return []
    counts = lane_counts(ctx)
    return [_waiting_card(ctx, counts[Pile.WAITING]), _handed_on_card(counts[Pile.HANDED_ON])]


def _waiting_card(ctx: Context, count: int) -> dict[str, Any]:
    return {
        "title": "保密件待处理",
        "url": HERE,
        "count": count,
        "overdue": count_lane(ctx, Standing.OVERDUE),
        "overdue_url": f"{HERE}?standing={Standing.OVERDUE}",
        "due_soon": count_lane(ctx, Standing.DUE_SOON),
        "due_soon_url": f"{HERE}?standing={Standing.DUE_SOON}",
        "why_empty": "没有待处理的保密件。",
        "primary": True,
    }


def _handed_on_card(count: int) -> dict[str, Any]:
    return {
        "title": "已移送，等结果",
        "url": f"{HERE}?pile={Pile.HANDED_ON}",
        "count": count,
        "why_empty": "没有移送后等结果的保密件。",
    }


def _tabs(ctx: Context, pile: Pile) -> list[dict[str, Any]]:
    counts = lane_counts(ctx)
    return [
        {"text": words, "url": f"{HERE}?pile={one}", "active": one is pile, "count": counts[one]}
        for one, words in PILES.items()
    ]


def _asked_pile() -> Pile:
    asked = request.args.get("pile", "")
    return Pile(asked) if asked in {pile.value for pile in Pile} else Pile.WAITING


def _asked_standing() -> Standing | None:
    asked = request.args.get("standing", "")
    return Standing(asked) if asked in {standing.value for standing in NARROWED} else None
