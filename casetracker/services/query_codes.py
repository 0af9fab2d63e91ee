"""The resident's query code: given once, kept only as a salted, peppered derivation.

Attempts are counted in the database and fail closed; an unknown number costs the same work and
gets the same answer as a wrong code. Source: docs/rules/privacy.md.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.numbering import new_query_code, normalise_case_number, normalise_query_code
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.sealing import keyring
from casetracker.services.attempts import Allowance, forgive, spend
from casetracker.services.context import Context

ITERATIONS = 500  # the pepper, 256 bits that are not in the database, does the work
PER_CASE = (
    Allowance("query:case", 5, timedelta(minutes=15)),
    Allowance("query:case:day", 20, timedelta(days=1)),
)
PER_ADDRESS = (Allowance("query:ip", 30, timedelta(hours=1)),)
_NOBODY = "0" * 32


def new_code() -> tuple[str, str]:
    """A fresh code and what is kept of it."""
    code = new_query_code(secrets.token_bytes)
    salt = secrets.token_hex(16)
    return code, f"{salt}${_derive(code, salt)}"


def _derive(code: str, salt: str) -> str:
    peppered = keyring().blind_index(code, field="cases.query_code").encode()
    return hashlib.pbkdf2_hmac("sha256", peppered, salt.encode(), ITERATIONS).hex()


def _matches(code: str, kept: str | None) -> bool:
    salt, _, digest = (kept or f"{_NOBODY}${_NOBODY}").partition("$")
    return hmac.compare_digest(_derive(normalise_query_code(code), salt), digest)


def spend_attempt(ctx: Context, number: str) -> None:
    """Count a try in a transaction of its own, before anything is looked at.

    Raises TooManyAttempts, equally for numbers that do not exist.
    """
    spend(ctx, PER_CASE, normalise_case_number(number)[:40])
    spend(ctx, PER_ADDRESS, ctx.ip or "unknown")


def forgive_attempts(ctx: Context, number: str) -> None:
    """The right code was given: earlier tries at this case no longer count against it."""
    forgive(ctx, PER_CASE, normalise_case_number(number)[:40])


def case_by_code(session: Session, number: str, code: str, *, to_change: bool = True) -> Case:
    """The case, locked `to_change` it. NotFound alike for an unknown number and a wrong code.

    Raises GuardRefused where it is to be changed and lies in the confidential lane.
    """
    kept = session.execute(
        select(Case.id, Case.query_code_hash).where(Case.number == normalise_case_number(number))
    ).one_or_none()
    if not _matches(code, kept.query_code_hash if kept else None) or kept is None:
        raise NotFound
    query = select(Case).where(Case.id == kept.id)  # loaded only now: a wrong code costs no more
    case = session.scalars(locked(session, query) if to_change else query).one()
    if to_change and case.is_sealed:
        raise GuardRefused("handled_by_rule")
    return case
