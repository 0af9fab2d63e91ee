"""Databases for tests: one migrated template on each engine for a run, copied for each use."""

import fcntl
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from flask_migrate import upgrade
from sqlalchemy import make_url

from casetracker import create_app
from casetracker.config import Settings, load_settings, new_field_keys

KEEPER = Path(__file__).with_name("postgres_keeper.py")
TEMPLATE = "migrated"
FIELD_KEYS = new_field_keys()
# In-process tests have no broker; tests/workers starts a real one.
NO_BROKER = "unix:///no-broker-in-this-test/see-fixture-redis_url"


def environment(database_url: str, data_dir: Path, **more: str) -> dict[str, str]:
    """What a process of the product needs in a test; `more` adds or replaces settings."""
    return {
        "CASETRACKER_ENV": "test",
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url,
        "REDIS_URL": NO_BROKER,
        "SECRET_KEY": "only-for-tests",
        "FIELD_KEYS": FIELD_KEYS,
        **more,
    }


def settings_for(database_url: str, data_dir: Path, **more: str) -> Settings:
    return load_settings(environment(database_url, data_dir, **more))


class Databases:
    """Makes databases for one test run; several pytest processes share the server and templates."""

    def __init__(self, shared: Path, run: int) -> None:
        self.shared = shared
        self.run = run
        self.made = 0

    def new(self, engine: str) -> str:
        """Address of a fresh migrated database on `engine` (`sqlite` or `postgresql`)."""
        self.made += 1
        name = f"db_{os.getpid()}_{self.made}"
        with self._alone():
            return self._sqlite(name) if engine == "sqlite" else self._postgresql(name)

    def empty(self, engine: str) -> str:
        """Address of a fresh database without any table."""
        self.made += 1
        name = f"empty_{os.getpid()}_{self.made}"
        if engine == "sqlite":
            return f"sqlite:///{self.shared / name}.db"
        with self._alone():
            self._ensure_server()
            self._as_postgres(f"CREATE DATABASE {name}")
        return self._url(name)

    def drop(self, url: str) -> None:
        """Forget a database that `new` made; sessions still open on it are ended."""
        if url.startswith("sqlite"):
            for file in self.shared.glob(Path(make_url(url).database).name + "*"):
                file.unlink()
        else:
            self._as_postgres(f"DROP DATABASE {make_url(url).database} WITH (FORCE)")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with (self.shared / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _sqlite(self, name: str) -> str:
        template = self.shared / f"{TEMPLATE}.db"
        if not template.exists():
            draft = self.shared / "draft.db"
            draft.unlink(missing_ok=True)
            self._migrate(f"sqlite:///{draft}")
            draft.rename(template)
        shutil.copyfile(template, self.shared / f"{name}.db")
        return f"sqlite:///{self.shared / name}.db"

    def _postgresql(self, name: str) -> str:
        self._ensure_server()
        if not self._as_postgres(f"SELECT 1 FROM pg_database WHERE datname = '{TEMPLATE}'"):
            self._as_postgres("DROP DATABASE IF EXISTS draft")
            self._as_postgres("CREATE DATABASE draft")
            self._migrate(self._url("draft"))
            self._as_postgres(f"ALTER DATABASE draft RENAME TO {TEMPLATE}")
        self._as_postgres(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql+psycopg://postgres@/{name}?host={self._socket_folder}"

    @property
    def _socket_folder(self) -> Path:
        # Short, because a unix socket's path must be: not below pytest's own folder.
        return Path("/tmp") / f"casetracker-pg-{self.run}"

    def _ensure_server(self) -> None:
        folder = self._socket_folder
        if not folder.exists():
            folder.mkdir(mode=0o700)
            # It outlives this process, which may be one of several, and ends with the run.
            command = [sys.executable, str(KEEPER), str(folder), str(self.run)]
            os.posix_spawn(sys.executable, command, os.environ, setsid=True)
        patience = time.monotonic() + 60
        while not (folder / "ready").exists() or not self._answers():
            if time.monotonic() > patience:
                raise RuntimeError("PostgreSQL did not start: " + (folder / "log").read_text())
            time.sleep(0.05)

    def _answers(self) -> bool:
        try:
            self._as_postgres("SELECT 1")
        except psycopg.OperationalError:
            return False
        return True

    def _as_postgres(self, statement: str) -> list[tuple]:
        where = {"host": str(self._socket_folder), "user": "postgres", "dbname": "postgres"}
        with psycopg.connect(**where, autocommit=True) as connection:
            done = connection.execute(statement)
            return done.fetchall() if done.description else []

    def _migrate(self, url: str) -> None:
        app = create_app(settings_for(url, self.shared / "migrating"))
        with app.app_context():
            upgrade()
            from casetracker.persistence.database import db

            db.engine.dispose()
