"""Commands run inside the test's app; each gives its exit code, output and errors."""

from collections.abc import Callable

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy.orm import Session

from casetracker.cli import cli
from casetracker.gateways.file_store import FileStore
from tests.factories.street import Street, new_street

Command = Callable[..., Result]


@pytest.fixture
def street(session: Session) -> Street:
    return new_street(session)


@pytest.fixture
def command(app: Flask, session: Session, store: FileStore) -> Command:
    """`command("calendar", "show", "2026")`: one call of the program."""

    def run(*arguments: object, given: str | None = None) -> Result:
        return app.test_cli_runner().invoke(
            cli, [str(one) for one in arguments], input=given, prog_name="casetracker"
        )

    return run
