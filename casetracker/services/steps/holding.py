"""Long-term matters on hold with a plan, and back (挂账、销账)."""

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Action, RequestKind, Result, Visibility
from casetracker.services.commands.handling import DecideRequest, ReleaseCase, RequestHold
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.replies import reply_on_the_spot, tell_grouped
from casetracker.services.steps.requests import ask, decide, pending_request
from casetracker.services.use_case import use_case


@use_case
def request_hold(
    ctx: Context, session: Session, number: str, command: RequestHold, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """申请挂账: why it cannot be settled now, and the plan."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.REQUEST_HOLD)
    ask(work, RequestKind.HOLD, command.text, plan=command.plan)
    work.advance(step, text=f"{command.text}\n{command.plan}")
    return work.outcome()


@use_case
def decide_hold(
    ctx: Context, session: Session, number: str, command: DecideRequest, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """挂账审批: granted freezes the handling clock and starts the thirty-day look."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.DECIDE_HOLD, "granted" if command.granted else "refused")
    request = pending_request(work, RequestKind.HOLD)
    decide(work, request, granted=command.granted, note=command.note)
    work.advance(
        step,
        payload={"requested_by": request.requested_by},
        text=command.note,
        visibility=Visibility.PUBLIC if command.granted else Visibility.INTERNAL,
    )
    return work.outcome()


@use_case
def release_case(
    ctx: Context, session: Session, number: str, command: ReleaseCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """销账: back to work, or settled; settled needs a reply that reached the resident."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.RELEASE, "settled" if command.settled else _back_to(work))
    reply = None
    if command.settled:
        if command.text is None:
            raise InvalidInput({"text": "required"})
        reply = reply_on_the_spot(work, command.text, Result.RESOLVED, command.via)
        work.case.replied_at = work.case.replied_at or ctx.now
        work.case.result = Result.RESOLVED
        work.case.surveyable = True
    work.advance(step, text=command.note)
    if reply is not None:
        tell_grouped(work, reply)
    return work.outcome()


def _back_to(work: CaseWork) -> str:
    """Where the case stood when it was put on hold, as far as work goes on there."""
    if work.clocks.live("sign"):
        return "resumed_unsigned"
    return "resumed_redo" if work.case.round > 1 else "resumed"
