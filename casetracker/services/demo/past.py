"""The finished cases of the demonstration: the year 2019 and the last thirteen months.

They go in by the same way as an imported history, so that every figure is derived, none is set.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from casetracker.domain.days import end_of_day, local_date
from casetracker.domain.vocabulary import (
    Channel,
    ExcludeReason,
    Kind,
    Result,
    Satisfaction,
    SourceLevel,
    UnitKind,
)
from casetracker.persistence.queries.reference import Reference, UnitFacts
from casetracker.services.demo.categories import COMMUNITY_LIST
from casetracker.services.demo.matters import RURAL, Matter, matters_of, tell
from casetracker.services.demo.organisation import AREAS, UNITS, name_of
from casetracker.services.demo.timing import Pace, month_days, months_back
from casetracker.services.imports.imported import ImportedCase

CASES_OF_2019 = 446
"""市长专线（区长热线）446 件，已全部办理完毕: the founding report."""

MONTHS_BACK = 13
REPEATED, STATED = 0.03, 0.3
"""Shares of cases that repeat an earlier one, and of tickets with a date of their own."""

_CHANNELS = (
    (Channel.MAYOR_LINE, 34), (Channel.DISTRICT_LINE, 14), (Channel.HOTLINE_12345, 22),
    (Channel.NEIGHBOURHOOD, 10), (Channel.CALL, 6), (Channel.WINDOW, 5), (Channel.GRID, 4),
    (Channel.MESSAGE_BOARD, 3), (Channel.COMMUNITY, 2),
)  # fmt: skip
_CHANNELS_2019 = ((Channel.MAYOR_LINE, 72), (Channel.DISTRICT_LINE, 28))
_LEVELS = {
    Channel.MAYOR_LINE: SourceLevel.MUNICIPAL,
    Channel.HOTLINE_12345: SourceLevel.MUNICIPAL,
    Channel.DISTRICT_LINE: SourceLevel.DISTRICT,
}
_RESULTS = (
    (Result.RESOLVED, 68), (Result.EXPLAINED, 20), (Result.PARTLY, 8), (Result.UNRESOLVED, 3),
    (Result.UNREASONABLE, 1),
)  # fmt: skip
_SATISFACTION = (
    (Satisfaction.SATISFIED, 66), (Satisfaction.BASICALLY, 20), (Satisfaction.FAIR, 7),
    (Satisfaction.DISSATISFIED, 7),
)  # fmt: skip
_TYPICAL_DAYS = {Kind.CONSULT: 0.5, Kind.SUGGESTION: 0.6}


def pick(random: Random, weighted: tuple[tuple[object, int], ...]) -> object:
    return random.choices([one for one, _ in weighted], [weight for _, weight in weighted])[0]


@dataclass(slots=True)
class Storyteller:
    """Draws cases; the same seed tells the same stories."""

    ref: Reference
    pace: Pace
    random: Random
    told: int = 0
    earlier: dict[int, str] = field(default_factory=dict)

    def unit(self, code: str) -> UnitFacts:
        return self.ref.units[self.ref.unit_names[code]]

    def matters_for(self, unit: UnitFacts) -> tuple[Matter, ...]:
        """What this unit usually gets."""
        if unit.kind is UnitKind.BRIGADE:
            return matters_of(frozenset(RURAL))
        if unit.kind is UnitKind.COMMUNITY:
            return matters_of(frozenset(COMMUNITY_LIST))
        owned = frozenset(
            row.code for row in self.ref.categories.values() if row.default_unit_id == unit.id
        )
        return matters_of(owned)

    def case(
        self, unit: UnitFacts, received_at: datetime, channel: Channel, *, until: datetime,
        prefix: str,
    ) -> ImportedCase:  # fmt: skip
        """One case of a unit, received then; what would lie after `until` has not happened."""
        self.told += 1
        matter = self.random.choice(self.matters_for(unit))
        area = unit if unit.code in AREAS else self.unit(self.random.choice(AREAS))
        telling = tell(self.random, matter, area.name, rural=area.kind is UnitKind.BRIGADE)
        number = f"{prefix}{self.told:05}"
        flow = self.flow(matter.kind, received_at, until)
        before = self.earlier.get(unit.id)
        repeats = before is not None and self.random.random() < REPEATED
        self.earlier[unit.id] = number
        return ImportedCase(
            row=self.told,
            key=number,
            told=number,
            external_number=number,
            channel=channel,
            source_level=_LEVELS.get(channel),
            kind=matter.kind,
            category_id=self.ref.category_names[matter.category],
            title=telling.title,
            content=telling.content,
            address=telling.address,
            name=name_of(self.random.randrange(100_000)),
            phone=f"1{self.random.choice('3578')}{self.random.randrange(10**9):09}",
            persons=self.random.choices((1, 2, 5), (90, 7, 3))[0],
            external_due_at=self.stated_due(channel, received_at),
            repeat_of=before if repeats else None,
            lead_unit_id=unit.id if flow.get("dispatched_at") else None,
            received_at=received_at,
            reply_text=telling.reply if flow.get("replied_at") else None,
            **flow,
        )

    def flow(self, kind: Kind, received_at: datetime, until: datetime) -> dict[str, Any]:
        """The moments of a case and how it ended, cut off at `until`."""
        random, after = self.random, self.pace.after
        dispatched_at = after(
            received_at, random.uniform(0.1, 1.8 if random.random() < 0.93 else 5)
        )
        signed_at = after(dispatched_at, random.uniform(0.2, 3.5 if random.random() < 0.92 else 9))
        contacted_at = after(signed_at, random.uniform(0.2, 3 if random.random() < 0.9 else 14))
        usual = _TYPICAL_DAYS.get(kind, 4.0)
        days = random.uniform(0.3, 1) * usual if random.random() < 0.9 else usual * 1.8
        replied_at = max(after(dispatched_at, days * 6.5), after(contacted_at, 0.3))
        closed_at = after(replied_at, random.uniform(1, 15))
        moments = {
            "dispatched_at": dispatched_at, "signed_at": signed_at, "contacted_at": contacted_at,
            "replied_at": replied_at, "closed_at": closed_at,
        }  # fmt: skip
        flow: dict[str, object] = {k: v for k, v in moments.items() if v <= until}
        if random.random() < 0.06 and kind not in _TYPICAL_DAYS:
            flow["extended_days"] = random.choice((2, 3, 5))
        if "replied_at" in flow:
            flow["result"] = pick(random, _RESULTS)
        if "closed_at" in flow:
            flow |= self.answers(closed_at)
        return flow

    def stated_due(self, channel: Channel, received_at: datetime) -> datetime | None:
        """The date printed on some tickets of the platforms above."""
        if channel not in _LEVELS or self.random.random() > STATED:
            return None
        day = local_date(received_at) + timedelta(days=self.random.choice((7, 9, 10)))
        return end_of_day(day)

    def hours(self, usual: float, *, late: float, share: float) -> float:
        """Office hours that a step takes; a share of them takes longer."""
        most = late if self.random.random() < share else usual
        return self.random.uniform(0.1, most)

    def answers(self, closed_at: datetime) -> dict[str, object]:
        """What the call-back yielded, and what else the old register counted."""
        random = self.random
        extra: dict[str, object] = {"callback_at": closed_at, "callback_valid": False}
        if random.random() < 0.87:
            satisfaction = pick(random, _SATISFACTION)
            unhappy = satisfaction is Satisfaction.DISSATISFIED
            extra |= {
                "callback_valid": True,
                "satisfaction": None if random.random() < 0.04 else satisfaction,
                "resolved": random.random() < (0.15 if unhappy else 0.93),
            }
            if unhappy and random.random() < 0.6:
                extra["redo_count"] = 1
        if random.random() < 0.05:
            extra["return_count"] = 1
            extra["return_granted_count"] = closed_at.day % 2
        if random.random() < 0.02:
            extra["excluded"] = random.choice(
                (ExcludeReason.BEYOND_POWERS, ExcludeReason.UNREASONABLE, ExcludeReason.LEGACY)
            )
        return extra


def cases_of_2019(teller: Storyteller) -> Iterator[ImportedCase]:
    """The founding year: every case finished within it."""
    codes = [unit.code for unit in UNITS if unit.handles]
    end = datetime(2019, 12, 31, 9, tzinfo=UTC)
    for place in range(CASES_OF_2019):
        day = date(2019, 1, 2) + timedelta(days=place * 350 // CASES_OF_2019)
        channel = pick(teller.random, _CHANNELS_2019)
        unit = teller.unit(codes[place % len(codes)])
        received_at = teller.pace.arrival(teller.random, day)
        assert isinstance(channel, Channel)
        case = teller.case(unit, received_at, channel, until=end, prefix="2019-ZX-")
        yield replace(case, excluded=None)  # the report counts every one of them


def recent_cases(
    teller: Storyteller, now: datetime, today: date, *, per_unit: tuple[int, int]
) -> Iterator[ImportedCase]:
    """Every handling unit in every month up to now, the last days thinly."""
    units = [teller.unit(unit.code) for unit in UNITS if unit.handles]
    for month in months_back(today, MONTHS_BACK):
        last = min(month_days(month), (today - month).days + 1)
        days = sorted(
            (teller.random.randint(1, last), unit.id)
            for unit in units
            for _ in range(teller.random.randint(*per_unit))
        )
        for day, unit_id in days:
            received_at = teller.pace.arrival(teller.random, month.replace(day=day))
            if received_at >= now:
                continue
            channel = pick(teller.random, _CHANNELS)
            assert isinstance(channel, Channel)
            unit = teller.ref.units[unit_id]
            yield teller.case(unit, received_at, channel, until=now, prefix=f"{month:%Y%m}-")
