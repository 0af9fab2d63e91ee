"""One visit: entered, put right, its visitors in full, its petition, on paper."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.choices import unit_options
from casetracker.ops.ledger_forms import (
    REASONS,
    made_at,
    on_paper,
    press,
    receipt_of,
    usual_choices,
)
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.ledgers import (
    SAID_AT_ONCE,
    LinkCase,
    PetitionFromLedger,
    RegisterVisit,
)
from casetracker.services.ledgers.persons import PersonLine
from casetracker.services.ledgers.revealing import reveal_visitors
from casetracker.services.ledgers.visit_reading import VisitLine, open_visit, receivers
from casetracker.services.ledgers.visits import (
    change_visit,
    link_visit,
    register_visit,
    unlink_visit,
)
from casetracker.services.receiving.from_ledgers import petition_from_visit
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("visit", __name__, url_prefix="/visits")
HERE = "/ops/visits"
FOLDED = frozenset({"visited_at", "place", "received_by", "visitor.id_number", "visitor.address"})
"""Fields that stand folded; opened when one of them is at fault."""


@pages.get("/new")
@requires(Right.LEDGERS_KEEP)
def new() -> str:
    ctx = current_context("ops")
    place = reference(db.session()).settings["petition_address"]
    form = empty_form(RegisterVisit, persons="1", place=place, received_by=ctx.actor.username)
    return _new_page(form)


@pages.post("/new")
@requires(Right.LEDGERS_KEEP)
def register() -> ResponseReturnValue:
    return change(
        RegisterVisit, register_visit, _new_page, done="来访已登记。", next_url=made_at(HERE)
    )


@pages.get("/<number>")
@requires(Right.LEDGERS_READ)
def one(number: str) -> str:
    return _page(number)


@pages.get("/<number>/print")
@requires(Right.LEDGERS_READ)
def print_one(number: str) -> str:
    ctx = current_context("ops")
    file = open_visit(ctx, number)
    return render_template("ops/ledgers/visit_print.html", file=file, **on_paper(ctx, _url(number)))


@pages.get("/<number>/change")
@requires(Right.LEDGERS_KEEP)
def edit(number: str) -> str:
    line = open_visit(current_context("ops"), number).line
    form = empty_form(
        RegisterVisit,
        visited_at=f"{local(line.visited_at):%Y-%m-%dT%H:%M}",
        persons=line.persons,
        matter=line.matter,
        said=line.said,
        result=line.result,
        unit=line.unit_code,
        place=line.place,
        received_by=line.receiver_username,
    )
    return _change_page(number, form)


@pages.post("/<number>/change")
@requires(Right.LEDGERS_KEEP)
def save(number: str) -> ResponseReturnValue:
    return change(
        RegisterVisit,
        lambda ctx, command: change_visit(ctx, number, command),
        lambda form: _change_page(number, form),
        done="来访登记已更正。",
        next_url=_url(number),
    )


@pages.post("/<number>/reveal")
@requires(Right.PERSON_REVEAL)
def reveal(number: str) -> ResponseReturnValue:
    """The visitors in full for a stated purpose; every look is recorded and counted."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash("请先选择查看用途。", "error")
        return redirect_to(_url(number), HERE)
    return _page(number, reveal_visitors(current_context("ops"), number, reason))


@pages.post("/<number>/link")
@requires(Right.LEDGERS_KEEP)
def link(number: str) -> ResponseReturnValue:
    form = submitted(LinkCase)
    ctx = current_context("ops", form_key())
    form.attempt(lambda command: link_visit(ctx, number, command))
    if form.command is None or form.errors:
        return make_response(_page(number, link_form=form), form.status)
    flash("已关联信访件。", "success")
    return redirect_to(_url(number), HERE)


@pages.post("/<number>/unlink")
@requires(Right.LEDGERS_KEEP)
def unlink(number: str) -> ResponseReturnValue:
    return press(lambda ctx: unlink_visit(ctx, number), "已取消关联。", _url(number))


@pages.get("/<number>/petition")
@requires(Right.LEDGERS_KEEP)
def petition(number: str) -> str:
    line = open_visit(current_context("ops"), number).line
    return _petition_page(number, empty_form(PetitionFromLedger, content=line.matter, kind="help"))


@pages.post("/<number>/petition")
@requires(Right.LEDGERS_KEEP)
def register_petition(number: str) -> ResponseReturnValue:
    form = submitted(PetitionFromLedger)
    ctx = current_context("ops", form_key())
    done = form.attempt(lambda command: petition_from_visit(ctx, number, command))
    if done is None:
        return make_response(_petition_page(number, form), form.status)
    return redirect_to(receipt_of(done), HERE)


def _page(
    number: str,
    revealed: tuple[PersonLine, ...] | None = None,
    link_form: Form[LinkCase] | None = None,
) -> str:
    ctx = current_context("ops")
    file = open_visit(ctx, number)
    return render_template(
        "ops/ledgers/visit.html",
        file=file,
        line=file.line,
        people=revealed or file.line.people,
        reasons=REASONS,
        link_form=link_form or empty_form(LinkCase),
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


def _new_page(form: Form[RegisterVisit]) -> str:
    return _form_page(form, "登记来访", HERE, submit="登记")


def _change_page(number: str, form: Form[RegisterVisit]) -> str:
    note = "来访人已脱敏：不填则保持原登记，填写则全部更换。"
    return _form_page(form, f"更正来访 {number}", _url(number), submit="保存", note=note)


def _form_page(
    form: Form[RegisterVisit], title: str, back_url: str, *, submit: str, note: str | None = None
) -> str:
    return render_template(
        "ops/ledgers/visit_form.html",
        form=form,
        url=request.path,
        title=title,
        note=note,
        back_url=back_url,
        submit=submit,
        results=[(one.value, label(one)) for one in SAID_AT_ONCE],
        units=unit_options(reference(db.session())),
        receivers=receivers(current_context("ops")),
        fold_open=any(name in form.errors for name in FOLDED),
    )


def _petition_page(number: str, form: Form[PetitionFromLedger]) -> str:
    line = open_visit(current_context("ops"), number).line
    return form_page(
        form,
        "登记信访件",
        _url(number),
        choices=usual_choices(),
        facts=_facts(line),
        submit="登记",
        note="来访人、人数和来访时间取自来访登记。",
    )


def _facts(line: VisitLine) -> list[tuple[str, Any]]:
    return [
        ("来访编号", line.number),
        ("来访人", "、".join(person.name for person in line.people) or "未留姓名"),
        ("人数", f"{line.persons} 人" + ("，集体访" if line.is_collective else "")),
    ]


def _url(number: str) -> str:
    return f"{HERE}/{number}"
