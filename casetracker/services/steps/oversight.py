"""Pressing from above and from outside: urge, supervise, instruct (催办、督办、批示)."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import stated_due
from casetracker.domain.errors import GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.numbering import order_number
from casetracker.domain.oversight_vocabulary import SuggestionStatus
from casetracker.domain.vocabulary import Action, Role, Visibility
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import SupervisionOrder
from casetracker.services import lookup
from casetracker.services.commands.answering import (
    Instruct,
    Supervise,
    SuperviseReport,
    Urge,
    UrgeByResident,
)
from casetracker.services.context import Context
from casetracker.services.numbers import next_in
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.steps.casework import CaseWork
from casetracker.services.use_case import use_case


@use_case
def urge_case(
    ctx: Context, session: Session, number: str, command: Urge, *, version: int | None = None
) -> Outcome:
    """催办 from inside; counted."""
    work = CaseWork.open(ctx, session, number, version)
    return _urged(work, command.text)


@use_case
def urge_by_resident(
    ctx: Context, session: Session, number: str, command: UrgeByResident
) -> Outcome:
    """群众催办, with number and query code; so many a day. Raises GuardRefused beyond that."""
    ref = reference(session)
    case = case_by_code(session, number, command.query_code)
    work = CaseWork.around(ctx, session, ref, case)
    if urged_enough(session, ref, case.id, ctx.now):
        raise GuardRefused("urged_today")
    return _urged(work, command.text)


def urged_enough(session: Session, ref: Reference, case_id: int, now: datetime) -> bool:
    """Whether the resident has urged as often within a day as the office takes it."""
    lately = session.scalar(
        select(func.count(TimelineEntry.id)).where(
            TimelineEntry.case_id == case_id,
            TimelineEntry.action == Action.URGE,
            TimelineEntry.actor_role == Role.RESIDENT,
            TimelineEntry.at > now - timedelta(days=1),
        )
    )
    most: int = ref.settings["urge_per_day"]
    return (lately or 0) >= most


def _urged(work: CaseWork, text: str | None) -> Outcome:
    step = work.require(Action.URGE)
    work.case.urge_count += 1
    payload = {"count": work.case.urge_count}
    work.advance(step, payload=payload, text=text, visibility=Visibility.PUBLIC)
    return work.outcome(count=work.case.urge_count)


@use_case
def supervise_case(
    ctx: Context, session: Session, number: str, command: Supervise, *, version: int | None = None
) -> Outcome:
    """督办: an order with a number of its own and a limit for the feedback."""
    work = CaseWork.open(ctx, session, number, version)
    return work.outcome(order=issue_order(work, command))


def issue_order(work: CaseWork, command: Supervise) -> str:
    """Write the order to the lead unit, or to another one that takes part; its number.

    What the rules of supervision had found for the same reason is settled with it.
    """
    step = work.require(Action.SUPERVISE)
    if command.due_at is not None and command.due_at <= work.ctx.now:
        raise InvalidInput({"due_at": "in_the_past"})
    order = SupervisionOrder(
        number=_order_number(work),
        case_id=work.case.id,
        unit_id=_pressed_unit(work, command.unit),
        level=command.level,
        trigger=command.trigger,
        requirement=command.requirement,
        plan=command.plan,
        issued_by=work.ctx.actor.account_id,
        issued_at=work.ctx.now,
        sent_back_count=0,
    )
    work.session.add(order)
    work.session.flush()
    due = stated_due(command.due_at) if command.due_at else None
    work.clocks.start("supervise", subject_id=order.id, unit_id=order.unit_id, due=due)
    _settle_suggestions(work, order)
    payload = {
        "order": order.number,
        "level": command.level,
        "trigger": command.trigger,
        "unit": work.ref.unit_name(order.unit_id),
        "named_units": _named(work, order),
    }
    work.advance(step, payload=payload, text=command.requirement)
    return order.number


def _pressed_unit(work: CaseWork, name: str | None) -> int | None:
    if name is None:
        return work.case.lead_unit_id
    unit = lookup.any_unit(work.ref, "unit", name)
    if unit.id not in {work.case.lead_unit_id, *(part.unit_id for part in work.parts)}:
        raise InvalidInput({"unit": "not_on_case"})
    return unit.id


def _named(work: CaseWork, order: SupervisionOrder) -> list[int]:
    """Another unit than the lead, which hears of it anyway."""
    return [order.unit_id] if order.unit_id not in (None, work.case.lead_unit_id) else []


def _settle_suggestions(work: CaseWork, order: SupervisionOrder) -> None:
    work.session.execute(
        update(OversightSuggestion)
        .where(
            OversightSuggestion.case_id == order.case_id,
            OversightSuggestion.trigger == order.trigger,
            OversightSuggestion.status == SuggestionStatus.PENDING,
        )
        .values(
            status=SuggestionStatus.ISSUED,
            order_id=order.id,
            decided_by=order.issued_by,
            decided_at=order.issued_at,
        )
    )


def _order_number(work: CaseWork) -> str:
    year = local_date(work.ctx.now).year
    return order_number(year, next_in(work.session, f"DB{year}"))


@use_case
def supervise_report(
    ctx: Context, session: Session, number: str, command: SuperviseReport, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """督办反馈 by the unit; with `accepted` the supervisor's 销号 or sending back."""
    work = CaseWork.open(ctx, session, number, version)
    outcome = {None: "feedback", True: "accepted", False: "sent_back"}[command.accepted]
    step = work.require(Action.SUPERVISE_REPORT, outcome)
    order = _open_order(work, command.order)
    if command.accepted is None:
        if Role.SUPERVISOR in ctx.actor.roles and step.role is Role.SUPERVISOR:
            raise NotPermitted(action=Action.SUPERVISE_REPORT)
        order.feedback, order.feedback_at = command.text, ctx.now
        order.feedback_by = ctx.actor.account_id
        order.plan = command.plan or order.plan
    elif command.accepted:
        if order.feedback is None:
            raise GuardRefused("no_feedback_yet")
        order.closed_at, order.closed_by = ctx.now, ctx.actor.account_id
        work.clocks.stop(("supervise",), at=order.feedback_at, subject_id=order.id)
    else:  # what was sent back answers nothing; the history keeps its words
        order.feedback = order.feedback_at = order.feedback_by = None
        order.sent_back_count += 1
    payload = {"order": order.number, "named_units": _named(work, order)}
    work.advance(step, payload=payload, text=command.text)
    return work.outcome(order=order.number)


def _open_order(work: CaseWork, number: str | None) -> SupervisionOrder:
    query = select(SupervisionOrder).where(
        SupervisionOrder.case_id == work.case.id, SupervisionOrder.closed_at.is_(None)
    )
    if number is not None:
        query = query.where(SupervisionOrder.number == number)
    order = work.session.scalar(query.order_by(SupervisionOrder.id).limit(1))
    if order is None:
        raise GuardRefused("no_open_order")
    return order


@use_case
def instruct_case(
    ctx: Context, session: Session, number: str, command: Instruct, *, version: int | None = None
) -> Outcome:
    """批示: a leader's word on a case."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.INSTRUCT)
    work.advance(step, text=command.text)
    return work.outcome()
