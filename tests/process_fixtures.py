"""Fixtures of tests with real processes: Redis, and whatever the test starts."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import Process


@contextmanager
def shortly_named_folder() -> Iterator[Path]:
    """A folder whose path is short enough for unix sockets."""
    with tempfile.TemporaryDirectory(
        prefix="ct-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        yield Path(folder)


@pytest.fixture
def short_folder() -> Iterator[Path]:
    with shortly_named_folder() as folder:
        yield folder


@pytest.fixture
def start(tmp_path: Path, short_folder: Path) -> Iterator[Callable[..., Process]]:
    """`start(name, env, *command)` runs a process until the test is over at the latest.

    Asks for `short_folder` because what a process keeps there must not go before the process.
    """
    with ending_processes(tmp_path) as starting:
        yield starting


@contextmanager
def ending_processes(logs: Path) -> Iterator[Callable[..., Process]]:
    """Starts processes that log into `logs`, and ends all of them in any case."""
    running: list[Process] = []

    def starting(name: str, env: dict[str, str], *command: str | Path) -> Process:
        running.append(Process(command, env, logs / f"{name}.log"))
        return running[-1]

    try:
        yield starting
    finally:
        for process in reversed(running):
            process.kill()


@pytest.fixture
def redis_url(start: Callable[..., Process], short_folder: Path) -> str:
    """A real, empty Redis with the settings of production."""
    return listening_redis(start, short_folder)


def listening_redis(start: Callable[..., Process], folder: Path) -> str:
    """Address of a Redis that keeps its data in `folder`."""
    at = folder / "redis.sock"
    listen = ["--port", "0", "--unixsocket", at, "--unixsocketperm", "700"]
    keep = ["--dir", folder, "--appendonly", "yes", "--save", ""]
    server = start("redis", {}, "redis-server", *listen, *keep, "--maxmemory-policy", "noeviction")
    server.wait_for(at.exists, seconds=10)
    import redis

    with redis.Redis(unix_socket_path=str(at)) as client:
        server.wait_for(client.ping, seconds=10)
    return f"unix://{at}"


@pytest.fixture
def product_env(fresh_database_url: str, redis_url: str, tmp_path: Path) -> dict[str, str]:
    """The environment of all processes of one product: its database, its broker, its data."""
    data = tmp_path / "data"
    data.mkdir()
    from tests.databases import environment

    return environment(fresh_database_url, data, REDIS_URL=redis_url)
