"""Who acts: roles, units, and where a matter was settled."""

from enum import StrEnum


class Role(StrEnum):
    OPERATOR = "operator"
    DISPATCHER = "dispatcher"
    UNIT_HEAD = "unit_head"
    HANDLER = "handler"
    DEPUTY_LEADER = "deputy_leader"
    LEADER = "leader"
    SUPERVISOR = "supervisor"
    FOLLOW_UP = "follow_up"
    PETITION_CLERK = "petition_clerk"
    LEGAL_ADVISER = "legal_adviser"
    DISCIPLINE = "discipline"
    SYSTEM_ADMIN = "system_admin"
    SECURITY_ADMIN = "security_admin"
    AUDITOR = "auditor"
    RESIDENT = "resident"  # the portal acting for a resident who gave the right query code
    SYSTEM = "system"  # timers, imports, automatic steps


class UnitKind(StrEnum):
    STREET = "street"
    CENTRE = "centre"
    OFFICE = "office"
    COMMUNITY = "community"
    BRIGADE = "brigade"
    GRID = "grid"
    DEPARTMENT = "department"


class PeerGroup(StrEnum):
    """Units that are compared with each other alone (docs/rules/reports.md 5)."""

    COMMUNITY = "community"
    BRIGADE = "brigade"
    OFFICE = "office"
    CENTRE = "centre"
    DEPARTMENT = "department"


class Settlement(StrEnum):
    """Where a matter was settled: 小事不出村，大事不出街 (docs/rules/settlement.md)."""

    COMMUNITY = "community"
    STREET = "street"
    HANDED_ON = "handed_on"
    OPEN = "open"
    NOT_TAKEN = "not_taken"
