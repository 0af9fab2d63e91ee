"""Replies for upstream platforms, in each platform's form: one by one, or a day in a file."""

import tempfile
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.ops.acting import case_url, opened_number
from casetracker.services.commands.upstream import ExportReplies, MarkCopied
from casetracker.services.context import Context
from casetracker.services.desks.upstream_copying import export_replies, mark_copied
from casetracker.services.desks.upstream_replies import (
    UpstreamReply,
    not_copied_before,
    upstream_replies,
    upstream_reply,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to
from casetracker.web.templating import date_cn

pages = Blueprint("upstream", __name__, url_prefix="/upstream")
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}


@pages.get("")
@requires(Right.UPSTREAM_REPLY)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    return _day_page(ctx, _asked_day(ctx, request.args.get("day")), opened_number())


@pages.get("/<number>")
@requires(Right.UPSTREAM_REPLY)
def one(number: str) -> ResponseReturnValue:
    return _single_page(number, empty_form(MarkCopied))


@pages.post("/<number>")
@requires(Right.UPSTREAM_REPLY)
def mark(number: str) -> ResponseReturnValue:
    """已回填: from the day's list the next one follows, from the page of one ticket itself."""
    ctx = current_context("ops")
    form = submitted(MarkCopied)
    form.attempt(lambda command: mark_copied(ctx, number, command))
    day = request.form.get("day")
    if form.errors:
        page = _single_page(number, form) if not day else _day_page(
            ctx, _asked_day(ctx, day), number, form
        )  # fmt: skip
        return make_response(page, form.status)
    flash(f"{number} 已记为回填。", "success")
    if day:
        return redirect_to(url_for("ops.upstream.show", day=_asked_day(ctx, day)), "/ops/")
    return redirect_to(url_for("ops.upstream.one", number=number), "/ops/")


@pages.post("/export")
@requires(Right.UPSTREAM_REPLY)
def export() -> ResponseReturnValue:
    """The day as a file; what is in it counts as carried over from then on."""
    ctx = current_context("ops")
    form = submitted(ExportReplies)
    command = form.command
    if command is None:
        day = _asked_day(ctx, request.form.get("day"))
        return make_response(_day_page(ctx, day, "", form), form.status)
    name = f"上级平台答复-{command.day}.{command.form}"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        if not export_replies(ctx, command, path):
            flash(f"{date_cn(command.day)}没有未回填的答复，没有导出文件。", "error")
            return redirect_to(url_for("ops.upstream.show", day=command.day), "/ops/")
        content = BytesIO(path.read_bytes())
    return send_file(content, mimetype=KINDS[command.form], as_attachment=True, download_name=name)


def _single_page(number: str, form: Form[Any]) -> str:
    reply = upstream_reply(current_context("ops"), number)
    return render_template(
        "ops/upstream/one.html", opened=reply, day=None, form=form, case_url=case_url
    )


def _day_page(ctx: Context, day: date, number: str, form: Form[Any] | None = None) -> str:
    replies = upstream_replies(ctx, day)
    waiting = [reply for reply in replies if reply.copied_at is None]
    today = local_date(ctx.now)
    return render_template(
        "ops/upstream/show.html",
        day=day,
        replies=replies,
        waiting=waiting,
        opened=_opened(replies, number),
        form=form or empty_form(ExportReplies, day=day.isoformat()),
        quick=[_quick(day - timedelta(days=1), "前一天", day), _quick(today, "今天", day)],
        earlier=not_copied_before(ctx, day),
        case_url=case_url,
    )


def _opened(replies: tuple[UpstreamReply, ...], number: str) -> UpstreamReply | None:
    """The one asked for, else the first that is not carried over."""
    chosen = next((reply for reply in replies if reply.number == number), None)
    return chosen or next((reply for reply in replies if reply.copied_at is None), None)


def _quick(day: date, words: str, shown: date) -> dict[str, Any]:
    return {"text": words, "url": url_for("ops.upstream.show", day=day), "active": day == shown}


def _asked_day(ctx: Context, text: str | None) -> date:
    """Nonsense and what no calendar can step back from count as today."""
    try:
        asked = date.fromisoformat(text or "")
    except ValueError:
        return local_date(ctx.now)
    return asked if 1949 <= asked.year <= 2100 else local_date(ctx.now)
