"""What ./run starts: everything comes up, survives its parts, and leaves nothing behind."""

import json
import os
import shutil
import signal
import socket
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.processes import Process, free_port

PATIENCE = 120  # seconds for the first start, which loads the demonstration


@pytest.fixture(scope="module")
def first_start(tmp_path_factory):
    """A data folder after the first start and an orderly stop, and what the first start said."""
    with tempfile.TemporaryDirectory(
        prefix="ct-", dir="/tmp", ignore_cleanup_errors=True
    ) as folder:
        env = {"DATA_DIR": folder, "PORT": str(free_port())}
        log = tmp_path_factory.mktemp("first") / "log"
        stack = Process([sys.executable, "-m", "tools.run_stack"], env, log)
        try:
            stack.wait_for_text("ready http://127.0.0.1:", seconds=PATIENCE)
            assert stack.terminate(seconds=10) == 0
            assert of_this_stack(env) == set()
            yield Path(folder), stack.said()
        finally:
            stack.kill()


@pytest.fixture
def env(short_folder, first_start):
    """Settings of a stack that has been started before."""
    shutil.copytree(first_start[0], short_folder, dirs_exist_ok=True)
    return {"DATA_DIR": str(short_folder), "PORT": str(free_port())}


@pytest.fixture
def run(start, env):
    """Start the stack and wait until it is ready; says how long that took."""
    started = []

    def running(*, seconds=PATIENCE):
        begun = time.monotonic()
        name = f"run-{len(started)}"
        started.append(start(name, env, sys.executable, "-m", "tools.run_stack"))
        started[-1].wait_for_text(f"ready http://127.0.0.1:{env['PORT']}", seconds=seconds)
        return started[-1], time.monotonic() - begun

    return running


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


def test_the_second_start_is_quick_and_keeps_the_data(run, env):
    with closing(sqlite3.connect(Path(env["DATA_DIR"], "casetracker.db"))) as database:
        database.execute("CREATE TABLE left_by_the_first_start (x INTEGER)")
    second, took = run()
    assert took < 15  # 5 on a machine that does nothing else
    assert "首次启动" not in second.said()
    with closing(sqlite3.connect(Path(env["DATA_DIR"], "casetracker.db"))) as database:
        database.execute("SELECT x FROM left_by_the_first_start")


def test_a_killed_supervisor_leaves_no_orphan_and_the_next_start_works(run, env):
    supervisor, _ = run()
    os.kill(supervisor.process.pid, signal.SIGKILL)
    supervisor.process.wait()
    until(lambda: of_this_stack(env) == set(), seconds=40)
    run()


def test_a_killed_part_comes_back_and_a_second_stack_is_refused(run, env, start):
    supervisor, _ = run()
    worker = service_pid(env, "celery", "worker")
    os.killpg(worker, signal.SIGKILL)
    supervisor.wait_for_text("worker 意外退出", seconds=10)
    until(lambda: service_pid(env, "celery", "worker") not in (None, worker), seconds=10)
    other = start("other", env, sys.executable, "-m", "tools.run_stack")
    assert other.finish() == 1
    assert "已被另一个 ./run 使用" in other.said()


def test_a_taken_port_is_told_before_anything_starts(start, env):
    with socket.create_server(("127.0.0.1", int(env["PORT"]))):
        refused = start("refused", env, sys.executable, "-m", "tools.run_stack")
        assert refused.finish() == 1
    assert f"端口 {env['PORT']} 已被占用" in refused.said()
    assert of_this_stack(env) == set()


def test_an_interrupted_first_start_begins_anew(run, env):
    folder = Path(env["DATA_DIR"])
    (folder / "demo-accounts.json").unlink()
    (folder / "first-start-unfinished").touch()
    (folder / "casetracker.db").write_bytes(b"half a database")
    run()
    assert (folder / "demo-accounts.json").exists()
    assert not (folder / "first-start-unfinished").exists()
