"""What is cleared away at night, what is kept, and the tick of a site without a broker."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from casetracker.persistence.account import Attempt, SignInSession
from casetracker.persistence.clock import Reminder
from casetracker.persistence.outbox import Heartbeat, IdempotencyKey, InboxMessage, JobRun
from casetracker.persistence.wall import WallScreen
from casetracker.services.running import housekeeping
from casetracker.services.running.housekeeping import clean
from casetracker.services.running.ticking import tick
from tests.factories.street import Street


@pytest.fixture(autouse=True)
def _no_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "sweep_orphans", lambda ctx: 0)


def count(street: Street, model) -> int:  # type: ignore[no-untyped-def]
    return street.session.scalar(select(func.count()).select_from(model)) or 0


def keep(street: Street, name: str, expires_in: timedelta) -> None:
    street.session.add(
        IdempotencyKey(
            principal="account:1", key=name, body_hash="x", result={}, created_at=street.now,
            expires_at=street.now + expires_in,
        )
    )  # fmt: skip
    street.session.commit()


def test_expired_keys_go_and_others_stay(street: Street, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "BATCH", 2)
    for number in range(5):
        keep(street, f"old-{number}", -timedelta(seconds=1))
    keep(street, "fresh", timedelta(hours=1))
    assert clean(street.ctx("operator"))
    assert street.session.scalars(select(IdempotencyKey.key)).all() == ["fresh"]


def test_old_tries_and_long_ended_sessions_go(street: Street) -> None:
    street.session.add_all(
        Attempt(key="sign_in:x", at=street.now - age) for age in (timedelta(1), timedelta(3))
    )
    for number, age in enumerate((timedelta(1), timedelta(100))):
        street.session.add(
            SignInSession(
                id_hash=str(number), account_id=street.people["admin"].account_id,
                created_at=street.now - age, last_seen_at=street.now - age,
                expires_at=street.now - age,
            )
        )  # fmt: skip
    street.session.commit()
    clean(street.ctx("operator"))
    assert (count(street, Attempt), count(street, SignInSession)) == (1, 1)


def test_screens_that_ended_long_ago_go_and_those_in_use_stay(street: Street) -> None:
    ended = {
        "hung up": (timedelta(30), None),
        "expired": (timedelta(-100), None),
        "removed": (timedelta(30), timedelta(100)),
        "just expired": (timedelta(-1), None),
    }
    for name, (left, removed) in ended.items():
        street.session.add(
            WallScreen(
                name=name,
                secret_hash=name,
                placed_by=street.people["supervisor"].account_id,
                placed_at=street.now - timedelta(200),
                expires_at=street.now + left,
                last_seen_at=street.now,
                removed_at=street.now - removed if removed else None,
            )
        )
    street.session.commit()
    clean(street.ctx("operator"))
    kept = set(street.session.scalars(select(WallScreen.name)))
    assert kept == {"hung up", "just expired"}


def test_it_is_done_once_a_day_whoever_asks(street: Street) -> None:
    assert clean(street.ctx("operator"))
    keep(street, "old", -timedelta(seconds=1))
    assert not clean(street.ctx("operator"))
    assert count(street, IdempotencyKey) == 1
    street.wait(days=1)
    assert clean(street.ctx("operator"))
    assert count(street, IdempotencyKey) == 0
    assert count(street, JobRun) == 2


class TestWithoutABroker:
    """One tick does all that is due, and not more often than it is due."""

    def test_a_tick_delivers_reminds_and_cleans(self, street: Street) -> None:
        street.register()
        street.wait(hours=4, minutes=30)
        done = tick(street.ctx("operator"))
        assert (done.drained.relayed, done.cleaned) == (1, True)
        assert done.reminded == count(street, Reminder) > 0
        assert count(street, InboxMessage) == 3  # the new case, and a digest each for two

    def test_ticks_in_quick_succession_look_for_reminders_once_a_minute(
        self, street: Street
    ) -> None:
        tick(street.ctx("operator"))
        first = street.now
        for _ in range(11):
            street.wait(seconds=5)
            done = tick(street.ctx("operator"))
            assert not done.cleaned
            assert street.session.get_one(Heartbeat, "reminders").at == first
            assert street.session.get_one(Heartbeat, "outbox").at == street.now
        street.wait(seconds=5)
        tick(street.ctx("operator"))
        assert street.session.get_one(Heartbeat, "reminders").at == street.now

    def test_reminders_go_on_at_once_after_the_machines_clock_was_set_back(
        self, street: Street
    ) -> None:
        tick(street.ctx("operator"))
        street.wait(days=-2)
        tick(street.ctx("operator"))
        assert street.session.get_one(Heartbeat, "reminders").at == street.now
