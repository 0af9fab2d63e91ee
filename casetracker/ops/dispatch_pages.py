"""The dispatcher's screen: waiting cases with the unit proposed, loads, returns, what runs late."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, RequestKind, ReturnReason
from casetracker.labels import label
from casetracker.ops.acting import blank, case_url, opened_number, take
from casetracker.ops.bulk_dispatch import dispatch_ticked
from casetracker.ops.case_lines import case_lines
from casetracker.services.desks.decisions import waiting_requests
from casetracker.services.desks.dispatch_desk import (
    WaitingCase,
    about_to_be_late,
    case_to_dispatch,
    waiting_cases,
)
from casetracker.services.desks.unit_load import UnitLoad, unit_loads
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.redirects import redirect_to

pages = Blueprint("dispatch", __name__, url_prefix="/dispatch")


@dataclass(slots=True)
class Shown:
    """What a refused form brings back to the page, and what a bulk dispatch came to."""

    number: str = ""
    form: Form[Any] | None = None
    request_form: Form[Any] | None = None
    results: Any = None


@pages.get("")
@requires(Right.CASES_DISPATCH)
def show() -> ResponseReturnValue:
    return _page(Shown(number=opened_number()))


@pages.post("/<number>")
@requires(Right.CASES_DISPATCH)
def dispatch(number: str) -> ResponseReturnValue:
    """To the unit that was chosen; the catalogue's own reason goes along where it was followed."""
    given = {"unit": request.form.get("other_unit") or request.form.get("unit", "")}
    if not request.form.get("reason", "").strip() and _is_proposed(given["unit"]):
        given["reason"] = request.form.get("proposed_reason", "")
    form, outcome = take(number, Action.DISPATCH, **given)
    if outcome is None:
        form.data["reason"] = request.form.get("reason", "")
        return make_response(_page(Shown(number=number, form=form)), form.status)
    flash(f"{number} 已派单。", "success")
    return redirect_to(url_for("ops.dispatch.show"), "/ops/")


@pages.post("/bulk")
@requires(Right.CASES_DISPATCH)
def dispatch_several() -> ResponseReturnValue:
    """The ticked cases to the units proposed on the page, each for itself."""
    return _page(Shown(results=dispatch_ticked(current_context("ops"), request.form)))


@pages.post("/<number>/return")
@requires(Right.CASES_DISPATCH)
def decide_return(number: str) -> ResponseReturnValue:
    form, outcome = take(number, Action.DECIDE_RETURN)
    if outcome is None:
        return make_response(_page(Shown(number=number, request_form=form)), form.status)
    granted = request.form.get("granted") == "true"
    flash(
        f"{number} 已同意退单，请重新派单。" if granted else f"{number} 已驳回退单，由原单位承办。",
        "success",
    )
    return redirect_to(url_for("ops.dispatch.show"), "/ops/")


@pages.post("/<number>/urge")
@requires(Right.CASES_DISPATCH)
def urge(number: str) -> ResponseReturnValue:
    form, outcome = take(number, Action.URGE)
    if outcome is None:
        for message in form.errors.get("", []):
            flash(message, "error")
    else:
        flash(f"{number} 已催办，共催办 {outcome.facts['count']} 次。", "success")
    return redirect_to(url_for("ops.dispatch.show"), "/ops/")


def _is_proposed(unit: str) -> bool:
    return bool(unit) and unit == request.form.get("proposed_unit")


def _page(shown: Shown) -> str:
    ctx = current_context("ops")
    waiting = waiting_cases(ctx, request.args.get("cursor"))
    opened = _opened(waiting.cases, shown)
    loads = sorted(unit_loads(ctx), key=lambda unit: (-unit.open, unit.code))
    late = about_to_be_late(ctx)
    returns = waiting_requests(ctx, {RequestKind.RETURN})
    return render_template(
        "ops/dispatch/show.html",
        waiting=waiting.cases,
        total=waiting.total,
        page=Page(
            waiting.total,
            _cursor_url(waiting.previous_cursor),
            _cursor_url(waiting.next_cursor),
        ),
        opened=opened,
        form=shown.form or _fresh(opened),
        choices=_choices(opened, loads),
        assisting=[(unit.code, unit.name) for unit in sorted(loads, key=lambda one: one.code)],
        loads=loads,
        busiest=max((unit.open for unit in loads), default=0),
        late=late,
        late_rows=case_lines(late[0].rows + late[1].rows, ctx.actor),
        returns=returns,
        decided=shown.number if shown.request_form else "",
        request_form=shown.request_form or blank(Action.DECIDE_RETURN),
        results=shown.results,
        return_reason=_return_reason,
        case_url=case_url,
    )


def _return_reason(code: str | None) -> str | None:
    return label(ReturnReason(code)) if code else None


def _cursor_url(cursor: str | None) -> str | None:
    return address_with(cursor=cursor, open=None) if cursor else None


def _opened(cases: tuple[WaitingCase, ...], shown: Shown) -> WaitingCase | None:
    """The line that is unfolded, if one was asked for."""
    if not shown.number or shown.request_form:
        return None
    known = next((case for case in cases if case.row.number == shown.number), None)
    return known or case_to_dispatch(current_context("ops"), shown.number)


def _fresh(opened: WaitingCase | None) -> Form[Any]:
    unit = opened.proposal.unit if opened else None
    return blank(Action.DISPATCH, unit=unit.code if unit else "", assisting=[])


def _choices(opened: WaitingCase | None, loads: list[UnitLoad]) -> dict[str, Any]:
    """`near`: the unit proposed and the communities that received it and where it lies, with their
    loads; `others`: all.
    """
    if opened is None:
        return {"near": [], "others": []}
    proposal = opened.proposal
    reasons = {proposal.unit.id: proposal.words} if proposal.unit else {}
    if opened.home:
        reasons.setdefault(opened.home.id, "社区自收，由登记社区办理")
    if opened.area_id:
        reasons.setdefault(opened.area_id, "事发地所在")
    known = {unit.unit_id: unit for unit in loads}
    top = max((unit.open for unit in loads), default=0)
    near = [(known[one], words) for one, words in reasons.items() if one in known]
    return {
        "near": [_choice(unit, words, top) for unit, words in near],
        "others": [
            (unit.code, _with_load(unit)) for unit in sorted(loads, key=lambda one: one.open)
            if unit.unit_id not in reasons
        ],
    }  # fmt: skip


def _choice(unit: UnitLoad, reason: str, top: int) -> dict[str, Any]:
    return {
        "value": unit.code,
        "words": unit.name,
        "open": unit.open,
        "overdue": unit.overdue,
        "top": top,
        "reason": reason,
    }


def _with_load(unit: UnitLoad) -> str:
    late = f"，超期 {unit.overdue}" if unit.overdue else ""
    return f"{unit.name}（在办 {unit.open}{late}）"
