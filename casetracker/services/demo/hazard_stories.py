"""What became of each hazard of the demonstration, step by step along the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto
from random import Random
from typing import Any

from casetracker.domain.days import at
from casetracker.domain.hazards import TO_RECTIFY, first_deadline, replay
from casetracker.domain.patrol_vocabulary import HazardLevel, HazardSource, HazardState, HazardStep
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import Reference
from casetracker.services.demo.patrol_places import Patroller
from casetracker.services.demo.patrol_words import DANGERS, PLAN, Danger

MAJOR, CHECKED_TWICE = 0.03, 0.06
T = HazardStep
_DAY = timedelta(days=1)
END_OF_2019 = date(2019, 12, 31)
AUTHORITY = "区消防救援大队"


class Fate(Enum):
    """Where a hazard ends as far as the demonstration tells."""

    RECTIFIED = auto()
    NEXT_YEAR = auto()  # put right in the January after the year in which it was found
    NEW = auto()
    NOTIFIED = auto()
    REPORTED = auto()
    HANDED_OVER = auto()
    DISMISSED = auto()


def recent_fate(random: Random, age: int) -> Fate:
    """What may have become of a hazard that was found so many days ago."""
    if age <= 2:
        return random.choice((Fate.NEW, Fate.NOTIFIED))
    if age <= 18:
        return random.choices((Fate.NOTIFIED, Fate.REPORTED, Fate.RECTIFIED), (45, 25, 30))[0]
    if age <= 60:
        fates = (Fate.RECTIFIED, Fate.NOTIFIED, Fate.REPORTED, Fate.HANDED_OVER, Fate.DISMISSED)
        return random.choices(fates, (82, 8, 3, 4, 3))[0]
    return Fate.RECTIFIED if random.random() < 0.985 else Fate.DISMISSED


@dataclass(frozen=True, slots=True)
class Found:
    """One hazard that an inspection found, and its fate."""

    by: Patroller
    inspection_id: int
    inspection: dict[str, Any]
    fate: Fate


@dataclass(frozen=True, slots=True)
class Told:
    """One step: on which day, by whom, in which words, with the deadline that it sets."""

    step: HazardStep
    day: date
    who: Account
    words: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class _Story:
    """A hazard with what it is and who works on it."""

    found: Found
    danger: Danger
    level: HazardLevel
    due_on: date
    handler: Account
    head: Account

    @property
    def day(self) -> date:
        day: date = self.found.inspection["inspected_on"]
        return day


def told(found: Found, ref: Reference, today: date) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The row of the hazard without its number, and its entries."""
    random, by = found.by.random, found.by
    level = HazardLevel.MAJOR if random.random() < MAJOR else HazardLevel.ORDINARY
    day, unit = found.inspection["inspected_on"], ref.units[found.inspection["unit_id"]]
    due_on = first_deadline(level, day, days=ref.settings["hazard_days"])
    staff = (by.staff[f"{unit.code}_handler"], by.staff[f"{unit.code}_head"])
    fitting = [one for one in DANGERS if one.fits(found.inspection["place_kind"])]
    story = _Story(found, random.choice(fitting), level, due_on, *staff)
    steps = list(_steps(story, today))
    return _row(story, steps, today), [_entry(place, steps) for place in range(len(steps))]


def _steps(story: _Story, today: date) -> Iterator[Told]:
    day, fate, danger = story.day, story.found.fate, story.danger
    yield Told(T.FIND, day, story.handler, danger.seen, story.due_on)
    if fate is Fate.DISMISSED:
        yield Told(T.DISMISS, day + _DAY, story.head, "现场复核，设施符合要求，不构成隐患。")
    if fate in (Fate.NEW, Fate.DISMISSED):
        return
    yield Told(T.NOTIFY, day, story.handler, danger.demand, story.due_on)
    if fate is Fate.HANDED_OVER:
        words = f"移交{AUTHORITY}：责任单位拒不整改，依法移送处理。"
        yield Told(T.HAND_OVER, day + 2 * _DAY, story.head, words)
    elif fate is not Fate.NOTIFIED:
        yield from _putting_right(story, today)


def _putting_right(story: _Story, today: date) -> Iterator[Told]:
    """Reported and checked, now and then twice."""
    random, fate = story.found.by.random, story.found.fate
    last = END_OF_2019 if story.day.year == END_OF_2019.year else today - _DAY
    if fate is Fate.NEXT_YEAR:
        first = END_OF_2019 + random.randint(3, 6) * _DAY
        last = first + 2 * _DAY
    else:
        first = min(story.day + random.randint(0, 9) * _DAY, last)
    if random.random() < CHECKED_TWICE and first + 3 * _DAY <= last:
        yield Told(T.REPORT, first, story.handler, "已部分整改，其余正在进行。")
        due_on = first + 5 * _DAY
        yield Told(T.FAIL, first + _DAY, story.head, "复查发现整改不到位，限期继续整改。", due_on)
        first += 3 * _DAY
    yield Told(T.REPORT, first, story.handler, story.danger.done)
    if fate is not Fate.REPORTED:
        checked = min(first + random.randint(0, 3) * _DAY, last)
        yield Told(T.PASS, checked, story.head, "现场复查，已按要求整改到位。")


def _row(story: _Story, steps: list[Told], today: date) -> dict[str, Any]:
    seen = story.found.inspection
    state = replay(one.step for one in steps)
    last = steps[-1]
    reported = next((one for one in reversed(steps) if one.step is T.REPORT), None)
    is_over = state is HazardState.RECTIFIED
    was_notified = any(one.step is T.NOTIFY for one in steps)
    return {
        "source": HazardSource.INSPECTION,
        "inspection_id": story.found.inspection_id,
        "found_on": story.day,
        "kind": story.danger.kind,
        "level": story.level,
        "place": seen["place"],
        "address": seen["address"],
        "area_unit_id": seen["area_unit_id"],
        "unit_id": seen["unit_id"],
        "description": story.danger.seen,
        "demand": story.danger.demand if was_notified else None,
        "plan": PLAN if was_notified and story.level is HazardLevel.MAJOR else None,
        "due_on": [one.due_on for one in steps if one.due_on][-1],
        "state": state,
        "version": len(steps),
        "round": 1 + sum(one.step is T.FAIL for one in steps),
        "found_by": story.handler.id,
        "evidence": reported.words if reported else None,
        "reported_by": reported.who.id if reported else None,
        "reported_on": reported.day if reported else None,
        "verified_by": last.who.id if is_over else None,
        "verified_on": last.day if is_over else None,
        "handed_to": AUTHORITY if state is HazardState.HANDED_OVER else None,
        "case_id": None,
        "entered_at": at(story.day, time(16, 30)),
        "next_reminder_at": at(today + _DAY, time(9)) if state in TO_RECTIFY else None,
    }


def _entry(place: int, steps: list[Told]) -> dict[str, Any]:
    one = steps[place]
    return {
        "seq": place + 1,
        "at": at(one.day, time(16, 30 + place)),
        "day": one.day,
        "actor_id": one.who.id,
        "actor_name": one.who.name,
        "unit_id": one.who.unit_id,
        "step": one.step,
        "to_state": replay(earlier.step for earlier in steps[: place + 1]),
        "due_on": one.due_on,
        "words": one.words,
    }
