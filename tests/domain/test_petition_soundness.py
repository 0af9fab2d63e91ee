"""The petition table as a whole: no dead end, two people where needed, clocks that add up."""

from functools import cache
from itertools import chain, pairwise

import pytest

from casetracker.domain import guards as g
from casetracker.domain import petition_guards as p
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.lane import lane_rows
from casetracker.domain.limits import CATALOGUE, MAIN, OF_THE_PETITIONER, STATED
from casetracker.domain.petition import BY_ANY_PART, FINISHED, HANDLE_LIMITS, PETITION
from casetracker.domain.petition.appraisal import APPRAISAL
from casetracker.domain.petition_facts import PetitionFacts
from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import (
    LANE_STATES,
    PETITION_OPEN,
    PETITION_STATES,
    Action,
    RequestKind,
    Role,
    State,
)
from casetracker.domain.workflow import ActorFacts, CaseFacts, Transition, missing_guard

S, A, R = State, Action, Role


def key(row: Transition) -> str:
    return f"{row.action}:{row.outcome}" if row.outcome else str(row.action.value)


ROWS = {key(row): row for row in PETITION.rows}
IN_THE_LANE = {key(row) for row in lane_rows(())}
ON_THE_DESK = {name: row for name, row in ROWS.items() if name not in IN_THE_LANE}
every_row = pytest.mark.parametrize("row", PETITION.rows, ids=key)
every_row_of_the_desk = pytest.mark.parametrize("row", ON_THE_DESK.values(), ids=key)
OUTLIVING = {"evaluate"}
"""What does not end with the case, beside orders of supervision: an answer is judged later too."""
PEOPLE = frozenset(Role) - {R.RESIDENT, R.SYSTEM}
NO_BUSINESS = frozenset({R.SYSTEM_ADMIN, R.SECURITY_ADMIN, R.AUDITOR, R.FOLLOW_UP})
ANSWERING = {"serve:opinion", "serve:supported"}
REVIEWS = {"request_review": "review30", "request_final_review": "rereview30"}


@every_row
def test_a_row_names_its_source_and_its_roles(row: Transition) -> None:
    assert row.roles
    assert row.source.startswith(("row ", "rows ")), row.source


@every_row
def test_a_row_moves_only_clocks_that_are_in_the_catalogue(row: Transition) -> None:
    clocks = {*row.starts, *row.stops, *row.ends, *row.pauses, *row.resumes} - {"*"}
    assert clocks <= set(CATALOGUE)
    assert "*" not in row.starts


def test_every_clock_that_is_started_can_be_met_and_can_fall_away() -> None:
    started = {clock for row in PETITION.rows for clock in row.starts} | {"objection5"}
    stopped = {clock for row in PETITION.rows for clock in row.stops}
    judged = {"evaluate"}  # met by the second of two evaluations, whichever row that takes
    assert started - stopped == judged
    assert any("*" in row.ends for row in PETITION.rows)


def test_the_limits_of_the_law_are_all_in_the_table() -> None:
    """Those of the 信访部门 above us and of written supervision advice aside."""
    told = {clock for row in PETITION.rows for clock in (*row.starts, *row.stops)}
    of_others = {"dept_transfer15", "improve_fb"}
    of_petitions = {
        "notify15", "objection5", "handle60", "simple10", "suggest30", "investigate", "assign_due",
        "req_review30", "req_rereview30", "review30", "rereview30", "evaluate", "execute",
        "supervise",
    }  # fmt: skip
    assert told - {"duty_due"} == of_petitions
    assert not told & of_others


# --- states ------------------------------------------------------------------------------------


