"""What the desk settles without dispatching: answer, decline, group; and withdrawal, referral."""

import hashlib
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.privacy import mask_text
from casetracker.domain.vocabulary import (
    Action,
    ContactChannel,
    Kind,
    ReferTarget,
    Result,
    Role,
    State,
    Visibility,
)
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Reply
from casetracker.services import lookup
from casetracker.services.commands.handling import ReferCase
from casetracker.services.commands.intake import (
    AnswerCase,
    DeclineCase,
    GroupCase,
    ReclassifyCase,
    WithdrawCase,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.use_case import use_case


@use_case
def answer_case(
    ctx: Context, session: Session, number: str, command: AnswerCase, *, version: int | None = None
) -> Outcome:
    """即时答复: a question answered on the spot; replied and closed, never dispatched.

    Raises InvalidInput for another kind than 咨询. Source: docs/rules/hotline.md row 15b.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.ANSWER)
    if work.case.kind is not Kind.CONSULT:
        raise InvalidInput({"kind": "only_consultations"})
    reply = told(work, command.text, Result.EXPLAINED, command.via)
    work.case.replied_at = ctx.now
    work.case.result = Result.EXPLAINED
    work.case.surveyable = False
    work.advance(
        step,
        payload={"basis": command.basis, "via": command.via},
        text=command.text,
        visibility=Visibility.PUBLIC,
    )
    tell_grouped(work, reply)
    return work.outcome()


@use_case
def decline_case(
    ctx: Context, session: Session, number: str, command: DeclineCase, *, version: int | None = None
) -> Outcome:
    """不受理: the resident is told which channel is theirs. Two people: not by the registrant."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECLINE)
    work.advance(
        step,
        payload={"reason": command.reason, "via": command.via},
        text=command.text,
        visibility=Visibility.PUBLIC,
    )
    return work.outcome()


@use_case
def group_case(
    ctx: Context, session: Session, number: str, command: GroupCase, *, version: int | None = None
) -> Outcome:
    """并单: the case keeps its number, its resident and its vote; the work goes on in the other.

    The other case must be open, or closed within the configured days, and not grouped itself.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.GROUP)
    parent = _parent(work, command.into)
    work.case.grouped_into_id = parent.id
    parent_work = CaseWork.around(ctx, session, work.ref, parent)
    parent.repeat_count += 1
    parent_work.advance(
        Step(HOTLINE.row(Action.NOTE_REPEAT), Role.SYSTEM), payload={"case": number}
    )
    work.advance(
        step,
        payload={"into": parent.number, "reason": command.reason},
        visibility=Visibility.PUBLIC,
    )
    given = last_reply(work.session, parent)
    if given is not None:
        pass_on(work, given, parent.number)
    return work.outcome(into=parent.number)


def last_reply(session: Session, case: Case) -> Reply | None:
    """The latest reply that reached the resident of a case."""
    return session.scalar(
        select(Reply)
        .where(Reply.case_id == case.id, Reply.approved.is_(True))
        .order_by(Reply.id.desc())
        .limit(1)
    )


def pass_on(child: CaseWork, reply: Reply, parent: str) -> None:
    """The reply to the matter reaches a resident whose case was grouped; what looks like a
    telephone or identity number of somebody else is masked. Source: row 2a.
    """
    text = mask_text(reply.text)
    told(child, text, reply.result, ContactChannel.ONLINE)
    child.case.replied_at = child.case.replied_at or child.ctx.now
    child.case.result = reply.result
    child.advance(
        Step(HOTLINE.row(Action.PASS_ON), Role.SYSTEM),
        payload={"from": parent},
        text=text,
        visibility=Visibility.PUBLIC,
    )
    tell_grouped(child, reply)


def tell_grouped(work: CaseWork, reply: Reply) -> None:
    """Everybody whose case was grouped into this one gets the reply under their own number, and
    so does everybody whose case was grouped into theirs before.
    """
    query = select(Case).where(Case.grouped_into_id == work.case.id).order_by(Case.id)
    for child in work.session.scalars(locked(work.session, query)).all():
        pass_on(CaseWork.around(work.ctx, work.session, work.ref, child), reply, work.case.number)


def _parent(work: CaseWork, number: str) -> Case:
    query = select(Case).where(Case.number == number, visible(scope_of(work.ctx.actor, work.ref)))
    parent = work.session.scalar(locked(work.session, query))
    if parent is None or parent.id == work.case.id:
        raise InvalidInput({"into": "unknown_case"})
    if parent.state is State.GROUPED:
        raise InvalidInput({"into": "grouped_itself"})
    days = timedelta(days=work.ref.settings["group_days"])
    answered = parent.state in (State.CLOSED, State.ARCHIVED) and parent.closed_at is not None
    fresh = answered and parent.closed_at >= work.ctx.now - days
    if not (parent.is_open or fresh):
        raise InvalidInput({"into": "closed_too_long_ago"})
    return parent


@use_case
def reclassify_case(
    ctx: Context, session: Session, number: str, command: ReclassifyCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """重新分类: an event with before and after; a running handling limit keeps its date."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.RECLASSIFY)
    changes = _changes(work, command)
    if not changes:
        raise InvalidInput({"reason": "nothing_changed"})
    before = {name: _plain(getattr(work.case, name)) for name in changes}
    for name, value in changes.items():
        setattr(work.case, name, value)
    after = {name: _plain(value) for name, value in changes.items()}
    work.advance(step, payload={"before": before, "after": after}, text=command.reason)
    return work.outcome()


def _changes(work: CaseWork, command: ReclassifyCase) -> dict[str, Any]:
    category = command.category and lookup.category_in_use(
        work.ref, "category", command.category, local_date(work.ctx.now)
    )
    wanted = {
        "kind": command.kind,
        "urgency": command.urgency,
        "category_id": category.id if category else None,
        "is_important": command.important,
        "title": command.title,
    }
    return {
        name: value
        for name, value in wanted.items()
        if value is not None and value != getattr(work.case, name)
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


@use_case
def withdraw_case(
    ctx: Context, session: Session, number: str, command: WithdrawCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """撤诉: the resident takes it back; what they said is kept. Nobody takes back what others said:
    a case that theirs were grouped into goes on. Raises GuardRefused for it.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.WITHDRAW)
    if _others_wait(work):
        raise GuardRefused("others_grouped_in", action=Action.WITHDRAW)
    work.case.result = Result.WITHDRAWN
    work.advance(
        step, payload={"via": command.via}, text=command.text, visibility=Visibility.PUBLIC
    )
    return work.outcome()


def _others_wait(work: CaseWork) -> bool:
    grouped = select(Case.id).where(Case.grouped_into_id == work.case.id).limit(1)
    return work.session.scalar(grouped) is not None


@use_case
def refer_case(
    ctx: Context, session: Session, number: str, command: ReferCase, *, version: int | None = None
) -> Outcome:
    """转出: the matter belongs elsewhere and the resident is told where. Two people."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REFER)
    if command.to is ReferTarget.UPSTREAM and work.case.external_number is None:
        raise InvalidInput({"to": "not_upstream"})
    work.advance(
        step,
        payload={"to": command.to, "via": command.via},
        text=command.text,
        visibility=Visibility.PUBLIC,
    )
    return work.outcome()


def told(work: CaseWork, text: str, result: Result, via: ContactChannel) -> Reply:
    """A reply that needed no review because it was given on the spot."""
    case = work.case
    reply = Reply(
        case_id=case.id,
        round=case.round,
        draft_no=1,
        result=result,
        text=text,
        text_hash=reply_hash(text),
        submitted_by=work.ctx.actor.account_id,
        submitted_at=work.ctx.now,
        reviewed_by=work.ctx.actor.account_id,
        reviewed_at=work.ctx.now,
        approved=True,
        reached_via=via,
        reached_at=work.ctx.now,
    )
    work.session.add(reply)
    return reply


def reply_hash(text: str) -> str:
    """What two identical replies share, whatever their spacing."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()
