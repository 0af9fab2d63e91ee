"""信访积案: the list with owner, plan and next date, and striking off by two people."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import asked_days, counted_words, made_at, usual_choices
from casetracker.services.commands.ledgers import (
    AskStrike,
    DecideStrike,
    ListOldCase,
    OldCaseSearch,
)
from casetracker.services.ledgers.old_cases import (
    ask_strike,
    change_old_case,
    decide_strike,
    find_old_case,
    list_old_case,
    old_cases_asked,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("old_cases", __name__, url_prefix="/old-cases")
HERE = "/ops/old-cases"
PARTS = {"listed": "新增积案", "struck_off": "积案销号", "left": "期末在册"}


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    ctx = current_context("ops")
    struck_off = request.args.get("struck_off") == "1"
    counted = asked_days(OldCaseSearch)
    lines = old_cases_asked(ctx, counted or OldCaseSearch(struck_off=struck_off))
    asked = {"struck_off": "1"} if struck_off else {}
    return render_template(
        "ops/ledgers/old_cases.html",
        lines=lines,
        struck_off=struck_off,
        counted=counted_words(counted, PARTS[counted.part]) if counted and counted.part else None,
        export_url=export_url(ctx, ExportKind.OLD_CASES, None if counted else asked)
        if lines
        else None,
        may_keep=ctx.actor.may(Right.LEDGERS_KEEP),
    )


@pages.get("/new")
@requires(Right.LEDGERS_KEEP)
def new() -> str:
    today = local_date(current_context("ops").now)
    number = request.args.get("number", "")[:40]
    return _new_page(empty_form(ListOldCase, listed_on=today, number=number))


@pages.post("/new")
@requires(Right.LEDGERS_KEEP)
def put() -> ResponseReturnValue:
    return change(
        ListOldCase, list_old_case, _new_page, done="已列入积案清单。", next_url=made_at(HERE)
    )


@pages.get("/<int:row_id>")
@requires(Right.LEDGERS_READ)
def one(row_id: int) -> str:
    line = find_old_case(current_context("ops"), row_id)
    return render_template("ops/ledgers/old_case.html", line=line)


@pages.get("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def edit(row_id: int) -> str:
    line = find_old_case(current_context("ops"), row_id)
    form = empty_form(
        ListOldCase,
        number=line.case.number if line.case else None,
        description=line.description,
        listed_on=line.listed_on,
        category=line.category_code,
        source_list=line.source_list,
        unit=line.unit_code,
        owner=line.owner,
        plan=line.plan,
        next_action_on=line.next_action_on,
    )
    return _change_page(row_id, form)


@pages.post("/<int:row_id>/change")
@requires(Right.LEDGERS_KEEP)
def save(row_id: int) -> ResponseReturnValue:
    return change(
        ListOldCase,
        lambda ctx, command: change_old_case(ctx, row_id, command),
        lambda form: _change_page(row_id, form),
        done="积案已更改。",
        next_url=_url(row_id),
    )


@pages.get("/<int:row_id>/strike")
@requires(Right.LEDGERS_KEEP)
def new_strike(row_id: int) -> str:
    return _strike_page(row_id, empty_form(AskStrike))


@pages.post("/<int:row_id>/strike")
@requires(Right.LEDGERS_KEEP)
def strike(row_id: int) -> ResponseReturnValue:
    return change(
        AskStrike,
        lambda ctx, command: ask_strike(ctx, row_id, command),
        lambda form: _strike_page(row_id, form),
        done="已申请销号，等待另一人审核。",
        next_url=_url(row_id),
    )


@pages.get("/<int:row_id>/decide")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def ask_decision(row_id: int) -> str:
    return _decide_page(row_id, empty_form(DecideStrike))


@pages.post("/<int:row_id>/decide")
@requires(Right.LEDGERS_KEEP, Right.PETITIONS_SIGN)
def decide(row_id: int) -> ResponseReturnValue:
    return change(
        DecideStrike,
        lambda ctx, command: decide_strike(ctx, row_id, command),
        lambda form: _decide_page(row_id, form),
        done="销号申请已审核。",
        next_url=_url(row_id),
    )


def _new_page(form: Form[ListOldCase]) -> str:
    return form_page(form, "列入积案", HERE, choices=usual_choices(), submit="列入")


def _change_page(row_id: int, form: Form[ListOldCase]) -> str:
    find_old_case(current_context("ops"), row_id)
    return form_page(form, "更改积案", _url(row_id), choices=usual_choices())


def _strike_page(row_id: int, form: Form[AskStrike]) -> str:
    facts = [("积案情况", find_old_case(current_context("ops"), row_id).description)]
    return form_page(form, "申请销号", _url(row_id), facts=facts, submit="申请销号")


def _decide_page(row_id: int, form: Form[DecideStrike]) -> str:
    line = find_old_case(current_context("ops"), row_id)
    facts = [("积案情况", line.description), ("销号依据", line.evidence), ("申请人", line.asked_by)]
    return form_page(form, "审核销号", _url(row_id), facts=facts, submit="提交审核意见")


def _url(row_id: int) -> str:
    return f"{HERE}/{row_id}"
