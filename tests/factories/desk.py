"""Real sign-ins for tests of pages: accounts with a password, browsers that used it."""

from datetime import UTC, datetime

from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from casetracker.persistence.account import Account
from casetracker.services.context import RESIDENT, Context
from casetracker.services.people.passwords import hash_password
from casetracker.services.people.sign_in import sign_in
from tests.factories.street import Street
from tests.pages import PASSWORD, Page, submit, visit


def give_password(session: Session, username: str, password: str = PASSWORD) -> None:
    """From now on that person of the street can sign in."""
    session.execute(
        update(Account)
        .where(Account.username == username)
        .values(password_hash=hash_password(password))
    )
    session.commit()


def enter(client: FlaskClient, street: Street, who: str, password: str = PASSWORD) -> Page:
    """Sign in through the page."""
    give_password(street.session, who, password)
    return submit(client, visit(client, "/ops/sign-in"), username=who, password=password)


def seat(client: FlaskClient, street: Street, who: str) -> None:
    """Whoever has signed in, now, without the two pages that `enter` goes through."""
    give_password(street.session, who)
    ctx = Context(RESIDENT, datetime.now(UTC), request_id="test", door="ops", ip="127.0.0.1")
    client.set_cookie("casetracker", sign_in(ctx, who, PASSWORD, browser="test"))
