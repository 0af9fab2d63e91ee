"""One hazard: its history, every step on it, its pictures, the slip for the place."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.errors import NotFound
from casetracker.domain.patrol_vocabulary import HazardStep, PatrolPhoto
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.acting import seen_version
from casetracker.ops.choices import area_options, category_options
from casetracker.ops.controls import Control, Options, controls_of
from casetracker.ops.ledger_forms import on_paper
from casetracker.ops.patrol_lists import keep_photos, photo_lines
from casetracker.ops.sent_files import as_download, sent_files
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.patrol import CaseFromHazard, CorrectHazard
from casetracker.services.patrol.hazard_reading import EntryLine, HazardFile, open_hazard
from casetracker.services.patrol.hazard_steps import STEPS
from casetracker.services.patrol.photos import open_photo
from casetracker.services.patrol.printing import note_print
from casetracker.services.receiving.from_patrol import case_from_hazard
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("hazard", __name__, url_prefix="/hazards")
HERE = "/ops/hazards"
T = HazardStep
BESIDE = frozenset({T.NOTE, T.CORRECT})
"""Steps that do not bring a hazard nearer to its end: none is the primary one."""
WORDS = {T.PASS: "复查", T.REPORT: "报告整改"}
"""What a step is called on its button where that is not its own word."""
HINTS = {
    T.NOTIFY: "写明要做到什么，让责任单位照着做；下达后可打印整改通知书请其签收。",
    T.REPORT: "写明做了什么，并附整改后的照片；另一人复查通过后才算整改完成。",
    T.PASS: "到现场看过再填；复查不通过的退回限期整改。",
    T.HAND_OVER: "移交后仍由本单位跟踪，对方反馈后报告整改。",
    T.MAKE_CASE: "转为热线工单，由指挥中心派单；工单办结后回到这里报告整改。",
    T.CORRECT: "改成应登记的样子并写明原因；更正前后的内容都留在办理记录里。",
    T.DISMISS: "认定后不计入排查数和整改率，另列。",
}
CHECKED = [("true", "复查通过，整改完成"), ("false", "复查不通过，继续整改")]


@pages.get("/<hazard>")
@requires(Right.PATROL_READ)
def one(hazard: str) -> str:
    ctx = current_context("ops")
    file = open_hazard(ctx, hazard)
    primary = next((step for step in file.steps if step not in BESIDE), None)
    return render_template(
        "ops/patrol/hazard.html",
        file=file,
        line=file.line,
        primary=primary,
        others=[step for step in file.steps if step is not primary],
        words={step: WORDS.get(step, label(step)) for step in T},
        found_photos=photo_lines(file.found_photos),
        rectified_photos=photo_lines(file.rectified_photos),
        events=_events(file),
        may_attach=T.NOTE in file.steps and ctx.actor.may(Right.PATROL_KEEP),
    )


@pages.get("/<hazard>/print")
@requires(Right.PATROL_READ)
def print_one(hazard: str) -> str:
    """隐患整改通知书, to be handed to the place."""
    ctx = current_context("ops")
    file = open_hazard(ctx, hazard)
    if file.demand is None:
        raise NotFound(hazard=hazard)
    note_print(ctx, f"隐患整改通知书 {hazard}")
    return render_template(
        "ops/patrol/hazard_print.html", file=file, line=file.line, **on_paper(ctx, _url(hazard))
    )


@pages.get("/files/<int:file_id>")
@requires(Right.PATROL_READ)
def download(file_id: int) -> Response:
    return as_download(open_photo(current_context("ops"), file_id))


@pages.post("/<hazard>/files")
@requires(Right.PATROL_KEEP)
def attach(hazard: str) -> ResponseReturnValue:
    if not sent_files():
        flash("请先选择要上传的文件。", "error")
    keep_photos(hazard, PatrolPhoto.FOUND)
    return redirect_to(_url(hazard), HERE)


@pages.get("/<hazard>/<step>")
@requires(Right.PATROL_READ)
def ask(hazard: str, step: str) -> str:
    known = _known(step)
    file = open_hazard(current_context("ops"), hazard)
    return _page(file, known, _blank(file, known))


@pages.post("/<hazard>/<step>")
@requires(Right.PATROL_READ)
def take(hazard: str, step: str) -> ResponseReturnValue:
    """The pictures first, so that a report has them; then the step."""
    known = _known(step)
    if known is T.MAKE_CASE:
        return _make_case(hazard)
    if known is T.REPORT and sent_files():
        keep_photos(hazard, PatrolPhoto.RECTIFIED)
    spec, seen = STEPS[known], seen_version()
    form = submitted(spec.command)
    ctx = current_context("ops", form_key())
    form.attempt(lambda command: spec.run(ctx, hazard, command, version=seen))
    if form.command is None or form.errors:
        file = open_hazard(current_context("ops"), hazard)
        return make_response(_page(file, known, form), form.status)
    flash(f"{hazard} 已办理“{WORDS.get(known, label(known))}”。", "success")
    return redirect_to(_url(hazard), HERE)


def _make_case(hazard: str) -> ResponseReturnValue:
    form, seen = submitted(CaseFromHazard), seen_version()
    ctx = current_context("ops", form_key())
    done = form.attempt(lambda command: case_from_hazard(ctx, hazard, command, version=seen))
    if done is None:
        file = open_hazard(current_context("ops"), hazard)
        return make_response(_page(file, T.MAKE_CASE, form), form.status)
    flash(f"已转为工单 {done.number}，由指挥中心派单。", "success")
    return redirect_to(_url(hazard), HERE)


def _known(step: str) -> HazardStep:
    """Raises NotFound for what is no step of a page."""
    if step not in {one.value for one in (*STEPS, T.MAKE_CASE)}:
        raise NotFound(step=step)
    return HazardStep(step)


def _blank(file: HazardFile, step: HazardStep) -> Form[Any]:
    if step is T.MAKE_CASE:
        words = f"{file.line.place}：{file.line.description}（隐患编号 {file.line.number}）"
        return empty_form(CaseFromHazard, content=words, kind="help")
    if step is T.CORRECT:
        return _as_entered(file)
    return empty_form(STEPS[step].command)


def _as_entered(file: HazardFile) -> Form[Any]:
    line = file.line
    area = reference(db.session()).unit_named(line.area or "")
    return empty_form(
        CorrectHazard,
        source=line.source.value,
        inspection=file.inspection,
        found_on=line.found_on,
        kind=line.kind.value,
        level=line.level.value,
        place=line.place,
        address=line.address,
        area=area.code if area else None,
        description=line.description,
        plan=file.plan,
    )


def _page(file: HazardFile, step: HazardStep, form: Form[Any]) -> str:
    return render_template(
        "ops/patrol/step.html",
        file=file,
        line=file.line,
        step=step,
        words=WORDS.get(step, label(step)),
        hint=HINTS.get(step),
        form=form,
        is_offered=step in file.steps,
        controls=_controls(step, form),
        takes_photos=step is T.REPORT,
        photos=photo_lines(file.rectified_photos),
    )


def _controls(step: HazardStep, form: Form[Any]) -> list[Control]:
    ref = reference(db.session())
    choices: dict[str, Callable[[], Options]] = {
        "category": lambda: category_options(ref),
        "area": lambda: area_options(ref),
    }
    controls = controls_of(form.model, choices)
    if step is not T.PASS:
        return controls
    passed = Control("passed", "复查结果", "radio", False, CHECKED)
    return [passed if one.name == "passed" else one for one in controls]


def _events(file: HazardFile) -> list[dict[str, Any]]:
    """The history as `timeline` reads it."""
    return [
        {
            "at": one.at,
            "actor": one.actor,
            "unit": one.unit,
            "action": one.step,
            "text": one.words,
            "facts": list(_dates(one)),
            "important": one.due_on is not None,
        }
        for one in file.entries
    ]


def _dates(one: EntryLine) -> Iterator[tuple[str, str]]:
    """The deadline that a step set, and the day of what was entered later."""
    if one.due_on:
        yield "整改期限", f"{one.due_on:%Y-%m-%d}"
    if one.day != local_date(one.at):
        yield "办理日期", f"{one.day:%Y-%m-%d}"


def _url(hazard: str) -> str:
    return f"{HERE}/{hazard}"
