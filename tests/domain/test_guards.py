"""Every condition accepts and refuses what it should, and says why by a stable code."""

from typing import Any

import pytest

from casetracker.domain import guards as g
from casetracker.domain.vocabulary import RequestKind, Role, State
from casetracker.domain.workflow import ActorFacts, CaseFacts, Guard

ME, OTHER = 7, 8


def ask(guard: Guard, account_id: int | None = ME, **facts: Any) -> str | None:
    actor = ActorFacts(account_id, frozenset({Role.HANDLER}))
    return guard(CaseFacts(state=State.HANDLING, **facts), actor)


@pytest.mark.parametrize(
    ("guard", "fact", "code"),
    [
        (g.not_the_registrant, "registered_by", "two_people_needed"),
        (g.not_the_submitter, "submitted_by", "own_submission"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_nobody_decides_on_their_own_work(guard: Guard, fact: str, code: str) -> None:
    assert ask(guard, **{fact: ME}) == code
    assert ask(guard, **{fact: OTHER}) is None
    assert ask(guard, **{fact: None}) is None


@pytest.mark.parametrize(
    ("guard", "fact"),
    [
        (g.not_the_registrant, "registered_by"),
        (g.not_the_submitter, "submitted_by"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_resident_or_the_system_has_no_account_to_be_the_same(guard: Guard, fact: str) -> None:
    assert ask(guard, None, **{fact: None}) is None


def test_who_handled_a_case_does_not_call_back() -> None:
    assert ask(g.did_not_handle, handled_by=frozenset({OTHER, ME})) == "handler_may_not_call_back"
    assert ask(g.did_not_handle, handled_by=frozenset({OTHER})) is None
    assert ask(g.did_not_handle) is None


@pytest.mark.parametrize(
    ("guard", "fact", "good", "bad", "code"),
    [
        (g.not_designated, "is_designated", False, True, "designated_no_return"),
        (g.inside_return_window, "return_window_open", True, False, "return_window_closed"),
        (g.returns_left, "returns_left", 1, 0, "returns_used_up"),
        (g.returns_left, "returns_left", 2, -1, "returns_used_up"),
        (g.contact_made, "contact_is_met", True, False, "contact_first"),
        (g.has_evidence, "evidence_count", 1, 0, "evidence_needed"),
        (g.has_new_evidence, "new_evidence_count", 1, 0, "new_evidence_needed"),
        (g.before_due, "before_handle_due", True, False, "after_due"),
        (g.from_upstream, "is_upstream", True, False, "not_upstream"),
        (g.has_open_order, "open_orders", 1, 0, "no_open_order"),
        (g.is_dissatisfied, "is_dissatisfied", True, False, "not_dissatisfied"),
        (g.not_unreasonable, "judged_unreasonable", False, True, "judged_unreasonable"),
        (g.appeal_in_time, "appeal_window_open", True, False, "appeal_window_closed"),
        (g.afterwords_over, "afterwords_over", True, False, "afterwords_open"),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_condition_on_one_fact(
    guard: Guard, fact: str, good: object, bad: object, code: str
) -> None:
    assert ask(guard, **{fact: good}) is None
    assert ask(guard, **{fact: bad}) == code


def test_evidence_of_the_first_round_is_no_new_evidence() -> None:
    assert ask(g.has_new_evidence, evidence_count=3) == "new_evidence_needed"


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_decision_needs_a_request_of_its_own_kind(kind: RequestKind) -> None:
    others = frozenset(RequestKind) - {kind}
    assert ask(g.pending(kind), pending=others) == f"no_pending_{kind.value}"
    assert ask(g.pending(kind), pending=frozenset({kind})) is None


@pytest.mark.parametrize("kind", list(RequestKind))
def test_a_request_is_made_once_at_a_time(kind: RequestKind) -> None:
    others = frozenset(RequestKind) - {kind}
    assert ask(g.not_pending(kind), pending=others) is None
    assert ask(g.not_pending(kind), pending=frozenset({kind})) == f"pending_{kind.value}"


def test_whoever_asked_does_not_decide_even_when_other_requests_wait() -> None:
    guard = g.decides_for_another(RequestKind.EXTENSION)
    waiting = frozenset({RequestKind.EXTENSION, RequestKind.HOLD})
    mine = frozenset({(RequestKind.EXTENSION, ME), (RequestKind.HOLD, OTHER)})
    others = frozenset({(RequestKind.EXTENSION, OTHER), (RequestKind.HOLD, ME)})
    assert ask(guard, pending=waiting, requesters=mine) == "own_request"
    assert ask(guard, pending=waiting, requesters=others) is None
    assert ask(guard, pending=frozenset({RequestKind.HOLD})) == "no_pending_extension"
