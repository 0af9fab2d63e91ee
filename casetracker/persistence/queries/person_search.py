"""Finding cases by the person behind them: telephone number or name, by blind index only."""

import re

from sqlalchemy import ColumnElement, select

from casetracker.domain.person_numbers import BadNumber, normalise_id_number, normalise_phone
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.sealing import keyring

_MOST_PERSONS = 500
_NOT_A_NAME = re.compile(r"[0-9０-９\s]")


def phone_index(words: str) -> str | None:
    """The blind index of a telephone number; None when the words are none."""
    try:
        phone = normalise_phone(words)
    except BadNumber:
        return None
    return keyring().blind_index(phone, field="petitioners.phone")


def person_conditions(words: str) -> list[ColumnElement[bool]]:
    """One condition for each way in which the words may name a person."""
    text = words.strip()
    phone = phone_index(text)
    if phone is not None:
        return [_behind(Petitioner.phone_index == phone)]
    try:
        number = normalise_id_number(text)
    except BadNumber:
        return _by_name(text)
    index = keyring().blind_index(number, field="petitioners.id_number")
    return [_behind(Petitioner.id_index == index)]


def _by_name(text: str) -> list[ColumnElement[bool]]:
    if not 2 <= len(text) <= 20 or _NOT_A_NAME.search(text):
        return []
    index = keyring().blind_index(text, field="petitioners.name")
    return [_behind(Petitioner.name_index == index)]


def _behind(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    newest = (
        select(Petitioner.id).where(condition).order_by(Petitioner.id.desc()).limit(_MOST_PERSONS)
    )
    return Case.petitioner_id.in_(newest)
