"""The profiles of metrics with all their versions: shipped ones, those of the office, its drafts.

Source: docs/rules/rates.md §9.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.rates import PROFILES, Profile, period_of
from casetracker.domain.rates.definitions import profile_from
from casetracker.domain.vocabulary import ProfileStatus
from casetracker.persistence.account import Account
from casetracker.persistence.metric_profiles import MetricProfile
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query

SHIPPED = "产品自带"


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version: its definitions, where it stands, and who made it and put it in force when.

    `row` is None for a shipped one. `is_default`: the office counts by its code from then on.
    """

    profile: Profile
    status: ProfileStatus
    row: MetricProfile | None
    names: Mapping[int, str]
    has_begun: bool
    is_default: bool

    @property
    def is_draft(self) -> bool:
        return self.status is ProfileStatus.DRAFT

    @property
    def may_be_withdrawn(self) -> bool:
        """A draft, or what is yet to come; what counted already stays."""
        is_coming = self.status is ProfileStatus.IN_FORCE and not self.has_begun
        return self.row is not None and (self.is_draft or is_coming)

    @property
    def from_month(self) -> str | None:
        """None while it is a draft."""
        return None if self.is_draft else self.profile.from_month

    @property
    def made(self) -> tuple[str, datetime | None]:
        """By whom and when."""
        row = self.row
        return (SHIPPED, None) if row is None else (self.names[row.made_by], row.made_at)

    @property
    def put_in_force(self) -> tuple[str, datetime] | None:
        """By whom and when; None for what never was, and for shipped ones."""
        row = self.row
        if row is None or row.put_in_force_by is None or row.put_in_force_at is None:
            return None
        return self.names[row.put_in_force_by], row.put_in_force_at


@query
def version_lines(ctx: Context, session: Session) -> list[VersionLine]:
    """Profile by profile, shipped ones first, each with its versions as they were made."""
    require_right(ctx, Right.RULES_MANAGE)
    rows = session.scalars(select(MetricProfile).order_by(MetricProfile.id)).all()
    names = {row.id: row.name for row in session.execute(select(Account.id, Account.name))}
    ref = reference(session)
    shipped = [_line(ctx, ref, one, None, names) for one in PROFILES.values()]
    own = [_line(ctx, ref, profile_from(row.definition), row, names) for row in rows]
    codes = list(dict.fromkeys(line.profile.code for line in (*shipped, *own)))
    return sorted((*shipped, *own), key=lambda line: codes.index(line.profile.code))


def _line(
    ctx: Context, ref: Reference, profile: Profile, row: MetricProfile | None,
    names: Mapping[int, str],
) -> VersionLine:  # fmt: skip
    return VersionLine(
        profile=profile,
        status=ProfileStatus.IN_FORCE if row is None else row.status,
        row=row,
        names=names,
        has_begun=period_of(profile, profile.from_month)[0] <= ctx.now,
        is_default=_is_default(ctx, ref, profile) if row is None else row.becomes_default,
    )


def _is_default(ctx: Context, ref: Reference, profile: Profile) -> bool:
    """Whether the office counts this very month by a shipped version."""
    return ref.profiles.default(f"{local(ctx.now):%Y-%m}", profile.track) == profile


@query
def find_version(ctx: Context, session: Session, code: str, version: str) -> VersionLine:
    """Raises NotFound."""
    for line in version_lines(ctx):
        if (line.profile.code, line.profile.version) == (code, version):
            return line
    raise NotFound(code=code, version=version)
