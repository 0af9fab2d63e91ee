"""Numbers drawn from series, in the transaction of what they name."""

import secrets
from itertools import accumulate

from sqlalchemy import text
from sqlalchemy.orm import Session

_NEXT = text(
    "INSERT INTO number_series(name, last) VALUES (:name, :count) "
    "ON CONFLICT (name) DO UPDATE SET last = number_series.last + :count RETURNING last"
)


def next_in(session: Session, series: str) -> int:
    """The next number of a series, starting at 1; without gaps, one at a time."""
    return next_block(session, series, 1)


def next_with_gaps(session: Session, series: str) -> int:
    """The next number of a series that leaves out every second one by the toss of a coin.

    Petitions are numbered so, for some of them leave for the confidential lane. A longest gap would
    betray each of them; of a series tossed for, any number may be missing for no reason
    (docs/decisions/0013).
    """
    step = _step()
    return next_block(session, series, step) + step - 1


def block_with_gaps(session: Session, series: str, count: int) -> list[int]:
    """That many numbers of such a series, in their order."""
    ahead = list(accumulate(_step() for _ in range(count)))
    first = next_block(session, series, ahead[-1]) - 1
    return [first + step for step in ahead]


def _step() -> int:
    step = 1
    while secrets.randbits(1):
        step += 1
    return step


def next_block(session: Session, series: str, count: int) -> int:
    """The first of that many numbers in a row."""
    last = session.execute(_NEXT, {"name": series, "count": count}).scalar_one()
    return int(last) - count + 1
