"""Asking the resident: call-backs, their own evaluation, redo, closing (回访、评价、重办、办结)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.person_numbers import BadNumber, normalise_phone
from casetracker.domain.vocabulary import (
    Action,
    CallValidity,
    DissatisfactionReason,
    Satisfaction,
    State,
    Visibility,
)
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.working import FollowUp, Reply
from casetracker.services.commands.answering import (
    ArchiveCase,
    CallBack,
    CloseCase,
    Evaluate,
    OrderRedo,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.steps.case_facts import answered_at, attempts_suffice
from casetracker.services.steps.casework import CaseWork
from casetracker.services.use_case import use_case

NO_CALL_TO_COME = frozenset({State.CLOSED, State.GROUPED})
"""States in which only the resident's own evaluation could still tell us anything."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the resident said; None where they were not asked or did not say."""

    contacted: bool | None
    resolved: bool | None
    satisfaction: Satisfaction | None
    because: DissatisfactionReason | None

    @property
    def are_unhappy(self) -> bool:
        """Dissatisfied or unsolved: the supervisor decides whether it is done again."""
        return self.satisfaction is Satisfaction.DISSATISFIED or self.resolved is False

    @property
    def are_given(self) -> bool:
        return self.satisfaction is not None or self.resolved is not None


@use_case
def call_back(
    ctx: Context, session: Session, number: str, command: CallBack, *, version: int | None = None
) -> Outcome:
    """回访: one attempt by somebody who did not handle the case.

    Valid with answers: closed, or kept open for the supervisor when the resident is unhappy.
    Invalid: only after the configured number of attempts at different times is it closed, and
    then it counts in no rate. Source: docs/rules/hotline.md rows 16 and 17.
    """
    work = CaseWork.open(ctx, session, number, version)
    answers = _answers(command)
    outcome = _outcome_of(work, command, answers)
    step = work.require(Action.FOLLOW_UP, outcome)
    row = _keep(work, command.validity, answers, command.note)
    row.number_matches = _number_matches(work, command.number_called)
    payload = {
        "validity": command.validity,
        "contacted": answers.contacted,
        "resolved": answers.resolved,
        "satisfaction": answers.satisfaction,
        "because": answers.because,
        "number_matches": row.number_matches,
        "counted": row.counted,
    }
    work.advance(step, payload=payload, text=command.note)
    return work.outcome(counted=row.counted)


def _answers(command: CallBack) -> Answers:
    answers = Answers(command.contacted, command.resolved, command.satisfaction, command.because)
    if command.validity is not CallValidity.VALID and (
        answers.are_given or answers.contacted is not None
    ):
        raise InvalidInput({"validity": "answers_need_a_valid_call"})
    if command.validity is CallValidity.VALID and not answers.are_given:
        raise InvalidInput({"satisfaction": "ask_at_least_one"})
    return answers


def _outcome_of(work: CaseWork, command: CallBack, answers: Answers) -> str:
    if command.validity is CallValidity.VALID:
        return "unhappy" if answers.are_unhappy else "done"
    if work.case.is_dissatisfied:  # no failed call takes the decision from the supervisor
        return "attempt"
    if command.validity in (CallValidity.NO_CALLS_WANTED, CallValidity.CONFIDENTIAL):
        return "done"
    times = work.session.scalars(
        select(FollowUp.at).where(
            FollowUp.case_id == work.case.id, FollowUp.round == work.case.round
        )
    )
    tried = attempts_suffice([*times, work.ctx.now], work.ref.settings["call_attempts"])
    return "done" if tried else "attempt"


def _keep(
    work: CaseWork,
    validity: CallValidity,
    answers: Answers,
    note: str | None,
    *,
    by_resident: bool = False,
) -> FollowUp:
    """Store the attempt; the first valid one is what the rates count, later ones are kept."""
    case = work.case
    counts = validity is CallValidity.VALID and not case.callback_valid
    row = FollowUp(
        case_id=case.id,
        round=case.round,
        at=work.ctx.now,
        by_id=work.ctx.actor.account_id,
        by_resident=by_resident,
        validity=validity,
        contacted=answers.contacted,
        resolved=answers.resolved,
        satisfaction=answers.satisfaction,
        dissatisfied_because=answers.because,
        note=note,
        counted=counts,
    )
    work.session.add(row)
    if counts:
        case.callback_valid = True
        case.callback_contacted = answers.contacted
        case.resolved = answers.resolved
        case.satisfaction = answers.satisfaction
        case.evaluated_at = work.ctx.now
    elif case.callback_valid is None:
        case.callback_valid = False
    if validity is CallValidity.VALID and case.state is State.TO_FOLLOW_UP:
        case.is_dissatisfied = answers.are_unhappy
    unasked = validity in (CallValidity.NO_CALLS_WANTED, CallValidity.CONFIDENTIAL)
    if unasked and not case.callback_valid:  # an answer that counts is not taken out of the rates
        case.surveyable = False
    return row


