"""信访登记 at the desk: the form with earlier matters and dates beside it, and the receipt."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from pydantic_core import PydanticCustomError
from werkzeug.datastructures import MultiDict

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import Purpose
from casetracker.domain.vocabulary import Channel, Kind, RiskTag, SourceLevel, Track
from casetracker.labels import label
from casetracker.ops.choices import all_unit_options, area_options, category_options
from casetracker.ops.intake_pages import RECEIPT
from casetracker.ops.lane_pages import is_handed_over, to_the_neutral_page
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.fields import read_instant
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.people_lines import read_signers
from casetracker.services.context import Context
from casetracker.services.receiving.drafts import draft_of, drop_draft
from casetracker.services.receiving.intake import register_case
from casetracker.services.receiving.petition_advice import (
    PetitionAdvice,
    TypedPetition,
    petition_advice,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("petition_intake", __name__, url_prefix="/petitions")

DRAFT, LAST_CHANNEL = "petition_intake", "last_petition_channel"
CHANNELS = (
    Channel.LETTER, Channel.VISIT, Channel.PETITION_ONLINE, Channel.CALL, Channel.FORWARDED,
    Channel.LEADER_RECEPTION, Channel.LEADER_NOTE, Channel.WINDOW,
)  # fmt: skip
KIND_OF = {
    Purpose.APPEAL: Kind.COMPLAINT, Purpose.DEMAND: Kind.HELP, Purpose.ACCUSATION: Kind.REPORT,
    Purpose.SUGGESTION: Kind.SUGGESTION, Purpose.OTHER: Kind.OTHER,
}  # fmt: skip
"""What a purpose is in the words that both tracks share, so that nobody is asked twice."""
FOLDED = {
    "sent": frozenset(
        {"petition.sender", "external_number", "petition.sent_on", "petition.report_due_on",
         "source_level"}
    ),
    "more": frozenset(
        {"title", "received_at", "petition.against_unit", "petition.against", "important",
         "risk_tags", "petitioner.confidential", "petitioner.no_calls", "repeat_of", "kind"}
    ),
}  # fmt: skip
"""Fields that stand folded; opened when one of them is filled or at fault."""


@pages.get("/new")
@requires(Right.CASES_REGISTER)
def show() -> str:
    ctx = current_context("ops")
    kept = draft_of(ctx, DRAFT)
    form: Form[RegisterCase] = Form(RegisterCase, kept[0] if kept else _start())
    return _page(ctx, form, saved_at=kept[1] if kept else None, advise=bool(kept))


@pages.post("/new")
@requires(Right.CASES_REGISTER)
def register() -> ResponseReturnValue:
    ctx = current_context("ops", form_key())
    if request.form.get("do") == "suggest":  # without scripts the page itself brings the advice
        return _page(ctx, Form(RegisterCase, request.form.to_dict()), advise=True)
    form = submitted(RegisterCase, _as_petition(request.form))
    done = form.attempt(lambda command: register_case(ctx, command))
    if done is None:
        return make_response(_page(ctx, form, advise=True), form.status)
    drop_draft(current_context("ops"), DRAFT)  # the key of the form is spent on the case
    if is_handed_over(ctx, done):
        return to_the_neutral_page(done)
    session[LAST_CHANNEL] = str(form.data.get("channel", ""))
    session[RECEIPT] = [done.number, done.facts.get("query_code", "")]
    return redirect_to(url_for("ops.intake.receipt", number=done.number), "/ops/petitions")


@pages.post("/new/suggest")
@requires(Right.CASES_REGISTER)
def suggest() -> str:
    """A fragment for the panel beside the form."""
    ctx = current_context("ops")
    return render_template("ops/petitions/_advice.html", **_advice(ctx, request.form))


def _as_petition(given: Mapping[str, str]) -> MultiDict[str, str]:
    """The fields as they were sent, with the track and what the purpose says of the kind."""
    source: MultiDict[str, str] = MultiDict(request.form)
    source["track"] = Track.PETITION.value
    purpose = given.get("petition.purpose", "")
    source["kind"] = KIND_OF[Purpose(purpose)] if purpose in set(Purpose) else Kind.HELP
    return source


def _start() -> dict[str, Any]:
    return {"channel": session.get(LAST_CHANNEL) or Channel.LETTER.value, "persons": "1"}


def _page(
    ctx: Context, form: Form[RegisterCase], *, saved_at: Any = None, advise: bool = False
) -> str:
    ref = reference(db.session())
    settings = ref.settings
    return render_template(
        "ops/petitions/new.html",
        form=form,
        saved_at=saved_at,
        channels=[(one.value, label(one)) for one in CHANNELS],
        purposes=[(one.value, label(one)) for one in Purpose],
        levels=[(one.value, label(one)) for one in SourceLevel],
        risks=[(one.value, label(one)) for one in RiskTag],
        categories=category_options(ref, local_date(ctx.now)),
        areas=area_options(ref),
        units=all_unit_options(ref),
        most=settings["representatives_max"],
        least=settings["collective_min"],
        advice=_advice(ctx, form.data) if advise else None,
        opened={name: _is_used(form, fields) for name, fields in FOLDED.items()},
    )


def _is_used(form: Form[Any], fields: frozenset[str]) -> bool:
    return any(form.data.get(name) or name in form.errors for name in fields)


def _advice(ctx: Context, given: Mapping[str, Any]) -> dict[str, Any]:
    found = petition_advice(ctx, _typed(given))
    chosen = given.get("repeat_of", "")
    return {
        "found": found,
        "notice": _due(found.notice),
        "objection": _due(found.objection) if found.objection else None,
        "earlier": [
            {"row": one, "percent": round(100 * one.likeness), "taken": one.number == chosen}
            for one in found.earlier
        ],
        "said": _said(found),
    }


def _due(due: Any) -> dict[str, Any]:
    return {"standing": Standing.ON_TIME, "due_at": due.due_legal, "provisional": due.provisional}


def _said(found: PetitionAdvice) -> str:
    return f"以往 {len(found.earlier)} 件" if found.earlier else "没有以往信访"


def _typed(given: Mapping[str, Any]) -> TypedPetition:
    """What has been typed so far, whatever is wrong with it."""

    def text(name: str, longest: int = 200) -> str:
        return str(given.get(name) or "")[:longest]

    channel, persons = text("channel"), text("persons", 6)
    return TypedPetition(
        channel=Channel(channel) if channel in set(Channel) else None,
        received_at=_moment(text("received_at", 40)),
        persons=int(persons) if persons.isascii() and persons.isdigit() else 1,
        name=text("petitioner.name", 40),
        phone=text("petitioner.phone", 40),
        id_number=text("petitioner.id_number", 40),
        people=_people(text("petition.people", 4000)),
        title=text("title"),
        content=text("content", 2000),
        was_sent=bool(text("petition.sender").strip()),
    )


def _moment(text: str) -> Any:
    try:
        return read_instant(text) if text else None
    except (ValueError, PydanticCustomError):
        return None


def _people(text: str) -> list[dict[str, Any]]:
    try:
        return list(read_signers(text))
    except PydanticCustomError:
        return []
