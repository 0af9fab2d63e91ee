"""`python -m bench.faults [--kills N]`: the tests that kill, starve and double, and what held.

Runs them harder than `./test` does and writes their outcome beside the measurements.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

from bench.results_page import FAULTS, RESULTS, write_page

STORMS = (
    "tests/workers/test_power_cut.py",
    "tests/workers/test_broker_faults.py",
    "tests/workers/test_delivery_processes.py",
    "tests/workers/test_run_stack.py",
    "tests/services/test_working_at_once.py",
    "tests/services/test_two_at_once.py",
    "tests/services/test_any_sequence.py",
)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="casetracker-faults-") as folder:
        report = Path(folder) / "report.xml"
        command = [sys.executable, "-m", "pytest", "-q", f"--junitxml={report}", *STORMS]
        ended = subprocess.run(
            command, env=os.environ | {"CHAOS_KILLS": str(options.kills)}, check=False
        )
        results = {"kills": options.kills, "runs": _read(report)}
    FAULTS.write_text(json.dumps(results, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    write_page(RESULTS)
    sys.exit(ended.returncode)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=40, help="power cuts of the web process")
    return parser.parse_args()


def _read(report: Path) -> list[dict[str, Any]]:
    """`{what, engine, held, seconds}` for each test, in the order in which they ran."""
    cases = ET.parse(report).getroot().iter("testcase")
    return [_run(case) for case in cases]


def _run(case: ET.Element) -> dict[str, Any]:
    name, _, engine = case.get("name", "").removeprefix("test_").partition("[")
    failed = any(case.find(kind) is not None for kind in ("failure", "error", "skipped"))
    return {
        "what": name.replace("_", " "),
        "engine": engine.rstrip("]"),
        "held": not failed,
        "seconds": round(float(case.get("time", "0")), 1),
    }


if __name__ == "__main__":
    main()
