"""The groups within which units are measured: 村居 and 部门 apart.

Source: docs/rules/rates.md S4.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from casetracker.domain.rates import Profile, Rate
from casetracker.domain.settlement import GRASSROOTS
from casetracker.persistence.queries.reference import Reference


def group_of(ref: Reference, by: str, key: Any) -> bool | None:
    """村居 (True) and 部门 (False) are measured among themselves; all other rows together."""
    unit = ref.units.get(key) if by == "unit" else None
    return None if unit is None else unit.kind in GRASSROOTS


def counts_of_groups(
    profile: Profile, ref: Reference, by: str, by_key: Mapping[Any, Mapping[str, Rate]]
) -> dict[bool | None, dict[str, Fraction]]:
    """The numerators of each group, against which a row's share is measured; None is all rows."""
    sums: dict[bool | None, dict[str, Fraction]] = {True: {}, False: {}, None: {}}
    shared = profile.score.share if profile.score else ()
    for key, found in by_key.items():
        for group in {None, group_of(ref, by, key)}:
            for code in found.keys() & shared:
                sums[group][code] = sums[group].get(code, 0) + found[code].numerator
    return sums
