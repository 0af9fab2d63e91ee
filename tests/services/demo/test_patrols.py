"""The patrols of the demonstration street: the founding year as its report counts it."""

from datetime import date

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.patrol_vocabulary import HazardState
from casetracker.persistence.patrol import Hazard, HazardEntry, Inspection
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.demo.foundation import lay_foundation
from casetracker.services.demo.patrols import lay_patrols
from casetracker.services.reports.year import year_report
from casetracker.services.verifying.findings import Sight
from casetracker.services.verifying.patrols import checked, registered, replayed
from tests.services.demo.conftest import CTX, NOW


@pytest.fixture(autouse=True, scope="module")
def _laid(session_for_all: Session) -> None:
    """Once for all of them; what a test adds is undone."""
    lay_foundation(CTX)
    lay_patrols(CTX)


def test_the_founding_year_says_what_its_report_says(session: Session) -> None:
    report = year_report(CTX, AnnualQuestion.model_validate({"year": 2019}))
    assert "开展安全检查1437家次，排查隐患1150处，整改1145处" in report.paragraph
    assert [one.message for one in report.findings if one.code == "hazards"] == [
        "排查隐患1150处，整改1145处，尚有5处未整改。"
    ]
    january = (date(2020, 1, 1), date(2020, 1, 31))
    later = select(func.count(Hazard.id)).where(
        Hazard.found_on < january[0], Hazard.verified_on.between(*january)
    )
    assert session.scalar(later) == 5
    of_the_year = Inspection.number.like("JC2019-%")
    rows = session.execute(
        select(Inspection.area_unit_id, Inspection.inspected_on).where(of_the_year)
    )
    assert len({(area, day.month) for area, day in rows}) == 12 * 12, "every area in every month"


def test_today_some_are_open_some_late_and_all_holds(session: Session) -> None:
    states = set(session.scalars(select(Hazard.state).where(Hazard.found_on > date(2026, 1, 1))))
    assert states == set(HazardState) - {HazardState.IN_CASE}
    late = select(func.count(Hazard.id)).where(
        Hazard.state == HazardState.NOTIFIED, Hazard.due_on < NOW.date()
    )
    assert session.scalar(late)
    assert session.scalar(select(func.max(HazardEntry.at))) < NOW  # type: ignore[operator]
    sight = Sight(session, NOW)
    assert [*registered(sight), *replayed(sight), *checked(sight)] == []
