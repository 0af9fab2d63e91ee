"""The page of one case with everything on it: what next, by when, why, who, history, replies."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, flash, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.deadlines import Standing
from casetracker.domain.limits import OF_THE_PETITIONER
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, ClockStatus, FilePurpose, Part, RequestKind, Track
from casetracker.labels import label
from casetracker.labels.of_the_clock import limit_name
from casetracker.labels.refusals import refusal_sentence
from casetracker.ops.acting import case_url, file_lines, last_list
from casetracker.ops.case_story import events_of
from casetracker.ops.petition_case import petition_of, tags_of
from casetracker.ops.petition_words import class_words
from casetracker.ops.petitioner import REASONS, has_more_to_show, petitioner_of
from casetracker.ops.sent_files import as_download, keep_sent_files, sent_files
from casetracker.ops.whose_turn import whose_turn
from casetracker.services.case_reading.case_file import (
    CaseFile,
    ClockView,
    HeadView,
    Offer,
    PersonView,
)
from casetracker.services.case_reading.judgements import JudgementView, judgements_of_case
from casetracker.services.case_reading.opening import explain_deadlines, open_case_file
from casetracker.services.case_reading.opening_files import open_attachment
from casetracker.services.case_reading.petition_file import SignerView
from casetracker.services.case_reading.revealing import reveal_people
from casetracker.services.case_reading.unlocking import lane_looks
from casetracker.services.context import Context
from casetracker.services.ledgers.of_a_case import ledger_lines_of
from casetracker.services.oversight.whistles import CallLine, calls_of_case
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to
from casetracker.web.templating import date_cn

pages = Blueprint("cases", __name__, url_prefix="/cases")

PAIRED = {Action.APPROVE: Action.SEND_BACK, Action.REDO: Action.CLOSE}
"""Beside a primary step stands its counterpart, not among the rest."""
LAPSED = "lapsed"
"""How a window of the petitioner stands when it is over: nobody is late."""
RUNNING_FIRST = {ClockStatus.RUNNING: 0, ClockStatus.PAUSED: 1}
RELATIONS = {
    "repeat_of": "重复于",
    "grouped_into": "已并入",
    "repeat": "重复件",
    "grouped": "并入本单",
    "same_person": "同一诉求人",
    "turned_into": "已转信访",
    "turned_from": "由热线转来",
}


@pages.get("/<number>")
@requires(Right.CASES_LIST)
def show(number: str) -> str:
    return _page(number)


@pages.post("/<number>/reveal")
@requires(Right.PERSON_REVEAL)
def reveal(number: str) -> ResponseReturnValue:
    """The whole name and number for a stated purpose; every look is recorded and counted."""
    reason = request.form.get("reason", "").strip()
    if not reason:
        flash("请先选择查看用途。", "error")
        return redirect_to(case_url(number), "/ops/cases")
    return _page(number, *reveal_people(current_context("ops"), number, reason))


@pages.post("/<number>/files")
@requires(Right.CASES_ATTACH)
def attach(number: str) -> ResponseReturnValue:
    """Keep the files that were sent, each for itself: a refused one does not cost the rest."""
    is_request = request.form.get("purpose") == FilePurpose.REQUEST
    purpose = FilePurpose.REQUEST if is_request else FilePurpose.EVIDENCE
    if not sent_files():
        flash("请先选择要上传的文件。", "error")
    keep_sent_files(number, purpose)
    return redirect_to(case_url(number), "/ops/cases")


@pages.get("/files/<int:attachment_id>")
@requires(Right.CASES_LIST)
def download(attachment_id: int) -> Response:
    """A file of a case that the person sees."""
    return as_download(open_attachment(current_context("ops"), attachment_id))


@pages.get("/<number>/deadlines")
@requires(Right.CASES_LIST)
def deadlines(number: str) -> str:
    """为什么是这一天: every limit of the case, day by day."""
    ctx = current_context("ops")
    file = open_case_file(ctx, number)
    clocks = [
        {**_clock(clock), "steps": clock.steps, "source": clock.source, "view": clock}
        for clock in _in_order(explain_deadlines(ctx, number))
    ]
    return render_template(
        "ops/cases/deadlines.html", file=file, clocks=clocks, case_url=case_url(number)
    )


def _page(
    number: str,
    revealed: PersonView | None = None,
    signers: tuple[SignerView, ...] | None = None,
) -> str:
    ctx = current_context("ops")
    file = open_case_file(ctx, number)
    url = case_url(number)
    return render_template(
        "ops/lane/show.html" if file.lane else "ops/cases/show.html",
        file=file,
        case_url=url,
        list_url=last_list(),
        header=_header(file),
        due=_due_of(file),
        primary=file.offer(file.primary) if file.primary else None,
        counterpart=_counterpart(file),
        turn=None if file.primary else whose_turn(file.head.state, file.head.unit),
        others=_others(file),
        held_back=[
            (label(o.action), refusal_sentence(o.refusal)) for o in file.offers if o.refusal
        ],
        petition=petition_of(file, signers),
        related=[(RELATIONS[link.relation], link) for link in (*file.links, *file.history)],
        person=petitioner_of(file, revealed),
        may_reveal=ctx.actor.may(Right.PERSON_REVEAL) and has_more_to_show(file),
        reasons=REASONS,
        may_attach=file.offer(Action.ATTACH) is not None,
        clocks=[_clock(clock, f"{url}/deadlines") for clock in _in_order(file.clocks)],
        events=events_of(file),
        evidence=file_lines(file),
        papers=file_lines(file, FilePurpose.REQUEST),
        lead=next((p for p in file.parts if p.part is Part.LEAD and p.ended_at is None), None),
        co_units=[p for p in file.parts if p.part is not Part.LEAD],
        calls=_calls(ctx, file),
        facts=_facts(file),
        judgements=_judgements(ctx, file),
        figures_url=f"/ops/statistics/cases/{number}" if ctx.actor.may(Right.STATISTICS) else None,
        ledger=ledger_lines_of(ctx, number) if file.head.track is Track.PETITION else None,
        may_copy_upstream=ctx.actor.may(Right.UPSTREAM_REPLY)
        and file.head.external_number is not None
        and file.reply is not None,
        looks=lane_looks(ctx, number) if file.lane else (),
    )


def _calls(ctx: Context, file: CaseFile) -> tuple[CallLine, ...]:
    """Departments that were whistled for, where there was any."""
    if not any(part.part is Part.WHISTLE for part in file.parts):
        return ()
    return calls_of_case(ctx, file.head.number)


def _judgements(ctx: Context, file: CaseFile) -> tuple[JudgementView, ...]:
    """What panels of lay evaluators found, where there was one."""
    if not any(one.kind is RequestKind.JUDGEMENT for one in file.requests):
        return ()
    return judgements_of_case(ctx, file.head.number)


def _header(file: CaseFile) -> dict[str, Any]:
    head, petition = file.head, file.petition
    of_petition = petition and {
        "kind": None,
        "category": class_words(petition.petition_class, petition.subroute),
        "tags": tags_of(file, petition),
    }
    return {
        "number": head.number,
        "title": head.title,
        "state": head.state,
        "channel": head.channel,
        "kind": head.kind,
        "category": head.category,
        "urgency": head.urgency,
        "tags": _tags(head),
        "received_at": head.received_at,
        **(of_petition or {}),
    }


def _tags(head: HeadView) -> list[str]:
    tags = [
        (head.is_important, "重件"),
        (head.is_designated, "指定承办"),
        (head.is_dissatisfied, "群众不满意"),
        (head.urge_count > 0, f"催办 {head.urge_count} 次"),
        (head.repeat_count > 0, f"重复反映 {head.repeat_count} 件"),
        (head.excluded is not None, "不计考核"),
    ]
    return [words for holds, words in tags if holds]


def _due_of(file: CaseFile) -> dict[str, Any] | None:
    head = file.head
    if head.due_at is None or head.standing is None:
        return None
    nearest = min(
        (
            clock
            for clock in file.clocks
            if clock.status is ClockStatus.RUNNING and clock.limit not in OF_THE_PETITIONER
        ),
        key=lambda c: c.due_at,
        default=None,
    )
    return {
        "standing": head.standing,
        "due_at": head.due_at,
        "provisional": bool(nearest and nearest.provisional),
        "name": limit_name(nearest.limit) if nearest else None,
    }


def _counterpart(file: CaseFile) -> Offer | None:
    other = PAIRED.get(file.primary) if file.primary else None
    offer = file.offer(other) if other else None
    return offer if offer and offer.is_allowed else None


def _others(file: CaseFile) -> list[Offer]:
    taken = {file.primary, Action.ATTACH, Action.ISSUE_PAPER}
    other = _counterpart(file)
    if other:
        taken.add(other.action)
    return [offer for offer in file.offers if offer.is_allowed and offer.action not in taken]


def _in_order(clocks: Iterable[ClockView]) -> list[ClockView]:
    return sorted(clocks, key=lambda c: (RUNNING_FIRST.get(c.status, 2), c.due_at))


def _clock(clock: ClockView, explain_url: str | None = None) -> dict[str, Any]:
    name = limit_name(clock.limit)
    ended = clock.status is ClockStatus.ENDED
    lapsed = clock.limit in OF_THE_PETITIONER and clock.standing is Standing.OVERDUE
    return {
        "id": f"clock-{clock.id}",
        "name": f"{name}（{clock.unit}）" if clock.limit == "assist" and clock.unit else name,
        "due": {
            "standing": clock.status if ended else Standing(clock.standing),
            "due_at": clock.due_at,
            "provisional": clock.provisional,
            **({"text": "已终止"} if ended else {}),
            **(
                {"standing": LAPSED, "text": f"{date_cn(clock.due_at)}前 · 已截止"}
                if lapsed
                else {}
            ),
        },
        "explain_url": explain_url and f"{explain_url}#clock-{clock.id}",
    }


def _facts(file: CaseFile) -> list[tuple[str, Any]]:
    head, place = file.head, file.place
    return [
        ("事发地址", place.address),
        ("所在社区", place.unit),
        ("上级平台单号", head.external_number),
        ("人数", head.persons if head.persons > 1 and not file.petition else None),
        ("登记人", head.registered_by),
        ("办理结果", label(head.result) if head.result else None),
        ("满意度", label(head.satisfaction) if head.satisfaction else None),
        ("不计考核", label(head.excluded) if head.excluded else None),
    ]