def steps(state: State, *, without: frozenset[Action] = frozenset()) -> set[State]:
    return {
        row.target
        for row in PETITION.rows_from(state)
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
    assert reachable(S.REGISTERED) == PETITION_STATES | LANE_STATES


def test_open_and_finished_states_are_all_there_are() -> None:
    assert PETITION_STATES == PETITION_OPEN | FINISHED
    assert not PETITION_OPEN & FINISHED


def test_only_registration_makes_a_petition() -> None:
    assert [key(row) for row in PETITION.rows if not row.sources] == ["register"]


@pytest.mark.parametrize("state", sorted(PETITION_OPEN - {S.OBJECTION_PENDING}))
def test_an_open_petition_can_always_be_worked_to_its_end(state: State) -> None:
    """Not only by leaving: withdrawn, ended by death or moved to the lane is no way to settle."""
    leaving = frozenset({A.WITHDRAW, A.TRANSFER_CONFIDENTIAL, A.CONCLUDE})
    told = {S.SERVED, S.FORWARDED}
    away = leaving - {A.CONCLUDE} if state is S.AWAITING_REPORT else leaving
    assert told & reachable(state, without=away), state


def test_an_objection_that_was_refused_leads_back_to_triage() -> None:
    assert {S.CLASSIFIED, S.REGISTERED, S.REFERRED} <= steps(S.OBJECTION_PENDING)


def test_the_whole_way_leads_to_the_end_of_the_procedure() -> None:
    way = ["registered", "classified", "accepted", "handling", "to_check", "to_sign_off",
           "to_serve", "served", "in_review", "reviewed", "in_final_review", "finally_reviewed",
           "concluded", "archived"]  # fmt: skip
    for before, after in pairwise(way):
        assert State(after) in steps(State(before)), f"{before} → {after}"


@pytest.mark.parametrize("state", sorted(FINISHED - {S.SERVED, S.REVIEWED, S.FINALLY_REVIEWED}))
def test_what_is_over_is_opened_again_by_nobody(state: State) -> None:
    """An answer that was served may still be reviewed; everything else stays as it ended."""
    assert not reachable(state) & PETITION_OPEN


def test_only_a_review_opens_what_was_answered() -> None:
    opening = {
        key(row)
        for row in PETITION.rows
        for state in row.sources & FINISHED
        if row.target in PETITION_OPEN
    }
    assert opening == {"request_review", "request_final_review"}


def test_only_an_order_from_above_leads_back_to_handling_after_service() -> None:
    before = {S.CLASSIFIED, S.ACCEPTED, S.TO_CHECK, S.TO_SIGN_OFF}
    again = {
        key(row) for row in PETITION.rows if row.target is S.HANDLING and not row.sources <= before
    }
    assert again == {"decide_review:rehandle", "decide_final_review:rehandle"}
    assert all("handle60" in ROWS[name].starts for name in again)


@every_row
def test_what_ends_a_petition_ends_every_clock_that_still_runs(row: Transition) -> None:
    """Service leaves the petitioner their windows, a review decided leaves them the next one."""
    still_theirs = {S.SERVED, S.REVIEWED, S.FINALLY_REVIEWED}
    if row.target in FINISHED - {S.ARCHIVED} - still_theirs:
        assert "*" in row.ends


@every_row
def test_what_was_answered_leaves_nothing_of_the_office_running(row: Transition) -> None:
    """Once served, only windows of the petitioner and what somebody stated may run."""
    if key(row) in ANSWERING:
        assert set(HANDLE_LIMITS) | {"notify15"} <= set(row.stops)
        assert "investigate" in row.ends
        assert set(row.starts) <= OF_THE_PETITIONER | STATED


Standing = tuple[State, frozenset[str]]


def after(row: Transition, standing: Standing) -> Standing:
    """Where a step leads: the state, and what runs then; orders of supervision aside."""
    state, running = standing
    left = running - {*row.stops, *row.ends}
    if "*" in row.ends:
        left &= OUTLIVING
    return row.target or state, frozenset((left | {*row.starts}) - {"supervise"})


@cache
def standings() -> frozenset[Standing]:
    """Every combination of state and running clocks that steps can lead to, in the lane or out."""
    first: Standing = (S.REGISTERED, frozenset({"notify15", "objection5"}))
    seen, ahead = {first}, [first]
    while ahead:
        here = ahead.pop()
        new = {after(row, here) for row in PETITION.rows_from(here[0])} - seen
        seen |= new
        ahead += new
    return frozenset(seen)


def test_an_open_petition_always_has_a_limit_of_the_office() -> None:
    untimed = {state for state, running in standings() if not running - OF_THE_PETITIONER}
    assert not untimed & (PETITION_OPEN | {S.IN_LANE})


def test_what_still_runs_when_nothing_is_open_can_be_met_there() -> None:
    """What an opinion promised is carried out also while and after it is reviewed."""
    for state, running in standings():
        if state in FINISHED:
            owed = running - OF_THE_PETITIONER
            assert owed <= {"execute"}, state
            assert not owed or A.EXECUTE in PETITION.actions_from(state), state


def test_no_two_main_limits_run_together() -> None:
    for state, running in standings():
        assert len(running & set(MAIN)) <= 1, (state, running)


# --- clocks of the single steps ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "starts", "stops", "ends"),
    [
        ("register", {"notify15"}, set(), set()),
        ("classify", set(), set(), set()),
        ("raise_objection", set(), {"objection5"}, set()),  # the notice keeps running
        ("decide_objection:refused", set(), set(), set()),
        ("decide_objection:granted", set(), set(), {"*"}),
        ("forward", set(), set(), {"objection5"}),  # decided; only the served notice stops
        ("redirect", set(), set(), {"objection5"}),
        ("decline", set(), set(), {"objection5"}),
        ("refuse_again", set(), set(), {"objection5"}),
        ("accept", {"handle60"}, set(), {"objection5"}),  # the notice runs until it is served
        ("accept:simple", {"simple10"}, set(), {"objection5"}),
        ("assign", {"investigate"}, set(), set()),
        ("assign:direct", {"suggest30"}, set(), {"objection5"}),
        ("assign:again", set(), set(), set()),
        ("draft", set(), {"investigate"}, set()),
        ("legal_check:passed", set(), set(), set()),
        ("sign_off:signed", set(), set(), set()),  # signed is not served
        ("serve:notice", set(), {"notify15"}, set()),
        ("serve:refused", set(), {"notify15"}, {"*"}),
        ("serve:assigned_down", {"assign_due"}, {"notify15"}, set()),
        ("conclude:reported", set(), {"assign_due"}, {"*"}),
        ("serve:opinion", {"req_review30", "evaluate"}, {*HANDLE_LIMITS, "notify15"},
         {"investigate"}),
        ("execute:done", set(), {"execute"}, set()),
        ("request_review", {"review30"}, {"req_review30"}, set()),
        ("decide_review:upheld", {"req_rereview30"}, {"review30"}, set()),
        ("decide_review:rehandle", {"handle60"}, {"review30"}, {"execute", "evaluate"}),
        ("request_final_review", {"rereview30"}, {"req_rereview30"}, set()),
        ("decide_final_review:upheld", set(), {"rereview30"}, set()),
    ],
)  # fmt: skip
def test_a_step_moves_exactly_its_clocks(
    name: str, starts: set[str], stops: set[str], ends: set[str]
) -> None:
    row = ROWS[name]
    assert (set(row.starts), set(row.stops), set(row.ends)) == (starts, stops, ends)


