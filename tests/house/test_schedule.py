"""The beat table names tasks that exist, under names that must not change."""

import ast
from pathlib import Path

from workers.schedule import AT_ONCE, SCHEDULE

ROOT = Path(__file__).resolve().parents[2]
TASKS = ROOT / "workers" / "tasks"
NAMES = {
    "casetracker.outbox.drain",
    "casetracker.deadlines.remind",
    "casetracker.housekeeping.clean",
    "casetracker.oversight.watch",
    "casetracker.reports.send",
    "casetracker.exports.make",
    "casetracker.figures.roll",
}
"""Messages that wait in a broker carry them across an upgrade."""


def task_names() -> dict[str, str]:
    """Module → name of every task, read from the source."""
    found = {}
    for path in TASKS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "shared_task":
                [name] = [key.value for key in node.keywords if key.arg == "name"]
                found[f"workers.tasks.{path.stem}"] = name.value
    return found


def test_the_names_of_tasks_are_stable() -> None:
    assert set(task_names().values()) == NAMES


def test_every_entry_of_the_schedule_names_an_existing_task() -> None:
    assert {entry["task"] for entry in SCHEDULE.values()} <= set(task_names().values())
    assert set(AT_ONCE) <= set(SCHEDULE)


def test_ticks_expire_before_they_can_pile_up() -> None:
    for name, entry in SCHEDULE.items():
        assert entry["options"]["expires"] <= 3600, name


def test_the_worker_loads_every_module_of_tasks() -> None:
    source = (ROOT / "workers" / "celery_app.py").read_text(encoding="utf-8")
    assert all(f'"{module}"' in source for module in task_names())
