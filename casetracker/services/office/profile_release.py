"""A draft put in force from a month on, and taken back before that month begins.

Source: docs/rules/rates.md §9.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import Conflict, InvalidInput
from casetracker.domain.rates import Profile, Profiles, following_month, period_of
from casetracker.domain.rates.definitions import definition_of, profile_from
from casetracker.domain.vocabulary import ProfileStatus
from casetracker.persistence.database import take_turns
from casetracker.persistence.metric_profiles import MetricProfile
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.profiles import PutInForce
from casetracker.services.context import Context
from casetracker.services.office.changes import Facts, record_change
from casetracker.services.office.metric_profiles import find_version
from casetracker.services.office.profile_drafts import (
    first_day,
    open_draft,
    open_version,
    subject_of,
)
from casetracker.services.use_case import query, use_case


@use_case
def put_in_force(
    ctx: Context, session: Session, code: str, version: str, command: PutInForce
) -> None:
    """发布口径: as the next version of its code, or what the office counts by from then on.

    Raises InvalidInput for a month in which somebody is counted already: whoever is judged by a
    definition must have known it when the month began.
    """
    take_turns(session, "metric_profiles")
    row = open_draft(ctx, session, code, version, command.version)
    profile, profiles = profile_from(row.definition), reference(session).profiles
    earliest = first_free_month(ctx, profiles, profile)
    period_of(profile, command.month)  # refuses what is no month
    if command.month < earliest:
        raise InvalidInput({"month": "month_has_begun"}, earliest=earliest)
    _refuse_taken(session, row, command)
    before = _facts(row)
    begun = replace(profile, effective_from=first_day(command.month))
    row.definition, row.effective_month = definition_of(begun), command.month
    row.status, row.becomes_default = ProfileStatus.IN_FORCE, command.as_default
    row.put_in_force_by, row.put_in_force_at = ctx.actor.account_id, ctx.now
    session.flush()
    record_change(ctx, session, Access.PROFILE_CHANGED, subject_of(row), before, _facts(row))


def first_free_month(ctx: Context, profiles: Profiles, profile: Profile) -> str:
    """The first month that has begun neither by the profile nor by those that it may replace."""
    month = f"{local(ctx.now):%Y-%m}"
    while not _is_free(ctx, profiles, profile, month):
        month = following_month(month)
    return month


def _is_free(ctx: Context, profiles: Profiles, profile: Profile, month: str) -> bool:
    judging = [profile, profiles.default(month, profile.track)]
    if profile.code in profiles.codes:
        judging.append(profiles.named(profile.code, month))
    return all(period_of(one, month)[0] > ctx.now for one in judging)


def _refuse_taken(session: Session, row: MetricProfile, command: PutInForce) -> None:
    """One version of a code and one default of a track begin in a month."""
    begin = session.scalars(
        select(MetricProfile).where(
            MetricProfile.status == ProfileStatus.IN_FORCE,
            MetricProfile.effective_month == command.month,
            MetricProfile.track == row.track,
        )
    ).all()
    if any(one.code == row.code for one in begin):
        raise InvalidInput({"month": "profile_month_taken"})
    if command.as_default and any(one.becomes_default for one in begin):
        raise InvalidInput({"as_default": "default_month_taken"})


@use_case
def withdraw_profile(ctx: Context, session: Session, code: str, version: str) -> None:
    """撤回口径: a draft, or a version that is yet to come. What has counted already stays.

    Raises Conflict for one that has begun, or was taken back before.
    """
    row = open_version(ctx, session, code, version)
    profile = profile_from(row.definition)
    is_coming = row.status is ProfileStatus.IN_FORCE and (
        period_of(profile, profile.from_month)[0] > ctx.now
    )
    if row.status is not ProfileStatus.DRAFT and not is_coming:
        raise Conflict("profile_has_begun")
    before = _facts(row)
    row.status = ProfileStatus.WITHDRAWN
    session.flush()
    record_change(ctx, session, Access.PROFILE_CHANGED, subject_of(row), before, _facts(row))


def _facts(row: MetricProfile) -> Facts:
    return {
        "状态": row.status,
        "执行月份": row.effective_month,
        "本街道所用口径": row.becomes_default,
    }


@query
def earliest_month(ctx: Context, session: Session, code: str, version: str) -> str:
    """From when the version could be put in force. Raises NotFound."""
    line = find_version(ctx, code, version)
    return first_free_month(ctx, reference(session).profiles, line.profile)
