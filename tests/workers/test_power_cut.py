"""The web is killed at any moment while residents are logged: nothing lost, nothing twice.

Every third time all of it, as by a power cut, in between the process that serves.

Each client keeps a journal: the key before it sends, the number once it is answered. After the
storm every key is sent again and must give the same case.
"""

import contextlib
import http.client
import json
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.api_clients import issue_token
from casetracker.services.verifying.running import verify
from tests.factories.processes import shared_street
from tests.processes import Process, free_port

Start = Callable[..., Process]
KILLS = int(os.environ.get("CHAOS_KILLS", "6"))
CLIENTS = 3


class Journal:
    """What the clients sent and what they were told."""

    def __init__(self, token: str, port: int) -> None:
        self.token, self.port = token, port
        self.sent: dict[str, dict[str, Any]] = {}
        self.numbers: dict[str, str] = {}
        self.enough = threading.Event()

    def client(self, name: str) -> None:
        count = 0
        while not self.enough.is_set():
            count += 1
            key = f"{name}-{count}"
            self.sent[key] = {
                "track": "hotline",
                "channel": "mayor_line",
                "kind": "help",
                "content": f"{key}:路灯不亮,请维修。",
            }
            number = self.send(key)
            if number:
                self.numbers[key] = number

    def send(self, key: str) -> str | None:
        """The number that was given, None if nobody answered."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection):
            return self._ask(connection, key)

    def _ask(self, connection: http.client.HTTPConnection, key: str) -> str | None:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "application/json",
            "Idempotency-Key": key,
        }
        try:
            connection.request("POST", "/api/v1/cases", json.dumps(self.sent[key]), headers)
            answer = connection.getresponse()
            body = json.loads(answer.read())
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
            return None
        assert answer.status == 201, body
        return str(body["number"])


def web(start: Start, env: dict[str, str], port: int, name: str) -> Process:
    """A web process that answers."""
    served = {**env, "PORT": str(port), "WEB_WORKERS": "1"}
    process = start(name, served, "gunicorn", "wsgi:app")
    process.wait_for(lambda: answers(port), seconds=60)
    return process


def kill_what_serves(web: Process) -> None:
    """Gunicorn itself goes on and starts another."""
    children = Path(f"/proc/{web.process.pid}/task/{web.process.pid}/children").read_text()
    [serving] = children.split()
    os.kill(int(serving), signal.SIGKILL)


def answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(connection), contextlib.suppress(OSError):
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    return False


def test_whatever_was_acknowledged_is_there_once_after_the_power_was_cut(
    start: Start, product_env: dict[str, str]
) -> None:
    port = free_port()
    with shared_street(product_env) as shared:
        ctx = Context(SYSTEM, shared.street.now, door="test")
        token = issue_token(ctx, "operator", ["cases:write"], "test")
        journal = Journal(token, port)
        weather(start, product_env, journal)
        acknowledged = dict(journal.numbers)
        assert len(acknowledged) > 10, "the storm must have logged something"
        again = {key: journal.send(key) for key in journal.sent}
        assert {key: again[key] for key in acknowledged} == acknowledged
        assert len(set(again.values())) == len(journal.sent)
        assert shared.rows("SELECT count(*) FROM cases")[0][0] == len(journal.sent)
        findings = [f for _, f in verify(Context(SYSTEM, datetime.now(UTC))) if f is not None]
        assert findings == []


def weather(start: Start, env: dict[str, str], journal: Journal) -> None:
    """Clients at work while the web is killed again and again."""
    draw = random.Random(7)
    process = web(start, env, journal.port, "web-0")
    clients = [
        threading.Thread(target=journal.client, args=(f"c{n}",), daemon=True)
        for n in range(CLIENTS)
    ]
    for client in clients:
        client.start()
    for cut in range(1, KILLS + 1):
        time.sleep(0.3 + draw.random())
        if cut % 3:
            kill_what_serves(process)
            process.wait_for(lambda: answers(journal.port), seconds=60)
        else:
            process.kill()
            process = web(start, env, journal.port, f"web-{cut}")
    journal.enough.set()
    for client in clients:
        client.join(timeout=30)
