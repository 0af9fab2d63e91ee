"""One's own messages: list, read one (and go where it leads), read all."""

from flask import Blueprint, flash, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.services.desks.inbox import list_messages, read_all, read_message
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.pagination import before, newest_first
from casetracker.web.redirects import redirect_to

pages = Blueprint("inbox", __name__, url_prefix="/inbox")
SIZE = 30


@pages.get("")
@requires(Right.SIGN_IN)
def show() -> ResponseReturnValue:
    unread = request.args.get("unread") == "1"
    found = list_messages(current_context("ops"), before=before(), unread=unread, size=SIZE)
    page = newest_first([message.id for message in found], SIZE)
    return render_template("ops/inbox.html", messages=found[:SIZE], page=page, unread=unread)


@pages.post("/<int:message_id>/read")
@requires(Right.SIGN_IN)
def read(message_id: int) -> ResponseReturnValue:
    link = read_message(current_context("ops"), message_id)
    return redirect_to(link, url_for("ops.inbox.show"))


@pages.post("/read-all")
@requires(Right.SIGN_IN)
def read_every() -> ResponseReturnValue:
    count = read_all(current_context("ops"))
    flash(f"已将 {count} 条消息标为已读。" if count else "没有未读消息。", "success")
    return redirect_to(url_for("ops.inbox.show"), "/ops/")
