"""The supervisor's desk: dissatisfied answers to decide, orders to strike off, what runs late."""

from dataclasses import dataclass, field
from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.oversight.ladder import next_level
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, State, SuperviseLevel, SuperviseTrigger
from casetracker.labels import label
from casetracker.ops.acting import blank, case_url, opened_number, take
from casetracker.ops.case_lines import case_lines
from casetracker.ops.choices import parts_of
from casetracker.ops.watch_pages import watch_tabs
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.desks.late_cases import LateCases, late_without_order
from casetracker.services.desks.unhappy_answers import unhappy_answers
from casetracker.services.oversight.orders import open_orders
from casetracker.services.oversight.suggestions import Suggested, suggestions
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.redirects import redirect_to

pages = Blueprint("oversight", __name__, url_prefix="/oversight")

DECISIONS: dict[str, tuple[Action, dict[str, str]]] = {
    "redo": (Action.REDO, {}),
    "unreasonable": (Action.CLOSE, {"unreasonable": "true"}),
    "in_full": (Action.CLOSE, {"unreasonable": "false"}),
}
"""What each button under a dissatisfied answer does."""
USUAL_TRIGGER = {
    Standing.OVERDUE: SuperviseTrigger.OVERDUE,
    Standing.DUE_SOON: SuperviseTrigger.NEAR_DUE,
}


SUGGESTIONS = 10
"""As many as a tired eye takes in; the page behind has all."""


@dataclass(slots=True)
class Shown:
    """What is unfolded, and which refused form comes back on whose line."""

    opened: str = ""
    form: Form[Any] | None = None
    answer: str = ""
    order: str = ""
    typed: Form[Any] = field(default_factory=lambda: blank(Action.REDO))


@pages.get("")
@requires(Right.CASES_SUPERVISE)
def show() -> ResponseReturnValue:
    return _page(Shown(opened=opened_number()))


@pages.post("/<number>/supervise")
@requires(Right.CASES_SUPERVISE)
def supervise(number: str) -> ResponseReturnValue:
    form, outcome = take(number, Action.SUPERVISE)
    if outcome is None:
        return make_response(_page(Shown(opened=number, form=form)), form.status)
    return _done(f"{number} 已督办，督办编号 {outcome.facts['order']}。")


@pages.post("/<number>/urge")
@requires(Right.CASES_SUPERVISE)
def urge(number: str) -> ResponseReturnValue:
    form, outcome = take(number, Action.URGE)
    if outcome is None:
        return make_response(_page(Shown(opened=number, form=form)), form.status)
    return _done(f"{number} 已催办，共催办 {outcome.facts['count']} 次。")


@pages.post("/<number>/order")
@requires(Right.CASES_SUPERVISE)
def decide_order(number: str) -> ResponseReturnValue:
    """销号, or the feedback sent back to the unit."""
    accepted = request.form.get("accepted")
    if accepted not in ("true", "false"):
        raise NotFound
    form, outcome = take(number, Action.SUPERVISE_REPORT)
    if outcome is None:
        order = request.form.get("order") or number
        return make_response(_page(Shown(order=order, typed=form)), form.status)
    done = "已销号" if accepted == "true" else "反馈已退回，请单位重新反馈"
    return _done(f"{outcome.facts['order']} {done}。")


@pages.post("/<number>/answer")
@requires(Right.CASES_SUPERVISE)
def decide_answer(number: str) -> ResponseReturnValue:
    """重办, or 办结 though the resident stays dissatisfied."""
    known = DECISIONS.get(request.form.get("do", ""))
    if known is None:
        raise NotFound
    action, given = known
    form, outcome = take(number, action, **given)
    if outcome is None:
        return make_response(_page(Shown(answer=number, typed=form)), form.status)
    again = outcome.state is State.REDO
    return _done(f"{number} {'已交承办单位重办' if again else '已办结'}。")


def _done(words: str) -> ResponseReturnValue:
    flash(words, "success")
    return redirect_to(url_for("ops.oversight.show"), "/ops/")


def _page(shown: Shown) -> str:
    ctx = current_context("ops")
    standing = _standing()
    late = _late(standing)
    opened = open_case_file(ctx, shown.opened) if shown.opened else None
    found = suggestions(ctx, most=SUGGESTIONS)
    return render_template(
        "ops/oversight/show.html",
        found=found,
        typed_on=0,
        lists=watch_tabs(ctx),
        answers=unhappy_answers(ctx),
        orders=open_orders(ctx),
        late=late,
        rows=case_lines(late.rows, ctx.actor),
        tabs_shown=_tabs(late, standing),
        standing=standing,
        page=Page(
            late.totals[standing], _cursor_url(late.previous_cursor), _cursor_url(late.next_cursor)
        ),
        opened=opened,
        offer=opened.offer(Action.SUPERVISE) if opened else None,
        urging=opened.offer(Action.URGE) if opened else None,
        form=shown.form or _fresh(opened),
        parts=parts_of(opened) if opened else [],
        levels=[(level.value, label(level)) for level in SuperviseLevel],
        triggers=[(trigger.value, label(trigger)) for trigger in SuperviseTrigger],
        refused=shown,
        case_url=case_url,
    )


def _standing() -> Standing:
    asked = request.args.get("late")
    return Standing.DUE_SOON if asked == Standing.DUE_SOON else Standing.OVERDUE


def _late(standing: Standing) -> LateCases:
    ctx = current_context("ops")
    try:
        return late_without_order(ctx, standing, request.args.get("cursor"))
    except InvalidInput:
        return late_without_order(ctx, standing)


def _tabs(late: LateCases, chosen: Standing) -> list[dict[str, Any]]:
    return [
        {
            "text": label(one),
            "url": f"{url_for('ops.oversight.show', late=one.value)}#late",
            "active": one is chosen,
            "count": total,
        }
        for one, total in late.totals.items()
    ]


def _cursor_url(cursor: str | None) -> str | None:
    return f"{address_with(cursor=cursor, open=None)}#late" if cursor else None


def _fresh(opened: CaseFile | None) -> Form[Any]:
    """The order's form with what a rule found, else with what usually leads to it."""
    asked = _asked_for(opened) if opened else None
    if asked is not None:
        return blank(
            Action.SUPERVISE,
            level=asked.level,
            trigger=asked.trigger,
            requirement=asked.requirement,
            unit=asked.unit_code,
        )
    standing = opened.head.standing if opened else None
    trigger = USUAL_TRIGGER.get(standing) if standing else None
    level = next_level(SuperviseLevel.NOTICE, (o.level for o in opened.orders) if opened else ())
    return blank(Action.SUPERVISE, level=level, trigger=trigger)


def _asked_for(opened: CaseFile) -> Suggested | None:
    """The suggestion that the address names, if it waits and is about this case."""
    text = request.args.get("suggestion", "")
    rows = suggestions(current_context("ops")).rows if text else ()
    fitting = (one for one in rows if str(one.id) == text and one.number == opened.head.number)
    return next(fitting, None)
