"""Fixtures for all tests: databases, the app on them, a session that leaves nothing behind.

Frameworks are imported by the fixtures that need them: tests of the domain start at once.
"""

import contextvars
import gc
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient
    from sqlalchemy.orm import Session

    from casetracker.config import Settings
    from casetracker.gateways.file_store import FileStore
    from tests.databases import Databases

pytest_plugins = ["tests.process_fixtures"]

ENGINES = ("sqlite", "postgresql")
HOUSEKEEPING = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET ", "SHOW ")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of what is shared out between the engines each takes its own."""
    from tests.engines import is_its_turn

    left = [item for item in items if not is_its_turn(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if is_its_turn(item)]


def pytest_collection_finish() -> None:
    """What was imported stays for the whole run: to look through it for garbage time and again
    took a fifteenth of the time of a test of pages.
    """
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session", autouse=True)
def _no_outside_world() -> Iterator[None]:
    """A test reaches this machine only; a forgotten real gateway would fail here."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if inet and address[0] not in ("localhost", "::1") and not address[0].startswith("127."):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", guarded)
        yield


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> "Databases":
    """Where fresh migrated databases come from; one server and one template for the whole run."""
    from tests.databases import Databases

    under_xdist = "PYTEST_XDIST_WORKER" in os.environ
    shared = tmp_path_factory.getbasetemp()
    if under_xdist:
        shared = shared.parent
    folder = shared / "databases"
    folder.mkdir(exist_ok=True)
    return Databases(folder, os.getppid() if under_xdist else os.getpid())


@pytest.fixture(scope="session", params=ENGINES)
def engine_name(request: pytest.FixtureRequest) -> str:
    """`sqlite` and `postgresql` in turn: whoever uses the database is tested on both."""
    return request.param


@pytest.fixture(scope="session")
def database_url(databases: "Databases", engine_name: str) -> str:
    """A database that all tests of this process share; `session` keeps it clean."""
    return databases.new(engine_name)


@pytest.fixture
def fresh_database_url(databases: "Databases", engine_name: str) -> Iterator[str]:
    """A database of its own for a test that really commits: threads, processes, crashes."""
    url = databases.new(engine_name)
    yield url
    databases.drop(url)


@pytest.fixture(scope="session")
def settings(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> "Settings":
    from tests.databases import settings_for

    return settings_for(database_url, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="session")
def papers_not_laid_out() -> Iterator[None]:
    """A PDF is kept as the page that would be laid out, which takes 0.2 s; a DOCX is written once.

    Most tests take a petition through papers that they are not about: whoever opens a PDF asks for
    `real_papers`. The writers themselves are tested in tests/gateways, without this.
    """
    from functools import lru_cache

    from casetracker.gateways.papers.layout import UPRIGHT
    from casetracker.gateways.papers.pdf_html import paper_html
    from casetracker.gateways.papers.pdf_sheet import style_sheet
    from casetracker.services.steps.papers import making

    def page_of(content: Any) -> bytes:
        return b"%PDF-not-laid-out\n" + paper_html(content, style_sheet(UPRIGHT)).encode()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "write_docx", lru_cache(maxsize=256)(making.write_docx))
        patch.setattr(making, "write_pdf", page_of)
        yield


@pytest.fixture
def real_papers(papers_not_laid_out: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that open a PDF."""
    from casetracker.gateways.papers.pdf_writer import write_pdf
    from casetracker.services.steps.papers import making

    monkeypatch.setattr(making, "write_pdf", write_pdf)


@pytest.fixture(scope="session")
def app(settings: "Settings", papers_not_laid_out: None) -> Iterator["Flask"]:
    """The whole product on the shared database. Always together with `session` or `client`."""
    from casetracker import create_app
    from casetracker.persistence.database import db

    product = create_app(settings)
    yield product
    with product.app_context():
        db.engine.dispose()


def _undo_from_a_file(connection: Any) -> None:
    """SQLite walks through a journal in memory after each statement within a savepoint: what a
    large test has changed so far made a later insert take ten times as long.
    """
    if connection.dialect.name == "sqlite":
        connection.connection.driver_connection.execute("PRAGMA temp_store=FILE")


@contextmanager
def _all_undone(app: "Flask") -> Iterator["Session"]:
    """The session of services and requests alike, in an app context; all it commits is undone.

    One connection with an open outer transaction stands in for the engine, so that every commit
    of the code under test only releases a savepoint. Within another it is a savepoint itself.
    """
    from sqlalchemy import Connection

    from casetracker.persistence.database import db

    with app.app_context(), ExitStack() as afterwards:
        engines, before = db.engines, db.engines[None]
        if isinstance(before, Connection):
            db.session.remove()  # what it still reads would end with its savepoint, and ours too
            connection, outer = before, before.begin_nested()
        else:
            connection = afterwards.enter_context(before.connect())
            _undo_from_a_file(connection)
            outer = connection.begin()
        patch = afterwards.enter_context(pytest.MonkeyPatch.context())
        patch.setattr(db.session.registry, "scopefunc", lambda: "the one of this test")
        engines[None] = connection  # binding the session instead is ignored by its get_bind
        try:
            yield db.session()
        finally:
            db.session.remove()
            engines[None] = before
            outer.rollback()


@pytest.fixture
def session(app: "Flask") -> Iterator["Session"]:
    """The session of this test, which leaves nothing behind."""
    with _all_undone(app) as session:
        yield session


@pytest.fixture(scope="module")
def session_for_all(app: "Flask") -> Iterator["Session"]:
    """What is committed here stands before each test of a module, whose `session` comes after."""
    with _all_undone(app) as session:
        yield session


def _browser(app: "Flask") -> "FlaskClient":
    from flask.testing import FlaskClient

    class Browser(FlaskClient):
        """Each request gets an app context of its own, as in production; otherwise it would borrow
        the test's, and with it whoever was signed in by the request before.
        """

        def open(self, *args: Any, **kwargs: Any) -> Any:
            return contextvars.Context().run(super().open, *args, **kwargs)

    return Browser(app, app.response_class, use_cookies=True)


@pytest.fixture
def client(app: "Flask", session: "Session") -> "FlaskClient":
    """A browser without a sign-in."""
    return _browser(app)


@pytest.fixture
def new_client(app: "Flask", session: "Session") -> Callable[[], "FlaskClient"]:
    """More browsers, for tests with several people."""
    return lambda: _browser(app)


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[list[str]]]:
    """`with count_queries() as statements:` collects what went to the database."""
    from sqlalchemy import Engine, event

    @contextmanager
    def counting() -> Iterator[list[str]]:
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            if not statement.lstrip().upper().startswith(HOUSEKEEPING):
                statements.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            yield statements
        finally:
            event.remove(Engine, "before_cursor_execute", note)

    return counting


@pytest.fixture
def store(app: "Flask", tmp_path: "Path", monkeypatch: pytest.MonkeyPatch) -> "FileStore":
    """Where the files of this test lie."""
    from casetracker.gateways.file_store import FileStore
    from casetracker.services import stored_files

    kept = FileStore(tmp_path / "files")
    monkeypatch.setattr(stored_files._Holder, "store", kept)
    return kept
