"""Who sees what and may do what: three administrators apart from the work and from each other."""

from itertools import combinations

import pytest

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.permissions import REACH, RIGHTS, Reach, Right, Scope, may
from casetracker.domain.vocabulary import Role

ADMINISTRATORS = [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR]
OUTSIDERS = {Role.RESIDENT, Role.SYSTEM}

# Role by role, in the order of docs/rules/permissions.md: how far it sees, what it may do beside
# acting on a case.
EXPECTED = {
    Role.OPERATOR: ("all", "list register attach reveal upstream_reply ledgers"),
    Role.DISPATCHER: (
        "all",
        "list register dispatch attach export reveal upstream_reply statistics reports wall "
        "patrols oversight",
    ),
    Role.UNIT_HEAD: (
        "unit",
        "list decide attach export reveal statistics appraisals patrols keep_patrols oversight",
    ),
    Role.HANDLER: ("own", "list register attach reveal appraisals patrols keep_patrols"),
    Role.DEPUTY_LEADER: (
        "line",
        "list decide statistics sign ledgers appraisals patrols oversight talks",
    ),
    Role.LEADER: (
        "all",
        "list decide export decide_exports statistics reports wall sign ledgers appraisals "
        "patrols oversight talks",
    ),
    Role.SUPERVISOR: (
        "all",
        "list supervise attach export decide_exports statistics reports wall ledgers appraisals "
        "patrols oversight talks",
    ),
    Role.FOLLOW_UP: ("all", "list follow_up attach reveal"),
    Role.PETITION_CLERK: (
        "petitions",
        "list register attach export reveal petitions ledgers keep_ledgers appraisals",
    ),
    Role.LEGAL_ADVISER: ("drafts", "list check"),
    Role.DISCIPLINE: ("lane", "list attach reveal lane"),
    Role.SYSTEM_ADMIN: ("none", "accounts units rules delivery"),
    Role.SECURITY_ADMIN: ("none", "roles"),
    Role.AUDITOR: ("none", "audit"),
}
WORDS = {
    "list": Right.CASES_LIST,
    "register": Right.CASES_REGISTER,
    "dispatch": Right.CASES_DISPATCH,
    "follow_up": Right.CASES_FOLLOW_UP,
    "supervise": Right.CASES_SUPERVISE,
    "decide": Right.CASES_DECIDE,
    "attach": Right.CASES_ATTACH,
    "export": Right.CASES_EXPORT,
    "decide_exports": Right.EXPORTS_DECIDE,
    "upstream_reply": Right.UPSTREAM_REPLY,
    "reveal": Right.PERSON_REVEAL,
    "statistics": Right.STATISTICS,
    "reports": Right.REPORTS,
    "wall": Right.WALL,
    "appraisals": Right.APPRAISALS,
    "accounts": Right.ACCOUNTS_MANAGE,
    "roles": Right.ROLES_MANAGE,
    "units": Right.UNITS_MANAGE,
    "rules": Right.RULES_MANAGE,
    "delivery": Right.DELIVERY_MANAGE,
    "audit": Right.AUDIT_READ,
    "petitions": Right.PETITIONS_WORK,
    "check": Right.PETITIONS_CHECK,
    "sign": Right.PETITIONS_SIGN,
    "ledgers": Right.LEDGERS_READ,
    "keep_ledgers": Right.LEDGERS_KEEP,
    "patrols": Right.PATROL_READ,
    "keep_patrols": Right.PATROL_KEEP,
    "oversight": Right.OVERSIGHT_READ,
    "talks": Right.TALKS_KEEP,
    "lane": Right.LANE,
}
FOR_EVERYBODY = {Right.SIGN_IN, Right.REFERENCE_READ}


def rights_of(role: Role) -> set[Right]:
    return {right for right in Right if may(frozenset({role}), right)}


def test_every_right_and_every_role_is_decided() -> None:
    assert set(RIGHTS) == set(Right)
    assert set(REACH) == set(Role)
    assert set(WORDS.values()) | FOR_EVERYBODY == set(Right)


@pytest.mark.parametrize("role", EXPECTED)
def test_a_role_reaches_and_may_exactly_what_is_written(role: Role) -> None:
    reach, words = EXPECTED[role]
    assert REACH[role] == reach
    assert rights_of(role) == {WORDS[word] for word in words.split()} | FOR_EVERYBODY


def test_a_resident_and_the_system_have_no_rights_of_accounts() -> None:
    for role in OUTSIDERS:
        assert rights_of(role) == set()
    assert set(EXPECTED) | OUTSIDERS == set(Role)


@pytest.mark.parametrize(("one", "other"), list(combinations(ADMINISTRATORS, 2)))
def test_no_two_administrators_share_a_power(one: Role, other: Role) -> None:
    assert rights_of(one) & rights_of(other) == FOR_EVERYBODY


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_sees_no_case_and_acts_on_none(role: Role) -> None:
    assert REACH[role] is Reach.NONE
    assert not [row.action for row in HOTLINE.rows if role in row.roles]
    assert not {right for right in rights_of(role) if right.value.startswith(("cases.", "person."))}


def test_whoever_acts_on_a_case_that_exists_can_also_see_it() -> None:
    acting = {role for row in HOTLINE.rows if row.sources for role in row.roles}
    unseeing = {role for role in acting if REACH[role] is Reach.NONE}
    assert unseeing == {Role.RESIDENT}  # who sees one case, by number and query code


def test_personal_data_is_revealed_only_to_those_who_must_call_or_visit() -> None:
    assert RIGHTS[Right.PERSON_REVEAL] == {
        Role.OPERATOR,
        Role.DISPATCHER,
        Role.HANDLER,
        Role.UNIT_HEAD,
        Role.FOLLOW_UP,
        Role.PETITION_CLERK,
        Role.DISCIPLINE,
    }


def test_any_of_several_roles_is_enough_and_none_gives_nothing() -> None:
    both = frozenset({Role.AUDITOR, Role.DISPATCHER})
    assert may(both, Right.CASES_DISPATCH)
    assert may(both, Right.AUDIT_READ)
    assert not may(both, Right.ROLES_MANAGE)
    assert not any(may(frozenset(), right) for right in Right)


@pytest.mark.parametrize(
    ("scope", "empty"),
    [
        (Scope(), True),
        (Scope(account_id=5), True),  # an account alone shows nothing
        (Scope(sees_all=True), False),
        (Scope(units=frozenset({1})), False),
        (Scope(own_units=frozenset({1})), False),
    ],
)
def test_a_scope_without_units_is_empty_unless_it_sees_all(scope: Scope, empty: bool) -> None:
    assert scope.is_empty is empty
