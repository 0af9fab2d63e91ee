"""`/healthz`, `/readyz` and `/metrics`: who is told what, and when the product is not ready."""

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from werkzeug.test import Client

from casetracker.persistence.outbox import Heartbeat, OutboxRow, OutboxState
from casetracker.services.running import health
from casetracker.web.health import KEPT_S
from casetracker.web.metrics import MetricsDoor
from tests.factories.street import Street, new_street


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)


@pytest.fixture(autouse=True)
def _asked_for_the_first_time(app: Flask) -> None:
    app.extensions["latest_health"].at = -KEPT_S


@pytest.fixture
def alive(session: Session) -> None:
    """Both timers have just run."""
    for name in health.MISSED_BEATS:
        session.merge(Heartbeat(name=name, at=now()))
    session.commit()


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def test_a_living_process_says_so_without_a_database(client, count_queries) -> None:
    with count_queries() as statements:
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    assert statements == []


def test_a_stranger_learns_one_word(client, alive) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (200, {"status": "ok"})


@pytest.mark.parametrize("away", [timedelta(minutes=-10), timedelta(days=1)])
@pytest.mark.parametrize("name", sorted(health.MISSED_BEATS))
def test_a_timer_that_missed_two_ticks_makes_it_not_ready(
    client, alive, session, name, away
) -> None:
    """Also one whose last sign of life was noted before the clock was set back."""
    session.merge(Heartbeat(name=name, at=now() + away))
    session.commit()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready"})


def test_messages_that_nobody_delivers_make_it_not_ready(client, alive, session) -> None:
    waiting_since(session, now() - timedelta(minutes=6))
    assert client.get("/readyz").status_code == 503


def waiting_since(session: Session, moment: datetime) -> None:
    session.add(
        OutboxRow(
            topic="registered", channel="sms", recipient="petitioner:1", dedupe_key="x",
            payload={}, state=OutboxState.WAITING, next_at=moment, created_at=moment,
        )
    )  # fmt: skip
    session.commit()


def test_no_room_on_the_disk_makes_it_not_ready(client, alive, monkeypatch) -> None:
    monkeypatch.setattr(health, "LEAST_DISK", 2**62)
    assert client.get("/readyz").status_code == 503


def test_another_schema_makes_it_not_ready(client, alive, session, monkeypatch, tmp_path) -> None:
    (tmp_path / "head.txt").write_text("another\n")
    monkeypatch.setattr(health, "migrations_folder", lambda: tmp_path)
    assert client.get("/readyz").status_code == 503


def test_a_database_that_does_not_answer_is_a_verdict_and_no_error(client, monkeypatch) -> None:
    def down(*_: object) -> None:
        raise OperationalError("SELECT 1", {}, Exception("down"))

    monkeypatch.setattr(health.heartbeats, "beat", down)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (503, {"status": "not ready"})


@pytest.mark.parametrize(("who", "told"), [("admin", True), ("operator", False)])
def test_only_whoever_runs_the_product_learns_which_check_fails(
    client, alive, street, monkeypatch, who, told
) -> None:
    monkeypatch.setattr("casetracker.web.health.current_actor", lambda: street.people[who])
    answer = client.get("/readyz").json
    assert ("checks" in answer) is told
    if told:
        names = [check["name"] for check in answer["checks"]]
        assert names == ["database", "schema", "delivery", "outbox", "reminders", "disk"]


def test_asked_often_it_looks_seldom(client, alive, count_queries) -> None:
    client.get("/readyz")
    with count_queries() as statements:
        client.get("/readyz")
    assert statements == []


class TestMetrics:
    """`/metrics` answers on its own address only, which answers nothing else."""

    @pytest.fixture
    def ask(self, app: Flask, session: Session):
        door = MetricsDoor(app, "127.0.0.1:9464")

        def asking(path: str, port: str, **headers: str) -> tuple[int, bytes]:
            environ = {"SERVER_PORT": port, "SERVER_NAME": "127.0.0.1"}
            answer = Client(door).get(path, environ_overrides=environ, headers=headers)
            return answer.status_code, answer.data

        return asking

    def test_the_figures(self, ask, session) -> None:
        waiting_since(session, now() - timedelta(minutes=6))
        status, text = ask("/metrics", "9464")
        assert status == 200
        assert b"casetracker_up 1.0" in text
        assert b"casetracker_outbox_waiting 1.0" in text

    def test_nowhere_else(self, ask) -> None:
        assert ask("/metrics", "8000")[0] == 404
        assert ask("/metrics", "8000", **{"X-Forwarded-Port": "9464"})[0] == 404

    def test_nothing_else(self, ask) -> None:
        assert ask("/healthz", "9464")[0] == 404
        assert ask("/healthz", "8000")[0] == 200
