"""What the desk settles without dispatching: answer, decline, group; and withdrawal, referral."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import (
    Action,
    ContactChannel,
    Kind,
    ReferTarget,
    Result,
    Role,
    State,
    Track,
    Visibility,
)
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.visible import visible
from casetracker.services.commands.handling import ReferCase
from casetracker.services.commands.intake import (
    AnswerCase,
    DeclineCase,
    GroupCase,
    WithdrawCase,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.petitions.from_hotline import open_petition
from casetracker.services.steps.petitions.triage import refuse
from casetracker.services.steps.replies import (
    direct_grouped,
    last_reply,
    pass_on,
    reply_on_the_spot,
    tell_grouped,
)
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
    reply = reply_on_the_spot(work, command.text, Result.EXPLAINED, command.via)
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
    if work.case.track is Track.PETITION:
        return refuse(work, command)
    step = work.require(Action.DECLINE)
    work.advance(
        step,
        payload={"reason": command.reason, "via": command.via},
        text=command.text,
        visibility=Visibility.PUBLIC,
    )
    direct_grouped(work, command.text)
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
    return taken_back(work, step, command.via, command.text)


def taken_back(work: CaseWork, step: Step, via: ContactChannel, text: str) -> Outcome:
    """Enter that the resident took it back, in their words."""
    work.case.result = Result.WITHDRAWN
    work.advance(step, payload={"via": via}, text=text, visibility=Visibility.PUBLIC)
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
    payload = {"to": command.to, "via": command.via}
    facts = {}
    if command.to is ReferTarget.PETITION:
        facts["petition"] = open_petition(work).number
    work.advance(step, payload=payload | facts, text=command.text, visibility=Visibility.PUBLIC)
    direct_grouped(work, command.text)
    return work.outcome(**facts)
