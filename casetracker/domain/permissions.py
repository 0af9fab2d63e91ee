"""Who may see what and do what, as tables. Rights are read anew on every request.

Actions on a case name their roles on their row in `domain.hotline`; here stand how far a role
reaches and what it may do beside cases. Source: docs/rules/permissions.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from casetracker.domain.vocabulary import Role


class Reach(StrEnum):
    """Which cases a role sees."""

    ALL = "all"  # every case of the street but the confidential lane
    PETITIONS = "petitions"  # every petition of the street but the confidential lane
    DRAFTS = "drafts"  # petitions whose draft waits to be checked, or was checked by oneself
    LANE = "lane"  # the confidential lane and nothing else
    LINE = "line"  # units that the leader is responsible for, with their children
    UNIT = "unit"  # cases that the own unit leads or assists, children included
    OWN = "own"  # cases of the own unit that are one's own or nobody's yet
    NONE = "none"


REACH: Mapping[Role, Reach] = {
    Role.OPERATOR: Reach.ALL,
    Role.DISPATCHER: Reach.ALL,
    Role.UNIT_HEAD: Reach.UNIT,
    Role.HANDLER: Reach.OWN,
    Role.DEPUTY_LEADER: Reach.LINE,
    Role.LEADER: Reach.ALL,
    Role.SUPERVISOR: Reach.ALL,
    Role.FOLLOW_UP: Reach.ALL,
    Role.PETITION_CLERK: Reach.PETITIONS,
    Role.LEGAL_ADVISER: Reach.DRAFTS,
    Role.DISCIPLINE: Reach.LANE,
    Role.SYSTEM_ADMIN: Reach.NONE,
    Role.SECURITY_ADMIN: Reach.NONE,
    Role.AUDITOR: Reach.NONE,
    Role.RESIDENT: Reach.NONE,
    Role.SYSTEM: Reach.ALL,
}


class Right(StrEnum):
    """What may be done beside acting on one case."""

    SIGN_IN = "sign_in"
    CASES_LIST = "cases.list"
    CASES_REGISTER = "cases.register"
    CASES_DISPATCH = "cases.dispatch"
    CASES_FOLLOW_UP = "cases.follow_up"
    CASES_SUPERVISE = "cases.supervise"
    CASES_DECIDE = "cases.decide"
    CASES_ATTACH = "cases.attach"
    CASES_EXPORT = "cases.export"
    EXPORTS_DECIDE = "exports.decide"
    UPSTREAM_REPLY = "cases.upstream_reply"
    PERSON_REVEAL = "person.reveal"
    PETITIONS_WORK = "petitions.work"
    PETITIONS_CHECK = "petitions.check"
    PETITIONS_SIGN = "petitions.sign"
    LEDGERS_READ = "ledgers.read"
    LEDGERS_KEEP = "ledgers.keep"
    PATROL_READ = "patrol.read"
    PATROL_KEEP = "patrol.keep"
    LANE = "lane"
    OVERSIGHT_READ = "oversight.read"
    TALKS_KEEP = "talks.keep"
    STATISTICS = "statistics.view"
    APPRAISALS = "appraisals.read"
    REPORTS = "reports.make"
    WALL = "wall.place"
    REFERENCE_READ = "reference.read"
    ACCOUNTS_MANAGE = "accounts.manage"
    ROLES_MANAGE = "roles.manage"
    UNITS_MANAGE = "units.manage"
    RULES_MANAGE = "rules.manage"
    DELIVERY_MANAGE = "delivery.manage"
    AUDIT_READ = "audit.read"


_BUSINESS = frozenset(
    {
        Role.OPERATOR,
        Role.DISPATCHER,
        Role.UNIT_HEAD,
        Role.HANDLER,
        Role.DEPUTY_LEADER,
        Role.LEADER,
        Role.SUPERVISOR,
        Role.FOLLOW_UP,
        Role.PETITION_CLERK,
        Role.LEGAL_ADVISER,
        Role.DISCIPLINE,
    }
)
_JUDGES_ALONE = frozenset({Role.DEPUTY_LEADER, Role.LEADER, Role.LEGAL_ADVISER})
_OVERVIEW = frozenset({Role.SUPERVISOR, Role.LEADER, Role.DEPUTY_LEADER, Role.DISPATCHER})
_EVERYONE = frozenset(Role) - {Role.RESIDENT, Role.SYSTEM}

RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.SIGN_IN: _EVERYONE,
    Right.CASES_LIST: _BUSINESS,
    Right.CASES_REGISTER: frozenset(
        {Role.OPERATOR, Role.DISPATCHER, Role.HANDLER, Role.PETITION_CLERK}
    ),
    Right.CASES_DISPATCH: frozenset({Role.DISPATCHER}),
    Right.CASES_FOLLOW_UP: frozenset({Role.FOLLOW_UP}),
    Right.CASES_SUPERVISE: frozenset({Role.SUPERVISOR}),
    Right.CASES_DECIDE: frozenset({Role.UNIT_HEAD, Role.DEPUTY_LEADER, Role.LEADER}),
    Right.CASES_ATTACH: _BUSINESS - _JUDGES_ALONE,
    Right.CASES_EXPORT: frozenset(
        {Role.SUPERVISOR, Role.LEADER, Role.DISPATCHER, Role.UNIT_HEAD, Role.PETITION_CLERK}
    ),
    Right.EXPORTS_DECIDE: frozenset({Role.SUPERVISOR, Role.LEADER}),
    Right.UPSTREAM_REPLY: frozenset({Role.OPERATOR, Role.DISPATCHER}),
    Right.PERSON_REVEAL: frozenset(
        {
            Role.OPERATOR,
            Role.DISPATCHER,
            Role.HANDLER,
            Role.UNIT_HEAD,
            Role.FOLLOW_UP,
            Role.PETITION_CLERK,
            Role.DISCIPLINE,
        }
    ),
    Right.PETITIONS_WORK: frozenset({Role.PETITION_CLERK}),
    Right.PETITIONS_CHECK: frozenset({Role.LEGAL_ADVISER}),
    Right.PETITIONS_SIGN: frozenset({Role.DEPUTY_LEADER, Role.LEADER}),
    Right.LEDGERS_READ: frozenset(
        {Role.PETITION_CLERK, Role.SUPERVISOR, Role.DEPUTY_LEADER, Role.LEADER, Role.OPERATOR}
    ),
    Right.LEDGERS_KEEP: frozenset({Role.PETITION_CLERK}),
    Right.PATROL_READ: _OVERVIEW | {Role.UNIT_HEAD, Role.HANDLER},
    Right.PATROL_KEEP: frozenset({Role.UNIT_HEAD, Role.HANDLER}),
    Right.LANE: frozenset({Role.DISCIPLINE}),
    Right.OVERSIGHT_READ: _OVERVIEW | {Role.UNIT_HEAD},
    Right.TALKS_KEEP: frozenset({Role.SUPERVISOR, Role.DEPUTY_LEADER, Role.LEADER}),
    Right.STATISTICS: _OVERVIEW | {Role.UNIT_HEAD},
    Right.APPRAISALS: frozenset(
        {
            Role.SUPERVISOR,
            Role.DEPUTY_LEADER,
            Role.LEADER,
            Role.UNIT_HEAD,
            Role.HANDLER,
            Role.PETITION_CLERK,
        }
    ),
    # A report speaks for the whole street: whoever sees a part of it cannot make one.
    Right.REPORTS: frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}),
    # So does the wall: it shows the whole street to whoever stands before it.
    Right.WALL: frozenset({Role.DISPATCHER, Role.SUPERVISOR, Role.LEADER}),
    Right.REFERENCE_READ: _EVERYONE,
    Right.ACCOUNTS_MANAGE: frozenset({Role.SYSTEM_ADMIN}),
    Right.ROLES_MANAGE: frozenset({Role.SECURITY_ADMIN}),
    Right.UNITS_MANAGE: frozenset({Role.SYSTEM_ADMIN}),
    Right.RULES_MANAGE: frozenset({Role.SYSTEM_ADMIN}),
    Right.DELIVERY_MANAGE: frozenset({Role.SYSTEM_ADMIN}),
    Right.AUDIT_READ: frozenset({Role.AUDITOR}),
}


def may(roles: frozenset[Role], right: Right) -> bool:
    """Whether any of the roles carries the right."""
    return bool(roles & RIGHTS[right])


@dataclass(frozen=True, slots=True)
class Scope:
    """Which cases one actor sees, as plain facts that a query can use.

    `units` are seen whole (UNIT and LINE, children expanded); `own_units` only where the case is
    the actor's own or nobody's (OWN). `sees_all` wins over both. The confidential lane is seen
    with `sees_lane` alone, whatever else is seen.
    """

    sees_all: bool = False
    sees_petitions: bool = False
    sees_drafts: bool = False
    sees_lane: bool = False
    units: frozenset[int] = field(default_factory=frozenset)
    own_units: frozenset[int] = field(default_factory=frozenset)
    account_id: int | None = None

    @property
    def sees_the_street(self) -> bool:
        """All that figures of the street are made of: every case but the confidential lane."""
        return self.sees_all and not self.sees_lane

    @property
    def is_empty(self) -> bool:
        return not (
            self.sees_all
            or self.sees_petitions
            or self.sees_drafts
            or self.sees_lane
            or self.units
            or self.own_units
        )
