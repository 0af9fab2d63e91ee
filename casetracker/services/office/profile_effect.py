"""What a draft would have made of the last month, beside the definitions that counted it.

Counted for the whole street without the confidential lane, in figures alone: whoever keeps the
rules sees no case (docs/decisions/0019-one-month-one-definition.md).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.permissions import Right, Scope
from casetracker.domain.rates import Profile, Profiles, Rate, previous_month
from casetracker.domain.vocabulary import Dimension
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context, require_right
from casetracker.services.office.metric_profiles import find_version
from casetracker.services.use_case import query
from casetracker.stats.monthly import asked_of
from casetracker.stats.pooling import SCORE
from casetracker.stats.rows import row_order
from casetracker.stats.tables import Lines, Reading, tables_of

WHOLE_STREET = Scope(sees_all=True)


@dataclass(frozen=True, slots=True)
class Effect:
    """One month by both definitions: those that counted it (of the same code, or else what the
    office counts by) and the others.
    """

    month: str
    before: Profile
    after: Profile
    total: tuple[Mapping[str, Rate], Mapping[str, Rate]]
    units: tuple["Side", ...]

    @property
    def codes(self) -> tuple[str, ...]:
        """The metrics, and the score where either has one."""
        codes = tuple(metric.code for metric in self.after.metrics)
        return (*codes, SCORE) if self.before.score or self.after.score else codes

    @property
    def changed(self) -> tuple[str, ...]:
        """Those that are defined otherwise or come out otherwise."""
        return tuple(code for code in self.codes if self._differs(code))

    def _differs(self, code: str) -> bool:
        now, then = (total.get(code) for total in self.total)
        return now != then or any(one.get(code) != two.get(code) for _, one, two in self.units)


@query
def effect_of(ctx: Context, session: Session, code: str, version: str) -> Effect:
    """Of any version on the last full month. Raises NotFound."""
    require_right(ctx, Right.RULES_MANAGE)
    after = find_version(ctx, code, version).profile
    month = previous_month(f"{local(ctx.now):%Y-%m}")
    before = _counted_by(reference(session).profiles, after, month)
    reading = Reading(WHOLE_STREET, ctx.now, Dimension.UNIT)
    asked = [asked_of(profile, month, ctx.now) for profile in (before, after)]
    (then, now), _ = tables_of(session, reading, asked)
    return Effect(
        month, before, after, (then[1].metrics, now[1].metrics), tuple(_side_by_side(then, now))
    )


def _counted_by(profiles: Profiles, profile: Profile, month: str) -> Profile:
    """What the month was counted by."""
    if profile.code in profiles.codes:
        return profiles.named(profile.code, month)
    return profiles.default(month, profile.track)


Side = tuple[str, Mapping[str, Rate], Mapping[str, Rate]]


def _side_by_side(before: Lines, after: Lines) -> Iterator[Side]:
    """Every unit that has a row in either, in the order of their codes."""
    then, now = ({row.key: row for row in rows} for rows, _ in (before, after))
    names = {key: row.label for key, row in (then | now).items()}
    nothing: Mapping[str, Rate] = {}
    for key in sorted(names, key=lambda code: row_order(Dimension.UNIT, code)):
        before_it, after_it = (
            found[key].metrics if key in found else nothing for found in (then, now)
        )
        yield names[key], before_it, after_it
