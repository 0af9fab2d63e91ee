"""Two presses of one button, or two administrators with one idea, at the very same moment."""

import threading

import pytest
from flask import current_app
from sqlalchemy import func, select

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.database import db
from casetracker.services.commands.accounts import CreateAccount
from casetracker.services.context import ClientKey
from casetracker.services.people import accounts
from casetracker.services.people.accounts import create_account
from tests.databases import environment
from tests.factories.processes import SharedStreet, shared_street

NEW = CreateAccount(username="wangwu", name="王五", unit="东风社区")


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # where two can write at once


@pytest.fixture
def shared(fresh_database_url: str, tmp_path):
    with shared_street(environment(fresh_database_url, tmp_path)) as street:
        yield street


@pytest.fixture
def together(shared: SharedStreet, monkeypatch):
    """Two create the account with these keys; both have looked before either has written."""
    barrier, app = threading.Barrier(2, timeout=10), current_app._get_current_object()
    looked = accounts.Account
    tries = threading.local()

    def waiting(*args, **kwargs):
        if not getattr(tries, "has_waited", False):
            tries.has_waited = True
            barrier.wait()
        return looked(*args, **kwargs)

    def run(*keys: ClientKey | None) -> list:
        answers = []

        def creating(key: ClientKey | None) -> None:
            with app.app_context():
                try:
                    answers.append(create_account(shared.street.ctx("admin", key=key), NEW))
                except InvalidInput as error:
                    answers.append(error)
                finally:
                    db.session.remove()

        threads = [threading.Thread(target=creating, args=(key,)) for key in keys]
        with monkeypatch.context() as patch:
            patch.setattr(accounts, "Account", Meeting(looked, waiting))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        return answers

    return run


class Meeting:
    """The model, whose rows are made only when everybody is there."""

    def __init__(self, model, making) -> None:
        self.model, self.making = model, making

    def __call__(self, *args, **kwargs):
        return self.making(*args, **kwargs)

    def __getattr__(self, name):
        return getattr(self.model, name)


def count(what) -> int:
    return db.session().scalar(select(func.count(what.id)).where(what.username == "wangwu"))


def test_two_administrators_make_one_account_and_the_second_is_told(together) -> None:
    answers = together(None, None)
    (refused,) = [one for one in answers if isinstance(one, InvalidInput)]
    assert refused.problems == {"username": "username_taken"}
    assert count(Account) == 1


def test_a_form_pressed_twice_at_once_makes_one_account_with_one_password(together) -> None:
    key = ClientKey("form:abcdefgh", "0" * 64)
    answers = together(key, key)
    assert sorted(one.password is None for one in answers) == [False, True]
    assert count(Account) == 1
    made = select(func.count(AccessRecord.id)).where(AccessRecord.what == "account_created")
    assert db.session().scalar(made) == 1
