"""Real processes for tests: started in the checkout, watched by a log, ended in any case."""

import contextlib
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


class Process:
    """One running command; what it says is in `log`."""

    def __init__(self, command: Sequence[str | Path], env: Mapping[str, str], log: Path) -> None:
        self.log = log
        path = {"PATH": f"{BIN}:{os.environ['PATH']}", "HOME": str(log.parent), "LC_ALL": "C.UTF-8"}
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [str(part) for part in command],
                cwd=ROOT,
                env=path | dict(env),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=lambda: _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
            )

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def wait_for(self, happened: Callable[[], bool], *, seconds: float = 30) -> None:
        """Until `happened()`; fails with what the process said if it ends or time runs out."""
        until = time.monotonic() + seconds
        while not happened():
            ended = self.process.poll()
            assert ended is None, f"ended with {ended}:\n{self.said()}"
            assert time.monotonic() < until, f"not within {seconds} s:\n{self.said()}"
            time.sleep(0.05)

    def wait_for_text(self, text: str, *, seconds: float = 30) -> None:
        self.wait_for(lambda: text in self.said(), seconds=seconds)

    def finish(self, *, seconds: float = 60) -> int:
        """Its exit code, once it has ended by itself."""
        return self.process.wait(timeout=seconds)

    def terminate(self, *, seconds: float = 20) -> int:
        """Its exit code after SIGTERM."""
        self.process.terminate()
        return self.finish(seconds=seconds)

    def kill(self) -> None:
        """As a power cut would: the whole group, no goodbye."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
