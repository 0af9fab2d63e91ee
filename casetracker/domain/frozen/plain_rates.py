"""A rate in the plain form that doors give and months keep, and back.

Plain numbers are exact as far as a float is: sums are whole, or have a few decimals of a weight.
Source: docs/rules/rates.md 1, 10.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from casetracker.domain.rates import Rate


def plain_rate(rate: Rate) -> dict[str, Any]:
    """`{value, numerator, denominator, excluded}`; `value` is a fraction of 1."""
    return {
        "value": None if rate.value is None else _float(rate.value),
        "numerator": _exact(rate.numerator),
        "denominator": rate.denominator,
        "excluded": dict(rate.excluded),
    }


def rate_from_plain(plain: Mapping[str, Any]) -> Rate:
    """The rate whose plain form it is."""
    numerator, below = Fraction(str(plain["numerator"])), plain["denominator"]
    return Rate(_value(plain["value"], numerator, below), numerator, below, plain["excluded"])


def _value(kept: float | None, numerator: Fraction, below: int | None) -> Fraction | None:
    """What the sums make, where that is what was kept: means and empty rates are others."""
    if kept is None:
        return None
    made = numerator / below if below else None
    return made if made is not None and _float(made) == kept else Fraction(kept)


def _exact(number: Fraction) -> int | float:
    return number.numerator if number.denominator == 1 else _float(number)


def _float(number: Fraction) -> float:
    """`float(number)` in a tenth of the time."""
    return number.numerator / number.denominator
