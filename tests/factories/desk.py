"""Real sign-ins for tests of pages: accounts with a password, browsers that used it."""

from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from casetracker.persistence.account import Account
from casetracker.services.people.passwords import hash_password
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
