"""The call list: one resident at a time, the number on request only, the answers in three taps."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import DomainError, InvalidInput, NotFound, NotPermitted
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import (
    Action,
    CallValidity,
    DissatisfactionReason,
    Satisfaction,
    State,
)
from casetracker.labels import label
from casetracker.ops.acting import blank, case_url, opened_number, take
from casetracker.services.case_reading.case_file import CaseFile, PersonView
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.case_reading.revealing import reveal_person
from casetracker.services.desks.call_list import CallLine, CallList, calls_to_make
from casetracker.services.outcome import Outcome
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.guards import requires
from casetracker.web.pagination import Page, address_with
from casetracker.web.redirects import redirect_to

pages = Blueprint("calls", __name__, url_prefix="/calls")
REASON = "回访"
NOT_REACHED = tuple(one for one in CallValidity if one is not CallValidity.VALID)


@pages.get("")
@requires(Right.CASES_FOLLOW_UP)
def show() -> ResponseReturnValue:
    return _page(opened_number())


@pages.post("/<number>/start")
@requires(Right.CASES_FOLLOW_UP)
def start(number: str) -> ResponseReturnValue:
    """开始回访: from now on the number is seen; the look is kept in the access log."""
    offer = _open(number).offer(Action.FOLLOW_UP)
    form = blank(Action.FOLLOW_UP)
    if offer is None or not offer.is_allowed:  # the page says why nobody is called
        return make_response(_page(number, form), 409)
    try:
        person = reveal_person(current_context("ops"), number, REASON)
    except (NotFound, NotPermitted):
        raise
    except DomainError as error:
        form.refuse(error)
        return make_response(_page(number, form), form.status)
    return _page(number, form, person=person)


@pages.post("/<number>")
@requires(Right.CASES_FOLLOW_UP)
def record(number: str) -> ResponseReturnValue:
    """One attempt: which button was pressed says how it ended."""
    form, outcome = take(number, Action.FOLLOW_UP)
    if outcome is None:
        return make_response(_page(number, form, is_called=True), form.status)
    flash(_said(number, outcome), "success")
    return redirect_to(url_for("ops.calls.show"), "/ops/")


def _said(number: str, outcome: Outcome) -> str:
    answer = request.form.get("satisfaction") or request.form.get("validity", "")
    words = next((label(m) for m in (*Satisfaction, *CallValidity) if m == answer), "")
    if outcome.state is State.CLOSED:
        return f"{number} 已记录：{words}，工单办结。"
    if request.form.get("validity") == CallValidity.VALID:
        return f"{number} 已记录：{words}，已交督办员决定是否重办。"
    return f"{number} 已记录：{words}，仍在回访清单中，请换个时段再拨。"


def _page(
    number: str, form: Form[Any] | None = None, *, person: PersonView | None = None,
    is_called: bool = False,
) -> str:  # fmt: skip
    calls = _calls()
    chosen = number or (calls.next_call.row.number if calls.next_call else "")
    opened = _open(chosen) if chosen else None
    return render_template(
        "ops/calls/show.html",
        calls=calls,
        rows=[_row(line) for line in calls.lines],
        page=Page(
            calls.total, _cursor_url(calls.previous_cursor), _cursor_url(calls.next_cursor)
        ),
        opened=opened,
        offer=opened.offer(Action.FOLLOW_UP) if opened else None,
        person=_person(person or (opened.person if opened else None), form),
        is_called=is_called or person is not None,
        form=form or blank(Action.FOLLOW_UP),
        answers=[(one.value, label(one)) for one in Satisfaction],
        reasons=[(one.value, label(one)) for one in DissatisfactionReason],
        not_reached=[(one.value, label(one)) for one in NOT_REACHED],
        case_url=case_url,
    )  # fmt: skip


def _person(person: PersonView | None, form: Form[Any] | None) -> dict[str, Any]:
    """Whom to call; a refused form brings back the number that its call was made to."""
    if person is None:
        return {}
    called = form.data.get("number_called") if form and not person.is_revealed else None
    return {
        "name": person.name,
        "phone": called or person.phone,
        "address": person.address,
        "confidential": person.is_confidential,
        "no_calls": person.wants_no_calls,
        "revealed": person.is_revealed or bool(called),
    }


def _calls() -> CallList:
    ctx = current_context("ops")
    try:
        return calls_to_make(ctx, request.args.get("cursor"))
    except InvalidInput:
        return calls_to_make(ctx)


def _open(number: str) -> CaseFile:
    return open_case_file(current_context("ops"), number)


def _cursor_url(cursor: str | None) -> str | None:
    return address_with(cursor=cursor, open=None) if cursor else None


def _row(line: CallLine) -> dict[str, Any]:
    row = line.row
    url = f"{url_for('ops.calls.show', open=row.number)}#opened"
    tags = [f"已拨 {line.attempts} 次"] if line.attempts else []
    tags += ["本时段已拨"] if line.rests else []
    return {
        "number": row.number,
        "url": url,
        "title": row.title,
        "state": row.state,
        "people": row.person,
        "unit": row.unit,
        "category": row.category,
        "tags": tags,
        "due": {"standing": row.standing, "due_at": row.due_at} if row.due_at else None,
        "action": {"text": "回访", "url": url},
    }