def _number_matches(work: CaseWork, called: str | None) -> bool | None:
    """Whether the number called is the resident's own; an indicator, not a gate."""
    person = work.session.get(Petitioner, work.case.petitioner_id)
    if called is None or person is None or person.phone is None:
        return None
    try:
        return normalise_phone(called) == person.phone
    except BadNumber:
        return False


@use_case
def evaluate_case(ctx: Context, session: Session, number: str, command: Evaluate) -> Outcome:
    """群众评价: with number and query code, once the reply went out and within the window.

    The first answer that reaches us counts; a later one is kept. Raises NotFound for a wrong code.
    """
    ref = reference(session)
    case = case_by_code(session, number, command.query_code)
    work = CaseWork.around(ctx, session, ref, case)
    answers = Answers(None, command.resolved, command.satisfaction, command.because)
    ends_at = evaluation_ends(session, case, ref)
    too_late = closed_to_evaluation(case, ctx.now, ends_at)
    if too_late:
        raise GuardRefused(too_late)
    step = work.require(Action.EVALUATE, _said(case, answers))
    if own_judgement(session, case) is not None:
        raise GuardRefused("evaluated_already")
    row = _keep(work, CallValidity.VALID, answers, command.note, by_resident=True)
    payload = {
        "resolved": answers.resolved,
        "satisfaction": answers.satisfaction,
        "because": answers.because,
        "counted": row.counted,
    }
    work.advance(step, payload=payload, text=command.note, visibility=Visibility.PUBLIC)
    return work.outcome(counted=row.counted)


def evaluation_ends(session: Session, case: Case, ref: Reference) -> datetime | None:
    """Until when the resident may judge the latest reply that reached them; None before any."""
    replies = session.execute(select(Reply.reached_at).where(Reply.case_id == case.id))
    told_at = answered_at(case, replies)
    return told_at and told_at + timedelta(days=ref.settings["evaluation_days"])


def closed_to_evaluation(case: Case, now: datetime, ends_at: datetime | None) -> str | None:
    """Why the resident cannot judge the reply at this time, as a code; None when they can."""
    if ends_at is None:
        return "not_replied_yet"
    if now > ends_at and case.state in NO_CALL_TO_COME:
        return "evaluation_closed"
    return None


def own_judgement(session: Session, case: Case) -> FollowUp | None:
    """What the resident said at the portal about the reply of this round."""
    return session.scalar(
        select(FollowUp).where(
            FollowUp.case_id == case.id, FollowUp.round == case.round, FollowUp.by_resident
        )
    )


def _said(case: Case, answers: Answers) -> str:
    if answers.are_unhappy:
        return "unhappy"
    return "done" if case.state is State.TO_FOLLOW_UP else "kept"


@use_case
def order_redo(
    ctx: Context, session: Session, number: str, command: OrderRedo, *, version: int | None = None
) -> Outcome:
    """重办: a second round with a clock of its own, because the resident was not satisfied."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REDO)
    work.case.round += 1
    work.case.redo_count += 1
    work.case.is_dissatisfied = False
    work.advance(step, text=command.note, visibility=Visibility.PUBLIC)
    return work.outcome()


@use_case
def close_case(
    ctx: Context, session: Session, number: str, command: CloseCase, *, version: int | None = None
) -> Outcome:
    """办结 though the resident stays dissatisfied: the supervisor says why; the answer stays."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.CLOSE)
    work.case.judged_unreasonable = command.unreasonable
    work.case.is_dissatisfied = False
    work.advance(step, payload={"unreasonable": command.unreasonable}, text=command.note)
    return work.outcome()


@use_case
def archive_case(
    ctx: Context, session: Session, number: str, command: ArchiveCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """归档: the survey is closed and the appeal window over."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.ARCHIVE, work.lane_outcome)
    work.case.archived_at = ctx.now
    work.advance(step)
    return work.outcome()
