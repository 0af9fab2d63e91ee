"""Where matters were settled, by the community to which they belong, as SQL over `cases`.

Counted are the cases that the profile's `received` counts, in the period in which they came in.
Source: docs/rules/settlement.md.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, null, select, true
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.domain.settlement import ROWS, SETTLED, SettlementRow
from casetracker.domain.vocabulary import Part, Settlement, UnitKind
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.working import Assignment
from casetracker.stats.placing import place_of
from casetracker.stats.tallies import Received


@dataclass(frozen=True, slots=True)
class Settlements:
    """How many cases stand where; shares are over what was settled, the three figures together."""

    counts: Mapping[Settlement, int]

    def __getitem__(self, settlement: Settlement) -> int:
        return self.counts.get(settlement, 0)

    @property
    def received(self) -> int:
        return sum(self.counts.values())

    @property
    def settled(self) -> int:
        """The denominator of both shares."""
        return sum(self[one] for one in SETTLED)

    @property
    def in_community(self) -> Fraction | None:
        """小事不出村: settled in the community; None where nothing was settled."""
        return self._share(self[Settlement.COMMUNITY])

    @property
    def in_street(self) -> Fraction | None:
        """大事不出街: settled in the community or by the street."""
        return self._share(self[Settlement.COMMUNITY] + self[Settlement.STREET])

    def _share(self, count: int) -> Fraction | None:
        return Fraction(count, self.settled) if self.settled else None


def pooled(parts: Iterable[Settlements]) -> Settlements:
    """All together: sums, never the mean of shares."""
    counts: dict[Settlement, int] = {}
    for part in parts:
        for settlement, count in part.counts.items():
            counts[settlement] = counts.get(settlement, 0) + count
    return Settlements(counts)


def settlements(
    session: Session, received: Received, windows: list[Window], ref: Reference
) -> list[dict[int | None, Settlements]]:
    """For each window the figures by community (its id), None for those that belong to none."""
    rows = session.execute(
        select(
            place_of("received_at", windows),
            community_of_case(ref).label("community"),
            settlement_of_case(ref).label("settlement"),
            func.count(Case.id),
        )
        .where(received.condition(session, windows))
        .group_by("received_at_place", "community", "settlement")
    )
    found: list[dict[int | None, dict[Settlement, int]]] = [{} for _ in windows]
    for place, community, settlement, count in rows:
        found[place].setdefault(community, {})[Settlement(settlement)] = count
    return [{key: Settlements(counts) for key, counts in one.items()} for one in found]


def settlement_of_case(ref: Reference) -> ColumnElement[str]:
    """The code of where a case was settled: the rows of the domain in their order."""
    *rows, rest = ROWS
    whens = [(_fits(ref, row), literal(row.settlement.value)) for row in rows]
    return case(*whens, else_=literal(rest.settlement.value))


def _fits(ref: Reference, row: SettlementRow) -> ColumnElement[bool]:
    terms: list[ColumnElement[bool]] = [true()]
    if row.states is not None:
        terms.append(Case.state.in_(sorted(row.states)))
    if row.leads is not None:
        terms.append(Case.lead_unit_id.in_(_of_kinds(ref, row.leads)))
    if row.became_petition is not None:
        became = Case.id.in_(
            select(Petition.from_hotline_id).where(Petition.from_hotline_id.is_not(None))
        )
        terms.append(became if row.became_petition else ~became)
    return and_(*terms)


def _of_kinds(ref: Reference, kinds: frozenset[UnitKind]) -> list[int]:
    return [unit.id for unit in ref.units.values() if unit.kind in kinds]


def community_of_case(ref: Reference) -> ColumnElement[Any]:
    """The community of the place, else the first that led the case, else that of who registered it.

    Source: docs/rules/settlement.md 1.
    """
    communities = {
        unit_id: community
        for unit_id in ref.units
        if (community := ref.community_of(unit_id)) is not None
    }
    if not communities:
        return null()
    first_lead = (
        select(_community(communities, Assignment.unit_id))
        .where(
            Assignment.case_id == Case.id,
            Assignment.part == Part.LEAD,
            Assignment.unit_id.in_(list(communities)),
        )
        .order_by(Assignment.id)
        .limit(1)
        .correlate(Case)
        .scalar_subquery()
    )
    registrant = (
        select(_community(communities, Account.unit_id))
        .where(Account.id == Case.registered_by)
        .correlate(Case)
        .scalar_subquery()
    )
    return func.coalesce(_community(communities, Case.area_unit_id), first_lead, registrant)


def _community(communities: Mapping[int, int], column: Any) -> ColumnElement[Any]:
    return case(communities, value=column, else_=null())
