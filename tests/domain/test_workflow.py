"""How a transition table is read, shown on a table small enough to see through."""

from dataclasses import replace

import pytest

from casetracker.domain.errors import IllegalTransition
from casetracker.domain.vocabulary import Action, Role, State
from casetracker.domain.workflow import (
    ActorFacts,
    CaseFacts,
    Guard,
    Transition,
    Workflow,
    missing_guard,
)

HANDLER = frozenset({Role.HANDLER})
SIGN = Transition(
    Action.SIGN_FOR, frozenset({State.TO_SIGN}), State.HANDLING, HANDLER, "row 1 of a test"
)
GRANT = Transition(
    Action.DECIDE_RETURN,
    frozenset({State.RETURN_PENDING}),
    State.TO_DISPATCH,
    frozenset({Role.DISPATCHER}),
    "row 2 of a test",
    outcome="granted",
)
REFUSE = replace(GRANT, outcome="refused", target=State.HANDLING)
QUEUE = Transition(
    Action.QUEUE_FOLLOW_UP,
    frozenset({State.TO_SIGN}),
    State.TO_FOLLOW_UP,
    frozenset({Role.SYSTEM}),
    "row 3 of a test",
)
TABLE = Workflow("small", (SIGN, GRANT, REFUSE, QUEUE))


def test_a_row_is_found_by_action_and_outcome() -> None:
    assert TABLE.row(Action.SIGN_FOR) is SIGN
    assert TABLE.row(Action.DECIDE_RETURN, "refused") is REFUSE
    with pytest.raises(KeyError):
        TABLE.row(Action.DECIDE_RETURN)


def test_an_allowed_action_gives_its_row() -> None:
    assert TABLE.find(Action.SIGN_FOR, State.TO_SIGN) is SIGN
    assert TABLE.find(Action.DECIDE_RETURN, State.RETURN_PENDING, "granted") is GRANT


@pytest.mark.parametrize(
    ("action", "outcome"),
    [
        (Action.DECIDE_RETURN, "granted"),  # another state's
        (Action.SUBMIT, ""),  # not in the table
        (Action.SIGN_FOR, "twice"),  # no such outcome
    ],
)
def test_what_the_state_does_not_allow_is_refused_with_what_it_does(
    action: Action, outcome: str
) -> None:
    with pytest.raises(IllegalTransition) as refused:
        TABLE.find(action, State.TO_SIGN, outcome)
    assert refused.value.code == "illegal_transition"
    assert refused.value.allowed == ("sign_for",)
    assert refused.value.facts == {
        "action": action,
        "state": State.TO_SIGN,
        "allowed": ("sign_for",),
    }


def test_steps_of_the_system_are_rows_but_no_actions_of_people() -> None:
    assert TABLE.actions_from(State.TO_SIGN) == {Action.SIGN_FOR}
    assert list(TABLE.rows_from(State.TO_SIGN)) == [SIGN, QUEUE]


def test_a_state_without_rows_allows_nothing() -> None:
    assert TABLE.actions_from(State.ARCHIVED) == frozenset()
    assert list(TABLE.rows_from(State.ARCHIVED)) == []


def test_two_rows_for_one_action_and_outcome_are_refused_when_written() -> None:
    with pytest.raises(ValueError, match="two rows"):
        Workflow("double", (SIGN, replace(SIGN, target=State.REDO)))


def says(code: str | None) -> Guard:
    return lambda case, actor: code


@pytest.mark.parametrize(
    ("guards", "problem"),
    [
        ((), None),
        ((says(None), says(None)), None),
        ((says(None), says("second"), says("third")), "second"),
    ],
)
def test_the_first_guard_that_refuses_is_named(
    guards: tuple[Guard, ...], problem: str | None
) -> None:
    row = replace(SIGN, guards=guards)
    facts = CaseFacts(state=State.TO_SIGN)
    assert missing_guard(row, facts, ActorFacts(1, HANDLER)) == problem
