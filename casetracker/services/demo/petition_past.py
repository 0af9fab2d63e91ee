"""The petitions of the demonstration's past: the 95 of 2019 and those of the last thirteen months.

They go in by the way of an imported history. The 95 are what the office reported: all of them can
be seen by the petition clerk. Accusations were never counted there and are not here either
(docs/decisions/0012); what stands in the lane comes on top and is played step by step.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from casetracker.domain.petition_vocabulary import AdviceOutcome, OpinionOutcome, Subroute
from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Result,
    Satisfaction,
    SourceLevel,
    UnitKind,
)
from casetracker.persistence.queries.reference import UnitFacts
from casetracker.services.demo.organisation import AREAS, UNITS, name_of
from casetracker.services.demo.past import MONTHS_BACK, Storyteller, pick
from casetracker.services.demo.petition_matters import PetitionTelling, matters_on, tell_petition
from casetracker.services.demo.timing import Pace, month_days, months_back
from casetracker.services.imports.imported import (
    ImportedCase,
    ImportedOpinion,
    ImportedPetition,
)

L, C = SourceLevel, Channel
PRINTED: tuple[tuple[SourceLevel | None, int], ...] = (
    (L.NATIONAL, 7), (L.PROVINCIAL, 6), (L.MUNICIPAL, 35), (L.DISTRICT, 30), (L.STREET, 10),
    (None, 7),
)  # fmt: skip
"""阳光信访办理 95 件: the printed parts add up to 88, seven carry no source level."""

SENDERS = {
    L.NATIONAL: "国家信访局", L.PROVINCIAL: "省信访局", L.MUNICIPAL: "市信访局",
    L.DISTRICT: "区信访局",
}  # fmt: skip
_OWN_CHANNELS = ((C.LETTER, 4), (C.VISIT, 4), (C.CALL, 1), (C.PETITION_ONLINE, 2))
_LEVELS = (
    (L.NATIONAL, 7), (L.PROVINCIAL, 6), (L.MUNICIPAL, 35), (L.DISTRICT, 30), (L.STREET, 17),
)  # fmt: skip
_ROUTES = (
    (Subroute.OPINION, 58), (Subroute.DUTY, 13), (Subroute.ADMINISTRATIVE, 9),
    (Subroute.ARBITRATION, 8), (Subroute.LITIGATION, 4), (Subroute.PARTY_APPEAL, 1), (None, 7),
)  # fmt: skip
_RESULTS = ((Result.RESOLVED, 45), (Result.PARTLY, 20), (Result.EXPLAINED, 35))
_OUTCOMES = {
    Result.RESOLVED: OpinionOutcome.SUPPORTED,
    Result.PARTLY: OpinionOutcome.PARTLY,
    Result.EXPLAINED: OpinionOutcome.EXPLAINED,
}
_JUDGED = (
    (Satisfaction.SATISFIED, 60), (Satisfaction.BASICALLY, 25), (Satisfaction.DISSATISFIED, 15),
)  # fmt: skip
UNCOUNTED_EVERY = 40
LEFT_OUT = {7: ExcludeReason.LEGACY, 27: ExcludeReason.BEYOND_POWERS}
"""Which of so many do not count, and why."""
_DAY = 6.5
"""Office hours of a working day."""
REPEATED, REFUSED, LATE, EXTENDED, JUDGED = 0.1, 0.05, 0.06, 0.12, 0.4


def working_units(teller: Storyteller) -> list[UnitFacts]:
    """Who handles petitions: the street's own offices, centres, communities and brigades."""
    codes = [one.code for one in UNITS if one.handles and one.kind is not UnitKind.DEPARTMENT]
    return [teller.unit(code) for code in codes]


