"""Clients that repeat a request over kept connections, and the ABBA comparison of two servers."""

import http.client
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bench.servers import Server

SLOT_S = 2.0
ROUNDS = 8
CLIENTS = 4


@dataclass
class Slot:
    """What one slot of load gave: operations, seconds each, processor time, failures."""

    operations: int = 0
    seconds: list[float] = field(default_factory=list)
    cpu: float = 0.0
    failures: int = 0

    @property
    def rate(self) -> float:
        return self.operations / SLOT_S


@dataclass(frozen=True)
class Request:
    """One request; `bodies` yields a fresh body each time."""

    method: str
    path: str
    headers: dict[str, str]
    bodies: Iterator[Any] | None = None
    expect: int = 200


def slot(server: Server, request: Request, *, clients: int = CLIENTS) -> Slot:
    """`clients` keep asking for the length of a slot."""
    result, lock = Slot(), threading.Lock()
    before = server.cpu_seconds()
    end = time.monotonic() + SLOT_S
    threads = [
        threading.Thread(target=_client, args=(server, request, end, result, lock))
        for _ in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    result.cpu = server.cpu_seconds() - before
    return result


def _client(
    server: Server, request: Request, end: float, result: Slot, lock: threading.Lock
) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    while time.monotonic() < end:
        with lock:
            body = json.dumps(next(request.bodies)) if request.bodies else None
        started = time.perf_counter()
        connection.request(request.method, request.path, body, request.headers)
        answer = connection.getresponse()
        answer.read()
        took = time.perf_counter() - started
        with lock:
            result.operations += 1
            result.seconds.append(took)
            result.failures += answer.status != request.expect


def compare(
    product: tuple[Server, Request], floor: tuple[Server, Request], *, rounds: int = ROUNDS,
    clients: int = CLIENTS, say: Callable[[str], None] = print,
) -> dict[str, Any]:  # fmt: skip
    """ABBA rounds; the ratio of rates, and processor milliseconds for each operation."""
    slot(*product, clients=clients), slot(*floor, clients=clients)  # warm both
    ratios, ours, theirs = [], [], []
    for number in range(rounds):
        pair = (product, floor) if number % 2 == 0 else (floor, product)
        first, second = (slot(*each, clients=clients) for each in pair)
        mine, other = (first, second) if number % 2 == 0 else (second, first)
        ratios.append(mine.rate / other.rate)
        ours.append(mine)
        theirs.append(other)
    failed = sum(each.failures for each in ours + theirs)
    if failed > 0.001 * sum(each.operations for each in ours + theirs):
        raise RuntimeError(f"{failed} answers were not what was expected: nothing was measured")
    return {
        "ratio_of_floor": round(statistics.median(ratios), 4),
        "product": summary(ours),
        "floor": summary(theirs),
        "rounds": rounds,
    }


def alone(server: Server, request: Request, *, slots: int = 4) -> dict[str, Any]:
    """One client asking one server over and over, after a slot to warm it."""
    slot(server, request, clients=1)
    taken = [slot(server, request, clients=1) for _ in range(slots)]
    if any(each.failures for each in taken):
        raise RuntimeError(f"{request.path} did not answer {request.expect}")
    return summary(taken)


def summary(slots: list[Slot]) -> dict[str, Any]:
    seconds = sorted(second for each in slots for second in each.seconds)
    operations = sum(each.operations for each in slots)
    return {
        "per_second": round(statistics.median(each.rate for each in slots), 1),
        "p50_ms": round(1000 * seconds[len(seconds) // 2], 2),
        "p95_ms": round(1000 * seconds[int(len(seconds) * 0.95)], 2),
        "cpu_ms": round(1000 * sum(each.cpu for each in slots) / operations, 3),
        "failures": sum(each.failures for each in slots),
    }
