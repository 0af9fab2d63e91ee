"""The hotline table row by row: what each state allows, to whom, and where it leads."""

from itertools import product

import pytest

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.petition import PETITION
from casetracker.domain.vocabulary import (
    HOTLINE_STATES,
    LANE_STATES,
    Action,
    Role,
    State,
)
from casetracker.domain.workflow import Transition

# --- the table as the office reads it -----------------------------------------------------------

EVER = "supervise_report exclude decide_exclusion issue_paper"
EVER += " reinstate decide_reinstatement confirm_judgement"
OPEN = f"{EVER} reclassify attach urge supervise instruct withdraw refer"
OPEN += " return_upstream extend_upstream transfer_confidential"
AFTER_A_WHISTLE = "settle_whistle score_unit score_street"
OPEN += f" {AFTER_A_WHISTLE}"
AT_THE_UNIT = f"{OPEN} log assist_report arrive decide_extension"
HOLDABLE = f"{AT_THE_UNIT} request_hold decide_hold"

# State → every action that people may take in it, whatever the guards say about the case.
ALLOWED = {
    State.TO_DISPATCH: f"{OPEN} group decline answer dispatch",
    State.TO_SIGN: f"{HOLDABLE} sign_for request_return request_extension assist whistle",
    State.HANDLING: f"{HOLDABLE} contact submit request_return request_extension assist whistle",
    State.RETURN_PENDING: f"{AT_THE_UNIT} decide_return",
    State.TO_REVIEW: f"{HOLDABLE} send_back approve",
    State.REPLIED: OPEN,
    State.TO_FOLLOW_UP: f"{OPEN} follow_up evaluate redo close appeal decide_appeal judge",
    State.REDO: f"{HOLDABLE} contact submit assist whistle",
    State.ON_HOLD: f"{AT_THE_UNIT} release",
    State.GROUPED: f"{EVER} evaluate",
    State.DECLINED: EVER,
    State.REFERRED: EVER,
    State.WITHDRAWN: EVER,
    State.CLOSED: f"{EVER} {AFTER_A_WHISTLE} attach supervise evaluate archive appeal "
    "decide_appeal judge",
    State.ARCHIVED: EVER,
    State.IN_LANE: "transfer_confidential log conclude attach issue_paper",
    State.TRANSFERRED: "log conclude attach issue_paper archive",
}

DESK = "operator dispatcher"
UNIT = "handler unit_head"
LANE = "discipline"
OF_THE_LANE = (":lane", ":onward")
HEADS = "deputy_leader leader"

# Action (and outcome) → the roles that may take it.
ROLES = {
    "register": f"{DESK} handler resident system",
    "group": DESK,
    "decline": DESK,
    "answer": DESK,
    "dispatch": "dispatcher",
    "sign_for": UNIT,
    "request_return": UNIT,
    "decide_return:granted": "dispatcher deputy_leader",
    "decide_return:refused": "dispatcher deputy_leader",
    "reclassify": f"{DESK} supervisor",
    "contact": UNIT,
    "log": UNIT,
    "attach": f"{UNIT} {DESK} resident follow_up supervisor",
    "issue_paper": f"{UNIT} {DESK} supervisor {HEADS}",
    "issue_paper:letter": f"{DESK} supervisor {HEADS}",
    "assist": f"{UNIT} dispatcher",
    "whistle": f"{UNIT} dispatcher deputy_leader",
    "assist_report": UNIT,
    "arrive": f"{UNIT} dispatcher",
    "settle_whistle": f"{UNIT} dispatcher deputy_leader",
    "score_unit": f"{UNIT} dispatcher deputy_leader",
    "score_street": UNIT,
    "request_extension": UNIT,
    "decide_extension:granted": HEADS,
    "decide_extension:refused": HEADS,
    "request_hold": UNIT,
    "decide_hold:granted": HEADS,
    "decide_hold:refused": HEADS,
    "release:resumed": HEADS,
    "release:resumed_unsigned": HEADS,
    "release:resumed_redo": HEADS,
    "release:settled": HEADS,
    "submit": UNIT,
    "submit:again": UNIT,
    "send_back": f"unit_head {HEADS}",
    "send_back:again": f"unit_head {HEADS}",
    "approve": f"unit_head {HEADS}",
    "queue_follow_up": "system",
    "close_unsurveyed": "system",
    "follow_up:attempt": "follow_up",
    "follow_up:unhappy": "follow_up",
    "follow_up:done": "follow_up",
    "evaluate:done": "resident",
    "evaluate:kept": "resident",
    "evaluate:unhappy": "resident",
    "redo": "supervisor",
    "close": "supervisor",
    "archive": "operator system",
    "urge": f"{DESK} supervisor resident follow_up {HEADS}",
    "supervise": "supervisor system",
    "supervise_report:feedback": UNIT,
    "supervise_report:accepted": "supervisor",
    "supervise_report:sent_back": "supervisor",
    "instruct": HEADS,
    "exclude": f"{UNIT} supervisor",
    "decide_exclusion:granted": f"{HEADS} supervisor",
    "decide_exclusion:refused": f"{HEADS} supervisor",
    "appeal": UNIT,
    "decide_appeal:granted": "supervisor",
    "decide_appeal:refused": "supervisor",
    "reinstate": f"{UNIT} {HEADS} supervisor",
    "decide_reinstatement:granted": f"{HEADS} supervisor",
    "decide_reinstatement:refused": f"{HEADS} supervisor",
    "expire_exclusion": "system",
    "judge": "supervisor",
    "confirm_judgement:granted": f"{HEADS} supervisor",
    "confirm_judgement:refused": f"{HEADS} supervisor",
    "note_repeat": "system",
    "recalculate": "system",
    "pass_on": "system",
    "direct_on": "system",
    "withdraw": f"{DESK} resident",
    "refer": "dispatcher",
    "return_upstream:asked": "dispatcher",
    "return_upstream:granted": "dispatcher",
    "return_upstream:refused": "dispatcher",
    "extend_upstream:asked": "dispatcher",
    "extend_upstream:granted": "dispatcher",
    "extend_upstream:refused": "dispatcher",
    "transfer_confidential": f"{DESK} petition_clerk",
    "transfer_confidential:along": "system",
    "transfer_confidential:onward": LANE,
    "log:lane": LANE,
    "conclude:lane": LANE,
    "attach:lane": LANE,
    "issue_paper:lane": LANE,
    "archive:lane": LANE,
    "recalculate:lane": "system",
}

