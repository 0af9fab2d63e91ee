"""Exports on the desk: order one, see how far it is, take the file; consent to others'."""

from typing import Any

from flask import Blueprint, make_response, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.exports import AT_ONCE, FORMATS, UNFINISHED, ExportKind, ExportState
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.labels.refusals import REFUSALS
from casetracker.ops.acting import shown_size
from casetracker.ops.admin_forms import change
from casetracker.services.commands.exports import DecideExport, OrderExport
from casetracker.services.context import Context
from casetracker.services.exports.making import claim, make
from casetracker.services.exports.ordering import (
    count_of_order,
    decide_export,
    order_export,
    question_of_order,
)
from casetracker.services.exports.reading import (
    ExportLine,
    exports_to_consent,
    find_export,
    own_exports,
    take_export,
)
from casetracker.services.exports.sources import SOURCES
from casetracker.services.exports.wording import about
from casetracker.services.outcome import Made
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("exports", __name__, url_prefix="/exports")
ASKED = "asked."
"""Hidden fields of the form that say what the list was asked for."""
MAY_BE_BLANK = frozenset({"key", "community"})
"""Blank is a row of its own: the one without a unit, a category …"""


@pages.get("")
@requires(Right.CASES_EXPORT)
def show() -> str:
    ctx = current_context("ops")
    return render_template(
        "ops/exports/list.html",
        lines=[_shown(line) for line in own_exports(ctx)],
        to_consent=[_shown(line) for line in exports_to_consent(ctx)],
    )


@pages.get("/new")
@requires(Right.CASES_EXPORT)
def new() -> ResponseReturnValue:
    """What it would be, how much, and what for."""
    kind = _kind(request.args.get("export", ""))
    asked = {k: v for k, v in request.args.items() if k != "export"}
    form = empty_form(OrderExport, file_format="xlsx")
    return _order_page(current_context("ops"), form, kind, asked)


@pages.post("")
@requires(Right.CASES_EXPORT)
def order() -> ResponseReturnValue:
    """A small one is made while the person waits, a larger one in the background."""
    kind = _kind(request.form.get("kind", ""))
    asked = {k[len(ASKED) :]: v for k, v in request.form.items() if k.startswith(ASKED)}
    form = submitted(OrderExport)
    if form.command is not None:
        form.command = form.command.model_copy(update={"asked": asked})
    ctx = current_context("ops", form_key())
    made = form.attempt(lambda command: order_export(ctx, command))
    if made is None:
        return _order_page(ctx, form, kind, asked)
    _make_at_once(current_context("ops"), made)
    return redirect_to(url_for("ops.exports.one", number=made.key), "/ops/exports")


@pages.get("/<number>")
@requires(Right.CASES_EXPORT)
def one(number: str) -> str:
    return _one_page(number, empty_form(DecideExport))


@pages.post("/<number>/decision")
@requires(Right.EXPORTS_DECIDE)
def decide(number: str) -> ResponseReturnValue:
    return change(
        DecideExport,
        lambda ctx, command: decide_export(ctx, number, command),
        lambda form: _one_page(number, form),
        done=f"{number} 已审批。",
        next_url=url_for("ops.exports.show"),
    )


@pages.get("/<number>/file")
@requires(Right.CASES_EXPORT)
def take(number: str) -> ResponseReturnValue:
    found = take_export(current_context("ops"), number)
    return send_file(
        found.content,
        mimetype=FORMATS[found.file_format],
        as_attachment=True,
        download_name=f"{found.name}.{found.file_format}",
        conditional=False,
        etag=False,
    )


def _make_at_once(ctx: Context, made: Made) -> None:
    line = find_export(ctx, made.key)
    if line.state is ExportState.WAITING and line.rows_expected <= AT_ONCE:
        task = claim(ctx, made.key)
        if task is not None:
            make(ctx, task)


def _order_page(
    ctx: Context, form: Form[OrderExport], kind: ExportKind, asked: dict[str, str]
) -> ResponseReturnValue:
    rows, words = None, ""
    try:
        asked = _known(kind, asked)
        rows, words = count_of_order(ctx, kind, asked), about(question_of_order(kind, asked))
    except InvalidInput as error:
        form.refuse(error)
    body = render_template(
        "ops/exports/new.html",
        form=form,
        kind=kind,
        hidden={"kind": kind.value, **{f"{ASKED}{k}": v for k, v in asked.items()}},
        rows=rows,
        about=words,
        formats=[(one, one.upper()) for one in FORMATS],
    )
    return make_response(body, form.status)


def _known(kind: ExportKind, asked: dict[str, str]) -> dict[str, str]:
    """What the list's own address may say; the rest of it was about the page."""
    known = SOURCES[kind].model.model_fields
    return {k: v for k, v in asked.items() if k in known and (v or k in MAY_BE_BLANK)}


def _one_page(number: str, form: Form[Any]) -> str:
    ctx = current_context("ops")
    line = find_export(ctx, number)
    may_decide = line.state is ExportState.TO_CONSENT and ctx.actor.may(Right.EXPORTS_DECIDE)
    return render_template(
        "ops/exports/one.html",
        line=_shown(line),
        form=form,
        refreshes=line.state in UNFINISHED,
        may_decide=may_decide and not line.is_own,
    )


def _shown(line: ExportLine) -> dict[str, Any]:
    failure = REFUSALS.get(line.failure or "")
    return {
        "line": line,
        "kind_words": label(line.kind),
        "state_words": label(line.state),
        "tone": TONES.get(line.state, "plain"),
        "url": url_for("ops.exports.one", number=line.number),
        "file_url": url_for("ops.exports.take", number=line.number)
        if line.state is ExportState.READY and line.is_own
        else None,
        "size": shown_size(line.size) if line.size else None,
        "failure": " ".join(failure) if failure else None,
    }


TONES = {
    ExportState.READY: "done",
    ExportState.FAILED: "overdue",
    ExportState.REFUSED: "overdue",
    ExportState.TO_CONSENT: "soon",
}


def _kind(text: str) -> ExportKind:
    try:
        return ExportKind(text)
    except ValueError:
        raise NotFound(export=text) from None
