"""What communities settled and what patrols found, for reports and the year.

Source: docs/rules/settlement.md; docs/rules/patrol.md 5.
"""

from sqlalchemy import func, select, true
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.patrol_vocabulary import HazardLevel
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.facts import Compared, Grassroots, Safety, SettledLine
from casetracker.domain.reports.year import SettlementYear
from casetracker.domain.vocabulary import Settlement
from casetracker.persistence.patrol import Hazard
from casetracker.services.reports.asking import Asking
from casetracker.services.reports.ledger_counts import days_of
from casetracker.stats.hazards import (
    IS_COUNTED,
    Patrolled,
    Patrols,
    found_in,
    patrolled_in_all,
)
from casetracker.stats.settlement import Settlements, pooled, settlements
from casetracker.stats.tables import Asked

ELSEWHERE = "未登记所在社区"


def grassroots_of(asking: Asking, asked: list[Asked]) -> Grassroots:
    """The period first, then the one before it and the same one a year before."""
    profile, now = asked[0]
    [by_community] = settlements(asking.session, asking.received(profile), [now], asking.ref)
    places = sorted(by_community, key=lambda key: (key is None, key or 0))
    lines = tuple(
        _line(asking.ref.unit_name(key) or ELSEWHERE, by_community[key], _among(asking, key))
        for key in places
    )
    total = _line("合计", pooled(by_community.values()), {})
    return Grassroots(lines, total, _safety(asking, [one.window for one in asked]))


def settlement_counts(asking: Asking, profile: Profile, window: Window) -> SettlementYear:
    """The three figures of a year, with what is open."""
    [found] = settlements(asking.session, asking.received(profile), [window], asking.ref)
    whole = pooled(found.values())
    return SettlementYear(
        whole[Settlement.COMMUNITY],
        whole[Settlement.STREET],
        whole[Settlement.HANDED_ON],
        whole[Settlement.OPEN],
        whole[Settlement.NOT_TAKEN],
    )


def _among(asking: Asking, key: int | None) -> dict[str, str]:
    return {"community": "" if key is None else asking.ref.units[key].code}


def _line(name: str, of: Settlements, among: dict[str, str]) -> SettledLine:
    return SettledLine(
        name,
        of[Settlement.COMMUNITY],
        of[Settlement.STREET],
        of[Settlement.HANDED_ON],
        of[Settlement.OPEN],
        of[Settlement.NOT_TAKEN],
        among,
    )


def _safety(asking: Asking, windows: list[Window]) -> Safety | None:
    """None where nothing was entered in the period."""
    now, before, year_ago = (_patrolled(asking, window) for window in windows)
    if not (now.inspections or now.found):
        return None
    return Safety(
        inspections=Compared(now.inspections, before.inspections, year_ago.inspections),
        found=Compared(now.found, before.found, year_ago.found),
        major=_major(asking.session, windows[0]),
        rectified=now.rectified,
        to_date=now.to_date,
        late=now.late,
    )


def _patrolled(asking: Asking, window: Window) -> Patrolled:
    asked = Patrols(days_of(window), true(), true(), local_date(asking.now))
    return patrolled_in_all(asking.session, asked)


def _major(session: Session, window: Window) -> int:
    wanted = select(func.count(Hazard.id)).where(
        found_in(days_of(window)), IS_COUNTED, Hazard.level == HazardLevel.MAJOR
    )
    return session.scalar(wanted) or 0
