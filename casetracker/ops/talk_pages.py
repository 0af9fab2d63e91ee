"""约谈: units that the rules name, and the register of talks with what was promised."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.errors import NotFound
from casetracker.domain.oversight_vocabulary import TalkReason
from casetracker.domain.permissions import Right
from casetracker.domain.rates import previous_month
from casetracker.labels import label
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.case_lines import case_lines
from casetracker.ops.choices import all_unit_options
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.oversight import FollowUpTalk, RecordTalk
from casetracker.services.oversight.talk_candidates import (
    Candidate,
    Reason,
    cases_behind,
    talk_candidates,
)
from casetracker.services.oversight.talks import (
    find_talk,
    follow_up_talk,
    record_talk,
    talk_lines,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("talks", __name__, url_prefix="/talks")
HERE = "/ops/talks"


@pages.get("")
@requires(Right.OVERSIGHT_READ)
def show() -> str:
    ctx = current_context("ops")
    only_open = request.args.get("open") == "1"
    return render_template(
        "ops/oversight/talks.html",
        candidates=[_shown(one) for one in talk_candidates(ctx)],
        lines=talk_lines(ctx, only_open=only_open),
        only_open=only_open,
        may_keep=ctx.actor.may(Right.TALKS_KEEP),
    )


@pages.get("/behind/<reason>/<unit>")
@requires(Right.OVERSIGHT_READ)
def behind(reason: str, unit: str) -> str:
    """The cases that a reason counts for a unit."""
    if reason not in list(TalkReason):
        raise NotFound(reason=reason)
    ctx = current_context("ops")
    rows = cases_behind(ctx, TalkReason(reason), unit)
    return render_template(
        "ops/oversight/talk_cases.html",
        reason=TalkReason(reason),
        unit=reference(db.session()).unit_named(unit),
        rows=case_lines(rows, ctx.actor),
    )


@pages.get("/new")
@requires(Right.TALKS_KEEP)
def new() -> str:
    ctx = current_context("ops")
    named = {one.unit_code: one for one in talk_candidates(ctx)}
    asked = named.get(request.args.get("unit", ""))
    reasons = "；".join(_words(one) for one in asked.reasons) if asked else None
    form = empty_form(
        RecordTalk,
        unit=asked.unit_code if asked else None,
        held_on=local_date(ctx.now),
        host=ctx.actor.name,
        matter=reasons,
    )
    return _new_page(form)


@pages.post("/new")
@requires(Right.TALKS_KEEP)
def record() -> ResponseReturnValue:
    return change(RecordTalk, record_talk, _new_page, done="约谈已登记。", next_url=HERE)


@pages.get("/<int:row_id>/follow-up")
@requires(Right.TALKS_KEEP)
def ask_follow_up(row_id: int) -> str:
    today = local_date(current_context("ops").now)
    return _follow_up_page(row_id, empty_form(FollowUpTalk, followed_up_on=today))


@pages.post("/<int:row_id>/follow-up")
@requires(Right.TALKS_KEEP)
def save_follow_up(row_id: int) -> ResponseReturnValue:
    return change(
        FollowUpTalk,
        lambda ctx, command: follow_up_talk(ctx, row_id, command),
        lambda form: _follow_up_page(row_id, form),
        done="落实情况已登记。",
        next_url=HERE,
    )


def _new_page(form: Form[RecordTalk]) -> str:
    ref = reference(db.session())
    choices = {"unit": lambda: all_unit_options(ref)}
    return form_page(form, "约谈登记", HERE, choices=choices, submit="登记")


def _follow_up_page(row_id: int, form: Form[FollowUpTalk]) -> str:
    line = find_talk(current_context("ops"), row_id)
    facts = [("单位", line.unit), ("承诺", line.promise), ("承诺完成日期", line.promise_due_on)]
    return form_page(form, "约谈回头看", HERE, facts=facts, submit="登记")


def _shown(one: Candidate) -> dict[str, Any]:
    return {
        "unit": one.unit,
        "url": url_for("ops.talks.new", unit=one.unit_code),
        "reasons": [
            {"words": _words(reason), "url": _behind(reason, one.unit_code)}
            for reason in one.reasons
        ],
    }


def _words(one: Reason) -> str:
    return label(one.reason) + (f" {one.count} 件" if one.count is not None else "")


def _behind(one: Reason, unit: str) -> str:
    """Exactly the cases that are counted; for a rank the table of the last month."""
    if one.count is None:
        today = local_date(current_context("ops").now)
        return url_for("ops.statistics.show", month=previous_month(f"{today:%Y-%m}"))
    return url_for("ops.talks.behind", reason=one.reason.value, unit=unit)