def test_only_service_stops_the_limits_of_the_law() -> None:
    for clock in ("notify15", *HANDLE_LIMITS):
        stopping = {row.action for row in PETITION.rows if clock in row.stops}
        onward = {A.TRANSFER_CONFIDENTIAL} if clock == "notify15" else set()
        assert stopping == {A.SERVE} | onward, clock


def test_only_sub_route_six_has_sixty_days() -> None:
    starting = {key(row) for row in PETITION.rows if "handle60" in row.starts}
    assert starting == {"accept", "decide_review:rehandle", "decide_final_review:rehandle"}
    assert ROWS["accept"].guards == (p.ends_in_an_opinion,)


def test_one_main_limit_runs_at_a_time() -> None:
    main = [row for row in PETITION.rows if set(row.starts) & set(MAIN)]
    assert all(len(set(row.starts) & set(MAIN)) == 1 for row in main)
    assert CATALOGUE["handle60"].cap_days == 30
    assert CATALOGUE["simple10"].cap_days == CATALOGUE["notify15"].cap_days == 0


def test_nothing_freezes_a_limit_but_a_hearing_in_the_final_review() -> None:
    assert not [key(row) for row in PETITION.rows if row.pauses or row.resumes]
    frozen = {code for code, limit in CATALOGUE.items() if limit.pausable}
    told = set(chain.from_iterable((*row.starts, *row.stops) for row in ON_THE_DESK.values()))
    assert frozen & told == {"rereview30"}


