"""The month at a glance, under the four headings of the supervisor's home.

Source: docs/rules/insight.md 9.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import and_, case, exists, func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date, whole_days
from casetracker.domain.rates import Metric, Rate, previous_month
from casetracker.domain.reports.wording import running_words
from casetracker.domain.vocabulary import Channel
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, profile_at
from casetracker.services.reports.asking import Asking
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query
from casetracker.stats.dispatches import Dispatched, dispatched_by
from casetracker.stats.monthly import totals_of
from casetracker.stats.placing import within


@dataclass(frozen=True, slots=True)
class MonthRate:
    """One of the three rates: this month so far, and the month before."""

    metric: Metric
    now: Rate
    before: Rate


@dataclass(frozen=True, slots=True)
class ChannelCount:
    """What came by a channel this month so far, and in the same days of the month before."""

    channel: Channel
    now: int
    before: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The running month from its first day to today, within the reader's scope."""

    month: str
    running_words: str
    first: date
    today: date
    rates: tuple[MonthRate, ...]
    channels: tuple[ChannelCount, ...]
    dispatched: Dispatched


@query
def month_overview(ctx: Context, session: Session, codes: Sequence[str]) -> Overview:
    """The rates of these codes, the channels and the dispatches. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    today = local_date(ctx.now)
    first, month = today.replace(day=1), today.strftime("%Y-%m")
    dispatched = dispatched_by(session, visible(asking.scope), whole_days(first, today), None)
    return Overview(
        month=month,
        running_words=running_words(profile_at(asking.ref, today)),
        first=first,
        today=today,
        rates=month_rates(asking, codes),
        channels=_channels(asking, first, today),
        dispatched=dispatched.get(None, Dispatched()),
    )


@query
def count_answered_orders(ctx: Context, session: Session) -> int:
    """Supervision orders whose feedback waits to be struck off or sent back."""
    seen = visible(scope_of(ctx.actor, reference(session)))
    found = select(func.count(SupervisionOrder.id)).where(
        SupervisionOrder.closed_at.is_(None),
        SupervisionOrder.feedback_at.is_not(None),
        exists().where(Case.id == SupervisionOrder.case_id, seen),
    )
    return session.scalar(found) or 0


def _channels(asking: Asking, first: date, today: date) -> tuple[ChannelCount, ...]:
    """Every channel, those with most cases first; one row comes back, whatever came in."""
    last_month = first - timedelta(days=1)
    same_day = last_month.replace(day=min(today.day, last_month.day))
    windows = [whole_days(first, today), whole_days(last_month.replace(day=1), same_day)]
    received = asking.received(profile_at(asking.ref, today)).condition(asking.session, windows)
    counts = (
        func.count(case((and_(Case.channel == one, within(Case.received_at, window)), 1)))
        for window in windows
        for one in Channel
    )
    row = asking.session.execute(select(*counts).where(received)).one()
    now, before = row[: len(Channel)], row[len(Channel) :]
    found = [ChannelCount(*one) for one in zip(Channel, now, before, strict=True)]
    return tuple(sorted(found, key=lambda one: (-one.now, -one.before, one.channel)))


def month_rates(asking: Asking, codes: Sequence[str]) -> tuple[MonthRate, ...]:
    """These rates of the running month and of the one before, as published or as it is now."""
    month = local_date(asking.now).strftime("%Y-%m")
    earlier = previous_month(month)
    before, now = (
        one.total
        for one in totals_of(asking.session, asking.scope, asking.now, months=[earlier, month])
    )
    profile = asking.ref.profiles.default(month)
    return tuple(
        MonthRate(metric, now[metric.code], before[metric.code])
        for metric in profile.metrics
        if metric.code in codes and metric.code in now and metric.code in before
    )
