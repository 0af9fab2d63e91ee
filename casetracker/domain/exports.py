"""Taking tables out of the house: what may be exported, and how an order for one goes on.

Source: GB/T 22239-2019 8.1.4 (数据保密性, 个人信息保护); docs/rules/exports.md.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class ExportKind(StrEnum):
    """What is exported: a list as it stands on a page, or a table of figures."""

    CASES = "cases"
    PETITIONS = "petitions"
    FIGURE = "figure"  # the cases behind one figure
    MONTHLY = "monthly"  # the table of a month
    ORDERS = "orders"  # the register of supervision orders
    WATCHED = "watched"  # one of the supervisor's lists
    REPEATED = "repeated"  # what comes up again, or the cases of one such group
    DAILY_WATCH = "daily_watch"  # 每日清单 of sensitive times
    VISITS = "visits"
    RECEPTIONS = "receptions"
    LETTERS = "letters"
    UNDERTAKINGS = "undertakings"
    OLD_CASES = "old_cases"


class ExportState(StrEnum):
    """Where an order stands."""

    TO_CONSENT = "to_consent"
    WAITING = "waiting"
    MAKING = "making"
    READY = "ready"
    REFUSED = "refused"
    FAILED = "failed"
    EXPIRED = "expired"


UNFINISHED = frozenset({ExportState.TO_CONSENT, ExportState.WAITING, ExportState.MAKING})

FORMATS: Mapping[str, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv",
}
"""What a table can be had as."""

AT_ONCE = 500
"""So many rows are made while the person waits; more of them in the background."""
MOST_TRIES = 3
"""After so many makers died with an order in hand it is given up."""
LEASE = timedelta(minutes=5)
"""How long a maker may have an order: longer than any task may run."""


def first_state(rows: int, *, consent_from: int) -> ExportState:
    """Where a new order begins: small ones are free, large ones need another person's consent.

    Source: docs/rules/exports.md 3.
    """
    return ExportState.TO_CONSENT if rows > consent_from else ExportState.WAITING


def mark_of(number: str, unit: str, name: str, moment: str) -> str:
    """The words that every row of the file carries: whose copy it is. Source: exports.md 4."""
    return f"{number} {unit} {name} {moment}".replace("  ", " ")
