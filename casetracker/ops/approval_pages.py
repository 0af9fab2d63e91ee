"""The queue of decisions of unit heads and leaders: replies to sign, requests to grant."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import (
    Action,
    ContactChannel,
    ExcludeReason,
    ExtensionReason,
    RequestKind,
    ReturnReason,
)
from casetracker.labels import label
from casetracker.labels.refusals import refusal_text
from casetracker.ops.acting import blank, case_url, file_lines, opened_number, take
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.case_reading.opening import open_case_file
from casetracker.services.desks.decisions import (
    DECIDED_BY,
    ExtensionPreview,
    WaitingRequest,
    waiting_requests,
)
from casetracker.services.desks.reviews import ReviewLine, ReviewQueue, replies_to_review
from casetracker.web.context import current_context
from casetracker.web.forms import Form
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to
from casetracker.web.templating import datetime_cn

pages = Blueprint("approvals", __name__, url_prefix="/approvals")
KINDS = (RequestKind.EXTENSION, RequestKind.HOLD, RequestKind.RETURN, RequestKind.EXCLUSION)
REASONS = {
    RequestKind.RETURN: ReturnReason,
    RequestKind.EXTENSION: ExtensionReason,
    RequestKind.EXCLUSION: ExcludeReason,
}
REVIEW = {"approve": Action.APPROVE, "send_back": Action.SEND_BACK}
REVIEWED = {
    Action.APPROVE: "{} 已审核通过，答复已回告群众。",
    Action.SEND_BACK: "{} 已退回承办单位修改。",
}


@pages.get("")
@requires(Right.CASES_DECIDE)
def show() -> ResponseReturnValue:
    return _page(opened_number())


@pages.post("/<number>/reply")
@requires(Right.CASES_DECIDE)
def review(number: str) -> ResponseReturnValue:
    """审核通过并回告, or 审核退回: which button was pressed says it."""
    action = REVIEW.get(request.form.get("do", ""))
    if action is None:
        raise NotFound
    form, outcome = take(number, action)
    if outcome is None:
        return make_response(_page(number, form), form.status)
    flash(REVIEWED[action].format(number), "success")
    return redirect_to(url_for("ops.approvals.show"), "/ops/")


@pages.post("/<number>/request/<kind>")
@requires(Right.CASES_DECIDE)
def decide(number: str, kind: str) -> ResponseReturnValue:
    asked = next((one for one in KINDS if one == kind), None)
    if asked is None:
        raise NotFound
    form, outcome = take(number, DECIDED_BY[asked])
    if outcome is None:
        return make_response(_page("", None, decided=(number, asked, form)), form.status)
    granted = "同意" if request.form.get("granted") == "true" else "不同意"
    flash(f"{number} {label(asked)}申请：已{granted}。", "success")
    return redirect_to(url_for("ops.approvals.show"), "/ops/")


Decided = tuple[str, RequestKind, Form[Any]]


def _page(number: str, form: Form[Any] | None = None, *, decided: Decided | None = None) -> str:
    ctx = current_context("ops")
    queue = replies_to_review(ctx)
    requests = waiting_requests(ctx, KINDS)
    opened = _opened(queue, number)
    return render_template(
        "ops/approvals/show.html",
        queue=queue,
        rows=[_row(line) for line in queue.mine],
        others=[(line, against(line.refusal or "")) for line in queue.others],
        requests=[one for one in requests.requests if not one.is_own],
        own=[one for one in requests.requests if one.is_own],
        requests_total=requests.total,
        reason_of=reason_of,
        preview_words=preview_words,
        opened=opened,
        offer=opened.offer(Action.APPROVE) if opened else None,
        files=file_lines(opened) if opened else [],
        form=form or blank(Action.APPROVE, via=ContactChannel.PHONE),
        ways=[(way.value, label(way)) for way in ContactChannel],
        decided=decided,
        against=against,
        case_url=case_url,
    )


def _opened(queue: ReviewQueue, number: str) -> CaseFile | None:
    """The reply that is unfolded: the one asked for, else the first that one may sign."""
    if not number:
        if not queue.mine:
            return None
        number = queue.mine[0].number
    return open_case_file(current_context("ops"), number)


def against(code: str) -> str:
    """Why somebody else has to decide, in words."""
    return refusal_text(GuardRefused(code))[0]


def _row(line: ReviewLine) -> dict[str, Any]:
    again = ["二次办理"] if line.round > 1 else []
    return {
        "number": line.number,
        "url": f"{url_for('ops.approvals.show', open=line.number)}#opened",
        "title": line.title,
        "state": line.state,
        "people": line.person,
        "unit": line.unit,
        "category": line.category,
        "tags": [*(["重件"] if line.is_important else []), *again, label(line.result)],
        "due": {"standing": line.standing, "due_at": line.due_at} if line.due_at else None,
        "action": {
            "text": "审核",
            "url": f"{url_for('ops.approvals.show', open=line.number)}#opened",
        },
    }


def reason_of(one: WaitingRequest) -> str | None:
    codes = REASONS.get(one.kind)
    return label(codes(one.reason_code)) if codes and one.reason_code else None


def preview_words(preview: ExtensionPreview | None) -> str | None:
    """What granting would come to, said before it is granted."""
    if preview is None:
        return None
    if preview.is_upstream:
        return "不变：以上级平台时限为准，请由派单员向上级申请延期"
    if preview.new_due_at is None:
        return "超过延期上限，不能同意"
    return f"延至 {datetime_cn(preview.new_due_at)}"
