"""Units in their groups with ranks and how these changed. Source: docs/rules/reports.md 5."""

from collections.abc import Mapping

from casetracker.domain.peer_groups import GROUPS, peer_group_of
from casetracker.domain.rates import Profile
from casetracker.domain.reports.facts import UnitGroup, UnitLine
from casetracker.domain.reports.ranking import Rates, ranks_of
from casetracker.domain.vocabulary import PeerGroup
from casetracker.labels import label
from casetracker.persistence.queries.reference import Reference
from casetracker.services.reports.figures import count_of, figures_of
from casetracker.stats.tables import Row

SHOWN = ("response", "completion_on_time", "resolution", "satisfaction", "overdue", "score")
"""Metrics of the unit table, as far as the profile has them."""


Standing = tuple[Profile, tuple[Row, ...]]
"""The units of a period with the definitions by which they were ranked."""


def groups_of(ref: Reference, now: Standing, before: Standing) -> tuple[UnitGroup, ...]:
    """Every group that has cases; in each the ranked units first, the others by volume."""
    groups = []
    for group in GROUPS:
        units, earlier = _of_group(ref, group, now[1]), _of_group(ref, group, before[1])
        if units:
            codes = {row.label: row.key or "" for row in now[1]}
            lines = _lines(now[0], units, ranks_of(before[0], earlier), codes)
            groups.append(UnitGroup(label(group), lines))
    return tuple(groups)


def _of_group(ref: Reference, group: PeerGroup, rows: tuple[Row, ...]) -> dict[str, Rates]:
    found = {}
    for row in rows:
        unit = ref.unit_named(row.key) if row.key else None
        if unit is not None and peer_group_of(unit.kind) is group:
            found[row.label] = row.metrics
    return found


def _lines(
    profile: Profile,
    units: Mapping[str, Rates],
    earlier: Mapping[str, int],
    codes: Mapping[str, str],
) -> tuple[UnitLine, ...]:
    ranks = ranks_of(profile, units)
    lines = [
        UnitLine(
            name,
            ranks.get(name),
            earlier.get(name),
            count_of(rates),
            figures_of(profile, rates, codes=SHOWN),
            codes[name],
        )
        for name, rates in units.items()
    ]
    return tuple(
        sorted(lines, key=lambda one: (one.rank is None, one.rank or 0, -one.received, one.name))
    )
