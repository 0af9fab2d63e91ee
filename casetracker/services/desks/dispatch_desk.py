"""What lies before a dispatcher: waiting cases with the unit proposed for each, and why."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import NotFound
from casetracker.domain.vocabulary import Channel, State
from casetracker.labels import label
from casetracker.labels.of_the_routing import routing_words
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow
from casetracker.persistence.queries.reference import Reference, UnitFacts, reference
from casetracker.services.case_reading.listing import count_cases, list_cases
from casetracker.services.context import Context
from casetracker.services.steps.suggesting import routed
from casetracker.services.use_case import query

WAITING = CaseFilter(states=frozenset({State.TO_DISPATCH}))
UNSIGNED = frozenset({State.TO_DISPATCH, State.TO_SIGN})
PAGE, MOST_LATE = 30, 10


@dataclass(frozen=True, slots=True)
class Proposal:
    """The unit of the dispatch catalogue, None for a gap, and the reason in words."""

    unit: UnitFacts | None
    words: str


@dataclass(frozen=True, slots=True)
class WaitingCase:
    """A case to be handed out; `returned` is how often a unit gave it back, `home` the community
    whose own people received it (社区自收).
    """

    row: CaseRow
    content: str
    address: str | None
    area: str | None
    area_id: int | None
    returned: int
    proposal: Proposal
    home: UnitFacts | None

    @property
    def where(self) -> str:
        """Community and address, the community once only."""
        area, address = self.area or "", self.address or ""
        return address if address.startswith(area) else f"{area} {address}".strip()


@dataclass(frozen=True, slots=True)
class WaitingPage:
    cases: tuple[WaitingCase, ...]
    total: int
    next_cursor: str | None
    previous_cursor: str | None


@dataclass(frozen=True, slots=True)
class AboutToBeLate:
    """Cases that nobody was given or nobody took: how many stand so, and the first of them."""

    standing: Standing
    total: int
    rows: tuple[CaseRow, ...]


_DETAILS = (
    Case.id, Case.content, Case.address, Case.area_unit_id, Case.category_id, Case.kind,
    Case.received_at, Case.return_count, Case.channel, Account.unit_id.label("registered_in"),
)  # fmt: skip
RECEIVED_HERE = "社区自收，派单目录没有规定，由登记社区办理"


@query
def waiting_cases(ctx: Context, session: Session, cursor: str | None = None) -> WaitingPage:
    """Cases to be dispatched, the oldest due first; the same few statements for any number."""
    page = list_cases(ctx, WAITING, sort="due", cursor=cursor, limit=PAGE)
    return WaitingPage(
        cases=_detailed(session, page.rows),
        total=count_cases(ctx, WAITING),
        next_cursor=page.next_cursor,
        previous_cursor=page.previous_cursor,
    )


@query
def case_to_dispatch(ctx: Context, session: Session, number: str) -> WaitingCase:
    """One case by its number, in whatever state it is by now. Raises NotFound."""
    found = list_cases(ctx, CaseFilter(numbers=frozenset({number})), limit=1).rows
    if not found:
        raise NotFound(number=number)
    return _detailed(session, found)[0]


@query
def about_to_be_late(ctx: Context, session: Session) -> tuple[AboutToBeLate, ...]:
    """Undispatched and unsigned cases that are late already, then those due soon."""
    return tuple(_late(ctx, standing) for standing in (Standing.OVERDUE, Standing.DUE_SOON))


def _late(ctx: Context, standing: Standing) -> AboutToBeLate:
    asked = CaseFilter(states=UNSIGNED, standing=standing)
    rows = list_cases(ctx, asked, sort="due", limit=MOST_LATE).rows
    return AboutToBeLate(standing, count_cases(ctx, asked), rows)


def _detailed(session: Session, rows: tuple[CaseRow, ...]) -> tuple[WaitingCase, ...]:
    ref = reference(session)
    joined = select(*_DETAILS).outerjoin(Account, Account.id == Case.registered_by)
    query_ = joined.where(Case.id.in_([row.id for row in rows]))
    details = {one.id: one for one in session.execute(query_)}
    return tuple(_waiting(ref, row, details[row.id]) for row in rows)


def _waiting(ref: Reference, row: CaseRow, facts: Any) -> WaitingCase:
    area, home = ref.units.get(facts.area_unit_id or 0), _home(ref, facts)
    proposal = proposal_for(ref, facts)
    if proposal.unit is None and home is not None:
        proposal = Proposal(home, RECEIVED_HERE)
    return WaitingCase(
        row=row,
        content=facts.content,
        address=facts.address,
        area=area.name if area else None,
        area_id=area.id if area else None,
        returned=facts.return_count,
        proposal=proposal,
        home=home,
    )


def _home(ref: Reference, facts: Any) -> UnitFacts | None:
    """The community that received the matter itself, and can be given it back at one press.

    Source: docs/rules/hotline.md 4.13.
    """
    if facts.channel is not Channel.COMMUNITY:
        return None
    unit = ref.units.get(ref.community_of(facts.registered_in) or 0)
    return unit if unit is not None and unit.is_active and unit.handles_cases else None


def proposal_for(ref: Reference, case: Any) -> Proposal:
    """What the catalogue says of a case; a unit that takes no cases any more counts as a gap."""
    found = routed(ref, case)
    unit = ref.units.get(found.unit_id or 0)
    if unit is None or not (unit.is_active and unit.handles_cases):
        return Proposal(None, routing_words(found.reasons, unit=None))
    rule = found.rule
    facts: list[str] = []
    if rule is not None:
        facts += [ref.categories[rule.category_id].name] if rule.category_id else []
        facts += [ref.units[rule.area_unit_id].name] if rule.area_unit_id else []
        facts += [label(rule.kind)] if rule.kind else []
    source = rule.source if rule is not None and rule.category_id else ""
    return Proposal(
        unit, routing_words(found.reasons, unit=unit.name, source=_short(source), facts=facts)
    )


def _short(source: str) -> str:
    """The name of the catalogue without its document number."""
    return source if source and len(source) <= 12 else ""
