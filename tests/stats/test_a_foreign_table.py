"""Figures of an imported table are those that somebody else reckons from the file itself."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from sqlalchemy import func, select

from casetracker.domain.permissions import Scope
from casetracker.domain.vocabulary import ExcludeReason
from casetracker.labels import label
from casetracker.persistence.figures import FigureSum
from casetracker.services.context import SYSTEM, Context
from casetracker.services.imports.running import import_file
from casetracker.services.running.rollup import roll
from casetracker.stats.monthly import monthly_table
from casetracker.stats.tables import Row
from tests.calendars import naive_is_working_day
from tests.factories import second_reckoning as second
from tests.factories.foreign_table import foreign_rows
from tests.factories.street import Street
from tests.factories.tables import SHANGHAI, table

ALL = Scope(sees_all=True)
FIRST = datetime.fromisoformat("2026-01-05 00:00")
NOW = datetime.fromisoformat("2026-06-12 10:20")
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07")
GRASSROOTS = {"东风社区", "新河社区"}
HALF = 160


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """One table in two parts: what was there when sums were made, and what came after."""
    rows = foreign_rows(20261130, 2 * HALF, FIRST, NOW, naive_is_working_day)
    first = table(tmp_path / "一.csv", rows[:HALF], encoding="gb18030")
    return first, table(tmp_path / "二.csv", rows[HALF:])


def told_by(path: Path, encoding: str) -> Iterator[second.Told]:
    with path.open(encoding=encoding, newline="") as file:
        yield from map(second.read_row, csv.DictReader(file))


def bring_in(street: Street, path: Path) -> None:
    report = import_file(street.ctx("admin"), path, "history", data_dir=path.parent)
    assert report.rejected == []
    assert report.added == HALF


def sums_kept(street: Street) -> int:
    return street.session.scalar(select(func.count()).select_from(FigureSum)) or 0


def assert_the_same(street: Street, told: Iterable[second.Told], now: datetime) -> None:
    """Every metric of every profile, month and unit, in all and without a unit."""
    counted = [
        second.Counted(one, second.due_dates(one, naive_is_working_day), now) for one in told
    ]
    for profile in second.DEFINITIONS:
        for month in MONTHS:
            moment = now.replace(tzinfo=SHANGHAI)
            shown = monthly_table(street.session, ALL, moment, month=month, profile=profile)
            assert_month(street, profile, (*shown.rows, shown.total), counted, (month, now))


def assert_month(
    street: Street, profile: str, rows: Iterable[Row], counted: list[second.Counted],
    when: tuple[str, datetime],
) -> None:  # fmt: skip
    expected = expected_rows(profile, counted, *when)
    names = {unit.code: unit.name for unit in street.units.values()}
    shown = {"合计" if row.label == "合计" else names.get(row.key or ""): row for row in rows}
    for name, found in expected.items():
        if name not in shown:
            assert not any(one.numerator or one.denominator or one.excluded
                           for one in found.values()), (profile, *when, name)  # fmt: skip
            continue
        for code, figure in found.items():
            rate = shown[name].metrics[code]
            excluded = {label(ExcludeReason(why)): many for why, many in rate.excluded.items()}
            assert (rate.numerator, rate.denominator, rate.value, excluded) == (
                figure.numerator, figure.denominator, figure.value, figure.excluded,
            ), (profile, *when, name, code)  # fmt: skip
        assert_score(profile, name, shown[name], expected, when)


def expected_rows(
    profile: str, counted: list[second.Counted], month: str, now: datetime
) -> dict[str | None, dict[str, second.Figure]]:
    units = {one.told.unit for one in counted}
    rows = {
        unit: second.figures(profile, month, (o for o in counted if o.told.unit == unit), now)
        for unit in units
    }
    return {**rows, "合计": second.figures(profile, month, counted, now)}


def assert_score(
    profile: str, name: str | None, row: Row,
    expected: Mapping[str | None, Mapping[str, second.Figure]], when: tuple[str, datetime],
) -> None:  # fmt: skip
    if profile == "WUHAN_DEFAULT" or name in (None, "合计"):
        return
    group = [
        found["received"].numerator
        for unit, found in expected.items()
        if unit not in (None, "合计") and (unit in GRASSROOTS) == (name in GRASSROOTS)
    ]
    points = second.points(profile, expected[name], sum(group, Fraction(0)))
    value = row.metrics["score"].value
    assert (value and value * 100) == points, (profile, *when, name, "score")


def test_figures_equal_those_that_are_reckoned_from_the_file_itself(
    street: Street, files: tuple[Path, Path]
) -> None:
    """Counted live; kept, with half of the table not rolled in; kept whole; and a week later."""
    street.now = NOW.replace(tzinfo=SHANGHAI)
    first, later = files
    told = list(told_by(first, "gb18030"))
    bring_in(street, first)
    assert sums_kept(street) == 0
    assert_the_same(street, told, NOW)
    roll(Context(SYSTEM, street.now))
    assert sums_kept(street) > 0
    bring_in(street, later)
    told += told_by(later, "utf-8")
    assert_the_same(street, told, NOW)
    roll(Context(SYSTEM, street.now))
    assert_the_same(street, told, NOW)
    assert_the_same(street, told, NOW + timedelta(days=7))
