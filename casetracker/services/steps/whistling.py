"""吹哨报到: departments called to the spot, who came when, what came of it, and what each thinks.

Source: 北京市街道办事处条例 art. 11; 北京市接诉即办工作条例 art. 16, 33; docs/rules/hotline.md
rows 10–10c.
"""

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.vocabulary import Action, Part
from casetracker.persistence.oversight import Whistle, WhistleCall
from casetracker.persistence.working import Assignment
from casetracker.services import lookup
from casetracker.services.commands.handling import (
    Arrive,
    BlowWhistle,
    ScoreStreet,
    ScoreUnit,
    SettleWhistle,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.scoping import role_reaches
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.use_case import use_case

LONGEST_TOPIC = 60


def keep_whistle(work: CaseWork, command: BlowWhistle, invited: Sequence[Assignment]) -> None:
    """The whistle with a call to each department; they respond by the date of their part."""
    dues = [clock.due_at for row in invited for clock in work.clocks.live("assist", row.id)]
    whistle = Whistle(
        case_id=work.case.id,
        topic=command.topic or " ".join(command.request.split())[:LONGEST_TOPIC],
        place=command.place or work.case.address,
        respond_by=min(dues),
        blown_by=work.ctx.actor.account_id,
        blown_at=work.ctx.now,
    )
    work.session.add(whistle)
    work.session.flush()
    work.session.add_all(
        WhistleCall(whistle_id=whistle.id, assignment_id=row.id, unit_id=row.unit_id)
        for row in invited
    )


@use_case
def arrive(
    ctx: Context, session: Session, number: str, command: Arrive, *, version: int | None = None
) -> Outcome:
    """报到: the department came; its limit is met at that moment.

    It enters that itself, or whoever leads the case does.
    """
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.ARRIVE)
    call = _chosen(work, step, command.unit, lambda one: one.arrived_at is None, "arrived_already")
    moment = command.arrived_at or ctx.now
    whistle = _whistle_of(work, call)
    if not whistle.blown_at <= moment <= ctx.now:
        raise InvalidInput({"arrived_at": "not_since_the_whistle"})
    call.arrived_at, call.came = moment, command.came
    part = next(part for part in work.parts if part.id == call.assignment_id)
    part.signed_at = part.signed_at or moment
    work.clocks.stop(("assist",), moment, subject_id=part.id)
    payload = {"unit": work.ref.unit_name(call.unit_id), "arrived_at": iso(moment)}
    work.advance(step, payload=payload, text=command.came)
    return work.outcome()


@use_case
def settle_whistle(
    ctx: Context, session: Session, number: str, command: SettleWhistle, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """吹哨办结: what the departments and the street made of it; the oldest open whistle."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.SETTLE_WHISTLE)
    whistle = session.scalar(
        select(Whistle)
        .where(Whistle.case_id == work.case.id, Whistle.settled_at.is_(None))
        .order_by(Whistle.id)
        .limit(1)
    )
    if whistle is None:
        raise GuardRefused("no_whistle")
    whistle.result = command.result
    whistle.settled_by, whistle.settled_at = ctx.actor.account_id, ctx.now
    work.advance(step, payload={"topic": whistle.topic}, text=command.result)
    return work.outcome()


@use_case
def score_unit(
    ctx: Context, session: Session, number: str, command: ScoreUnit, *, version: int | None = None
) -> Outcome:
    """评价报到部门: the street scores a department, once for each whistle."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.SCORE_UNIT)
    call = _chosen(work, step, command.unit, lambda one: one.unit_score is None, "scored_already")
    call.unit_score, call.unit_words = int(command.score), command.words
    call.unit_scored_by, call.unit_scored_at = ctx.actor.account_id, ctx.now
    return _scored(work, step, call, command.score, command.words)


@use_case
def score_street(
    ctx: Context, session: Session, number: str, command: ScoreStreet, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """评价吹哨: a department scores the street's whistle, once for each whistle."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.SCORE_STREET)
    own = _own_calls(work)
    open_ones = [call for call in own if call.street_score is None]
    if not open_ones:
        raise GuardRefused("scored_already" if own else "no_whistle")
    call = open_ones[0]
    call.street_score, call.street_words = int(command.score), command.words
    call.street_scored_by, call.street_scored_at = ctx.actor.account_id, ctx.now
    return _scored(work, step, call, command.score, command.words)


def _scored(
    work: CaseWork, step: Step, call: WhistleCall, score: str, words: str | None
) -> Outcome:
    payload = {"unit": work.ref.unit_name(call.unit_id), "score": int(score)}
    work.advance(step, payload=payload, text=words)
    return work.outcome()


def _chosen(
    work: CaseWork, step: Step, name: str | None, fits: Callable[[WhistleCall], bool], used_up: str
) -> WhistleCall:
    """The call meant: the named department's, else the only one that fits.

    A department speaks for itself alone; whoever leads the case may speak of all.
    """
    calls = _calls(work)
    if not calls:
        raise GuardRefused("no_whistle")
    if name is not None:
        unit = lookup.any_unit(work.ref, "unit", name)
        calls = [call for call in calls if call.unit_id == unit.id]
        if not calls:
            raise InvalidInput({"unit": "not_whistled"})
    if not _leads(work, step):
        own = {call.id for call in _own_calls(work)}
        calls = [call for call in calls if call.id in own]
        if not calls:
            raise NotPermitted(action=step.row.action)
    fitting = [call for call in calls if fits(call)]
    if not fitting:
        raise GuardRefused(used_up)
    if len({call.unit_id for call in fitting}) > 1:
        raise InvalidInput({"unit": "which_unit"})
    return fitting[0]


def _leads(work: CaseWork, step: Step) -> bool:
    """Whether the actor acts for the case, not for a department that was called."""
    return role_reaches(step.role, work.ctx.actor, work.ref, work.case, work.parts, any_part=False)


def _own_calls(work: CaseWork) -> list[WhistleCall]:
    units = work.ref.with_children(work.ctx.actor.unit_id or 0)
    return [call for call in _calls(work) if call.unit_id in units]


def _calls(work: CaseWork) -> list[WhistleCall]:
    """Of the parts that stand, the oldest first."""
    parts = [part.id for part in work.parts if part.part is Part.WHISTLE]
    query: Any = select(WhistleCall).where(WhistleCall.assignment_id.in_(parts))
    return list(work.session.scalars(query.order_by(WhistleCall.id)))


def _whistle_of(work: CaseWork, call: WhistleCall) -> Whistle:
    whistle = work.session.get(Whistle, call.whistle_id)
    assert whistle is not None, "a call belongs to a whistle"
    return whistle
