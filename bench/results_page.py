"""Writes docs/results.md from the files under bench/results: as measured, misses included."""

import json
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "results.md"
RESULTS = Path(__file__).parent / "results"
FAULTS = RESULTS / "faults.json"
HEAD = """# Measured results

Written by `make bench` from the files in `bench/results/`; do not edit by hand. The floor is bare
Flask with the driver (`bench/floor.py`): one durable transaction with a case row and an event row.
Product and floor alternate in one run (ABBA, slots of 2 s, medians of the rounds); processor time
comes from the process accounts. Everything is on while measuring: sign-in or token, rights,
validation, encryption, history, outbox, deadlines. Beyond 20,000, cases are stored in runs of
20,000, each in the order in which they came in on PostgreSQL, as an office stores them.
"""


def write_page(folder: Path) -> None:
    """One section for each engine and size, and one for the fault runs."""
    parts = [HEAD]
    for path in sorted(folder.glob("*-*.json")):
        parts.append(_section(json.loads(path.read_text(encoding="utf-8"))))
    if FAULTS.exists():
        parts.append(_faults(json.loads(FAULTS.read_text(encoding="utf-8"))))
    PAGE.write_text("\n".join(parts), encoding="utf-8")


def _section(result: dict[str, Any]) -> str:
    missed = [name for name, reached in result["reached"].items() if not reached]
    lines = [
        f"## {result['engine']}, {result['cases']:,} cases "
        f"({result['processors']} processors, Python {result['python']})",
        "",
        "| | workload | measured |",
        "|---|---|---|",
        *(told(result[name]) for name, told in LINES.items() if name in result),
        "",
        f"Memory of the web server with its worker after all this: {result['memory_mb']} MB. "
        f"Targets missed: {', '.join(missed) or 'none'}.",
        "",
    ]
    return "\n".join(lines)


def _intake(b1: dict[str, Any]) -> str:
    return (
        f"| B1 | log a case through the API, 4 clients | {b1['ratio_of_floor']} × floor; "
        f"{b1['product']['per_second']}/s against {b1['floor']['per_second']}/s; "
        f"{b1['product']['cpu_ms']} ms CPU each; p95 {b1['product']['p95_ms']} ms |"
    )


def _open_list(b2: dict[str, Any]) -> str:
    return (
        f"| B2 | first page of the open list with its total, as HTML | "
        f"p50 {b2['product']['p50_ms']} ms, p95 {b2['product']['p95_ms']} ms; "
        f"{b2['product']['cpu_ms']} ms CPU; floor page {b2['floor']['p50_ms']} ms |"
    )


def _month(b5: dict[str, Any]) -> str:
    """Older measurements knew no kept sums."""
    told = (
        "| B5 | monthly statement with all rates, by unit, over HTTP | "
        f"p50 {b5['p50_ms']} ms, p95 {b5['p95_ms']} ms"
    )
    if "made_s" not in b5:
        return f"{told} |"
    return (
        f"{told}; a year of months p50 {b5['year_p50_ms']} ms; {b5['more_memory_mb']} MB more; "
        f"{b5['cells']:,} cells of 24 months recomputed, {b5['different']} different; "
        f"B1 with kept sums {b5['ratio_of_intake']} × without; sums made from nothing in "
        f"{b5['made_s']} s; the report of a month as {_reports(b5)} |"
    )


def _reports(b5: dict[str, Any]) -> str:
    """Older measurements made one document."""
    made = b5.get("reports_s", {"docx": b5["report_s"]})
    return ", ".join(f"{name.upper()} in {seconds} s" for name, seconds in made.items())


def _reminders(b7: dict[str, Any]) -> str:
    return (
        f"| B7 | reminder scan, every case open, nothing due | {b7['nothing_due_ms']} ms; "
        f"with {b7['late']:,} late ({b7['told']:,} reminders): "
        f"{b7['us_each']} µs each, again {b7['again_ms']} ms |"
    )


LINES = {"B1": _intake, "B2": _open_list, "B5": _month, "B7": _reminders}


def _faults(result: dict[str, Any]) -> str:
    lines = [
        f"## Fault runs ({result['kills']} power cuts of the web process)",
        "",
        "Written by `make chaos`: processes killed, brokers dead or emptied, two people at once.",
        "",
        "| what | on | held | s |",
        "|---|---|---|---|",
    ]
    for run in result["runs"]:
        held = "yes" if run["held"] else "**no**"
        lines.append(f"| {run['what']} | {run['engine'] or '–'} | {held} | {run['seconds']} |")
    return "\n".join([*lines, ""])
