"""Into the confidential lane and onward (移送): never to the accused or theirs."""

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.lane import ONWARD
from casetracker.domain.vocabulary import Action, State, Track
from casetracker.services import lookup
from casetracker.services.commands.petitions import TransferConfidential
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.lane.sealing import (
    Accused,
    accused_of,
    matter_of,
    refuse_accused,
    seal,
    seal_along,
)
from casetracker.services.use_case import use_case


@use_case
def transfer_confidential(
    ctx: Context, session: Session, number: str, command: TransferConfidential, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """移送: from a desk into the lane, or by the discipline officers to who may handle it."""
    work = CaseWork.open(ctx, session, number, version)
    if work.case.state is State.IN_LANE:
        return _hand_on(work, command)
    step = work.require(Action.TRANSFER_CONFIDENTIAL)
    accused = accused_of(work, command.accused, command.accused_unit)
    into_lane(work, step, accused, command.reason)
    return closed_outcome(work)


def into_lane(work: CaseWork, step: Step, accused: Accused, reason: str | None) -> None:
    """Seal the case and take the step; the first notice keeps its date, counted from receipt."""
    seal(work, accused)
    received_at = work.case.received_at
    work.advance(step, text=reason, clocks_at=received_at)
    seal_along(work, accused)


def closed_outcome(work: CaseWork) -> Outcome:
    """All that the one who sent it there is told: number and state, no version to go on from."""
    return Outcome(work.case.number, work.case.state, work.case.version)


def _hand_on(work: CaseWork, command: TransferConfidential) -> Outcome:
    step = work.require(Action.TRANSFER_CONFIDENTIAL, ONWARD)
    matter = matter_of(work)
    if command.accused:
        matter.accused = command.accused
    if command.accused_unit:
        accused = accused_of(work, command.accused, command.accused_unit)
        matter.accused_unit_id = accused.unit_id
    organ = command.organ
    if command.organ_unit:
        unit = lookup.any_unit(work.ref, "organ_unit", command.organ_unit)
        refuse_accused(work, "organ_unit", unit.id, matter.accused_unit_id)
        organ = organ or unit.name
    if organ is None:
        raise InvalidInput({"organ": "required"})
    _refuse_named(work, organ, matter.accused_unit_id)
    matter.organ, matter.handed_on_at = organ, work.ctx.now
    work.advance(step, payload={"track": Track(work.case.track)}, text=f"{organ}\n{command.reason}")
    return work.outcome(organ=organ)


def _refuse_named(work: CaseWork, organ: str, accused_unit_id: int | None) -> None:
    """A unit of ours that is named in words is held to the same rule."""
    unit = work.ref.unit_named(organ)
    if unit is not None:
        refuse_accused(work, "organ", unit.id, accused_unit_id)