# --- who may do what -----------------------------------------------------------------------------


@every_row
def test_administrators_and_auditors_touch_no_petition(row: Transition) -> None:
    assert not row.roles & NO_BUSINESS


@every_row_of_the_desk
def test_discipline_works_in_the_lane_alone(row: Transition) -> None:
    assert R.DISCIPLINE not in row.roles


INTO_IT = {"transfer_confidential", "transfer_confidential:along"}
"""The ways into the lane: a desk takes one, whatever tells the same matter goes along."""


@pytest.mark.parametrize("name", sorted(IN_THE_LANE - INTO_IT))
def test_in_the_lane_discipline_works_alone(name: str) -> None:
    assert ROWS[name].roles <= {R.DISCIPLINE, R.SYSTEM}
    assert ROWS[name].sources <= LANE_STATES | {S.CONCLUDED}


def test_every_role_of_the_track_has_something_to_do() -> None:
    acting = set().union(*(row.roles for row in PETITION.rows)) & PEOPLE
    assert acting == PEOPLE - NO_BUSINESS


@every_row
def test_who_decides_a_request_is_not_who_made_it(row: Transition) -> None:
    kinds = {
        A.DECIDE_EXTENSION: RequestKind.EXTENSION,
        A.MARK_SETTLED: RequestKind.SETTLEMENT,
        A.DECIDE_EXCLUSION: RequestKind.EXCLUSION,
        A.DECIDE_REINSTATEMENT: RequestKind.REINSTATEMENT,
        A.DECIDE_APPEAL: RequestKind.APPEAL,
    }
    kind = kinds.get(row.action)
    if kind is None or row.outcome == "proposed":
        return
    mine = CaseFacts(state=S.HANDLING, pending=frozenset({kind}), requesters=frozenset({(kind, 7)}))
    assert missing_guard(row, mine, ActorFacts(7, row.roles)) == "own_request"
    assert missing_guard(row, mine, ActorFacts(8, row.roles)) is None


def test_only_the_head_of_the_organ_extends() -> None:
    assert ROWS["decide_extension:granted"].roles == {R.LEADER}
    assert g.before_due in ROWS["request_extension"].guards


@pytest.mark.parametrize("name", ["legal_check:passed", "sign_off:signed"])
def test_nobody_checks_or_signs_their_own_draft(name: str) -> None:
    mine = CaseFacts(state=S.TO_CHECK, petition=PetitionFacts(drafted_by=7, checked_by=9))
    row = ROWS[name]
    assert missing_guard(row, mine, ActorFacts(7, row.roles)) == "own_draft"
    assert missing_guard(row, mine, ActorFacts(8, row.roles)) is None


def test_nobody_signs_what_they_checked() -> None:
    row = ROWS["sign_off:signed"]
    checked = CaseFacts(state=S.TO_SIGN_OFF, petition=PetitionFacts(drafted_by=7, checked_by=9))
    assert missing_guard(row, checked, ActorFacts(9, row.roles)) == "own_check"


@pytest.mark.parametrize("name", ["decline", "refuse_again"])
def test_who_registered_a_petition_does_not_refuse_it_alone(name: str) -> None:
    assert g.not_the_registrant in ROWS[name].guards


