"""From a cell to a value of the field, or to the Chinese sentence that says what is wrong."""

import re
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeVar

from pydantic_core import PydanticCustomError

from casetracker.domain.days import SHANGHAI, end_of_day, local_date
from casetracker.domain.person_numbers import BadNumber, normalise_phone
from casetracker.domain.text import BadText, clean_text
from casetracker.labels import UnknownName, label, member_from
from casetracker.labels.refusals import problem_text
from casetracker.services.commands.fields import read_instant
from casetracker.services.imports.reading import Cell

Member = TypeVar("Member", bound=StrEnum)
FLAGS = {"0": False, "1": True, "否": False, "是": True, "false": False, "true": True}
FLAG_NAMES = "0 或 1"
_DATE_ONLY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_HALF = timedelta(milliseconds=500)


class BadCell(ValueError):
    """What is wrong with one cell, in Chinese."""


def plain(cell: Cell) -> str:
    """The cell as text; numbers without a tail of zeros, dates as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime | date):
        return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
    return str(cell).replace("_x000D_", "")


def is_blank(cell: Cell) -> bool:
    return plain(cell).strip() == ""


def text_of(cell: Cell, *, longest: int, multiline: bool) -> str | None:
    """Cleaned text, None when blank."""
    try:
        value = clean_text(plain(cell), max_length=longest, multiline=multiline)
    except BadText as error:
        raise BadCell(_text_words(error, longest)) from None
    return value or None


def _text_words(error: BadText, longest: int) -> str:
    if error.code == "text_too_long":
        return f"内容过长，最多 {longest} 个字"
    return problem_text(error.code)


def member_of(enum: type[Member], cell: Cell) -> Member | None:
    """A member by code or Chinese name, None when blank."""
    if is_blank(cell):
        return None
    try:
        return member_from(enum, plain(cell))
    except UnknownName:
        names = "、".join(f"{label(member)}({member.value})" for member in enum)
        raise BadCell(f"没有“{plain(cell).strip()[:40]}”这个选项，可用：{names}") from None


def instant_of(cell: Cell) -> datetime | None:
    """An instant in UTC, whole seconds; text and date cells without a zone mean Shanghai."""
    if is_blank(cell):
        return None
    try:
        moment: datetime = read_instant(_meant(cell))
    except (PydanticCustomError, ValueError, OverflowError):
        raise BadCell(problem_text("bad_instant")) from None
    return moment


def limit_of(cell: Cell) -> datetime | None:
    """Like `instant_of`, for a date that somebody else set: a day alone lasts to its end."""
    moment = instant_of(cell)
    return end_of_day(local_date(moment)) if moment and _is_day(cell) else moment


def _is_day(cell: Cell) -> bool:
    """A day without a time; a date cell of a sheet is midnight of its day."""
    if isinstance(cell, datetime):
        return cell.time() == time.min
    return isinstance(cell, date) or bool(_DATE_ONLY.fullmatch(plain(cell).strip()))


def _meant(cell: Cell) -> Cell:
    """A date or time of a sheet, which knows no zone and may be off by a fraction, or the text."""
    if isinstance(cell, datetime):
        return cell + _HALF
    if isinstance(cell, date):
        return datetime(cell.year, cell.month, cell.day, tzinfo=SHANGHAI)
    if not isinstance(cell, str):
        return cell
    day = _DATE_ONLY.fullmatch(cell.strip())
    if day is None:
        return cell.strip()
    return datetime(int(day[1]), int(day[2]), int(day[3]), tzinfo=SHANGHAI)


def whole_of(cell: Cell, *, low: int, high: int) -> int | None:
    """A whole number within bounds, None when blank."""
    if is_blank(cell):
        return None
    written = plain(cell).strip()
    digits = written.removeprefix("-")
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        raise BadCell(f"应为 {low} 至 {high} 的整数")
    number = int(written)
    if not low <= number <= high:
        raise BadCell(f"应为 {low} 至 {high} 的整数，现为 {number}")
    return number


def flag_of(cell: Cell) -> bool | None:
    """0 or 1, None when blank."""
    if is_blank(cell):
        return None
    try:
        return FLAGS[plain(cell).strip().lower()]
    except KeyError:
        raise BadCell(f"应为 {FLAG_NAMES}") from None


def phone_of(cell: Cell) -> str | None:
    """A telephone number in its one spelling, None when blank."""
    if is_blank(cell):
        return None
    try:
        return normalise_phone(plain(cell))
    except BadNumber as error:
        raise BadCell(problem_text(error.code)) from None
