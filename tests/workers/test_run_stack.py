"""What ./run starts: everything comes up, survives its parts, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
import time
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.process_fixtures import shortly_named_folder
from tests.processes import Process, free_port

PATIENCE = 120  # seconds for the first start, which loads the demonstration
STACK = [sys.executable, "-m", "tools.run_stack"]


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A data folder after a first start that was stopped while it loaded and then begun anew, and
    an orderly stop; and what that start said.
    """
    with shortly_named_folder() as folder:
        env = {"DATA_DIR": str(folder), "PORT": str(free_port())}
        logs = tmp_path_factory.mktemp("first")
        interrupted = Process(STACK, env, logs / "interrupted")
        try:
            interrupted.wait_for_text("正在载入演示数据", seconds=PATIENCE)
            assert interrupted.terminate(seconds=10) == 0
            assert of_this_stack(env) == set()
        finally:
            interrupted.kill()
        assert (folder / "first-start-unfinished").exists()
        (folder / "casetracker.db").write_bytes(b"half a database")
        stack = Process(STACK, env, logs / "first")
        try:
            stack.wait_for_text("ready http://127.0.0.1:", seconds=PATIENCE)
            assert stack.terminate(seconds=10) == 0
            assert of_this_stack(env) == set()
            yield folder, stack.said()
        finally:
            stack.kill()


@dataclass
class Stack:
    """A stack that was started before, and can be again; what it says of this start."""

    env: dict[str, str]
    logs: Path
    running: list[Process] = field(default_factory=list)

    def start(self):
        self.running.append(Process(STACK, self.env, self.logs / f"run-{len(self.running)}"))
        self.now.wait_for_text(f"ready http://127.0.0.1:{self.env['PORT']}", seconds=PATIENCE)

    @property
    def now(self):
        return self.running[-1]


@pytest.fixture(scope="module")
def stack(first_start, tmp_path_factory):
    """A stack that runs on what the first start left; the tests here follow each other on it."""
    with shortly_named_folder() as folder:
        shutil.copytree(first_start[0], folder, dirs_exist_ok=True)
        env = {"DATA_DIR": str(folder), "PORT": str(free_port())}
        stack = Stack(env, tmp_path_factory.mktemp("stack"))
        try:
            yield stack
        finally:
            for process in stack.running:
                process.kill()


def of_this_stack(env):
    """Pids of all processes that were started with this data folder."""
    mark = f"DATA_DIR={env['DATA_DIR']}".encode()
    return {
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if mark in environment_of(folder)
    }


def environment_of(folder):
    try:
        return (folder / "environ").read_bytes().split(b"\0")
    except OSError:
        return []


def until(happened, *, seconds):
    end = time.monotonic() + seconds
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.1)


def service_pid(env, *words):
    for pid in sorted(of_this_stack(env)):
        command = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
        if all(word in command for word in words):
            return pid
    return None


def test_the_first_start_shows_the_address_and_the_accounts(first_start):
    folder, said = first_start
    accounts = json.loads((folder / "demo-accounts.json").read_text(encoding="utf-8"))
    assert accounts
    for account in accounts:
        assert account["username"] in said
        assert account["password"] in said
    assert "首次启动" in said


def test_an_interrupted_first_start_begins_anew(first_start):
    folder, _ = first_start
    assert (folder / "demo-accounts.json").exists()
    assert not (folder / "first-start-unfinished").exists()
    with closing(sqlite3.connect(folder / "casetracker.db")) as database:
        [[cases]] = database.execute("SELECT count(*) FROM cases")
    assert cases > 446, "all of it was loaded, not what the interrupted one had left to do"


def test_what_the_first_start_loaded_agrees_with_its_history(first_start, start):
    """The demonstration street on SQLite; tests/services/demo lays it on PostgreSQL."""
    env = {"DATA_DIR": str(first_start[0]), "CASETRACKER_ENV": "demo"}
    checked = start("verify", env, sys.executable, "-m", "casetracker", "verify")
    assert checked.finish() == 0, checked.said()


def test_a_taken_port_is_told_before_anything_starts(stack, start):
    with socket.create_server(("127.0.0.1", int(stack.env["PORT"]))):
        refused = start("refused", stack.env, *STACK)
        assert refused.finish() == 1
    assert f"端口 {stack.env['PORT']} 已被占用" in refused.said()
    assert of_this_stack(stack.env) == set()


def test_the_second_start_is_quick_and_keeps_the_data(stack):
    with closing(sqlite3.connect(Path(stack.env["DATA_DIR"], "casetracker.db"))) as database:
        database.execute("CREATE TABLE left_by_the_first_start (x INTEGER)")
    begun = time.monotonic()
    stack.start()
    assert time.monotonic() - begun < 15  # 5 on a machine that does nothing else
    assert "首次启动" not in stack.now.said()
    with closing(sqlite3.connect(Path(stack.env["DATA_DIR"], "casetracker.db"))) as database:
        database.execute("SELECT x FROM left_by_the_first_start")


def test_a_killed_part_comes_back_and_a_second_stack_is_refused(stack, start):
    other = start("other", stack.env, *STACK)
    until(lambda: service_pid(stack.env, "celery", "worker") is not None, seconds=10)
    worker = service_pid(stack.env, "celery", "worker")
    os.killpg(worker, signal.SIGKILL)
    stack.now.wait_for_text("worker 意外退出", seconds=10)
    until(lambda: service_pid(stack.env, "celery", "worker") not in (None, worker), seconds=10)
    assert other.finish() == 1
    assert "已被另一个 ./run 使用" in other.said()


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_works(stack):
    os.kill(stack.now.process.pid, signal.SIGKILL)
    stack.now.process.wait()
    until(lambda: of_this_stack(stack.env) == set(), seconds=40)
    stack.start()
