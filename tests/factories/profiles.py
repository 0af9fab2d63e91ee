"""Profiles of metrics that an office put in force, for tests of statistics."""

from casetracker.domain.rates import Profile
from casetracker.domain.rates.definitions import definition_of
from casetracker.domain.vocabulary import ProfileStatus
from casetracker.persistence.metric_profiles import MetricProfile
from casetracker.persistence.queries.reference import touch
from tests.factories.street import Street


def put_in_force(street: Street, profile: Profile, *, as_default: bool = False) -> None:
    """The profile holds from its month on, as if an administrator had decided so long before."""
    street.session.add(
        MetricProfile(
            code=profile.code,
            version=profile.version,
            track=profile.track,
            name=profile.name_zh,
            definition=definition_of(profile),
            copied_from="WUHAN_DEFAULT 2026.1",
            status=ProfileStatus.IN_FORCE,
            effective_month=profile.from_month,
            becomes_default=as_default,
            made_by=street.people["admin"].account_id,
            made_at=street.now,
        )
    )
    touch(street.session, street.now)
    street.session.commit()
