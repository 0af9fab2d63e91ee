"""社区化解: the figures of a period by community or month, and exactly the cases behind each.

Within what the reader may see. Source: docs/rules/settlement.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_
from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.errors import InvalidInput
from casetracker.domain.settlement import SETTLED
from casetracker.domain.vocabulary import Settlement
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort, read_cursor
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services import lookup
from casetracker.services.commands.settlement import SettlementCases, SettlementQuestion
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.settlement import (
    Settlements,
    community_of_case,
    pooled,
    settlement_of_case,
    settlements,
)
from casetracker.stats.tallies import Received

IN_ORDER, PAGE = Sort.RECEIVED, 50
MOST_DAYS = 1100
PARTS: dict[str, frozenset[Settlement]] = {
    **{one.value: frozenset({one}) for one in Settlement},
    "settled": frozenset(SETTLED),
    "in_street": frozenset({Settlement.COMMUNITY, Settlement.STREET}),
    "received": frozenset(Settlement),
}
"""What a list may be asked for: each figure, and the parts of the shares."""


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One line; `asked` narrows the list of cases to exactly what it counts."""

    label: str
    asked: dict[str, str]
    figures: Settlements


@dataclass(frozen=True, slots=True)
class SettlementTable:
    """The lines and their total, pooled; `profile` names what was counted as received."""

    lines: tuple[SettlementLine, ...]
    total: SettlementLine
    profile: str
    version: str


@query
def settlement_table(ctx: Context, session: Session, asked: SettlementQuestion) -> SettlementTable:
    """Raises InvalidInput for days in the wrong order or too far apart."""
    ref = reference(session)
    received = _received(ctx, ref, asked)
    spans = _months(asked) if asked.by == "month" else [(asked.since, asked.until)]
    found = settlements(session, received, [whole_days(*span) for span in spans], ref)
    if asked.by == "month":
        named = ((f"{span[0]:%Y-%m}", _days(*span), pooled(one.values()))
                 for span, one in zip(spans, found, strict=True))  # fmt: skip
    else:
        places = sorted(found[0], key=lambda key: (key is None, key or 0))
        named = (_named(ref, asked, key, found[0][key]) for key in places)
    lines = tuple(SettlementLine(*one) for one in named)
    whole = pooled(line.figures for line in lines)
    total = SettlementLine("合计", _days(asked.since, asked.until), whole)
    return SettlementTable(lines, total, received.profile.name_zh, received.profile.version)


@query
def settlement_cases(
    ctx: Context, session: Session, asked: SettlementCases
) -> tuple[tuple[CaseRow, ...], str | None]:
    """One page of the cases behind a figure, and the cursor of the next. Raises InvalidInput."""
    ref = reference(session)
    received = _received(ctx, ref, asked)
    where = and_(
        visible(scope_of(ctx.actor, ref)),
        received.condition(session, [whole_days(asked.since, asked.until)]),
        settlement_of_case(ref).in_(sorted(PARTS[asked.part])),
        *_place(ref, asked),
    )
    place = read_cursor(asked.cursor, IN_ORDER) if asked.cursor else None
    question = Question(CaseFilter(), where, ref, ctx.now)
    page = read_page(session, question, IN_ORDER, place=place, limit=PAGE)
    return page.rows, page.next.cursor() if page.next else None


def _place(ref: Reference, asked: SettlementCases) -> list[ColumnElement[bool]]:
    community = community_of_case(ref)
    if asked.no_area:
        return [community.is_(None)]
    if asked.area is None:
        return []
    return [community == lookup.any_unit(ref, "area", asked.area).id]


def _received(ctx: Context, ref: Reference, asked: SettlementQuestion) -> Received:
    """What the office counts hotline cases by at the end of the period."""
    if asked.until < asked.since:
        raise InvalidInput({"until": "range_reversed"})
    if (asked.until - asked.since).days > MOST_DAYS:
        raise InvalidInput({"until": "range_too_long"})
    profile = ref.profiles.default(f"{asked.until:%Y-%m}")
    return Received(profile, scope_of(ctx.actor, ref), ctx.now)


def _months(asked: SettlementQuestion) -> list[tuple[date, date]]:
    """The months of the period, its first and last cut to it."""
    spans, first = [], asked.since
    while first <= asked.until:
        following = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
        spans.append((first, min(following - timedelta(days=1), asked.until)))
        first = following
    return spans


def _days(since: date, until: date) -> dict[str, str]:
    return {"since": since.isoformat(), "until": until.isoformat()}


def _named(
    ref: Reference, asked: SettlementQuestion, community: int | None, figures: Settlements
) -> tuple[str, dict[str, str], Settlements]:
    days = _days(asked.since, asked.until)
    if community is None:
        return "未登记所在社区", days | {"no_area": "true"}, figures
    unit = ref.units[community]
    return unit.name, days | {"area": unit.code}, figures
