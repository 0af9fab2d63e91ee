"""小事不出村，大事不出街: where a matter was settled, as rows of data; the first that fits says so.

SQL is made from the same rows (`stats.settlement`). Source: docs/rules/settlement.md 2.
"""

from dataclasses import dataclass

from casetracker.domain.vocabulary import HOTLINE_OPEN, Settlement, State, UnitKind

S = State
GRASSROOTS = frozenset({UnitKind.COMMUNITY, UnitKind.BRIGADE, UnitKind.GRID})
"""村居; every other unit is 部门."""


@dataclass(frozen=True, slots=True)
class SettlementRow:
    """What a case must be like: None fits anything. `leads` are kinds of the unit that led it."""

    settlement: Settlement
    source: str
    states: frozenset[State] | None = None
    leads: frozenset[UnitKind] | None = None
    became_petition: bool | None = None


ROWS: tuple[SettlementRow, ...] = (
    SettlementRow(Settlement.NOT_TAKEN, "row 1", states=frozenset({S.DECLINED, S.WITHDRAWN})),
    SettlementRow(Settlement.STREET, "row 2", states=frozenset({S.REFERRED}), became_petition=True),
    SettlementRow(Settlement.HANDED_ON, "row 3", states=frozenset({S.REFERRED})),
    SettlementRow(Settlement.OPEN, "row 4", states=HOTLINE_OPEN - {S.REPLIED, S.TO_FOLLOW_UP}),
    SettlementRow(Settlement.COMMUNITY, "row 5", leads=GRASSROOTS),
    SettlementRow(Settlement.HANDED_ON, "row 6", leads=frozenset({UnitKind.DEPARTMENT})),
    SettlementRow(Settlement.STREET, "row 7"),
)
"""In the order in which they are asked."""

SETTLED = (Settlement.COMMUNITY, Settlement.STREET, Settlement.HANDED_ON)
"""The three figures; their sum is what the shares are measured against."""


def settlement_of(state: State, lead: UnitKind | None, *, became_petition: bool) -> Settlement:
    """Where a case of the hotline stands; `lead` is the kind of the unit that leads it."""
    for row in ROWS:
        if (
            (row.states is None or state in row.states)
            and (row.leads is None or lead in row.leads)
            and row.became_petition in (None, became_petition)
        ):
            return row.settlement
    raise AssertionError("the last row fits everything")
