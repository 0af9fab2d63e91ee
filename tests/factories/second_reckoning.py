"""The rates of the hotline reckoned a second time, from the rows of a file and nothing else.

Written from the wording of docs/rules/rates.md, docs/rules/deadlines.md and docs/imports.md. It
imports nothing of the product: where both say the same, neither has copied the other. Moments are
those of the street's wall clock, without a zone.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction

Days = Callable[[date], bool]
"""Whether that day is a working day."""

SESSIONS = ((time(9), time(12)), (time(14), time(17, 30)))
LATE, END_OF_DAY = time(17, 30), time(23, 59, 59)
HANDLE = {"咨询": 1, "建议": 1}
"""Working days by kind; five for all others."""


@dataclass(frozen=True, slots=True)
class Dues:
    """The three limits that rates look at."""

    sign: datetime | None
    contact: datetime | None
    handle: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """One row, its cells read."""

    unit: str | None
    kind: str
    moments: Mapping[str, datetime]
    extended: int
    result: str
    valid: bool
    resolved: str
    answer: str
    redo: int
    returned: int
    granted: int
    excluded: str
    is_repeat: bool

    def at(self, name: str) -> datetime | None:
        return self.moments.get(name)


def read_row(cells: Mapping[str, str]) -> Told:
    """The row as docs/imports.md reads it; a call-back that was not valid has no answers."""
    moments = {
        name: datetime.fromisoformat(text)
        for name, text in cells.items()
        if name.endswith("_at") and text
    }
    if len(cells.get("external_due_at") or "") == len("2026-01-01"):
        moments["external_due_at"] += timedelta(days=1, seconds=-1)
    valid = cells.get("callback_valid") == "1"
    numbers = ("extended_days", "redo_count", "returned_count", "returns_granted")
    extended, redo, returned, granted = (int(cells.get(name) or 0) for name in numbers)
    return Told(
        unit=cells.get("lead_unit") or None,
        kind=cells["kind"],
        moments=moments,
        extended=extended,
        result=cells.get("result") or "",
        valid=valid,
        resolved=(cells.get("resolved") or "") if valid else "",
        answer=(cells.get("satisfaction") or "") if valid else "",
        redo=redo,
        returned=returned,
        granted=granted,
        excluded=cells.get("excluded") or "",
        is_repeat=bool(cells.get("repeat_of")),
    )


def due_dates(told: Told, days: Days) -> Dues:
    """Sign and contact run from dispatch, handle from dispatch or else from the registration."""
    dispatched = told.at("dispatched_at")
    start = dispatched or told.moments["received_at"]
    length = HANDLE.get(told.kind, 5) + told.extended
    return Dues(
        sign=dispatched and _office_hours_after(_trigger(dispatched, days), 4, days),
        contact=dispatched and _working_days_after(_trigger(dispatched, days), 1, days),
        handle=told.at("external_due_at")
        or _working_days_after(_trigger(start, days), length, days),
    )


def _trigger(start: datetime, days: Days) -> datetime:
    """R5: on a working day after 17:30 the next working day is the trigger day."""
    if not days(start.date()) or start.time() <= LATE:
        return start
    return datetime.combine(_next(start.date(), days), time())


def _next(day: date, days: Days) -> date:
    day += timedelta(days=1)
    while not days(day):
        day += timedelta(days=1)
    return day


def _working_days_after(start: datetime, count: int, days: Days) -> datetime:
    """R1, R4: the day of the trigger is not counted; the last day is whole."""
    day = start.date()
    for _ in range(count):
        day = _next(day, days)
    return datetime.combine(day, END_OF_DAY)


def _office_hours_after(start: datetime, hours: int, days: Days) -> datetime:
    """R6: only the sessions of working days run; used up at closing is closing."""
    left, day = timedelta(hours=hours), start.date()
    while True:
        if days(day):
            for opens, closes in SESSIONS:
                begin = max(datetime.combine(day, opens), start)
                room = datetime.combine(day, closes) - begin
                if room >= left:
                    return begin + left
                left -= max(room, timedelta())
        day += timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Counted:
    """A row with its limits, read at a moment: what the definitions ask of it."""

    told: Told
    dues: Dues
    now: datetime

    def window(self, name: str) -> datetime | None:
        limits = {"sign": self.dues.sign, "contact": self.dues.contact, "handle": self.dues.handle}
        return limits[name] if name in limits else self.told.at(f"{name}_at")

    def by(self, deed: str, due: datetime | None) -> bool:
        done = self.told.at(deed)
        return done is not None and due is not None and done <= due

    @property
    def surveyable(self) -> bool:
        return self.told.at("closed_at") is not None and self.told.at("replied_at") is not None

    @property
    def contacted(self) -> bool:
        return self.told.valid and self.told.at("contacted_at") is not None

    @property
    def is_overdue(self) -> bool:
        if self.now <= self.dues.handle:
            return False
        replied = self.told.at("replied_at")
        return self.told.at("closed_at") is None if replied is None else replied > self.dues.handle


Asks = Callable[[Counted], bool]


@dataclass(frozen=True, slots=True)
class Definition:
    """A row of the tables in docs/rules/rates.md: window, who is counted, what each adds."""

    window: str
    base: Asks
    adds: Callable[[Counted], Fraction | int]
    is_count: bool = False


def weighed(**weights: str) -> Callable[[Counted], Fraction]:
    named = {"satisfied": "满意", "basically": "基本满意", "fair": "一般"}
    by_answer = {named[name]: Fraction(weight) for name, weight in weights.items()}
    return lambda one: by_answer.get(one.told.answer, Fraction(0))


def _every(_: Counted) -> bool:
    return True


def _dispatched(one: Counted) -> bool:
    return one.told.at("dispatched_at") is not None


def _valid(one: Counted) -> bool:
    return one.told.valid


def _answered(one: Counted) -> bool:
    return one.told.answer != ""


def _solved(one: Counted) -> bool:
    return one.told.resolved == "1"


WUHAN: Mapping[str, Definition] = {
    "received": Definition("received", _every, _every, is_count=True),
    "sign_on_time": Definition("sign", _dispatched, lambda one: one.by("signed_at", one.dues.sign)),
    "response": Definition(
        "contact", _dispatched, lambda one: one.by("contacted_at", one.dues.contact)
    ),
    "completion": Definition("handle", _every, lambda one: one.by("replied_at", one.now)),
    "completion_on_time": Definition(
        "handle", _every, lambda one: one.by("replied_at", one.dues.handle)
    ),
    "overdue": Definition("handle", _every, lambda one: one.is_overdue),
    "resolution": Definition("closed", lambda one: one.told.resolved != "", _solved),
    "satisfaction": Definition("closed", _answered, weighed(satisfied="1", basically="1")),
    "answer": Definition("closed", lambda one: one.surveyable, _answered),
    "redo": Definition("closed", _every, lambda one: one.told.redo >= 1),
    "return": Definition("dispatched", _every, lambda one: one.told.returned >= 1),
    "return_granted": Definition(
        "dispatched", lambda one: one.told.returned >= 1, lambda one: one.told.granted >= 1
    ),
    "repeat": Definition("received", _every, lambda one: one.told.is_repeat),
}
BEIJING = {
    **WUHAN,
    "response": Definition("received", _valid, lambda one: one.contacted),
    "resolution": Definition("received", _valid, _solved),
    "satisfaction": Definition("received", _valid, weighed(satisfied="1", basically="0.9")),
    "answer": Definition("received", lambda one: one.surveyable, _answered),
}
SHANGHAI = {
    **WUHAN,
    "response": Definition("closed", _valid, lambda one: one.contacted),
    "resolution": Definition(
        "closed",
        lambda one: one.told.result in ("实际解决", "解释说明"),
        lambda one: one.told.result == "实际解决",
    ),
    "satisfaction": Definition(
        "closed", _answered, weighed(satisfied="1", basically="0.8", fair="0.6")
    ),
}
DEFINITIONS = {"WUHAN_DEFAULT": WUHAN, "BEIJING_DISTRICT": BEIJING, "SHANGHAI_TOWN": SHANGHAI}


def period(profile: str, month: str, now: datetime) -> tuple[datetime, datetime]:
    """Start and end (not included) of the month; a running one of Beijing ends at the last noon."""
    first = datetime.fromisoformat(f"{month}-01")
    if profile != "BEIJING_DISTRICT":
        return first, (first + timedelta(days=31)).replace(day=1)
    start, end = (first - timedelta(days=1)).replace(day=19), first.replace(day=19)
    noon = datetime.combine(now.date(), time(12))
    return start, max(start, min(end, noon if noon <= now else noon - timedelta(days=1)))


@dataclass(frozen=True, slots=True)
class Figure:
    """A numerator, its denominator (None for a count), and who was left out for which reason."""

    numerator: Fraction
    denominator: int | None
    excluded: Mapping[str, int]

    @property
    def value(self) -> Fraction | None:
        return self.numerator / self.denominator if self.denominator else None


def figures(profile: str, month: str, rows: Iterable[Counted], now: datetime) -> dict[str, Figure]:
    """Every metric of the month over these rows."""
    start, end = period(profile, month, now)
    rows = list(rows)
    found = {}
    for code, asked in DEFINITIONS[profile].items():
        based = [
            one
            for one in rows
            if (at := one.window(asked.window)) and start <= at < end and asked.base(one)
        ]
        found[code] = _figure(asked, based)
    return found


def _figure(asked: Definition, based: Collection[Counted]) -> Figure:
    kept = [one for one in based if not one.told.excluded]
    return Figure(
        sum((Fraction(asked.adds(one)) for one in kept), Fraction(0)),
        None if asked.is_count else len(kept),
        Counter(one.told.excluded for one in based if one.told.excluded),
    )


def points(profile: str, found: Mapping[str, Figure], of_group: Fraction) -> Fraction | None:
    """The score out of 100, None where a part has nobody to ask (B5, S4)."""
    response, resolved = found["response"].value, found["resolution"].value
    satisfied = found["satisfaction"].value
    if response is None or resolved is None or satisfied is None:
        return None
    if profile == "BEIJING_DISTRICT":
        return response * 10 + resolved * 50 + satisfied * 40
    if not of_group:
        return None
    return found["received"].numerator / of_group * 5 + response * 30 + 20 + satisfied * 40
