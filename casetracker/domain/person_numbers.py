"""Telephone and identity numbers in one spelling each, so that equal ones are equal as text.

Only [0-9] are digits here and the whole text must match: `\\d` would take any script's digits and
`$` would let a line end through. Source: 电信网编号计划(2017); GB 11643-1999.
"""

import re
from datetime import date

from casetracker.domain.text import half_width

_SEPARATORS = re.compile(r"[\s\-().\u2013\u2014\u2212]+")
_EXTENSION = re.compile(r"(?:转|ext|#)([0-9]{1,6})", re.IGNORECASE)
_COUNTRY = re.compile(r"^(?:(?:\+|00)86|86(?=1[3-9][0-9]{9}))")
_TRUNK = re.compile(r"0(?=1[3-9][0-9]{9})")

MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"(0(?:10|2[0-57-9]))([2-8][0-9]{7})|(0[3-9][0-9]{2})([2-8][0-9]{6,7})")
_LOCAL = re.compile(r"[2-8][0-9]{6,7}")
_SERVICE = re.compile(r"[48]00[0-9]{7}|95[0-9]{3,6}|12[0-9]{3}")

_ID18 = re.compile(r"([1-9][0-9])[0-9]{4}([0-9]{8})[0-9]{3}[0-9X]")
_ID15 = re.compile(r"([1-9][0-9])[0-9]{4}([0-9]{6})[0-9]{3}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
    | {*range(61, 66), 71, 81, 82, 83, 91}
)


class BadNumber(ValueError):
    """A number that cannot be right; `code` is stable and says what is wrong with it."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class BadPhone(BadNumber):
    """Codes: bad_phone, phone_needs_area_code."""


class BadIdNumber(BadNumber):
    """Codes: bad_id_format, bad_id_area, bad_id_date, bad_id_check_digit."""


def normalise_phone(text: str, *, area_code: str | None = None) -> str:
    """Digits only: mobile, landline with area code, 400/800, 95xxx, 12345 and its sisters.

    Full-width digits, spaces, brackets, dashes, +86 and the 0 before a mobile are taken off; an
    extension of a landline stays as `-801`. A local number needs `area_code`. Raises BadPhone.
    """
    plain = _SEPARATORS.sub("", half_width(text))
    number = _TRUNK.sub("", _COUNTRY.sub("", plain, count=1), count=1)
    if MOBILE.fullmatch(number) or _SERVICE.fullmatch(number):
        return number
    number, extension = _without_extension(number)
    if _LOCAL.fullmatch(number):
        if area_code is None:
            raise BadPhone("phone_needs_area_code")
        number = area_code + number
    # After +86 the 0 of the area code is usually left out: +86 27 8321 0000.
    if plain.startswith(("+86", "0086")) and not number.startswith("0"):
        number = f"0{number}"
    if not LANDLINE.fullmatch(number):
        raise BadPhone("bad_phone")
    return number + extension


def _without_extension(number: str) -> tuple[str, str]:
    found = _EXTENSION.search(number)
    if found is None or found.end() != len(number):
        return number, ""
    return number[: found.start()], f"-{found[1]}"


def normalise_id_number(text: str) -> str:
    """An 18-digit resident identity number, X in upper case; a 15-digit one is brought to 18.

    The area, the date and the check digit must be right. Raises BadIdNumber.
    """
    number = half_width("".join(text.split())).upper()
    old = _ID15.fullmatch(number)
    if old is not None:
        number = f"{number[:6]}19{number[6:]}"
        number += check_digit(number)
    found = _ID18.fullmatch(number)
    if found is None:
        raise BadIdNumber("bad_id_format")
    if int(found[1]) not in _PROVINCES:
        raise BadIdNumber("bad_id_area")
    if not is_date(found[2]):
        raise BadIdNumber("bad_id_date")
    if number[-1] != check_digit(number):
        raise BadIdNumber("bad_id_check_digit")
    return number


def check_digit(number: str) -> str:
    """The 18th sign of an identity number by its first 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


def is_date(digits: str) -> bool:
    """Whether eight digits are a day of birth of somebody who may be alive."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in range(1880, 2100)
    except ValueError:
        return False
