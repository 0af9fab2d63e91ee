"""Which months may be frozen: over by the office's definitions of the hotline and of petitions."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from casetracker.domain.rates import Profile
from casetracker.domain.reports.periods import ReportPeriod, Span, last_full
from casetracker.domain.vocabulary import Track
from casetracker.persistence.queries.reference import reference


def profiles_of(session: Session, period: ReportPeriod) -> Iterator[Profile]:
    """What the office counts the month by: the hotline's, then that of petitions."""
    profiles = reference(session).profiles
    return (profiles.default(period.month, track) for track in (Track.HOTLINE, Track.PETITION))


def is_over(period: ReportPeriod, profiles: Iterable[Profile], now: datetime) -> bool:
    """Whether it is over by all of them."""
    return all(period.end(profile) <= now for profile in profiles)


def last_over(session: Session, now: datetime) -> ReportPeriod:
    """The last month that may be frozen."""
    period = last_full(Span.MONTH, now)
    if is_over(period, profiles_of(session, period), now):
        return period
    return period.previous()
