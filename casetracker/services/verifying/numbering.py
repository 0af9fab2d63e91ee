"""Series of numbers that are given without gaps."""

from collections.abc import Iterator
from heapq import merge
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session


def gaps(session: Session, *columns: Any) -> Iterator[str]:
    """The series (`LF2026`) among all these numbers that do not run from 1 on."""
    numbers = merge(*(session.scalars(select(column).order_by(column)) for column in columns))
    for series, group in groupby(numbers, key=lambda number: number.split("-")[0]):
        given = [int(number.split("-")[1]) for number in group]
        if given != list(range(1, len(given) + 1)):
            yield series
