"""Units are compared with their like alone: which kinds belong together.

Source: docs/rules/reports.md 5.
"""

from collections.abc import Mapping

from casetracker.domain.vocabulary import PeerGroup, UnitKind

GROUPS: Mapping[PeerGroup, frozenset[UnitKind]] = {
    PeerGroup.COMMUNITY: frozenset({UnitKind.COMMUNITY, UnitKind.GRID}),
    PeerGroup.BRIGADE: frozenset({UnitKind.BRIGADE}),
    PeerGroup.OFFICE: frozenset({UnitKind.OFFICE, UnitKind.STREET}),
    PeerGroup.CENTRE: frozenset({UnitKind.CENTRE}),
    PeerGroup.DEPARTMENT: frozenset({UnitKind.DEPARTMENT}),
}
"""Every kind is in exactly one; the street itself stands with its offices."""


def peer_group_of(kind: UnitKind) -> PeerGroup:
    """The group in which a unit of that kind is ranked."""
    return next(group for group, kinds in GROUPS.items() if kind in kinds)
