"""The history that an imported case gets: real steps of its table, with the file's times.

What the old system did not record but the table needs stands there with `recorded: false`.
Source: docs/imports.md.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from casetracker.domain.vocabulary import Action, CallValidity, State
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.path import UNRECORDED, ImportedStep, Path
from casetracker.services.imports.petition_steps import petition_steps


def steps_of(case: ImportedCase, registration: Mapping[str, Any]) -> tuple[ImportedStep, ...]:
    """Every entry of the case in order; `registration` is the payload of the first."""
    path = Path.of(case)
    first = path.registered(registration)
    if case.petition is not None:
        return (first, *petition_steps(path, case.petition))
    return (first, *(_answered_at_once(path) if _is_answer(case) else _worked(path)))


def _is_answer(case: ImportedCase) -> bool:
    """Answered by whoever received it, and closed with the answer."""
    undispatched = case.dispatched_at is None and case.contacted_at is None
    at_once = case.replied_at is not None and case.replied_at == case.closed_at
    return undispatched and at_once and not case.is_withdrawn and not case.has_callback


def _answered_at_once(path: Path) -> Iterator[ImportedStep]:
    yield path.take(
        Action.ANSWER, path.case.replied_at, payload=_result(path.case), text=path.case.reply_text
    )


def _worked(path: Path) -> Iterator[ImportedStep]:
    case = path.case
    handled = bool(case.signed_at or case.contacted_at or case.replied_at)
    if case.dispatched_at or handled:
        yield path.take(Action.DISPATCH, case.dispatched_at, payload={"unit_id": case.lead_unit_id})
    if handled and path.state is State.TO_SIGN:
        yield path.take(Action.SIGN_FOR, case.signed_at)
    if case.contacted_at and path.state is State.HANDLING:
        yield path.take(Action.CONTACT, case.contacted_at, payload={"outcome": "reached"})
    if case.replied_at:
        yield from _replied(path)
    if case.is_withdrawn:
        if case.has_callback:
            called = case.callback_at or case.closed_at
            yield path.take(Action.FOLLOW_UP, called, outcome="attempt", payload=answers(case))
        yield path.take(Action.WITHDRAW, case.closed_at)
    elif case.replied_at:
        yield from _asked(path)


def _replied(path: Path) -> Iterator[ImportedStep]:
    case = path.case
    yield path.take(Action.SUBMIT, None, payload=_result(case))
    yield path.take(Action.APPROVE, case.replied_at, payload=_result(case), text=case.reply_text)
    yield path.take(Action.QUEUE_FOLLOW_UP, case.replied_at)


def _asked(path: Path) -> Iterator[ImportedStep]:
    """Call-back and closing in whichever order they came."""
    case = path.case
    called = case.callback_at or case.closed_at
    late = bool(case.closed_at and case.callback_at and case.callback_at > case.closed_at)
    if case.has_callback and not late and (case.is_unhappy or case.closed_at is None):
        outcome = "unhappy" if case.is_unhappy else "attempt"
        yield path.take(
            Action.FOLLOW_UP, called or case.replied_at, outcome=outcome, payload=answers(case)
        )
    if case.closed_at is None:
        return
    if case.has_callback and not late and case.is_unhappy:
        yield path.take(Action.CLOSE, case.closed_at, payload={"unreasonable": False})
        return
    told = answers(case) if case.has_callback and not late else UNRECORDED
    yield path.take(Action.FOLLOW_UP, case.closed_at, outcome="done", payload=told)
    if late:
        outcome = "unhappy" if case.is_unhappy else "kept"
        yield path.take(Action.EVALUATE, case.callback_at, outcome=outcome, payload=answers(case))


def _result(case: ImportedCase) -> dict[str, Any]:
    return {"result": case.result} if case.result else {}


def answers(case: ImportedCase) -> dict[str, Any]:
    """What the resident said when asked, as far as the table tells."""
    valid = case.callback_valid is True
    return {
        "validity": CallValidity.VALID if valid else CallValidity.NO_ANSWER,
        "contacted": case.told_contacted,
        "resolved": case.resolved if valid else None,
        "satisfaction": case.satisfaction if valid else None,
        "counted": valid,
    }
