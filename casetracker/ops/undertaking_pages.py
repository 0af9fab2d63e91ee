"""包案: the list, and one with its plan, steps, progress and result."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import asked_days, counted_words, made_at, press, usual_choices
from casetracker.services.commands.ledgers import (
    AddMilestone,
    BeginUndertaking,
    FinishUndertaking,
    ReportProgress,
    UndertakingSearch,
)
from casetracker.services.ledgers.undertaking_reading import open_undertaking, undertaking_lines
from casetracker.services.ledgers.undertakings import (
    add_milestone,
    begin_undertaking,
    change_undertaking,
    finish_milestone,
    finish_undertaking,
    report_progress,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("undertakings", __name__, url_prefix="/undertakings")
HERE = "/ops/undertakings"


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    ctx = current_context("ops")
    finished = request.args.get("finished") == "1"
    counted = asked_days(UndertakingSearch)
    lines = undertaking_lines(ctx, finished=finished, begun=counted.days if counted else None)
    asked = {"finished": "1"} if finished else {}
    return render_template(
        "ops/ledgers/undertakings.html",
        lines=lines,
        finished=finished,
        counted=counted_words(counted, "开始包案") if counted else None,
        export_url=export_url(ctx, ExportKind.UNDERTAKINGS, None if counted else asked)
        if lines
        else None,
        may_begin=ctx.actor.may(Right.LEDGERS_KEEP) or ctx.actor.may(Right.PETITIONS_SIGN),
    )


@pages.get("/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def new() -> str:
    ctx = current_context("ops")
    form = empty_form(
        BeginUndertaking,
        numbers=request.args.get("number", "")[:40],
        began_on=local_date(ctx.now),
        leader=ctx.actor.username if ctx.actor.may(Right.PETITIONS_SIGN) else None,
    )
    return _new_page(form)


@pages.post("/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def begin() -> ResponseReturnValue:
    return change(
        BeginUndertaking, begin_undertaking, _new_page, done="包案已登记。", next_url=made_at(HERE)
    )


@pages.get("/<int:row_id>")
@requires(Right.LEDGERS_READ)
def one(row_id: int) -> str:
    file = open_undertaking(current_context("ops"), row_id)
    return render_template("ops/ledgers/undertaking.html", file=file, line=file.line)


@pages.get("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def edit(row_id: int) -> str:
    line = open_undertaking(current_context("ops"), row_id).line
    form = empty_form(
        BeginUndertaking,
        title=line.title,
        numbers=" ".join(case.number for case in line.cases),
        leader=line.leader_username,
        post=line.post,
        unit=line.unit_code,
        plan=line.plan,
        began_on=line.began_on,
        expected_on=line.expected_on,
        next_action_on=line.next_action_on,
    )
    return _change_page(row_id, form)


@pages.post("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def save(row_id: int) -> ResponseReturnValue:
    return change(
        BeginUndertaking,
        lambda ctx, command: change_undertaking(ctx, row_id, command),
        lambda form: _change_page(row_id, form),
        done="包案已更改。",
        next_url=_url(row_id),
    )


@pages.get("/<int:row_id>/progress")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def ask_progress(row_id: int) -> str:
    line = open_undertaking(current_context("ops"), row_id).line
    return _progress_page(row_id, empty_form(ReportProgress, progress=line.progress))


@pages.post("/<int:row_id>/progress")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def save_progress(row_id: int) -> ResponseReturnValue:
    return change(
        ReportProgress,
        lambda ctx, command: report_progress(ctx, row_id, command),
        lambda form: _progress_page(row_id, form),
        done="进展已登记。",
        next_url=_url(row_id),
    )


@pages.get("/<int:row_id>/milestones/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def new_milestone(row_id: int) -> str:
    return _milestone_page(row_id, empty_form(AddMilestone))


@pages.post("/<int:row_id>/milestones/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def save_milestone(row_id: int) -> ResponseReturnValue:
    return change(
        AddMilestone,
        lambda ctx, command: add_milestone(ctx, row_id, command),
        lambda form: _milestone_page(row_id, form),
        done="节点已添加。",
        next_url=_url(row_id),
    )


@pages.post("/<int:row_id>/milestones/<int:milestone_id>/done")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def milestone_done(row_id: int, milestone_id: int) -> ResponseReturnValue:
    run = finish_milestone
    return press(lambda ctx: run(ctx, row_id, milestone_id), "节点已完成。", _url(row_id))


@pages.get("/<int:row_id>/finish")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def ask_finish(row_id: int) -> str:
    return _finish_page(row_id, empty_form(FinishUndertaking))


@pages.post("/<int:row_id>/finish")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def finish(row_id: int) -> ResponseReturnValue:
    return change(
        FinishUndertaking,
        lambda ctx, command: finish_undertaking(ctx, row_id, command),
        lambda form: _finish_page(row_id, form),
        done="包案已结束。",
        next_url=_url(row_id),
    )


def _new_page(form: Form[BeginUndertaking]) -> str:
    return form_page(form, "登记包案", HERE, choices=usual_choices(), submit="登记")


def _change_page(row_id: int, form: Form[BeginUndertaking]) -> str:
    _opened(row_id)
    note = "这里填写的信访件编号会加入已关联的信访件。"
    return form_page(form, "更改包案", _url(row_id), choices=usual_choices(), note=note)


def _progress_page(row_id: int, form: Form[ReportProgress]) -> str:
    return form_page(form, "登记进展", _url(row_id), facts=_opened(row_id))


def _milestone_page(row_id: int, form: Form[AddMilestone]) -> str:
    return form_page(form, "添加节点", _url(row_id), facts=_opened(row_id))


def _finish_page(row_id: int, form: Form[FinishUndertaking]) -> str:
    return form_page(form, "结束包案", _url(row_id), facts=_opened(row_id), submit="结束包案")


def _opened(row_id: int) -> list[tuple[str, object]]:
    """What the forms of an undertaking say of it; NotFound where it is none of the reader's."""
    line = open_undertaking(current_context("ops"), row_id).line
    return [("包案事项", line.title), ("包案领导", f"{line.leader} {line.post}")]


def _url(row_id: int) -> str:
    return f"{HERE}/{row_id}"
