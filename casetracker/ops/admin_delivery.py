"""Messages that did not get through or may have: seen one by one, sent again or given up."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.persistence.outbox import OutboxState
from casetracker.services.commands.delivery import DecideDelivery, DeliveryDecision
from casetracker.services.notifying.outside import MAIL, SMS
from casetracker.services.notifying.troubled_messages import (
    PAGE,
    TroubledMessage,
    count_troubled,
    decide_delivery,
    find_troubled,
    list_troubled,
)
from casetracker.services.recording import RELAY
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.redirects import redirect_to

pages = Blueprint("admin_delivery", __name__, url_prefix="/admin/delivery")
CHANNELS = {RELAY: "内部分发", MAIL: "邮件", SMS: "短信"}
STATES = {OutboxState.UNKNOWN: "结果未知", OutboxState.DEAD: "发送失败"}
DONE = {
    DeliveryDecision.SEND_AGAIN: "已重新排队发送。",
    DeliveryDecision.GIVE_UP: "已放弃发送。",
}


@pages.get("")
@requires(Right.DELIVERY_MANAGE)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    found = list_troubled(ctx, _asked(), after=_after())
    more = address_with(after=found[-1].id) if len(found) == PAGE else None
    return render_template(
        "ops/admin/delivery.html",
        messages=[_line(message) for message in found],
        tabs_shown=_tabs(count_troubled(ctx)),
        page=Page(None, address_with(after=None) if _after() else None, more),
    )


@pages.get("/<int:row_id>")
@requires(Right.DELIVERY_MANAGE)
def decide(row_id: int) -> ResponseReturnValue:
    return _decision_page(row_id, empty_form(DecideDelivery))


@pages.post("/<int:row_id>")
@requires(Right.DELIVERY_MANAGE)
def decided(row_id: int) -> ResponseReturnValue:
    form = submitted(DecideDelivery)
    ctx = current_context("ops")
    form.attempt(lambda command: decide_delivery(ctx, row_id, command))
    if form.command is None or form.errors:
        return make_response(_decision_page(row_id, form), form.status)
    flash(DONE[form.command.decision], "success")
    return redirect_to(url_for("ops.admin_delivery.show"), "/ops/")


def _decision_page(row_id: int, form: Form[DecideDelivery]) -> str:
    message = find_troubled(current_context("ops"), row_id)
    may_have_gone = message.state is OutboxState.UNKNOWN
    return render_template(
        "ops/admin/delivery_decision.html",
        message=_line(message),
        may_have_gone=may_have_gone,
        form=form,
    )


def _line(message: TroubledMessage) -> dict[str, Any]:
    return {
        "url": url_for("ops.admin_delivery.decide", row_id=message.id),
        "id": message.id,
        "what": STATES[message.state],
        "tone": "soon" if message.state is OutboxState.UNKNOWN else "overdue",
        "way": CHANNELS[message.channel],
        "who": message.recipient or ("诉求人" if message.channel == SMS else "—"),
        "number": message.case_number or "—",
        "tries": message.attempts,
        "created_at": message.created_at,
        "error": message.error,
    }


def _tabs(counts: dict[OutboxState, int]) -> list[dict[str, Any]]:
    """All, and each kind of trouble with its count."""
    here = url_for("ops.admin_delivery.show")
    tabs: list[dict[str, Any]] = [{"text": "全部", "url": here, "active": _asked() is None}]
    for state, words in STATES.items():
        url = url_for("ops.admin_delivery.show", state=state)
        count = counts[state]
        tabs.append({"text": words, "url": url, "active": _asked() is state, "count": count})
    return tabs


def _asked() -> OutboxState | None:
    asked = request.args.get("state", "")
    return next((state for state in STATES if state == asked), None)


def _after() -> int:
    text = request.args.get("after", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else 0
