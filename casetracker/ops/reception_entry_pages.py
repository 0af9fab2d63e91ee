"""接访登记: one matter that a leader received, with instruction, report and petition."""

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.ledger_forms import REASONS, press, receipt_of, usual_choices
from casetracker.services.commands.ledgers import KeepEntry, LinkCase, PetitionFromLedger
from casetracker.services.ledgers.persons import PersonLine
from casetracker.services.ledgers.reception_entries import (
    add_entry,
    change_entry,
    link_entry,
    unlink_entry,
)
from casetracker.services.ledgers.reception_reading import open_entry, open_session
from casetracker.services.ledgers.revealing import reveal_received
from casetracker.services.receiving.from_ledgers import petition_from_entry
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("reception_entries", __name__, url_prefix="/receptions")
SESSIONS = "/ops/receptions"


@pages.get("/<int:row_id>/entries/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def new(row_id: int) -> str:
    return _new_page(row_id, empty_form(KeepEntry, persons="1"))


@pages.post("/<int:row_id>/entries/new")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def add(row_id: int) -> ResponseReturnValue:
    return change(
        KeepEntry,
        lambda ctx, command: add_entry(ctx, row_id, command),
        lambda form: _new_page(row_id, form),
        done="接访事项已登记。",
        next_url=f"{SESSIONS}/{row_id}",
    )


@pages.get("/entries/<int:entry_id>")
@requires(Right.LEDGERS_READ)
def one(entry_id: int) -> str:
    return _page(entry_id)


@pages.get("/entries/<int:entry_id>/change")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def edit(entry_id: int) -> str:
    _, line = open_entry(current_context("ops"), entry_id)
    form = empty_form(
        KeepEntry,
        persons=line.persons,
        matter=line.matter,
        matter_place=line.matter_place,
        cause=line.cause,
        instruction=line.instruction,
        unit=line.unit_code,
        due_on=line.due_on,
        report=line.report,
        satisfaction=line.satisfaction,
    )
    return _change_page(entry_id, form)


@pages.post("/entries/<int:entry_id>/change")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def save(entry_id: int) -> ResponseReturnValue:
    return change(
        KeepEntry,
        lambda ctx, command: change_entry(ctx, entry_id, command),
        lambda form: _change_page(entry_id, form),
        done="接访事项已更改。",
        next_url=_url(entry_id),
    )


@pages.post("/entries/<int:entry_id>/reveal")
@requires(Right.PERSON_REVEAL)
def reveal(entry_id: int) -> ResponseReturnValue:
    """The visitor in full for a stated purpose; every look is recorded and counted."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash("请先选择查看用途。", "error")
        return redirect_to(_url(entry_id), SESSIONS)
    return _page(entry_id, reveal_received(current_context("ops"), entry_id, reason))


@pages.post("/entries/<int:entry_id>/link")
@requires(Right.LEDGERS_KEEP)
def link(entry_id: int) -> ResponseReturnValue:
    form = submitted(LinkCase)
    ctx = current_context("ops", form_key())
    form.attempt(lambda command: link_entry(ctx, entry_id, command))
    if form.command is None or form.errors:
        return make_response(_page(entry_id, link_form=form), form.status)
    flash("已关联信访件。", "success")
    return redirect_to(_url(entry_id), SESSIONS)


@pages.post("/entries/<int:entry_id>/unlink")
@requires(Right.LEDGERS_KEEP)
def unlink(entry_id: int) -> ResponseReturnValue:
    return press(lambda ctx: unlink_entry(ctx, entry_id), "已取消关联。", _url(entry_id))


@pages.get("/entries/<int:entry_id>/petition")
@requires(Right.LEDGERS_KEEP)
def petition(entry_id: int) -> str:
    _, line = open_entry(current_context("ops"), entry_id)
    form = empty_form(PetitionFromLedger, content=line.matter, kind="help")
    return _petition_page(entry_id, form)


@pages.post("/entries/<int:entry_id>/petition")
@requires(Right.LEDGERS_KEEP)
def register_petition(entry_id: int) -> ResponseReturnValue:
    form = submitted(PetitionFromLedger)
    ctx = current_context("ops", form_key())
    done = form.attempt(lambda command: petition_from_entry(ctx, entry_id, command))
    if done is None:
        return make_response(_petition_page(entry_id, form), form.status)
    return redirect_to(receipt_of(done), SESSIONS)


def _page(
    entry_id: int,
    revealed: PersonLine | None = None,
    link_form: Form[LinkCase] | None = None,
) -> str:
    ctx = current_context("ops")
    file, line = open_entry(ctx, entry_id)
    return render_template(
        "ops/ledgers/entry.html",
        file=file,
        line=line,
        person=revealed or line.person,
        reasons=REASONS,
        may_reveal=ctx.actor.may(Right.PERSON_REVEAL),
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
        link_form=link_form or empty_form(LinkCase),
    )


def _new_page(row_id: int, form: Form[KeepEntry]) -> str:
    line = open_session(current_context("ops"), row_id).line
    return form_page(
        form,
        "接访登记",
        f"{SESSIONS}/{row_id}",
        choices=usual_choices(),
        facts=[("接访领导", f"{line.leader} {line.post}"), ("地点", line.place)],
        submit="登记",
    )


def _change_page(entry_id: int, form: Form[KeepEntry]) -> str:
    open_entry(current_context("ops"), entry_id)
    note = "来访人已脱敏：不填则保持原登记。"
    return form_page(form, "更改接访事项", _url(entry_id), choices=usual_choices(), note=note)


def _petition_page(entry_id: int, form: Form[PetitionFromLedger]) -> str:
    _, line = open_entry(current_context("ops"), entry_id)
    return form_page(
        form,
        "登记信访件",
        _url(entry_id),
        choices=usual_choices(),
        facts=[("来访人", line.person.name), ("人数", f"{line.persons} 人")],
        submit="登记",
        note="来访人、人数和接访时间取自接访登记。",
    )


def _url(entry_id: int) -> str:
    return f"{SESSIONS}/entries/{entry_id}"
