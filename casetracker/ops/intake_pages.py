"""Logging a case from the keyboard, with advice beside the form, and the receipt for the caller."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import (
    Channel,
    Kind,
    RiskTag,
    SourceLevel,
    State,
    Track,
    Urgency,
)
from casetracker.labels import label
from casetracker.ops.choices import area_options, category_options
from casetracker.ops.lane_pages import is_handed_over, to_the_neutral_page
from casetracker.ops.petition_receipt import petition_receipt
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.context import Context
from casetracker.services.receiving.drafts import draft_of, drop_draft
from casetracker.services.receiving.intake import register_case
from casetracker.services.receiving.intake_help import IntakeHelp, Typed, help_with, promised
from casetracker.web.context import current_context
from casetracker.web.forms import Form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("intake", __name__, url_prefix="/cases")

DRAFT = "intake"
RECEIPT, LAST_CHANNEL = "receipt", "last_channel"


@pages.get("/new")
@requires(Right.CASES_REGISTER)
def show() -> str:
    ctx = current_context("ops")
    kept = draft_of(ctx, DRAFT)
    form: Form[RegisterCase] = Form(RegisterCase, kept[0] if kept else _start(ctx))
    return _page(ctx, form, saved_at=kept[1] if kept else None, advise=bool(kept))


@pages.post("/new")
@requires(Right.CASES_REGISTER)
def register() -> ResponseReturnValue:
    ctx = current_context("ops", form_key())
    if request.form.get("do") == "suggest":  # without scripts the page itself brings the advice
        return _page(ctx, Form(RegisterCase, request.form.to_dict()), advise=True)
    form = submitted(RegisterCase)
    done = form.attempt(lambda command: register_case(ctx, command))
    if done is None:
        return make_response(_page(ctx, form, advise=True), form.status)
    drop_draft(current_context("ops"), DRAFT)  # the key of the form is spent on the case
    if is_handed_over(ctx, done):
        return to_the_neutral_page(done)
    session[LAST_CHANNEL] = str(form.data.get("channel", ""))
    session[RECEIPT] = [done.number, done.facts.get("query_code", "")]
    return redirect_to(url_for("ops.intake.receipt", number=done.number), "/ops/cases")


@pages.post("/new/suggest")
@requires(Right.CASES_REGISTER)
def suggest() -> str:
    """A fragment for the panel beside the form."""
    return render_template(
        "ops/intake/_advice.html", **_advice(current_context("ops"), request.form)
    )


@pages.get("/<number>/receipt")
@requires(Right.CASES_REGISTER)
def receipt(number: str) -> ResponseReturnValue:
    """What the caller is told: number, query code, who answers by when. The code is shown to
    whoever just logged the case, and nowhere again.
    """
    ctx = current_context("ops")
    file = open_case_file(ctx, number)
    last = session.get(RECEIPT, ["", ""])
    code = last[1] if last[0] == number else ""
    if file.head.track is Track.PETITION:
        return petition_receipt(file, code)
    due_at = promised(ctx, number)
    return render_template(
        "ops/intake/receipt.html",
        file=file,
        query_code=code,
        answer_by={"standing": Standing.ON_TIME, "due_at": due_at} if due_at else None,
        is_question=file.head.kind is Kind.CONSULT and file.head.state is State.TO_DISPATCH,
    )


def _start(ctx: Context) -> dict[str, Any]:
    """Of a community's own people the matter lies in it, and usually came to it (社区自收)."""
    ref = reference(db.session())
    home = ref.units.get(ref.community_of(ctx.actor.unit_id) or 0)
    usual = Channel.COMMUNITY if home else Channel.MAYOR_LINE
    return {
        "channel": session.get(LAST_CHANNEL) or usual.value,
        **({"location.unit": home.code} if home else {}),
        "kind": Kind.HELP.value,
        "urgency": Urgency.NORMAL.value,
        "persons": "1",
    }


def _page(
    ctx: Context, form: Form[RegisterCase], *, saved_at: Any = None, advise: bool = False
) -> str:
    ref = reference(db.session())
    return render_template(
        "ops/intake/new.html",
        form=form,
        saved_at=saved_at,
        channels=[(one.value, label(one)) for one in Channel if one is not Channel.PORTAL],
        kinds=[(one.value, label(one)) for one in Kind],
        urgencies=[(one.value, label(one)) for one in Urgency],
        levels=[(one.value, label(one)) for one in SourceLevel],
        risks=[(one.value, label(one)) for one in RiskTag],
        categories=category_options(ref, local_date(ctx.now)),
        areas=area_options(ref),
        advice=_advice(ctx, form.data) if advise else None,
        fold_open=any(name in form.errors for name in FOLDED),
    )


FOLDED = frozenset(
    {
        "title", "external_number", "external_due_at", "source_level", "persons", "important",
        "risk_tags", "petitioner.id_number", "petitioner.address", "received_at", "repeat_of",
    }
)  # fmt: skip
"""Fields that stand folded; opened when one of them is at fault."""


def _advice(ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    typed = _typed(given)
    found = help_with(ctx, typed)
    return {
        "found": found,
        "repeats": [{**one, "percent": round(100 * one["score"])} for one in found.repeats],
        "due": {"standing": Standing.ON_TIME, "due_at": found.due.due_legal,
                "provisional": found.due.provisional},
        "said": _said(found),
        "categories": [
            {"name": row.full_name, "fill": {"category": row.code},
             "taken": row.code == typed.category}
            for row in found.categories
        ],
        "areas": [{"name": row.name, "fill": {"location.unit": row.code}} for row in found.areas],
    }  # fmt: skip


def _typed(given: Mapping[str, Any]) -> Typed:
    try:
        kind = Kind(given.get("kind", ""))
    except ValueError:
        kind = Kind.HELP
    return Typed(
        kind=kind,
        phone=given.get("petitioner.phone", "")[:40],
        title=given.get("title", "")[:200],
        content=given.get("content", "")[:2000],
        category=given.get("category", "")[:60],
        address=given.get("location.address", "")[:200],
        area=given.get("location.unit", "")[:80],
    )


def _said(found: IntakeHelp) -> str:
    parts = []
    if found.earlier:
        parts.append(f"来电人以往 {len(found.earlier)} 件")
    if found.repeats:
        parts.append(f"{len(found.repeats)} 条相似")
    return "，".join(parts) or "没有相似诉求"
