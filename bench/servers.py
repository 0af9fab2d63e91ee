"""The processes under measurement: a durable PostgreSQL, the floor and the product on gunicorn."""

import http.client
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.postgres_keeper import binaries, identity, major_version
from tests.processes import free_port

BIN = Path(sys.executable).parent
THREADS = 4


class Server:
    """One gunicorn with one worker, and how much processor time it has used."""

    def __init__(self, name: str, module: str, env: dict[str, str], folder: Path) -> None:
        self.port = free_port()
        self.name = name
        log = (folder / f"{name}.log").open("ab")
        self.process = subprocess.Popen(
            [
                BIN / "gunicorn", module, "--config", "/dev/null", "--no-control-socket",
                "--bind", f"127.0.0.1:{self.port}", "--workers", "1", "--worker-class", "gthread",
                "--threads", str(THREADS), "--keep-alive", "60", "--log-level", "warning",
            ],
            env=os.environ | env, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        self._wait()

    def _wait(self) -> None:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/healthz")
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"{self.name} did not start; see its log")

    def cpu_seconds(self) -> float:
        """User and system time of the server and its workers, from the process accounts."""
        ticks = 0
        for pid in _family(self.process.pid):
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
            ticks += int(fields[11]) + int(fields[12])
        return ticks / os.sysconf("SC_CLK_TCK")

    def memory_mb(self) -> float:
        """Proportional set size of the server with its workers."""
        return round(sum(_proportional_kb(pid) for pid in _family(self.process.pid)) / 1024, 1)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=40)


def _family(parent: int) -> list[int]:
    """The process and its children."""
    tasks = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *(int(pid) for pid in tasks)]


def _proportional_kb(pid: int) -> int:
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(rollup.split("Pss:")[1].split()[0])


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """A PostgreSQL that commits durably; gives the address of an empty database."""
    home = Path("/tmp") / f"casetracker-bench-{os.getpid()}"
    home.mkdir(mode=0o700)
    bin_dir = binaries(home)
    data = home / "data"
    data.mkdir()
    who = identity(home, data)
    locale = ["--locale-provider=builtin"] if major_version(bin_dir) >= 17 else []
    log = (folder / "postgres.log").open("ab")
    run = {"stdout": log, "stderr": log, "cwd": "/", **who}
    options = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run([bin_dir / "initdb", "-D", data, *options, *locale], check=True, **run)
    tuned = ["-c", "shared_buffers=512MB", "-c", "max_connections=60"]
    server = subprocess.Popen(
        [bin_dir / "postgres", "-D", data, "-k", home, "-h", "", *tuned], **run
    )
    try:
        _wait_for_postgres(home)
        yield f"postgresql+psycopg://postgres@/postgres?host={home}"
    finally:
        server.send_signal(2)
        server.wait(timeout=60)
        shutil.rmtree(home, ignore_errors=True)


def _wait_for_postgres(home: Path) -> None:
    import psycopg

    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            psycopg.connect(f"postgresql://postgres@/postgres?host={home}").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")


@contextmanager
def broker(folder: Path) -> Iterator[str]:
    """The embedded broker on a socket of its own; gives its address."""
    from tools.run_stack import broker_binary

    socket = Path("/tmp") / f"casetracker-bench-{os.getpid()}.sock"
    log = (folder / "broker.log").open("ab")
    server = subprocess.Popen(
        [broker_binary(), "--port", "0", "--unixsocket", socket, "--save", "", "--dir", folder],
        stdout=log, stderr=log,
    )  # fmt: skip
    try:
        yield f"unix://{socket}"
    finally:
        server.terminate()
        server.wait(timeout=20)
        socket.unlink(missing_ok=True)
