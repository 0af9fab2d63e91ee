"""Addresses of the cases behind a figure of the insight pages."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from casetracker.domain.reports.behind import FIGURES

CASES = "/ops/insight/cases"


def cases_url(
    figure: str, first: date | None = None, last: date | None = None, /, **row: Any
) -> str:
    """A row is named by codes; None is the row without one, written as an empty code."""
    asked: dict[str, Any] = {"figure": figure}
    if first is not None and last is not None:
        asked |= {"first": first.isoformat(), "last": last.isoformat()}
    asked |= {name: "" if value is None else value for name, value in row.items()}
    return f"{CASES}?{urlencode(asked)}"


def figure_url(month: str, metric: str, part: str) -> str:
    """The cases behind a part of a month's rate, all rows together."""
    return f"{FIGURES}?{urlencode({'period': month, 'metric': metric, 'part': part})}"
