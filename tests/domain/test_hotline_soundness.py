"""The hotline table as a whole: no dead end, two people where needed, clocks that add up."""

import pytest

from casetracker.domain import guards as g
from casetracker.domain.hotline import BY_ANY_PART, FINISHED, HOTLINE
from casetracker.domain.lane import lane_rows
from casetracker.domain.limits import CATALOGUE
from casetracker.domain.vocabulary import (
    HOTLINE_OPEN,
    HOTLINE_STATES,
    LANE_STATES,
    Action,
    RequestKind,
    Role,
    State,
)
from casetracker.domain.workflow import ActorFacts, CaseFacts, Transition, missing_guard


def key(row: Transition) -> str:
    return f"{row.action}:{row.outcome}" if row.outcome else str(row.action.value)


ROWS = {key(row): row for row in HOTLINE.rows}
IN_THE_LANE = {key(row) for row in lane_rows(())}
every_row = pytest.mark.parametrize("row", HOTLINE.rows, ids=key)


@every_row
def test_a_row_names_its_source_and_its_roles(row: Transition) -> None:
    assert row.roles
    assert row.source.startswith(("row ", "rows ")), row.source


@every_row
def test_a_row_moves_only_clocks_that_are_in_the_catalogue(row: Transition) -> None:
    clocks = {*row.starts, *row.stops, *row.ends, *row.pauses, *row.resumes} - {"*"}
    known = {code.split(":")[0] for code in CATALOGUE}
    assert clocks <= known
    assert "*" not in row.starts


def test_a_clock_that_is_frozen_may_be_frozen_by_law_and_is_thawed_again() -> None:
    hold, back = ROWS["decide_hold:granted"], ROWS["release:resumed"]
    assert set(hold.pauses) == set(back.resumes)
    pausable = {code.split(":")[0] for code, limit in CATALOGUE.items() if limit.pausable}
    assert set(hold.pauses) <= pausable


def test_every_clock_that_is_started_can_be_met_and_can_fall_away() -> None:
    started = {clock for row in HOTLINE.rows for clock in row.starts}
    stopped = {clock for row in HOTLINE.rows for clock in row.stops}
    by_hand = {"contact", "assist"}  # met by the first contact and by each assisting unit's answer
    assert started - stopped == by_hand
    assert any("*" in row.ends for row in HOTLINE.rows)


def steps(state: State, *, without: frozenset[Action] = frozenset()) -> set[State]:
    return {
        row.target
        for row in HOTLINE.rows_from(state)
        if row.target is not None and row.action not in without
    }


def reachable(start: State, *, without: frozenset[Action] = frozenset()) -> set[State]:
    seen, ahead = {start}, [start]
    while ahead:
        new = steps(ahead.pop(), without=without) - seen
        seen |= new
        ahead += new
    return seen


def test_no_state_is_unreachable_from_registration() -> None:
    entry = ROWS["register"].target
    assert entry is not None
    assert reachable(entry) == HOTLINE_STATES | LANE_STATES | {State.CONCLUDED}


@pytest.mark.parametrize("state", sorted(HOTLINE_OPEN))
def test_an_open_case_can_always_be_worked_to_its_end(state: State) -> None:
    """Not only by leaving: withdrawn, referred and returned upstream are no way to settle it."""
    leaving = frozenset({Action.WITHDRAW, Action.REFER, Action.RETURN_UPSTREAM})
    assert {State.CLOSED, State.ARCHIVED} <= reachable(state, without=leaving)


@pytest.mark.parametrize("state", sorted(FINISHED))
def test_a_finished_case_is_never_opened_again(state: State) -> None:
    assert reachable(state) <= FINISHED


def test_open_and_finished_states_are_all_there_are() -> None:
    assert HOTLINE_STATES == HOTLINE_OPEN | FINISHED
    assert not HOTLINE_OPEN & FINISHED


def test_only_registration_makes_a_case() -> None:
    assert [key(row) for row in HOTLINE.rows if not row.sources] == ["register"]


@every_row
def test_what_finishes_a_case_ends_every_clock_that_still_runs(row: Transition) -> None:
    if row.target in FINISHED - {State.ARCHIVED}:
        assert "*" in row.ends


# --- separation of duties -----------------------------------------------------------------------


