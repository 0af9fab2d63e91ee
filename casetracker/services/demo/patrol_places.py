"""Who inspects which place in the demonstration, and what an inspection looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random
from typing import Any

from casetracker.domain.days import at
from casetracker.domain.patrol_vocabulary import HazardKind, PlaceKind
from casetracker.domain.vocabulary import UnitKind
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import Reference, UnitFacts
from casetracker.services.demo.organisation import AREAS
from casetracker.services.demo.patrol_words import COUNTRY, PLACES, TOWN

ROADS = ("沿江路", "建设街", "新沟大道")
BESIDES = ("pingan", "zhifa", "zongzhi")
"""An office and centres that inspect all over the street, a quarter of the times."""


def working_days(calendar: WorkingCalendar, first: date, last: date) -> list[date]:
    """The working days from the first to the last."""
    span = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in span if calendar.is_working_day(day)]


@dataclass(slots=True)
class Patroller:
    """Draws inspections, one area after the other; the same seed draws the same."""

    random: Random
    ref: Reference
    staff: Mapping[str, Account]
    made: int = field(default=0)

    def inspection(self, day: date, found_hazards: bool) -> dict[str, Any]:
        """One place looked at on that day, as a row without its number."""
        area = self.unit(AREAS[self.made % len(AREAS)])
        self.made += 1
        unit = self.unit(self.random.choice(BESIDES)) if self.random.random() < 0.25 else area
        rural = area.kind is UnitKind.BRIGADE
        kind = self.random.choice(COUNTRY if rural else TOWN)
        inspector = self.staff[f"{unit.code}_handler"]
        return {
            "inspected_on": day,
            "place": f"{area.name}{self.random.choice(PLACES[kind])}",
            "address": self._address(area, rural),
            "place_kind": kind,
            "area_unit_id": area.id,
            "unit_id": unit.id,
            "inspectors": f"{inspector.name}、{self.staff[f'{unit.code}_head'].name}",
            "checked": self._checked(kind),
            "note": None if found_hazards else "消防设施完好，用电用气规范，未发现隐患。",
            "found_hazards": found_hazards,
            "entered_by": inspector.id,
            "entered_at": at(day, time(16, self.random.randrange(60))),
        }

    def unit(self, code: str) -> UnitFacts:
        return self.ref.units[self.ref.unit_names[code]]

    def _address(self, area: UnitFacts, rural: bool) -> str:
        if rural:
            return f"{area.name}{self.random.randint(1, 9)}组"
        return f"{area.name}{self.random.choice(ROADS)}{self.random.randint(1, 180)}号"

    def _checked(self, kind: PlaceKind) -> frozenset[str]:
        usual = {HazardKind.FIRE, HazardKind.ELECTRICITY}
        more = {
            PlaceKind.CATERING: HazardKind.GAS,
            PlaceKind.FACTORY: HazardKind.WORKPLACE,
            PlaceKind.CONSTRUCTION: HazardKind.WORKPLACE,
            PlaceKind.FARM: HazardKind.WATER,
            PlaceKind.RENTAL: HazardKind.BUILDING,
        }
        return frozenset(usual | ({more[kind]} if kind in more else set()))
