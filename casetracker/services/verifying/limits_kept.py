"""I2, second half: the dates on a case are those of its clocks and of its history."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from casetracker.domain.limits import OF_THE_PETITIONER
from casetracker.domain.vocabulary import ClockStatus
from casetracker.services.outcome import iso
from casetracker.services.steps.clocks import RATED
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.services.verifying.histories import History

CODE = "I2"
SHOWN = {"sign": "签收期限", "contact": "联系期限", "handle": "办理期限"}
SEVERAL_AT_ONCE = frozenset({"assist", "supervise"})
"""Limits that run more than once at a time: the history names no one of them."""


def check_limits(sight: Sight, history: History) -> Iterator[Finding]:
    """Next date, rated dates, and the last word of the history on each limit."""
    running = [
        row
        for row in history.clocks
        if row.status is ClockStatus.RUNNING and row.limit_code not in OF_THE_PETITIONER
    ]
    case = history.case
    if case.next_due_at != min((row.due_at for row in running), default=None):
        yield _found(history, "最近期限与时限记录不符")
    for code, words in SHOWN.items():
        last = _last(history, *RATED[code])
        shown = getattr(case, f"{code}_due_at")
        if last is not None and shown is not None and shown != last.due_at:
            yield _found(history, f"{words}与时限记录不符")
        if last is not None and shown is None and last.status in (
            ClockStatus.RUNNING, ClockStatus.MET, ClockStatus.MET_LATE,
        ):  # fmt: skip
            yield _found(history, f"{words}缺失")
    yield from _told(history)


def _found(history: History, kind: str, seq: int | None = None) -> Finding:
    return Finding(CODE, kind, history.number, seq)


def _last(history: History, *codes: str) -> Row[Any] | None:
    return next((row for row in reversed(history.clocks) if row.limit_code in codes), None)


def _told(history: History) -> Iterator[Finding]:
    """Each change of a limit is told with its date and status; the last one must hold."""
    told: dict[str, tuple[int, dict[str, Any]]] = {}
    for entry in history.entries:
        for change in entry.payload.get("clocks") or ():
            told[change["limit"]] = (entry.seq, change)
    for code, (seq, change) in told.items():
        clock = _last(history, code)
        if code in SEVERAL_AT_ONCE:
            continue
        if clock is None:
            yield _found(history, "时限记录缺失", seq)
        elif _shown(clock.due_at) != change["due_at"] or clock.status != change["status"]:
            yield _found(history, "时限记录与历史不符", seq)


def _shown(instant: datetime) -> str | None:
    return iso(instant)