@dataclass(slots=True)
class PetitionTeller:
    """Draws petitions along with the teller of the hotline's stories."""

    teller: Storyteller
    told: int = 0
    earlier: str | None = None

    @property
    def pace(self) -> Pace:
        return self.teller.pace

    def petition(
        self, unit: UnitFacts, received_at: datetime, level: SourceLevel | None, *,
        until: datetime, prefix: str,
    ) -> ImportedCase:  # fmt: skip
        """One petition, received then; what would lie after `until` has not happened."""
        self.told += 1
        random = self.teller.random
        route = pick(random, _ROUTES)
        assert route is None or isinstance(route, Subroute)
        telling, _ = self.telling(unit, route)
        number = f"{prefix}{self.told:04}"
        repeats = self.earlier if random.random() < REPEATED else None
        self.earlier = number
        flow = self.flow(route, received_at, until)
        return ImportedCase(
            row=self.told,
            key=number,
            told=number,
            external_number=number,
            channel=self.channel(level),
            source_level=level,
            kind=telling.matter.kind,
            category_id=self.teller.ref.category_names[telling.matter.category],
            title=telling.title,
            content=telling.content,
            address=telling.address,
            name=name_of(random.randrange(100_000)),
            phone=f"1{random.choice('3578')}{random.randrange(10**9):09}",
            persons=random.choices((1, 3, 6, 12), (84, 9, 5, 2))[0],
            repeat_of=repeats,
            lead_unit_id=unit.id if flow["assigned"] else None,
            received_at=received_at,
            closed_at=flow["closed"],
            result=flow["result"],
            extended_days=flow["extended"],
            petition=self.side(telling, flow, SENDERS.get(level) if level else None),
        )

    def telling(self, unit: UnitFacts, route: Subroute | None) -> tuple[PetitionTelling, UnitFacts]:
        """What is brought up, and where; communities and brigades have their own streets."""
        random = self.teller.random
        area = unit if unit.code in AREAS else self.teller.unit(random.choice(AREAS))
        rural = area.kind is UnitKind.BRIGADE
        return tell_petition(random, random.choice(matters_on(route)), area.name, rural=rural), area

    def channel(self, level: SourceLevel | None) -> Channel:
        """What comes from above is passed on or stands on the platform."""
        if level in SENDERS:
            return self.teller.random.choice((C.FORWARDED, C.PETITION_ONLINE))
        channel = pick(self.teller.random, _OWN_CHANNELS)
        assert isinstance(channel, Channel)
        return channel

    def flow(
        self, route: Subroute | None, received_at: datetime, until: datetime
    ) -> dict[str, Any]:
        """The moments of a petition, cut off at `until`; what is refused ends with its notice."""
        random, after = self.teller.random, self.pace.after
        decided = after(received_at, _DAY * random.uniform(1, 7))
        days = random.uniform(1, 3) if random.random() > LATE else random.uniform(8, 12)
        notified = after(decided, _DAY * days)
        assigned = after(decided, _DAY * random.uniform(0.3, 2))
        longest = 38 if route is Subroute.OPINION else 18
        served = max(after(assigned, _DAY * random.uniform(6, longest)), notified)
        is_late = random.random() < LATE
        if is_late:
            served = after(served, _DAY * 20)
        refused = route is Subroute.OPINION and random.random() < REFUSED
        answered = route in (Subroute.OPINION, Subroute.DUTY, None) and not refused
        keep = {
            "notified": notified if notified <= until else None,
            "accepted": decided
            if decided <= until and route is Subroute.OPINION and not refused
            else None,
            "assigned": assigned if assigned <= until and answered else None,
            "served": served if served <= until and answered else None,
        }
        over = keep["served"] if answered else keep["notified"]
        may_extend = keep["accepted"] is not None and random.random() < EXTENDED
        return {
            **keep,
            "closed": over,
            "result": pick(random, _RESULTS) if keep["served"] else None,
            "extended": random.choice((10, 15, 30)) if may_extend else 0,
            **self.judged(keep["served"], until),
        }

    def judged(self, served: datetime | None, until: datetime) -> dict[str, Any]:
        """What some say of the unit a few days after the answer."""
        random = self.teller.random
        if served is None or random.random() > JUDGED:
            return {"judged": None, "judged_at": None}
        at = self.pace.after(served, _DAY * 3)
        return {"judged": pick(random, _JUDGED) if at <= until else None, "judged_at": at}

    def side(
        self, telling: PetitionTelling, flow: dict[str, Any], sender: str | None
    ) -> ImportedPetition:
        matter, served = telling.matter, flow["served"]
        return ImportedPetition(
            petition_class=matter.petition_class,
            subroute=matter.route,
            notified_at=flow["notified"],
            accepted_at=flow["accepted"],
            assigned_at=flow["assigned"],
            served_at=served,
            sender=sender,
            opinion=self.opinion(telling, flow["result"]) if served else None,
            evaluation=flow["judged"],
            evaluated_at=flow["judged_at"] if flow["judged"] else None,
        )

    def opinion(self, telling: PetitionTelling, result: Result) -> ImportedOpinion:
        is_suggestion = telling.matter.route is None
        return ImportedOpinion(
            request=telling.request,
            facts=telling.facts,
            opinion=telling.opinion,
            basis=telling.matter.basis,
            outcome=None if is_suggestion else _OUTCOMES[result],
            advice=AdviceOutcome.ADOPTED if is_suggestion else None,
        )


def petitions_of_2019(
    tales: PetitionTeller, played: tuple[SourceLevel | None, ...]
) -> Iterator[ImportedCase]:
    """The founding year but for the levels of those that are `played` step by step."""
    levels = [level for level, count in PRINTED for _ in range(count)]
    for level in played:
        levels.remove(level)
    tales.teller.random.shuffle(levels)
    units = cycle(working_units(tales.teller))
    end = datetime(2019, 12, 31, 9, tzinfo=UTC)
    for place, level in enumerate(levels):
        day = date(2019, 1, 3) + timedelta(days=place * 240 // len(levels))
        received_at = tales.pace.arrival(tales.teller.random, day)
        yield tales.petition(next(units), received_at, level, until=end, prefix="2019-XF-")


def recent_petitions(
    tales: PetitionTeller, now: datetime, today: date, *, per_month: tuple[int, int] = (8, 11)
) -> Iterator[ImportedCase]:
    """The last thirteen months, every unit in its turn; what was received of late is still open."""
    random, units = tales.teller.random, cycle(working_units(tales.teller))
    for month in months_back(today, MONTHS_BACK):
        last = min(month_days(month), (today - month).days + 1)
        for day in sorted(random.randint(1, last) for _ in range(random.randint(*per_month))):
            received_at = tales.pace.arrival(random, month.replace(day=day))
            level = pick(random, _LEVELS)
            assert isinstance(level, SourceLevel)
            if received_at < now:
                prefix = f"{month:%Y%m}-XF-"
                told = tales.petition(next(units), received_at, level, until=now, prefix=prefix)
                yield replace(told, excluded=LEFT_OUT.get(told.row % UNCOUNTED_EVERY))