# Where an action leads; those not named keep the state.
TARGETS = {
    "register": State.TO_DISPATCH,
    "group": State.GROUPED,
    "decline": State.DECLINED,
    "answer": State.CLOSED,
    "dispatch": State.TO_SIGN,
    "sign_for": State.HANDLING,
    "request_return": State.RETURN_PENDING,
    "decide_return:granted": State.TO_DISPATCH,
    "decide_return:refused": State.HANDLING,
    "decide_hold:granted": State.ON_HOLD,
    "release:resumed": State.HANDLING,
    "release:resumed_unsigned": State.TO_SIGN,
    "release:resumed_redo": State.REDO,
    "release:settled": State.CLOSED,
    "submit": State.TO_REVIEW,
    "submit:again": State.TO_REVIEW,
    "send_back": State.HANDLING,
    "send_back:again": State.REDO,
    "approve": State.REPLIED,
    "queue_follow_up": State.TO_FOLLOW_UP,
    "close_unsurveyed": State.CLOSED,
    "follow_up:done": State.CLOSED,
    "evaluate:done": State.CLOSED,
    "redo": State.REDO,
    "close": State.CLOSED,
    "archive": State.ARCHIVED,
    "withdraw": State.WITHDRAWN,
    "refer": State.REFERRED,
    "return_upstream:granted": State.REFERRED,
    "transfer_confidential": State.IN_LANE,
    "transfer_confidential:onward": State.TRANSFERRED,
    "conclude:lane": State.CONCLUDED,
    "archive:lane": State.ARCHIVED,
}


def key(row: Transition) -> str:
    return f"{row.action}:{row.outcome}" if row.outcome else str(row.action.value)


ROWS = {key(row): row for row in HOTLINE.rows}
every_row = pytest.mark.parametrize("row", HOTLINE.rows, ids=key)


def test_the_table_has_a_row_for_every_action_and_no_other() -> None:
    of_both = {row.action for row in (*HOTLINE.rows, *PETITION.rows)}
    assert of_both == set(Action)
    assert set(ROWS) == set(ROLES)


@pytest.mark.parametrize("state", sorted(HOTLINE_STATES | LANE_STATES))
def test_a_state_allows_exactly_its_actions(state: State) -> None:
    assert HOTLINE.actions_from(state) == {Action(code) for code in ALLOWED[state].split()}


@every_row
def test_a_row_is_open_to_exactly_its_roles(row: Transition) -> None:
    assert row.roles == {Role(code) for code in ROLES[key(row)].split()}


@every_row
def test_a_row_leads_where_it_should(row: Transition) -> None:
    assert row.target == TARGETS.get(key(row))


def test_every_triple_of_state_action_and_role_is_decided_as_written() -> None:
    for state, action, role in product(sorted(HOTLINE_STATES | LANE_STATES), Action, Role):
        rows = [row for row in HOTLINE.rows_from(state) if row.action is action]
        by_table = any(role in row.roles for row in rows)
        by_hand = action.value in ALLOWED[state].split() and any(
            role.value in codes.split()
            for name, codes in ROLES.items()
            if name.split(":")[0] == action.value
            and name.endswith(OF_THE_LANE) == (state in LANE_STATES)
            and not name.endswith(":along")
        )
        automatic = any(row.roles == {Role.SYSTEM} for row in rows)
        assert by_table == (by_hand or (automatic and role is Role.SYSTEM)), (state, action, role)
