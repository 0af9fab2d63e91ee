"""Keeps a few processes running until told to stop; knows nothing of what they are.

Each process leads a group of its own, so that Ctrl-C reaches only the supervisor, and is told by
the kernel to end when the supervisor dies, even by kill -9.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
FIRST_DELAY, LONGEST_DELAY, STEADY_AFTER = 1.0, 30.0, 60.0  # seconds
LOG_LIMIT = 10_000_000  # bytes; at the next start the old log is kept once as .1
_libc = ctypes.CDLL(None)


@dataclass(slots=True)
class Service:
    """One process to keep: its name for messages and its log, and its command."""

    name: str
    command: Sequence[str | Path]
    log: Path
    kept_open: Sequence[int] = ()
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    delay: float = FIRST_DELAY
    due: float = field(default=0.0, init=False)

    def start(self) -> None:
        parent = os.getpid()

        def die_with_parent() -> None:
            _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.command],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=die_with_parent,  # one thread only, so it is safe
                pass_fds=self.kept_open,
            )
        self.started = time.monotonic()

    def ended(self) -> bool:
        return self.process is None or self.process.poll() is not None

    def signal_group(self, number: signal.Signals) -> None:
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)

    def last_words(self, lines: int = 15) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Supervisor:
    """Starts services, restarts the ones that die, ends all when a signal comes."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.services: list[Service] = []
        self.signals = 0
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._note_signal)

    @property
    def stopping(self) -> bool:
        return self.signals > 0

    def _note_signal(self, _number: int, _frame: object) -> None:
        self.signals += 1

    def start(self, service: Service) -> Service:
        if service.log.exists() and service.log.stat().st_size > LOG_LIMIT:
            service.log.replace(service.log.with_suffix(".log.1"))
        service.start()
        self.services.append(service)
        return service

    def run_until_stopped(self) -> None:
        while not self.stopping:
            for service in self.services:
                self._revive(service)
            time.sleep(0.2)

    def _revive(self, service: Service) -> None:
        now = time.monotonic()
        if not service.ended():
            return
        if service.process is not None:
            if now - service.started > STEADY_AFTER:
                service.delay = FIRST_DELAY
            code = service.process.returncode
            self.say(f"{service.name} 意外退出（{code}），{service.delay:g} 秒后重启")
            self.say(f"  日志：{service.log}")
            service.signal_group(signal.SIGKILL)  # children it may have left behind
            service.due, service.process = now + service.delay, None
            service.delay = min(service.delay * 2, LONGEST_DELAY)
        elif now >= service.due:
            service.start()

    def stop_all(self, patience: float, last: float) -> None:
        """End all but the first service within `patience` seconds, then the first within `last`.

        The first is what the others stand on. A second signal shortens the wait.
        """
        self._stop(self.services[1:], patience)
        self._stop(self.services[:1], last)

    def _stop(self, services: Sequence[Service], patience: float) -> None:
        for service in services:
            if service.process and not service.ended():
                service.process.terminate()
        until = time.monotonic() + patience
        while any(not one.ended() for one in services) and time.monotonic() < until:
            if self.signals > 1:
                break
            time.sleep(0.05)
        for service in services:
            service.signal_group(signal.SIGKILL)
            if service.process:
                service.process.wait()
