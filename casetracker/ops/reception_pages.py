"""领导接访: the schedule, a session from plan to reception, the five facts published."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import (
    asked_days,
    asked_year,
    counted_words,
    made_at,
    on_paper,
    press,
    usual_choices,
)
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.ledgers import CancelSession, PlanSession, ReceptionSearch
from casetracker.services.ledgers.reception_entries import hold_session
from casetracker.services.ledgers.reception_reading import open_session, schedule, sessions_held
from casetracker.services.ledgers.receptions import (
    cancel_session,
    change_session,
    plan_session,
    publish_next_month,
    publish_session,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("receptions", __name__, url_prefix="/receptions")
HERE = "/ops/receptions"


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    ctx, counted = current_context("ops"), asked_days(ReceptionSearch)
    if counted is not None and counted.days is not None:
        return render_template(
            "ops/ledgers/receptions_held.html",
            lines=sessions_held(ctx, counted.days),
            counted=counted_words(counted, "领导接访"),
            export_url=export_url(ctx, ExportKind.RECEPTIONS),
        )
    year = asked_year(ctx)
    return render_template(
        "ops/ledgers/receptions.html",
        found=schedule(ctx, year),
        year=year,
        this_year=local(ctx.now).year,
        export_url=export_url(ctx, ExportKind.RECEPTIONS, {"year": str(year)}),
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


@pages.get("/new")
@requires(Right.LEDGERS_KEEP)
def new() -> str:
    place = reference(db.session()).settings["petition_address"]
    return _plan_page(empty_form(PlanSession, place=place, starts="09:00", ends="11:30",
                                 kind="on_site"))  # fmt: skip


@pages.post("/new")
@requires(Right.LEDGERS_KEEP)
def plan() -> ResponseReturnValue:
    return change(
        PlanSession, plan_session, _plan_page, done="接访已安排。", next_url=made_at(HERE)
    )


@pages.post("/publish")
@requires(Right.LEDGERS_KEEP)
def publish_month() -> ResponseReturnValue:
    return press(publish_next_month, "下月接访日程已公布。", HERE)


@pages.get("/<int:row_id>")
@requires(Right.LEDGERS_READ)
def one(row_id: int) -> str:
    file = open_session(current_context("ops"), row_id)
    return render_template("ops/ledgers/reception.html", file=file, line=file.line)


@pages.get("/<int:row_id>/print")
@requires(Right.LEDGERS_READ)
def print_one(row_id: int) -> str:
    """领导接访登记表 of one session, the visitors masked."""
    ctx = current_context("ops")
    file = open_session(ctx, row_id)
    paper = on_paper(ctx, _url(row_id))
    return render_template("ops/ledgers/reception_print.html", file=file, line=file.line, **paper)


@pages.get("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def edit(row_id: int) -> str:
    line = open_session(current_context("ops"), row_id).line
    form = empty_form(
        PlanSession,
        leader=line.leader_username,
        post=line.post,
        duty=line.duty,
        day=f"{local(line.starts_at):%Y-%m-%d}",
        starts=f"{local(line.starts_at):%H:%M}",
        ends=f"{local(line.ends_at):%H:%M}",
        place=line.place,
        kind=line.kind,
        accompanying=line.accompanying,
    )
    return _change_page(row_id, form)


@pages.post("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def save(row_id: int) -> ResponseReturnValue:
    return change(
        PlanSession,
        lambda ctx, command: change_session(ctx, row_id, command),
        lambda form: _change_page(row_id, form),
        done="接访安排已更改。",
        next_url=_url(row_id),
    )


@pages.post("/<int:row_id>/publish")
@requires(Right.LEDGERS_KEEP)
def publish(row_id: int) -> ResponseReturnValue:
    return press(lambda ctx: publish_session(ctx, row_id), "接访安排已公布。", _url(row_id))


@pages.post("/<int:row_id>/held")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def held(row_id: int) -> ResponseReturnValue:
    return press(lambda ctx: hold_session(ctx, row_id), "本场接访已记为完成。", _url(row_id))


@pages.get("/<int:row_id>/cancel")
@requires(Right.LEDGERS_KEEP)
def ask_cancel(row_id: int) -> str:
    return _cancel_page(row_id, empty_form(CancelSession))


@pages.post("/<int:row_id>/cancel")
@requires(Right.LEDGERS_KEEP)
def cancel(row_id: int) -> ResponseReturnValue:
    return change(
        CancelSession,
        lambda ctx, command: cancel_session(ctx, row_id, command),
        lambda form: _cancel_page(row_id, form),
        done="接访已取消。",
        next_url=_url(row_id),
    )


def _plan_page(form: Form[PlanSession]) -> str:
    return form_page(form, "安排接访", HERE, choices=usual_choices())


def _change_page(row_id: int, form: Form[PlanSession]) -> str:
    note = "已公布的，更改后网上日程同时更新。"
    return form_page(form, "更改接访安排", _url(row_id), choices=usual_choices(), note=note)


def _cancel_page(row_id: int, form: Form[CancelSession]) -> str:
    open_session(current_context("ops"), row_id)
    return form_page(form, "取消接访", _url(row_id), submit="取消接访", danger=True)


def _url(row_id: int) -> str:
    return f"{HERE}/{row_id}"
