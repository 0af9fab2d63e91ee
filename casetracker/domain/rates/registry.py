"""Which version of which profile holds for a month: old months keep what they were counted by.

Source: docs/rules/rates.md §9.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates.beijing import BEIJING_DISTRICT
from casetracker.domain.rates.metric import Profile
from casetracker.domain.rates.shanghai import SHANGHAI_TOWN
from casetracker.domain.rates.wuhan import WUHAN_DEFAULT
from casetracker.domain.rates.xinfang import XINFANG
from casetracker.domain.vocabulary import Track

PROFILES = {
    profile.code: profile for profile in (WUHAN_DEFAULT, BEIJING_DISTRICT, SHANGHAI_TOWN, XINFANG)
}
"""The profiles that are shipped, by code, the default first."""


@dataclass(frozen=True, slots=True)
class Default:
    """From this month (YYYY-MM) on the office counts by this profile where nobody names one."""

    month: str
    code: str


@dataclass(frozen=True, slots=True)
class Profiles:
    """All versions in force of all profiles, and what the office counts by."""

    versions: tuple[Profile, ...] = tuple(PROFILES.values())
    defaults: tuple[Default, ...] = (
        Default(WUHAN_DEFAULT.from_month, WUHAN_DEFAULT.code),
        Default(XINFANG.from_month, XINFANG.code),
    )

    def named(self, code: str, month: str) -> Profile:
        """The version that holds for a month; for months before the first one, the first.

        Raises InvalidInput for a code that no profile has.
        """
        found = sorted(self.versions_of(code), key=lambda one: one.from_month)
        if not found:
            raise InvalidInput({"profile": "unknown_profile"}, known="、".join(self.codes))
        return next((one for one in reversed(found) if one.from_month <= month), found[0])

    def default(self, month: str, track: Track = Track.HOTLINE) -> Profile:
        """What the office counts that month's cases of a track by."""
        chosen = sorted(
            (one for one in self.defaults if self._track_of(one.code) == track),
            key=lambda one: one.month,
        )
        held = [one for one in chosen if one.month <= month] or chosen[:1]
        return self.named(held[-1].code, month)

    def chosen(self, code: str | None, month: str) -> Profile:
        """The named profile, or the hotline's default where none is named.

        Raises InvalidInput for a code that no profile has.
        """
        return self.named(code, month) if code else self.default(month)

    def of_month(self, month: str) -> tuple[Profile, ...]:
        """Every profile in the version that holds for the month."""
        return tuple(self.named(code, month) for code in self.codes)

    def with_more(self, versions: Iterable[Profile], defaults: Iterable[Default]) -> "Profiles":
        """Those of the office put in force beside these."""
        return Profiles((*self.versions, *versions), (*self.defaults, *defaults))

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all profiles, shipped ones first."""
        return tuple(dict.fromkeys(one.code for one in self.versions))

    def versions_of(self, code: str) -> Iterator[Profile]:
        """Every version of a profile in force or yet to come."""
        return (one for one in self.versions if one.code == code)

    def _track_of(self, code: str) -> str:
        return next(one.track for one in self.versions_of(code))
