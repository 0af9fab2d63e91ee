"""From what a command names to rows: units, categories, people; refusals name the field."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.account import Account
from casetracker.persistence.queries.reference import CategoryFacts, Reference, UnitFacts


def handling_unit(ref: Reference, field: str, name: str) -> UnitFacts:
    """An active unit that handles cases, by code or unique name. Raises InvalidInput."""
    unit = ref.unit_named(name)
    if unit is None or not unit.is_active:
        raise InvalidInput({field: "unknown_unit"})
    if not unit.handles_cases:
        raise InvalidInput({field: "unit_does_not_handle"})
    return unit


def any_unit(ref: Reference, field: str, name: str) -> UnitFacts:
    """An active unit of any kind. Raises InvalidInput."""
    unit = ref.unit_named(name)
    if unit is None or not unit.is_active:
        raise InvalidInput({field: "unknown_unit"})
    return unit


def category(ref: Reference, field: str, name: str) -> CategoryFacts:
    """A category by code, full name or unique name. Raises InvalidInput."""
    found = ref.category_named(name)
    if found is None:
        raise InvalidInput({field: "unknown_category"})
    return found


def category_in_use(ref: Reference, field: str, name: str, day: date) -> CategoryFacts:
    """The same, for a choice made on that day. Raises InvalidInput for one that has ended."""
    found = category(ref, field, name)
    if not found.is_in_use(day):
        raise InvalidInput({field: "category_ended"})
    return found


def active_account(session: Session, field: str, username: str) -> Account:
    """Raises InvalidInput for an unknown or disabled account."""
    account = session.scalar(select(Account).where(Account.username == username, Account.is_active))
    if account is None:
        raise InvalidInput({field: "unknown_account"})
    return account


def refuse(problems: Mapping[str, str]) -> None:
    """Raise InvalidInput if there is any problem."""
    if problems:
        raise InvalidInput(problems)
