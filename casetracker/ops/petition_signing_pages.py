"""信访签批: what a leader has to sign today, what is asked for, what is carried out elsewhere."""

from typing import Any

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, RequestKind, Track
from casetracker.labels import label
from casetracker.ops.acting import case_url, remember_list
from casetracker.ops.approval_pages import against, preview_words, reason_of
from casetracker.ops.petition_words import class_words
from casetracker.services.desks.decisions import WaitingRequest, waiting_requests
from casetracker.services.desks.petition_signing import DraftLine, drafts_to_sign
from casetracker.web.context import current_context
from casetracker.web.guards import requires

pages = Blueprint("petition_signing", __name__, url_prefix="/petitions")
KINDS = (RequestKind.EXTENSION, RequestKind.SETTLEMENT)


@pages.get("/signing")
@requires(Right.PETITIONS_SIGN)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    queue = drafts_to_sign(ctx)
    requests = waiting_requests(ctx, KINDS, Track.PETITION)
    asked = [one for one in requests.requests if not one.is_own]
    remember_list()
    return render_template(
        "ops/petitions/signing.html",
        today=[_row(line) for line in queue.mine if line.is_due_today],
        later=[_row(line) for line in queue.mine if not line.is_due_today],
        others=[(line, against(line.refusal or "")) for line in queue.others],
        total=queue.total,
        extensions=[_request(one) for one in asked if one.kind is RequestKind.EXTENSION],
        settlements=[_request(one) for one in asked if one.kind is RequestKind.SETTLEMENT],
        case_url=case_url,
    )


def _row(line: DraftLine) -> dict[str, Any]:
    url = case_url(line.number)
    said = [label(one) for one in (line.outcome, line.advice) if one]
    return {
        "number": line.number,
        "url": url,
        "title": line.title,
        "state": line.state,
        "people": f"{line.person}等 {line.persons} 人" if line.persons > 1 else line.person,
        "unit": line.unit,
        "handler": line.drafted_by,
        "category": class_words(line.petition_class, line.subroute),
        "tags": ["答复" if line.is_reply else "处理意见", *said],
        "due": {"standing": line.standing, "due_at": line.due_at} if line.due_at else None,
        "action": {"text": label(Action.SIGN_OFF), "url": f"{url}/actions/{Action.SIGN_OFF}"},
    }


def _request(one: WaitingRequest) -> dict[str, Any]:
    url = case_url(one.number)
    return {
        "one": one,
        "url": url,
        "reason": reason_of(one),
        "preview": preview_words(one.preview),
        "step": label(one.action),
        "step_url": f"{url}/actions/{one.action}",
    }
