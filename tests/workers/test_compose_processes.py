"""The commands of docker-compose.yml, started as plain processes against PostgreSQL and Redis."""

import urllib.error
import urllib.request

import pytest
import yaml

from tests.processes import ROOT, free_port

COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
PATIENCE = 40  # seconds, on a busy machine


def command_of(service, tmp_path):
    """The container's own command; only its data folder lies elsewhere here."""
    command = COMPOSE["services"][service]["command"]
    return [part.replace("/var/lib/casetracker", str(tmp_path / "data")) for part in command]


def grace(service):
    return int(COMPOSE["services"][service]["stop_grace_period"].removesuffix("s"))


@pytest.fixture(scope="session")
def engine_name():
    return "postgresql"


@pytest.fixture
def env(product_env):
    return product_env | {"PORT": str(free_port())}


def answer(port, path):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return response.status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return None


def test_migrate_fills_an_empty_database_and_may_be_repeated(start, env, tmp_path, databases):
    env |= {"DATABASE_URL": databases.empty("postgresql")}
    for attempt in ("first", "second"):
        migrate = start(f"migrate-{attempt}", env, *command_of("migrate", tmp_path))
        assert migrate.finish() == 0, migrate.said()


def test_web_answers_and_leaves_within_its_grace(start, env, tmp_path):
    # Once the one answers it hears signals; gunicorn waits its whole grace for one still starting.
    web = start("web", env | {"WEB_WORKERS": "1"}, *command_of("web", tmp_path))
    web.wait_for(lambda: answer(env["PORT"], "/healthz") == 200, seconds=PATIENCE)
    assert web.terminate(seconds=grace("web")) == 0
    assert answer(env["PORT"], "/healthz") is None


def test_worker_is_found_by_its_health_check_takes_ticks_of_beat_and_leaves_within_its_grace(
    start, env, tmp_path
):
    beat = start("beat", env, *command_of("beat", tmp_path))
    worker = start("worker", env, *command_of("worker", tmp_path))
    worker.wait_for_text(" ready.", seconds=PATIENCE)
    check = ["celery", "-A", "workers.celery_app", "inspect", "ping"]
    ping = start("ping", env, *check)
    worker.wait_for_text("succeeded", seconds=90)
    beat.wait_for_text("Scheduler: Sending due task", seconds=30)
    assert beat.terminate() == 0
    assert ping.finish() == 0
    assert "pong" in ping.said()
    assert worker.terminate(seconds=grace("worker")) == 0
    assert start("ping-again", env, *check, "--timeout", "1").finish() != 0
