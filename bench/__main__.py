"""`python -m bench [--cases N] [--engine sqlite|postgresql]`: fill, start, measure, write down."""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from flask import Flask

from bench import figures as of_month
from bench.results_page import RESULTS, write_page
from bench.servers import Server, broker, postgres
from bench.workloads import intake, keep, logging, open_list, reminders, verdicts

WORKLOADS = ("B1", "B2", "B5", "B7")


def main() -> None:
    options = _options()
    if len(options.engine) > 1:  # each in a process of its own, with its own settings
        for engine in options.engine:
            one = [sys.executable, "-m", "bench", "--cases", str(options.cases), "--engine", engine]
            subprocess.run([*one, "--workloads", *options.workloads], check=True)
        return
    with tempfile.TemporaryDirectory(prefix="casetracker-bench-") as folder:
        _measure(options.engine[0], options.cases, options.workloads, Path(folder))
    write_page(RESULTS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--engine", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--workloads", nargs="+", choices=WORKLOADS, default=list(WORKLOADS))
    return parser.parse_args()


def _measure(engine: str, cases: int, workloads: list[str], folder: Path) -> None:
    with _addresses(engine, folder) as (product_url, floor_url), broker(folder) as redis_url:
        os.environ.update(_environment(product_url, floor_url, redis_url, folder))
        app, token, figures, cookie = _prepare(cases)
        print(f"{engine}: {cases} cases in place", flush=True)
        now = datetime.now(UTC).replace(microsecond=0)
        results = {
            "engine": engine,
            "cases": cases,
            "python": platform.python_version(),
            "processors": os.cpu_count(),
        }
        made_s = of_month.make_sums(app, now)
        product = Server("product", "wsgi:app", {}, folder)
        floor = Server("floor", "bench.floor:app", {}, folder)
        try:
            with of_month.roller():
                if "B2" in workloads:
                    results["B2"] = open_list(product, floor, cookie, print)
                if "B1" in workloads:
                    results["B1"] = intake(product, floor, token, print)
                if "B5" in workloads:
                    results["B5"] = {"made_s": made_s, **of_month.month(product, figures, now)}
            results["memory_mb"] = product.memory_mb()
            if "B5" in workloads:
                results["B5"] |= _of_keeping(app, product, token, now)
        finally:
            product.stop()
            floor.stop()
        if "B7" in workloads:
            results["B7"] = reminders(app, now)
        results["reached"] = verdicts(results)
        print(keep(RESULTS, f"{engine}-{cases}", results), results["reached"], flush=True)


def _of_keeping(app: Flask, product: Server, token: str, now: datetime) -> dict[str, Any]:
    """Whether kept sums are right, what the report of a month takes, what intake pays for them."""
    reports = of_month.report_seconds(app, now)
    return {
        **of_month.equality(app),
        "reports_s": reports,
        "report_s": max(reports.values()),
        "ratio_of_intake": of_month.cost_of_keeping(app, product, logging(token)),
    }


@contextmanager
def _addresses(engine: str, folder: Path) -> Iterator[tuple[str, str]]:
    if engine == "sqlite":
        yield f"sqlite:///{folder}/product.db", f"sqlite:///{folder}/floor.db"
        return
    with postgres(folder) as url:
        yield url, url


def _environment(product_url: str, floor_url: str, redis_url: str, folder: Path) -> dict[str, str]:
    from casetracker.config import new_field_keys

    return {
        "CASETRACKER_ENV": "test",
        "DATA_DIR": str(folder / "data"),
        "DATABASE_URL": product_url,
        "FLOOR_URL": floor_url,
        "REDIS_URL": redis_url,
        "SECRET_KEY": "only-for-measuring",
        "FIELD_KEYS": new_field_keys(),
    }


def _prepare(cases: int):  # type: ignore[no-untyped-def]
    """Migrated and filled; tokens of an operator and a supervisor, a unit head's cookie."""
    from flask_migrate import upgrade

    from bench.floor import prepare
    from bench.generator import fill
    from bench.people import sign_in_head, token_of_operator, token_of_supervisor
    from casetracker import create_app
    from casetracker.persistence.database import db
    from casetracker.resources import migrations_folder

    app = create_app()
    now = datetime.now(UTC).replace(microsecond=0)
    with app.app_context():
        upgrade(str(migrations_folder()))
        fill(db.session(), cases=cases, now=now)
        token, figures = token_of_operator(now), token_of_supervisor(now)
        cookie = sign_in_head(app, now)
        db.session.remove()
        db.engine.dispose()
    prepare(cases)
    return app, token, figures, cookie


if __name__ == "__main__":
    main()