@every_row
def test_who_decides_a_request_is_not_who_made_it(row: Transition) -> None:
    if row.action.value.startswith("decide_"):
        kind = RequestKind(row.action.value.removeprefix("decide_"))
        mine = CaseFacts(
            state=State.HANDLING, pending=frozenset({kind}), requesters=frozenset({(kind, 7)})
        )
        assert missing_guard(row, mine, ActorFacts(7, row.roles)) == "own_request"
        assert missing_guard(row, mine, ActorFacts(8, row.roles)) is None


@pytest.mark.parametrize("name", ["approve", "send_back", "send_back:again"])
def test_nobody_reviews_their_own_reply(name: str) -> None:
    assert g.not_the_submitter in ROWS[name].guards


@pytest.mark.parametrize("name", ["decline", "refer", "approve"])
def test_who_registered_a_case_does_not_end_it_alone(name: str) -> None:
    assert g.not_the_registrant in ROWS[name].guards


@pytest.mark.parametrize("name", ["follow_up:attempt", "follow_up:unhappy", "follow_up:done"])
def test_the_call_back_is_made_by_somebody_who_did_not_handle_it(name: str) -> None:
    assert g.did_not_handle in ROWS[name].guards


def test_only_residents_evaluate_and_only_the_supervisor_settles_dissatisfaction() -> None:
    assert {Role.RESIDENT} == set().union(
        *(ROWS[f"evaluate:{o}"].roles for o in ("done", "kept", "unhappy"))
    )
    for name in ("redo", "close"):
        assert ROWS[name].roles == {Role.SUPERVISOR}
        assert g.is_dissatisfied in ROWS[name].guards
    assert g.not_unreasonable in ROWS["redo"].guards


# --- clocks and conditions of the single steps --------------------------------------------------


@pytest.mark.parametrize(
    ("name", "guards"),
    [
        ("submit", {g.contact_made, g.has_evidence}),
        ("submit:again", {g.has_new_evidence}),
        ("supervise_report:feedback", {g.has_open_order}),
        ("supervise_report:accepted", {g.has_open_order}),
        ("archive", {g.afterwords_over}),
    ],
)
def test_a_step_asks_for_its_conditions(name: str, guards: set[object]) -> None:
    assert guards <= set(ROWS[name].guards)


def test_a_return_is_asked_in_time_not_too_often_and_never_of_a_designated_case() -> None:
    asked = set(ROWS["request_return"].guards)
    assert {g.not_designated, g.inside_return_window, g.returns_left} <= asked


@pytest.mark.parametrize(
    ("name", "starts", "stops", "ends"),
    [
        ("register", {"dispatch"}, set(), set()),
        ("dispatch", {"sign", "contact", "handle"}, {"dispatch"}, set()),
        ("sign_for", set(), {"sign"}, set()),
        ("request_return", set(), set(), set()),  # the handling clock keeps running
        ("decide_return:granted", {"dispatch"}, set(), {"sign", "contact", "assist"}),
        ("decide_return:refused", set(), {"sign"}, set()),
        ("submit", {"review"}, set(), set()),
        ("send_back", set(), {"review"}, set()),
        ("approve", set(), {"review", "handle", "redo"}, {"assist"}),
        ("queue_follow_up", {"callback"}, set(), set()),
        ("follow_up:attempt", set(), set(), set()),
        ("follow_up:unhappy", set(), set(), set()),  # until the supervisor has decided
        ("redo", {"redo"}, {"callback"}, set()),
        ("supervise", {"supervise"}, set(), set()),
        ("supervise_report:feedback", set(), set(), set()),
        ("supervise_report:accepted", set(), {"supervise"}, set()),
    ],
)
def test_a_step_moves_exactly_its_clocks(
    name: str, starts: set[str], stops: set[str], ends: set[str]
) -> None:
    row = ROWS[name]
    assert (set(row.starts), set(row.stops), set(row.ends)) == (starts, stops, ends)


def test_only_the_reply_stops_the_handling_clock_of_a_dispatched_case() -> None:
    stopping = {key(row) for row in HOTLINE.rows if "handle" in row.stops}
    assert stopping == {"approve", "release:settled"}


def test_an_assisting_unit_reports_arrives_scores_and_does_nothing_else() -> None:
    assert {
        Action.ASSIST_REPORT,
        Action.ARRIVE,
        Action.SCORE_STREET,
        Action.LOG,
        Action.ATTACH,
        Action.SUPERVISE_REPORT,
    } == BY_ANY_PART
