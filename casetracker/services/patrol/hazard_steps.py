"""Every step on a hazard after it was found. Source: docs/rules/patrol.md 3."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.hazards import first_deadline
from casetracker.domain.patrol_vocabulary import HazardLevel, HazardStep
from casetracker.services.commands.fields import Command
from casetracker.services.commands.patrol import (
    CheckHazard,
    CorrectHazard,
    HandOver,
    NotifyPlace,
    ReportRectified,
    SayOfHazard,
)
from casetracker.services.context import Context
from casetracker.services.patrol.correcting import correct_hazard
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.use_case import use_case


@use_case
def notify_place(
    ctx: Context, session: Session, number: str, command: NotifyPlace, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """下达整改: the demand with its deadline; a major hazard with the plan."""
    work = HazardWork.open(ctx, session, number, version)
    work.require(HazardStep.NOTIFY)
    if work.row.level is HazardLevel.MAJOR and command.plan is None:
        raise InvalidInput({"plan": "hazard_needs_plan"})
    work.row.demand, work.row.plan = command.demand, command.plan
    due_on = _deadline(work, command.due_on)
    work.advance(HazardStep.NOTIFY, command.demand, due_on=due_on)


@use_case
def report_rectified(
    ctx: Context, session: Session, number: str, command: ReportRectified, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """报告整改 with what was done; the pictures were kept before."""
    work = HazardWork.open(ctx, session, number, version)
    work.require(HazardStep.REPORT)
    row = work.row
    day = work.patrol.day_of(command.done_on, "done_on", row.found_on)
    row.evidence, row.reported_on, row.reported_by = command.text, day, ctx.actor.account_id
    work.advance(HazardStep.REPORT, command.text, day=day)


@use_case
def check_hazard(
    ctx: Context, session: Session, number: str, command: CheckHazard, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """复查: put right for good, or back to the place with a new deadline."""
    work = HazardWork.open(ctx, session, number, version)
    row, step = work.row, HazardStep.PASS if command.passed else HazardStep.FAIL
    work.require(step)
    day = work.patrol.day_of(command.checked_on, "checked_on", row.reported_on)
    if command.passed:
        row.verified_on, row.verified_by = day, ctx.actor.account_id
        work.advance(step, command.text, day=day)
        return
    due_on = _deadline(work, command.due_on)
    row.round += 1
    row.evidence = row.reported_on = row.reported_by = None
    work.advance(step, command.text, day=day, due_on=due_on)


@use_case
def hand_over(
    ctx: Context, session: Session, number: str, command: HandOver, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """移交: another organ sees to it; the unit keeps watching."""
    work = HazardWork.open(ctx, session, number, version)
    work.require(HazardStep.HAND_OVER)
    work.row.handed_to = command.organ
    words = f"移交{command.organ}：{command.text}"
    due_on = command.due_on and _deadline(work, command.due_on)
    work.advance(HazardStep.HAND_OVER, words, due_on=due_on)


@use_case
def take_back(
    ctx: Context, session: Session, number: str, command: SayOfHazard, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """收回督办: what went elsewhere is the unit's own again."""
    work = _said(ctx, session, number, HazardStep.TAKE_BACK, version)
    work.row.handed_to = work.row.case_id = None
    work.advance(HazardStep.TAKE_BACK, command.text)


@use_case
def dismiss_hazard(
    ctx: Context, session: Session, number: str, command: SayOfHazard, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """认定不构成隐患: it counts nowhere, and is told beside the rate."""
    work = _said(ctx, session, number, HazardStep.DISMISS, version)
    work.advance(HazardStep.DISMISS, command.text)


@use_case
def note_hazard(
    ctx: Context, session: Session, number: str, command: SayOfHazard, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """督促记录: what was done to get it put right."""
    work = _said(ctx, session, number, HazardStep.NOTE, version)
    work.advance(HazardStep.NOTE, command.text)


def _said(
    ctx: Context, session: Session, number: str, step: HazardStep, version: int | None
) -> HazardWork:
    """The hazard, if the step may be taken on it now."""
    work = HazardWork.open(ctx, session, number, version)
    work.require(step)
    return work


def _deadline(work: HazardWork, given: date | None) -> date:
    """The day that was set, else the rule's, counted from today. Raises InvalidInput."""
    today = work.patrol.today
    if given is not None:
        if given < today:
            raise InvalidInput({"due_on": "in_the_past"})
        return given
    days: int = work.patrol.ref.settings["hazard_days"]
    return first_deadline(work.row.level, today, days=days)


@dataclass(frozen=True, slots=True)
class StepSpec:
    """What a page needs to know of a step: its command and its use case."""

    command: type[Command]
    run: Callable[..., None]


STEPS: Mapping[HazardStep, StepSpec] = {
    HazardStep.NOTIFY: StepSpec(NotifyPlace, notify_place),
    HazardStep.REPORT: StepSpec(ReportRectified, report_rectified),
    HazardStep.PASS: StepSpec(CheckHazard, check_hazard),
    HazardStep.HAND_OVER: StepSpec(HandOver, hand_over),
    HazardStep.TAKE_BACK: StepSpec(SayOfHazard, take_back),
    HazardStep.DISMISS: StepSpec(SayOfHazard, dismiss_hazard),
    HazardStep.NOTE: StepSpec(SayOfHazard, note_hazard),
    HazardStep.CORRECT: StepSpec(CorrectHazard, correct_hazard),
}
"""By the step that is offered; a check that fails takes the same form as one that passes."""
