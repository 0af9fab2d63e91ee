"""B5: the month's figures from kept sums, what keeping them costs, and the report of a month."""

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from bench.load import Request, alone, slot
from bench.servers import Server
from casetracker.domain.days import SHANGHAI
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import WUHAN_DEFAULT, period_of, previous_month
from casetracker.domain.reports.periods import Span, last_full
from casetracker.persistence.change_capture import forget, put_back, take_away
from casetracker.persistence.database import db
from casetracker.services.context import SYSTEM, Context
from casetracker.services.reports.making import MIMES, make_report
from casetracker.services.running import rollup
from casetracker.stats.counting import Question, count_cases
from casetracker.stats.rollup.reading import kept_cells

MONTHS = 24
AT_ONCE = 3
ROUNDS = 8
EVERY_S = 5


def last_month(now: datetime) -> str:
    return (now.astimezone(SHANGHAI).replace(day=1) - timedelta(days=1)).strftime("%Y-%m")


def make_sums(app: Flask, now: datetime) -> float:
    """Seconds until all sums are made, from nothing."""
    started = time.perf_counter()
    with app.app_context():
        while rollup.has_work(Context(SYSTEM, now)):
            rollup.roll(Context(SYSTEM, now))
        db.session.remove()
    return round(time.perf_counter() - started, 1)


def month(product: Server, token: str, now: datetime) -> dict[str, Any]:
    """Over HTTP the month with all rates by unit, and 24 months; the memory that they took."""
    before = product.memory_mb()
    headers, last = {"Authorization": f"Bearer {token}"}, last_month(now)
    table = alone(
        product, Request("GET", f"/api/v1/statistics/monthly?month={last}&by=unit", headers)
    )
    years = [
        alone(product, Request("GET", f"/api/v1/statistics/annual?year={year}", headers), slots=2)
        for year in (now.year - 1, now.year)
    ]
    return {
        "month": last,
        **table,
        "year_p50_ms": max(year["p50_ms"] for year in years),
        "more_memory_mb": round(product.memory_mb() - before, 1),
    }


def equality(app: Flask) -> dict[str, Any]:
    """Cells of 24 months by unit that were recomputed, and those that were not the same."""
    with app.app_context():
        session, now = db.session(), datetime.now(SHANGHAI)
        months = [last_month(now)]
        while len(months) < MONTHS:
            months.append(previous_month(months[-1]))
        compared = different = 0
        for start in range(0, MONTHS, AT_ONCE):
            windows = [period_of(WUHAN_DEFAULT, one) for one in months[start : start + AT_ONCE]]
            question = Question(WUHAN_DEFAULT, windows, "unit", Scope(sees_all=True), now)
            kept = kept_cells(session, question)
            assert kept is not None, "no sums are kept"
            counted = count_cases(session, question).sums
            compared += len(counted)
            cells = {*kept.sums, *counted}
            different += sum(kept.sums.get(cell) != counted.get(cell) for cell in cells)
        db.session.remove()
    return {"cells": compared, "different": different}


def cost_of_keeping(app: Flask, product: Server, asked: Request) -> float:
    """How many cases are logged with the triggers and the roller, for each without; ABBA."""
    ratios = []
    with roller():
        slot(product, asked)
        for number in range(ROUNDS):
            order = (True, False) if number % 2 == 0 else (False, True)
            rates = {kept: _rate(app, product, asked, kept=kept) for kept in order}
            ratios.append(rates[True] / rates[False])
    with app.app_context():
        _switch(take_away)
        _switch(put_back)
        _switch(forget)
    return round(statistics.median(ratios), 3)


def _rate(app: Flask, product: Server, asked: Request, *, kept: bool) -> float:
    with app.app_context():
        _switch(take_away)
        if kept:
            _switch(put_back)
    return slot(product, asked).rate


def _switch(action: Callable[[Any], None]) -> None:
    with db.engine.begin() as connection:
        action(connection)


@contextmanager
def roller() -> Iterator[None]:
    """A worker that rolls as often as the schedule says."""
    process = subprocess.Popen([sys.executable, "-m", "bench.rolling", str(EVERY_S)])
    try:
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def report_seconds(app: Flask, now: datetime) -> dict[str, float]:
    """The report of last month in each format, the second time; garbage looked for as in `wsgi`."""
    with app.app_context(), _calm_collector():
        ctx, period = Context(SYSTEM, now), last_full(Span.MONTH, now)
        found = {}
        for file_format in MIMES:
            make_report(ctx, period, file_format)
            started = time.perf_counter()
            make_report(ctx, period, file_format)
            found[file_format] = round(time.perf_counter() - started, 2)
        db.session.remove()
    return found


@contextmanager
def _calm_collector() -> Iterator[None]:
    thresholds = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    yield
    gc.set_threshold(*thresholds)
    gc.unfreeze()
