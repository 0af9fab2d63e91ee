"""From the draft to the reply that reached the resident (提交、审核、回告)."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import Action, Role, Visibility
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.working import Reply
from casetracker.services.commands.answering import ApproveReply, SendBackReply, SubmitReply
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.replies import reply_hash, tell_grouped
from casetracker.services.use_case import use_case

SIGN_OFF = frozenset({Role.DEPUTY_LEADER, Role.LEADER})
"""Who signs the reply to an important case (重件); others are signed by the unit's head."""


@use_case
def submit_reply(
    ctx: Context, session: Session, number: str, command: SubmitReply, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """提交办结: result, reply text and evidence, the resident contacted.

    A text that the same resident was given before is refused. Source: row 12, rules §6.1 guards.
    """
    work = CaseWork.open(ctx, session, number, version)
    again = work.case.state == "redo"
    step = work.require(Action.SUBMIT, "again" if again else "")
    _refuse_copied_text(work, command.text)
    drafts = session.scalars(select(Reply.id).where(Reply.case_id == work.case.id)).all()
    session.add(
        Reply(
            case_id=work.case.id,
            round=work.case.round,
            draft_no=len(drafts) + 1,
            result=command.result,
            text=command.text,
            inner_note=command.note,
            text_hash=reply_hash(command.text),
            submitted_by=ctx.actor.account_id,
            submitted_at=ctx.now,
        )
    )
    payload = {"result": command.result, "draft": len(drafts) + 1}
    work.advance(step, payload=payload, text=command.text)
    return work.outcome()


def _refuse_copied_text(work: CaseWork, text: str) -> None:
    person = work.session.get(Petitioner, work.case.petitioner_id)
    if person is None or person.phone_index is None:
        return
    same = (
        select(Reply.id)
        .join(Case, Case.id == Reply.case_id)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(
            Petitioner.phone_index == person.phone_index,
            Reply.text_hash == reply_hash(text),
            Reply.approved.is_(True),
        )
        .limit(1)
    )
    if work.session.scalar(same) is not None:
        raise InvalidInput({"text": "same_reply_before"})


@use_case
def send_back_reply(
    ctx: Context, session: Session, number: str, command: SendBackReply, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """审核退回: back to the handler with a reason; the handling clock never stopped."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.SEND_BACK, "again" if work.case.round > 1 else "")
    reply = _draft(work)
    reply.approved = False
    _reviewed(work, reply, command.note)
    work.advance(step, payload={"draft": reply.draft_no}, text=command.note)
    return work.outcome()


@use_case
def approve_reply(
    ctx: Context, session: Session, number: str, command: ApproveReply, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """审核通过并回告: the reply reached the resident, which stops the handling clock (R8).

    An important case is signed by a leader. Then the call-back is queued, or the case closed when
    the resident asked not to be called. Source: rows 14, 15, 15a.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.APPROVE)
    if work.case.is_important and not (ctx.actor.roles & SIGN_OFF):
        raise GuardRefused("leader_must_sign")
    reply = _draft(work)
    reply.approved = True
    reply.reached_via, reply.reached_at = command.via, ctx.now
    _reviewed(work, reply, command.note)
    case = work.case
    case.replied_at = case.replied_at or ctx.now
    case.result = reply.result
    _end_assistance(work)
    work.advance(
        step,
        payload={"result": reply.result, "via": command.via, "draft": reply.draft_no},
        text=reply.text,
        visibility=Visibility.PUBLIC,
    )
    _what_follows(work)
    tell_grouped(work, reply)
    return work.outcome()


def _what_follows(work: CaseWork) -> None:
    """Call-back, unless the resident does not want one (15, 15a)."""
    person = work.session.get(Petitioner, work.case.petitioner_id)
    wants_none = person is not None and person.wants_no_calls
    work.case.surveyable = not wants_none
    work.case.is_dissatisfied = False
    action = Action.CLOSE_UNSURVEYED if wants_none else Action.QUEUE_FOLLOW_UP
    work.advance(Step(HOTLINE.row(action), Role.SYSTEM))


def _draft(work: CaseWork) -> Reply:
    reply = work.session.scalar(
        select(Reply)
        .where(Reply.case_id == work.case.id, Reply.approved.is_(None))
        .order_by(Reply.id.desc())
        .limit(1)
    )
    if reply is None:
        raise GuardRefused("no_draft")
    return reply


def _reviewed(work: CaseWork, reply: Reply, note: str | None) -> None:
    reply.reviewed_by = work.ctx.actor.account_id
    reply.reviewed_at = work.ctx.now
    reply.review_note = note


def _end_assistance(work: CaseWork) -> None:
    for part in work.parts:
        if part.part != "lead" and part.answered_at is None:
            part.ended_at, part.end_reason = work.ctx.now, "replied"
    work.parts = [part for part in work.parts if part.ended_at is None]
