"""Kept sums give the figures of a recomputation, whatever happened since they were rolled."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Scope
from casetracker.domain.rates import PROFILES, Profile, month_of, period_of
from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.figures import COPIED, ChangedCase, FigureSum
from casetracker.persistence.months import MonthKey
from casetracker.services.context import SYSTEM, Context
from casetracker.services.running import rollup
from casetracker.services.verifying.invariants import INVARIANTS
from casetracker.services.verifying.running import verify
from casetracker.stats.counting import DIMENSIONS, Question, count_cases
from casetracker.stats.rollup.reading import kept_cells
from tests.factories.rate_cases import Facts, add_random_cases, add_random_petitions, random_case
from tests.factories.street import Street

ALL = Scope(sees_all=True)
NOW = datetime(2026, 3, 25, 4, 0, tzinfo=UTC)
MONTHS = ("2026-01", "2026-02", "2026-03", "2026-04")
[F1] = [invariant for invariant in INVARIANTS if invariant.code == "F1"]


@pytest.fixture
def cases(street: Street) -> list[Facts]:
    units = [unit.id for unit in street.units.values()]
    hotline = add_random_cases(street.session, units, seed=7, count=120)
    letters = add_random_petitions(street.session, units, seed=8, count=80)
    return [*(Facts(case, None) for case in hotline), *letters]


def rolled(now: datetime) -> None:
    rollup.roll(Context(SYSTEM, now))


def question(profile: Profile, by: str | None, now: datetime) -> Question:
    return Question(profile, [period_of(profile, month) for month in MONTHS], by, ALL, now)


def assert_kept(
    session: Session, now: datetime, rows: Sequence[str | None] = (None, "unit")
) -> None:
    """Every metric of every profile, month and row is what a count of the cases gives."""
    for profile in PROFILES.values():
        for by in rows:
            asked = question(profile, by, now)
            kept = kept_cells(session, asked)
            assert kept is not None
            assert kept.sums == count_cases(session, asked).sums, (profile.code, by)


def test_sums_once_made_give_every_row_of_every_month(street: Street, cases: list[Facts]) -> None:
    wuhan = question(PROFILES["WUHAN_DEFAULT"], "unit", NOW)
    assert kept_cells(street.session, wuhan) is None, "nothing is kept before it was made"
    rolled(NOW)
    assert_kept(street.session, NOW, (None, *DIMENSIONS))
    found = kept_cells(street.session, wuhan)
    assert found is not None
    assert len(found.sums) > 50


def test_the_clock_alone_changes_figures_forwards_and_back(
    street: Street, cases: list[Facts]
) -> None:
    rolled(NOW)
    for days in (-30, -1, 2, 20):
        assert_kept(street.session, NOW + timedelta(days=days), [None])
    reached = street.session.scalar(
        select(func.min(Case.handle_due_at)).where(Case.handle_due_at > NOW)
    )
    assert reached is not None
    for moment in (reached, reached + timedelta(microseconds=1)):
        assert_kept(street.session, moment, [None])
        rolled(moment)
        assert_kept(street.session, moment - timedelta(microseconds=1), [None])


def scrambled(draw: random.Random, street: Street, found: Facts, now: datetime) -> None:
    """The case becomes another one in every fact; a petition in its own."""
    units = [unit.id for unit in street.units.values()]
    other = random_case(draw, 0, units, found.case.petitioner_id, found.case.track)
    for name in draw.sample(COPIED, 12):
        if name in OF_PETITIONS:
            if found.petition is not None and name.endswith("_at"):
                setattr(found.petition, name, draw.choice([None, now]))
        elif name == "is_sealed":
            found.case.is_sealed = not found.case.is_open and draw.random() < 0.5
        elif name not in ("track", "repeat_of_id", "grouped_into_id", "state"):
            setattr(found.case, name, getattr(other, name))


@pytest.fixture
def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A roll does little: cases change while sums are still being made."""
    with monkeypatch.context() as patch:
        patch.setattr(rollup, "CHANGED_AT_ONCE", 3)
        patch.setattr(rollup, "MADE_AT_ONCE", 60)
        patch.setattr(rollup, "MOST_STEPS", 5)
        yield


@pytest.mark.parametrize("seed", range(2))
def test_any_changes_and_rolls_in_any_order_leave_the_sums_right(
    street: Street, cases: list[Facts], seed: int, in_small_steps: None
) -> None:
    draw, now = random.Random(seed), NOW
    units = [unit.id for unit in street.units.values()]
    for place in range(6):
        for found in draw.sample(cases, 10):
            scrambled(draw, street, found, now)
        late = random_case(draw, 1000 + place, units, cases[0].case.petitioner_id, Track.HOTLINE)
        street.session.add(late)
        street.session.commit()
        rolled(now)
        now += draw.choice([timedelta(seconds=5), timedelta(days=2), timedelta(days=-1)])
    assert noted(street.session) > 0, "changes are left that were not rolled in"
    assert_kept(street.session, now)
    while noted(street.session):
        rolled(now)
    assert_kept(street.session, now + timedelta(days=3))


def noted(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(ChangedCase)) or 0


def test_verify_names_the_figure_whose_sums_are_not_those_of_its_cases(
    street: Street, cases: list[Facts]
) -> None:
    rolled(NOW)
    assert list(verify(Context(SYSTEM, NOW), (F1,))) == [(F1, None)]
    row = street.session.scalars(
        select(FigureSum).where(FigureSum.dimension == "", FigureSum.month == "2026-03")
    ).first()
    assert row is not None
    row.counts = {}
    street.session.commit()
    findings = [found for _, found in verify(Context(SYSTEM, NOW), (F1,)) if found]
    assert findings
    assert all("2026-03 合计" in found.detail for found in findings)
    assert any(found.detail.endswith("received") for found in findings)


def test_months_of_the_database_are_those_of_the_profile(street: Street) -> None:
    draw = random.Random(5)
    instants = [
        datetime(draw.randrange(1992, 2060), draw.randrange(1, 13), day, hour, 0, tzinfo=UTC)
        for day in (1, 15, 18, 19, 20, 28) for hour in (0, 15, 16, 17)
    ]  # fmt: skip
    for instant in instants:
        for profile in (PROFILES["WUHAN_DEFAULT"], PROFILES["BEIJING_DISTRICT"]):
            given = literal(instant, UtcDateTime())
            month = street.session.scalar(select(MonthKey(given, profile.month_start_day)))
            assert month == month_of(profile, instant)
            start, end = period_of(profile, month)
            assert start <= instant < end
