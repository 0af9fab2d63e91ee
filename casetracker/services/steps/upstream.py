"""Tickets of an upstream platform: returned to it, or their limit extended by it."""

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Action, RequestKind
from casetracker.services.commands.handling import ExtendUpstream, ReturnUpstream
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome, iso
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.replies import direct_grouped
from casetracker.services.steps.requests import ask, decide, waiting_request
from casetracker.services.use_case import use_case

Asked = ReturnUpstream | ExtendUpstream
TAKEN_BACK = "该事项已退回上级平台，由上级平台另行交办。"
"""What residents of grouped cases are told: the reason was written for the platform."""


@use_case
def return_upstream(
    ctx: Context, session: Session, number: str, command: ReturnUpstream, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """退回上级平台: asked, then the platform's answer; granted closes the case as 转出."""
    work = CaseWork.open(ctx, session, number, version)
    step = _asked_or_answered(work, Action.RETURN_UPSTREAM, RequestKind.UPSTREAM_RETURN, command)
    work.advance(step, text=command.text)
    if command.granted:
        direct_grouped(work, TAKEN_BACK)
    return work.outcome()


@use_case
def extend_upstream(
    ctx: Context, session: Session, number: str, command: ExtendUpstream, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """向上级申请延期: asked, then answered; granted changes the ticket's own limit."""
    work = CaseWork.open(ctx, session, number, version)
    if command.granted and command.new_due_at is None:
        raise InvalidInput({"new_due_at": "required"})
    step = _asked_or_answered(work, Action.EXTEND_UPSTREAM, RequestKind.UPSTREAM_EXTENSION, command)
    payload = {"old_due_at": iso(work.case.external_due_at)}
    if command.granted:
        work.case.external_due_at = command.new_due_at
        work.clocks.upstream_changed()
        if not work.clocks.live("handle") and work.case.replied_at is None:
            work.case.handle_due_at = command.new_due_at
    payload["due_at"] = iso(work.case.external_due_at)
    work.advance(step, payload=payload, text=command.text)
    return work.outcome()


def _asked_or_answered(work: CaseWork, action: Action, kind: RequestKind, command: Asked) -> Step:
    outcome = {None: "asked", True: "granted", False: "refused"}[command.granted]
    step = work.require(action, outcome)
    if command.granted is None:
        ask(work, kind, command.text)
    else:
        # The platform decides, not a colleague: whoever asked may enter its answer.
        decide(work, waiting_request(work, kind), granted=command.granted, note=command.text)
    return step
