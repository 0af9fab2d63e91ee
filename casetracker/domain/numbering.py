"""Numbers that people say and write: of cases and of orders; and the public query code.

Knows no counter and no random source: both are handed in. Source: docs/rules/privacy.md.
"""

import re
from collections.abc import Callable

from casetracker.domain.text import half_width

HOTLINE_PREFIX = "RX"
PETITION_PREFIX = "XF"
ORDER_PREFIX = "DB"

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""32 symbols. 0, O, 1 and I never occur, so a typed 1 or I can only have been an L."""

CODE_LENGTH = 8
_VALUE = {symbol: value for value, symbol in enumerate(ALPHABET)}
_LOOK_ALIKES = str.maketrans("1I|", "LLL")
_CODE_NOISE = re.compile(r"[\s\-_.·\u2010-\u2015\u2212]+")


def case_number(year: int, sequence: int, *, prefix: str = HOTLINE_PREFIX) -> str:
    """`RX2026-000123`; beyond 999999 it grows by a digit rather than repeat itself."""
    return _numbered(prefix, year, sequence, 6)


def order_number(year: int, sequence: int, *, prefix: str = ORDER_PREFIX) -> str:
    """Number of a supervision order (督办单): `DB2026-0012`."""
    return _numbered(prefix, year, sequence, 4)


def paper_number(prefix: str, year: int, sequence: int) -> str:
    """Number of an official paper (文号): `街信〔2026〕12号`, year in full, no leading zeros.

    Source: GB/T 9704-2012 7.2.5.
    """
    if not (1900 <= year <= 9999 and sequence >= 1):
        raise ValueError(f"no number {sequence} in {year}")
    return f"{prefix}〔{year}〕{sequence}号"


def normalise_case_number(text: str) -> str:
    """A case number as a person typed it, in its one spelling; not checked for existence."""
    plain = half_width(text).upper()
    return re.sub(r"[\u2010-\u2015\u2212]", "-", "".join(plain.split()))


def new_query_code(random_bytes: Callable[[int], bytes]) -> str:
    """Seven random symbols and a check symbol; `random_bytes(n)` must be cryptographic.

    Each byte gives five bits, so every code is equally likely.
    """
    symbols = [byte % len(ALPHABET) for byte in random_bytes(CODE_LENGTH - 1)]
    symbols.append(_times_alpha(_remainder(symbols)))
    return "".join(ALPHABET[symbol] for symbol in symbols)


def normalise_query_code(text: str) -> str:
    """The code as typed, without spaces and dashes, in upper case, look-alikes put right."""
    return _CODE_NOISE.sub("", half_width(text)).upper().translate(_LOOK_ALIKES)


def is_well_formed_query_code(code: str) -> bool:
    """Whether a normalised code can have been issued: length, symbols, check symbol.

    One wrong symbol, or two that changed places, never passes.
    """
    if len(code) != CODE_LENGTH or not set(code) <= set(ALPHABET):
        return False
    return _remainder([_VALUE[symbol] for symbol in code]) == 0


def _numbered(prefix: str, year: int, sequence: int, width: int) -> str:
    if not (1900 <= year <= 9999 and sequence >= 1):
        raise ValueError(f"no number {sequence} in {year}")
    return f"{prefix}{year}-{sequence:0{width}d}"


def _remainder(symbols: list[int]) -> int:
    """The symbols as a polynomial over GF(32), evaluated at alpha; 0 for a whole code."""
    result = 0
    for symbol in symbols:
        result = _times_alpha(result) ^ symbol
    return result


def _times_alpha(value: int) -> int:
    """Times the generator of GF(32) = GF(2)[x] / (x^5 + x^2 + 1)."""
    doubled = value << 1
    return doubled ^ 0b100101 if doubled & 0b100000 else doubled
