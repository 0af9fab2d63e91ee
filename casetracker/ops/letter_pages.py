"""阅信批示: notes of leaders on petitions they read, and what came of them."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local, local_date
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import asked_days, asked_year, counted_words, usual_choices
from casetracker.services.commands.ledgers import LetterSearch, NoteLetter, RecordReport
from casetracker.services.ledgers.letters import (
    find_letter,
    letter_lines,
    note_letter,
    record_report,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("letters", __name__, url_prefix="/letters")
HERE = "/ops/letters"


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    ctx = current_context("ops")
    only_open = request.args.get("open") == "1"
    year, counted = asked_year(ctx), asked_days(LetterSearch)
    if counted is not None:
        lines = letter_lines(ctx, most=None, days=counted.days)
    else:
        lines = letter_lines(ctx, None if only_open else year, only_open=only_open)
    asked = {"open": "1"} if only_open else {"year": str(year)}
    return render_template(
        "ops/ledgers/letters.html",
        lines=lines,
        year=year,
        this_year=local(ctx.now).year,
        only_open=only_open,
        counted=counted_words(counted, "阅信批示") if counted else None,
        export_url=export_url(ctx, ExportKind.LETTERS, None if counted else asked)
        if lines
        else None,
        may_note=ctx.actor.may(Right.LEDGERS_KEEP) or ctx.actor.may(Right.PETITIONS_SIGN),
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


@pages.get("/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def new() -> str:
    ctx = current_context("ops")
    is_leader = ctx.actor.may(Right.PETITIONS_SIGN)
    form = empty_form(
        NoteLetter,
        number=request.args.get("number", "")[:40],
        read_on=local_date(ctx.now),
        leader=ctx.actor.username if is_leader else None,
    )
    return _new_page(form)


@pages.post("/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def note() -> ResponseReturnValue:
    return change(NoteLetter, note_letter, _new_page, done="批示已登记。", next_url=HERE)


@pages.get("/<int:row_id>/report")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def ask_report(row_id: int) -> str:
    report = find_letter(current_context("ops"), row_id).report
    return _report_page(row_id, empty_form(RecordReport, report=report))


@pages.post("/<int:row_id>/report")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def save_report(row_id: int) -> ResponseReturnValue:
    return change(
        RecordReport,
        lambda ctx, command: record_report(ctx, row_id, command),
        lambda form: _report_page(row_id, form),
        done="落实情况已登记。",
        next_url=HERE,
    )


def _new_page(form: Form[NoteLetter]) -> str:
    return form_page(form, "阅信批示登记", HERE, choices=usual_choices(), submit="登记")


def _report_page(row_id: int, form: Form[RecordReport]) -> str:
    line = find_letter(current_context("ops"), row_id)
    facts = [("信访件", f"{line.case.number} {line.case.title}"), ("领导", line.leader),
             ("批示", line.note)]  # fmt: skip
    return form_page(form, "登记落实情况", HERE, facts=facts)
