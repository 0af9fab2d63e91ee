"""All facts of a report in one transaction, counted over what the reader sees.

Source: docs/rules/reports.md 3.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.rates import Profile, Window, percent
from casetracker.domain.reports.facts import (
    Compared,
    Handled,
    Part,
    ReportFacts,
    Times,
    TrendPoint,
    Volume,
)
from casetracker.domain.reports.hotline_sections import TREND_RATES
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.domain.reports.ranking import rank_words
from casetracker.domain.reports.wording import compared_words
from casetracker.domain.vocabulary import Channel, Dimension, Kind, Track
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.services.context import Context
from casetracker.services.reports.asking import Asking
from casetracker.services.reports.figures import (
    RECEIVED,
    Rates,
    base_words_of,
    count_of,
    figures_of,
    profile_words,
)
from casetracker.services.reports.grassroots_part import grassroots_of
from casetracker.services.reports.ledger_counts import whole_days_of
from casetracker.services.reports.lists import examples_of, order_list, overdue_list, repeat_list
from casetracker.services.reports.petition_part import petitions_of
from casetracker.services.reports.signs import signs_of
from casetracker.services.reports.topics import COLUMNS as OF_TOPICS
from casetracker.services.reports.topics import topics_of, weekly
from casetracker.services.reports.units import groups_of
from casetracker.services.use_case import query
from casetracker.stats.breakdowns import Breakdown
from casetracker.stats.durations import handling_times
from casetracker.stats.published import Told, told
from casetracker.stats.report_figures import HELD, INVALID, OF_RECEIVED, ON_HOLD, in_part
from casetracker.stats.tables import Asked
from casetracker.stats.tallies import whole_of

TREND = 13
CHARTED = frozenset({RECEIVED, *TREND_RATES})
DAYS_TO_ANSWER = 5
"""Working days after the report, or the end of the period, by which demands are to be met."""

COLUMNS: Mapping[str, Any] = {
    "channel": Case.channel,
    "kind": Case.kind,
    INVALID: OF_RECEIVED[INVALID],
    **OF_TOPICS,
}
"""What the cases that came in are broken down by."""

PUBLISHED = (Dimension.CHANNEL, Dimension.CATEGORY)
"""Breakdowns of which a frozen month keeps what was received; the others are counted now."""


@query
def report_facts(
    ctx: Context, session: Session, period: ReportPeriod, profile: str | None = None
) -> ReportFacts:
    """Always live. Raises NotPermitted, InvalidInput for an unknown profile, GuardRefused
    (`period_not_begun`) for what is yet to come.
    """
    asking = Asking.of(ctx, session)
    asked = _asked(asking, period, profile)
    chosen, now = asked[0]
    [here], [before], [last_year] = told(
        session, asking.reading("unit"), asked[:1], asked[1:2], asked[2:]
    )
    rates = (here.total, before.total, last_year.total)
    came_in = _came_in(asking, asked[:2], before)
    first, last = local_date(now[0]), local_date(now[1] - timedelta(seconds=1))
    return ReportFacts(
        street=asking.ref.settings["street_name"],
        span=period.span,
        key=period.key,
        name=period.name,
        short=period.short,
        first=first,
        last=last,
        profile=chosen.code,
        profile_name=profile_words(chosen),
        version=chosen.version,
        as_of=ctx.now,
        is_running=ctx.now < period.end(chosen),
        answer_by=asking.ref.calendar.add_working_days(
            max(last, local_date(ctx.now)), DAYS_TO_ANSWER
        ),
        volume=_volume(came_in, rates),
        handled=_handled(asking, chosen, now, rates),
        topics=topics_of(asking, asked[0], came_in),
        rank_words=rank_words(chosen),
        groups=groups_of(asking.ref, (chosen, here.rows), (asked[1].profile, before.rows)),
        examples=examples_of(asking, chosen, now),
        petitions=petitions_of(asking, period),
        overdue=overdue_list(asking, chosen, now),
        repeats=repeat_list(asking, chosen, now),
        orders=order_list(asking, now),
        trend=_trend(asking, profile, period),
        grassroots=grassroots_of(asking, asked),
        signs=signs_of(asking, period),
        compared_words=compared_words(
            chosen, {"上期": asked[1].profile, "去年同期": asked[2].profile}
        )
        + base_words_of(period, before, last_year),
        previous_profile=asked[1].profile.code,
        previous_basis=before.basis,
        whole_days=whole_days_of(now),
    )


def _asked(asking: Asking, period: ReportPeriod, profile: str | None) -> list[Asked]:
    """The period, the one before it and the same one a year before."""
    periods = (period, period.previous(), period.last_year())
    asked = [asking.asked(one, profile) for one in periods]
    chosen, now = asked[0]
    if chosen.track is not Track.HOTLINE:  # petitions have their own part, under their own profile
        raise InvalidInput({"profile": "not_of_the_hotline"})
    if asking.now < now[0]:
        raise GuardRefused("period_not_begun", period=period.name)
    return asked


def _came_in(asking: Asking, asked: list[Asked], before: Told) -> dict[str, Breakdown]:
    """What came in in the period and in the one before it, of which what was published holds."""
    found = asking.broken_down(asked, COLUMNS, weekly(asked[0].window, asking.now))
    for by in PUBLISHED if before.state else ():
        found[by] = [found[by][0], asking.published(before, by)]
    return found


SAID: Mapping[Channel | Kind, str] = {Channel.HOTLINE_12345: "12345热线"}
"""A name that ends in figures cannot stand before a number."""

Three = tuple[Rates, Rates, Rates]


def _volume(came_in: Mapping[str, Breakdown], rates: Three) -> Volume:
    channels = came_in["channel"]
    now, before, last_year = rates
    return Volume(
        received=Compared(count_of(now), count_of(before), count_of(last_year)),
        persons=whole_of(channels[0]).persons,
        excluded=sum(now["received"].excluded.values()),
        invalid=in_part(came_in, INVALID).cases,
        channels=_parts(Channel, channels, lambda one: {"by": "channel", "key": one}),
        kinds=_parts(Kind, came_in["kind"], lambda one: {"kind": one}),
    )


def _parts(
    members: type[Channel] | type[Kind], found: Breakdown, among: Callable[[str], dict[str, str]]
) -> tuple[Part, ...]:
    """What there was of each in either period, most first; `among` names its cases."""
    now, before = found
    parts = [
        Part(
            SAID.get(member, label(member)),
            now[member].cases if member in now else 0,
            before[member].cases if member in before else 0,
            among(member.value),
        )
        for member in members
        if member in now or member in before
    ]
    return tuple(sorted(parts, key=lambda part: -part.now))


def _handled(asking: Asking, profile: Profile, window: Window, rates: Three) -> Handled:
    now, before, last_year = rates
    times = handling_times(asking.session, asking.received(profile), window, asking.ref.calendar)
    average = None if times.average is None else str(percent(times.average / 100, 1))
    return Handled(
        metrics=figures_of(profile, now, before, last_year),
        held=asking.counted(HELD, profile, window),
        on_hold=asking.counted(ON_HOLD, profile, window),
        times=Times(times.answered, average, times.slow),
    )


def _trend(asking: Asking, profile: str | None, period: ReportPeriod) -> tuple[TrendPoint, ...]:
    """The periods up to this one, the oldest first; only what the charts show is counted."""
    periods = [period]
    while len(periods) < TREND:
        periods.insert(0, periods[0].previous())
    asked = [asking.asked(one, profile) for one in periods]
    reading = replace(asking.reading(None), codes=CHARTED)
    now, _, earlier = told(asking.session, reading, asked[-1:], totals=asked[:-1])
    points = []
    for one, of, found in zip(periods, asked, [*earlier, *now], strict=True):
        figures = figures_of(of.profile, found.total, codes=TREND_RATES)
        values = {figure.code: figure.value for figure in figures}
        count = count_of(found.total)
        points.append(TrendPoint(one.tick, count, values, one.key, of.profile.code, found.basis))
    return tuple(points)
