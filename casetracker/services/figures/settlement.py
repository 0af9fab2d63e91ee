"""社区化解: the figures of a period by community or month.

Within what the reader may see. Source: docs/rules/settlement.md.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import Profile
from casetracker.domain.reports.figure_periods import Days
from casetracker.domain.settlement import SETTLED
from casetracker.domain.vocabulary import Settlement
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.settlement import SettlementQuestion
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.settlement import (
    Settlements,
    pooled,
    settlements,
)
from casetracker.stats.tallies import Received

MOST_DAYS = 1100
PARTS: dict[str, tuple[Settlement, ...]] = {
    **{one.value: (one,) for one in Settlement},
    "settled": SETTLED,
    "in_street": (Settlement.COMMUNITY, Settlement.STREET),
    "received": tuple(Settlement),
}
"""What a list may be asked for: each figure, and the parts of the shares."""


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One line; `among` narrows the cases of its days to exactly what it counts."""

    label: str
    days: Days
    among: dict[str, str]
    figures: Settlements


@dataclass(frozen=True, slots=True)
class SettlementTable:
    """The lines and their total, pooled; `profile` is what was counted as received."""

    lines: tuple[SettlementLine, ...]
    total: SettlementLine
    profile: Profile


@query
def settlement_table(ctx: Context, session: Session, asked: SettlementQuestion) -> SettlementTable:
    """Raises InvalidInput for days in the wrong order or too far apart."""
    ref = reference(session)
    received = _received(ctx, ref, asked)
    spans = _months(asked) if asked.by == "month" else [(asked.since, asked.until)]
    found = settlements(session, received, [whole_days(*span) for span in spans], ref)
    if asked.by == "month":
        by_month = zip(spans, found, strict=True)
        lines = tuple(_of_month(span, pooled(one.values())) for span, one in by_month)
    else:
        places = sorted(found[0], key=lambda key: (key is None, key or 0))
        lines = tuple(_of_community(ref, asked, key, found[0][key]) for key in places)
    whole = pooled(line.figures for line in lines)
    total = SettlementLine("合计", Days(asked.since, asked.until), {}, whole)
    return SettlementTable(lines, total, received.profile)


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


def _of_month(span: tuple[date, date], figures: Settlements) -> SettlementLine:
    return SettlementLine(f"{span[0]:%Y-%m}", Days(*span), {}, figures)


def _of_community(
    ref: Reference, asked: SettlementQuestion, community: int | None, figures: Settlements
) -> SettlementLine:
    days = Days(asked.since, asked.until)
    if community is None:
        return SettlementLine("未登记所在社区", days, {"community": ""}, figures)
    unit = ref.units[community]
    return SettlementLine(unit.name, days, {"community": unit.code}, figures)