@pytest.mark.parametrize(
    "name",
    [
        "log",
        "draft",
        "draft:reply",
        "legal_check:passed",
        "sign_off:signed",
        "exclude",
        "decide_exclusion:granted",
        "reinstate",
        "decide_reinstatement:refused",
        "appeal",
    ],
)
def test_who_must_keep_out_of_it_takes_no_part(name: str) -> None:
    kept_out = CaseFacts(state=S.HANDLING, petition=PetitionFacts(recused=frozenset({7})))
    assert missing_guard(ROWS[name], kept_out, ActorFacts(7, ROWS[name].roles)) == "recused"


def test_what_is_left_out_of_the_rates_moves_no_state_and_no_clock() -> None:
    """Neither the law's dates nor the petitioner's windows change with the appraisal."""
    uncounting = [row for row in PETITION.rows if row in APPRAISAL]
    assert len(uncounting) == len(APPRAISAL) == 10
    for row in uncounting:
        moved = {*row.starts, *row.stops, *row.ends, *row.pauses, *row.resumes}
        assert (row.target, moved) == (None, set()), key(row)
        assert not row.roles & {R.RESIDENT, R.DISCIPLINE}


def test_both_tracks_leave_cases_out_by_the_same_steps() -> None:
    shared = {key(row) for row in APPRAISAL}
    assert shared <= {key(row) for row in HOTLINE.rows}
    assert not {"judge", "confirm_judgement:granted"} & set(ROWS)


def test_only_petitioners_evaluate_and_only_once_it_was_answered() -> None:
    for outcome in ("kept", "unhappy"):
        row = ROWS[f"evaluate:{outcome}"]
        assert row.roles == {R.RESIDENT}
        assert p.evaluation_in_time in row.guards
        assert S.SERVED in row.sources
        assert not row.sources & {S.REGISTERED, S.CLASSIFIED, S.ACCEPTED, S.HANDLING, S.TO_SERVE}


def test_an_assisting_unit_logs_attaches_and_reports_and_does_nothing_else() -> None:
    assert {A.LOG, A.ATTACH, A.SUPERVISE_REPORT} == BY_ANY_PART


# --- class and route -----------------------------------------------------------------------------


ALL_CLASSES = [
    (PetitionClass.SUGGESTION, None),
    *((PetitionClass.APPEAL, route) for route in Subroute),
]


@pytest.mark.parametrize(("kind", "route"), ALL_CLASSES)
def test_each_class_and_route_has_a_way_of_its_own(
    kind: PetitionClass, route: Subroute | None
) -> None:
    case = CaseFacts(
        state=S.CLASSIFIED, petition=PetitionFacts(petition_class=kind, subroute=route)
    )
    clerk = ActorFacts(1, frozenset({R.PETITION_CLERK}))
    open_ways = {
        name
        for name in ("accept", "accept:simple", "assign:direct", "redirect")
        if missing_guard(ROWS[name], case, clerk) is None
    }
    expected = {
        None: {"assign:direct"},
        Subroute.DUTY: {"assign:direct", "redirect"},
        Subroute.OPINION: {"accept", "accept:simple"},
    }.get(route, {"redirect"})
    assert open_ways == expected


def test_an_unclassified_petition_is_neither_accepted_nor_sent_on() -> None:
    bare = CaseFacts(state=S.CLASSIFIED, petition=PetitionFacts())
    for name in ("accept", "accept:simple", "assign:direct", "redirect", "forward"):
        assert missing_guard(ROWS[name], bare, ActorFacts(1, ROWS[name].roles)), name
        assert S.REGISTERED not in ROWS[name].sources


# --- the lane ------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", sorted(PETITION_STATES - {S.ARCHIVED}))
def test_a_petition_can_turn_out_to_be_an_accusation_wherever_it_stands(state: State) -> None:
    assert state in ROWS["transfer_confidential"].sources


def test_out_of_the_lane_nothing_comes_back() -> None:
    assert reachable(S.IN_LANE) == LANE_STATES | {S.IN_LANE, S.CONCLUDED, S.ARCHIVED}


def test_no_row_of_the_desk_starts_in_the_lane() -> None:
    assert [name for name, row in ON_THE_DESK.items() if row.sources & LANE_STATES] == []
