"""Rows of a case list as the `case_table` component reads them, each with its next step."""

from collections.abc import Iterable
from typing import Any

from casetracker.domain.vocabulary import Action, Role, State, Track
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.persistence.queries.case_list import CaseRow
from casetracker.services.context import Actor

NEXT: dict[tuple[State, Role], Action] = {
    (State.TO_DISPATCH, Role.DISPATCHER): Action.DISPATCH,
    (State.TO_SIGN, Role.HANDLER): Action.SIGN_FOR,
    (State.TO_SIGN, Role.UNIT_HEAD): Action.SIGN_FOR,
    (State.TO_REVIEW, Role.UNIT_HEAD): Action.APPROVE,
    (State.TO_FOLLOW_UP, Role.FOLLOW_UP): Action.FOLLOW_UP,
    (State.RETURN_PENDING, Role.DISPATCHER): Action.DECIDE_RETURN,
    (State.REDO, Role.HANDLER): Action.SUBMIT,
    (State.REGISTERED, Role.PETITION_CLERK): Action.CLASSIFY,
    (State.OBJECTION_PENDING, Role.PETITION_CLERK): Action.DECIDE_OBJECTION,
    (State.TO_NOTIFY, Role.PETITION_CLERK): Action.SERVE,
    (State.AWAITING_REPORT, Role.PETITION_CLERK): Action.CONCLUDE,
    (State.ACCEPTED, Role.PETITION_CLERK): Action.ASSIGN,
    (State.TO_CHECK, Role.LEGAL_ADVISER): Action.LEGAL_CHECK,
    (State.TO_SIGN_OFF, Role.DEPUTY_LEADER): Action.SIGN_OFF,
    (State.TO_SIGN_OFF, Role.LEADER): Action.SIGN_OFF,
    (State.TO_SERVE, Role.PETITION_CLERK): Action.SERVE,
    (State.EXECUTING, Role.HANDLER): Action.EXECUTE,
    (State.EXECUTING, Role.UNIT_HEAD): Action.EXECUTE,
    (State.IN_REVIEW, Role.PETITION_CLERK): Action.DECIDE_REVIEW,
    (State.IN_FINAL_REVIEW, Role.PETITION_CLERK): Action.DECIDE_FINAL_REVIEW,
    (State.FINALLY_REVIEWED, Role.PETITION_CLERK): Action.CONCLUDE,
}
"""What a role usually does next in a state; the case page says what is really open."""


def case_lines(rows: Iterable[CaseRow], actor: Actor) -> list[dict[str, Any]]:
    return [_line(row, actor) for row in rows]


def _line(row: CaseRow, actor: Actor) -> dict[str, Any]:
    return {
        "number": row.number,
        "url": case_url(row.number),
        "title": row.title,
        "state": row.state,
        "due": _due(row),
        "people": row.person,
        "category": row.category,
        "unit": row.unit,
        "handler": row.handler if row.unit else None,
        "channel": row.channel,
        "received_at": row.received_at,
        "tags": _tags(row),
        "urgency": row.urgency,
        "version": row.version,
        "action": _next(row, actor),
    }


def _due(row: CaseRow) -> dict[str, Any] | None:
    if row.due_at is None or row.standing is None:
        return None
    return {"standing": row.standing, "due_at": row.due_at}


def _tags(row: CaseRow) -> list[str]:
    tags = [
        (row.is_important, "重要件" if row.track is Track.PETITION else "重件"),
        (row.is_dissatisfied, "不满意"),
        (row.repeat_count > 0, f"重复反映 {row.repeat_count}"),
    ]
    return [words for holds, words in tags if holds]


def _next(row: CaseRow, actor: Actor) -> dict[str, str] | None:
    for role in actor.roles:
        action = _usual_step(row, role)
        if action is not None:
            return {"text": label(action), "url": f"{case_url(row.number)}/actions/{action}"}
    return None


def _usual_step(row: CaseRow, role: Role) -> Action | None:
    if row.is_dissatisfied:  # the supervisor decides before anybody goes on
        return Action.REDO if role is Role.SUPERVISOR else None
    if row.state is State.HANDLING and role is Role.HANDLER:
        if row.track is Track.PETITION:
            return Action.DRAFT
        return Action.SUBMIT if row.contacted_at else Action.CONTACT
    return NEXT.get((row.state, role))
