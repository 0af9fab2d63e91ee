"""Units, categories, calendar, limits, settings, profiles of metrics: one frozen snapshot, cached.

Whoever changes any of them calls `touch`; the next use case sees the new stamp and loads anew.
"""

import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.limits import LimitOverride
from casetracker.domain.office_settings import CATALOGUE, OfficeSettings, settings_from
from casetracker.domain.rates import Default, Profiles
from casetracker.domain.rates.definitions import profile_from
from casetracker.domain.routing import RoutingRule
from casetracker.domain.vocabulary import ProfileStatus, UnitKind
from casetracker.domain.working_calendar import CalendarYear, WorkingCalendar
from casetracker.persistence.calendar_day import CalendarDay, CalendarVersion, LimitRow, Setting
from casetracker.persistence.metric_profiles import MetricProfile
from casetracker.persistence.organisation import Category, RoutingRow, Unit

STAMP = "reference_stamp"
COMMUNITIES = frozenset({UnitKind.COMMUNITY, UnitKind.BRIGADE})
"""Where residents live; a grid lies in one of them."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One unit; `line` is its own id and those of all its parents, nearest first."""

    id: int
    code: str
    name: str
    kind: UnitKind
    parent_id: int | None
    handles_cases: bool
    is_active: bool
    deputy_leader_id: int | None
    line: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class CategoryFacts:
    """One category; `full_name` joins the names from the first level down with a slash."""

    id: int
    code: str
    name: str
    full_name: str
    level: int
    parent_id: int | None
    default_unit_id: int | None
    keywords: tuple[str, ...]
    valid_from: date
    valid_to: date | None

    def is_in_use(self, day: date) -> bool:
        """From its first day to the one before `valid_to`."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True, slots=True, eq=False)
class Reference:
    """All reference data at one stamp. Lookups by code or unique name give None if unknown."""

    stamp: str
    units: Mapping[int, UnitFacts]
    categories: Mapping[int, CategoryFacts]
    calendar: WorkingCalendar
    limits: tuple[LimitOverride, ...]
    routing: tuple[RoutingRule, ...]
    settings: OfficeSettings
    profiles: Profiles
    unit_names: Mapping[str, int]
    category_names: Mapping[str, int]

    def unit_named(self, name: str) -> UnitFacts | None:
        found = self.unit_names.get(name.strip())
        return None if found is None else self.units[found]

    def category_named(self, name: str) -> CategoryFacts | None:
        found = self.category_names.get(name.strip())
        return None if found is None else self.categories[found]

    def unit_name(self, unit_id: int | None) -> str | None:
        """None for no unit."""
        unit = self.units.get(unit_id or 0)
        return unit.name if unit else None

    def category_name(self, category_id: int | None) -> str | None:
        """The full name; None for no category."""
        category = self.categories.get(category_id or 0)
        return category.full_name if category else None

    def above(self, category_id: int | None) -> tuple[int, ...]:
        """The category and its parents, nearest first."""
        line = []
        while category_id is not None:
            line.append(category_id)
            category_id = self.categories[category_id].parent_id
        return tuple(line)

    def category_with_children(self, category_id: int) -> frozenset[int]:
        """The category and everything below it."""
        return frozenset(each for each in self.categories if category_id in self.above(each))

    def with_children(self, unit_id: int) -> frozenset[int]:
        """The unit and everything below it."""
        return frozenset(unit.id for unit in self.units.values() if unit_id in unit.line)

    def community_of(self, unit_id: int | None) -> int | None:
        """The community or brigade that the unit is or lies in; None for any other."""
        unit = self.units.get(unit_id or 0)
        line = unit.line if unit else ()
        return next((one for one in line if self.units[one].kind in COMMUNITIES), None)

    def community_at(self, address: str | None) -> int | None:
        """The community or brigade with whose name an address begins."""
        text = (address or "").strip()
        named = (
            (len(unit.name), unit.id)
            for unit in self.units.values()
            if unit.kind in COMMUNITIES and text.startswith(unit.name)
        )
        return max(named, default=(0, None))[1]

    def led_by(self, account_id: int) -> frozenset[int]:
        """Units in the line of a deputy leader, children included."""
        heads = {u.id for u in self.units.values() if u.deputy_leader_id == account_id}
        return frozenset(u.id for u in self.units.values() if heads & set(u.line))


_S = Setting.__table__.c
_STAMP = select(_S.value).where(_S.name == STAMP)
STAMP_IN_FORCE = _STAMP.scalar_subquery()
"""For a statement that brings the stamp along; see `note_stamp`."""
_cache: dict[str, Reference] = {}


def reference(session: Session) -> Reference:
    """The snapshot in force; one statement a transaction when it is cached."""
    stamp = _stamp(session)
    key = f"{session.get_bind().engine.url}|{stamp}"
    if stamp and key in _cache:
        return _cache[key]
    loaded = _load(session, stamp)
    if stamp:
        _cache.clear()
        _cache[key] = loaded
    return loaded


def _stamp(session: Session) -> str:
    """The stamp in force, asked for once in each transaction."""
    asked_in, stamp = session.info.get(STAMP, (None, ""))
    if asked_in is None or asked_in is not session.get_transaction():
        stamp = note_stamp(session, session.scalar(_STAMP))
    return str(stamp)


def note_stamp(session: Session, stamp: str | None) -> str:
    """The stamp was read in the transaction that is open now; what it is taken for."""
    session.info[STAMP] = (session.get_transaction(), stamp or "")
    return stamp or ""


def touch(session: Session, now: datetime) -> None:
    """Reference data changed: every process loads it anew, this transaction at once."""
    session.info.pop(STAMP, None)
    session.merge(Setting(name=STAMP, value=uuid.uuid4().hex, changed_by=None, changed_at=now))
    session.flush()


def _load(session: Session, stamp: str) -> Reference:
    units = _units(session)
    categories = _categories(session)
    rows = session.execute(select(Setting.name, Setting.value)).all()
    return Reference(
        stamp=stamp,
        units=units,
        categories=categories,
        calendar=WorkingCalendar(_years(session)),
        limits=_limits(session),
        routing=_routing(session),
        settings=settings_from({name: value for name, value in rows if name in CATALOGUE}),
        profiles=_profiles(session),
        unit_names={key: u.id for u in units.values() for key in (u.code, u.name)},
        category_names=_category_names(categories),
    )


Node = TypeVar("Node", Unit, Category)


def _upwards(rows: Mapping[int, Node], node: Node) -> Iterator[Node]:
    """The node, its parent, and so on to the top."""
    step: Node | None = node
    while step is not None:
        yield step
        step = rows.get(step.parent_id) if step.parent_id else None


def _units(session: Session) -> dict[int, UnitFacts]:
    rows = {unit.id: unit for unit in session.scalars(select(Unit).order_by(Unit.id))}
    facts: dict[int, UnitFacts] = {}
    for unit in rows.values():
        line = [step.id for step in _upwards(rows, unit)]
        facts[unit.id] = UnitFacts(
            unit.id, unit.code, unit.name, unit.kind, unit.parent_id, unit.handles_cases,
            unit.is_active, unit.deputy_leader_id, tuple(line),
        )  # fmt: skip
    return facts


def _categories(session: Session) -> dict[int, CategoryFacts]:
    rows = {row.id: row for row in session.scalars(select(Category).order_by(Category.code))}
    facts: dict[int, CategoryFacts] = {}
    for row in rows.values():
        names = [step.name for step in _upwards(rows, row)]
        facts[row.id] = CategoryFacts(
            row.id, row.code, row.name, "/".join(reversed(names)), row.level, row.parent_id,
            row.default_unit_id, _keywords(row), row.valid_from, row.valid_to,
        )  # fmt: skip
    return facts


def _category_names(categories: Mapping[int, CategoryFacts]) -> dict[str, int]:
    """Codes and full names; a bare name only where it is unique."""
    names: dict[str, list[int]] = {}
    for row in categories.values():
        names.setdefault(row.name, []).append(row.id)
    unique = {name: ids[0] for name, ids in names.items() if len(ids) == 1}
    full = {key: row.id for row in categories.values() for key in (row.code, row.full_name)}
    return {**unique, **full}


def _years(session: Session) -> dict[int, CalendarYear]:
    newest = (
        select(CalendarVersion.year, func.max(CalendarVersion.version).label("version"))
        .group_by(CalendarVersion.year)
        .subquery()
    )
    versions = session.scalars(
        select(CalendarVersion).join(
            newest,
            (CalendarVersion.year == newest.c.year) & (CalendarVersion.version == newest.c.version),
        )
    ).all()
    days: dict[int, list[CalendarDay]] = {version.id: [] for version in versions}
    for day in session.scalars(select(CalendarDay).where(CalendarDay.version_id.in_(days))):
        days[day.version_id].append(day)
    return {version.year: _year(version, days[version.id]) for version in versions}


def _year(version: CalendarVersion, days: list[CalendarDay]) -> CalendarYear:
    return CalendarYear(
        year=version.year,
        holidays=frozenset(day.day for day in days if not day.is_workday),
        make_up_days=frozenset(day.day for day in days if day.is_workday),
        version=str(version.version),
        source=version.source,
        names={day.day: day.name for day in days if day.name},
    )


def _limits(session: Session) -> tuple[LimitOverride, ...]:
    return tuple(
        LimitOverride(
            row.code, row.amount, row.unit, row.cap_days, row.effective_from, row.source,
            row.changed_at,
        )
        for row in session.scalars(select(LimitRow).order_by(LimitRow.effective_from))
    )  # fmt: skip


def _routing(session: Session) -> tuple[RoutingRule, ...]:
    return tuple(
        RoutingRule(
            unit_id=row.unit_id,
            source=row.source,
            effective_from=row.effective_from,
            effective_to=row.effective_to,
            category_id=row.category_id,
            area_unit_id=row.area_unit_id,
            kind=row.kind,
            on_community_list=row.on_community_list,
        )
        for row in session.scalars(select(RoutingRow).order_by(RoutingRow.id))
    )


def _profiles(session: Session) -> Profiles:
    """The shipped profiles and what the office put in force beside and after them."""
    own = session.scalars(
        select(MetricProfile)
        .where(MetricProfile.status == ProfileStatus.IN_FORCE)
        .order_by(MetricProfile.effective_month, MetricProfile.id)
    ).all()
    return Profiles().with_more(
        (profile_from(row.definition) for row in own),
        (
            Default(row.effective_month, row.code)
            for row in own
            if row.becomes_default and row.effective_month
        ),
    )


def _keywords(row: Category) -> tuple[str, ...]:
    """What residents say for it: its own words, and the parts of its name."""
    parts = re.split("[·、]", row.name)
    return tuple(dict.fromkeys([*parts, *row.keywords.split()]))
