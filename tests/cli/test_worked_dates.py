"""The worked dates of the rules, from `casetracker deadline`: holidays, make-up days, extensions.

Source: docs/rules/deadlines.md; 民法典 §201, §203; 《信访工作条例》 art. 23, 34-36.
"""

import json

import pytest

from tests.cli.conftest import Command
from tests.factories.street import new_street

IN_DAYS = [
    # limit, trigger, extended by, raw, legal
    ("notify15", "2025-09-22", 0, "2025-10-07", "2025-10-09"),
    ("handle60", "2025-08-05", 0, "2025-10-04", "2025-10-09"),
    ("handle60", "2025-08-05", 30, "2025-11-03", "2025-11-03"),
    ("handle:help", "2025-09-26", 0, "2025-10-10", "2025-10-10"),
    ("handle:help", "2026-02-11", 0, "2026-02-25", "2026-02-25"),
    ("contact", "2026-02-28", 0, "2026-03-02", "2026-03-02"),
    ("objection5", "2019-09-27", 0, "2019-10-10", "2019-10-10"),
    ("working:3", "2020-04-24", 0, "2020-04-28", "2020-04-28"),
    ("working:5", "2019-04-26", 0, "2019-05-06", "2019-05-06"),
    ("notify15", "2025-12-20", 0, "2026-01-04", "2026-01-04"),
    ("handle:help", "2026-01-01", 0, "2026-01-08", "2026-01-08"),
    ("req_review30", "2026-03-06", 0, "2026-04-05", "2026-04-07"),
    ("objection5", "2026-02-10", 0, "2026-02-24", "2026-02-24"),
    ("notify15", "2026-02-10", 0, "2026-02-25", "2026-02-25"),
    ("handle60", "2026-02-24", 0, "2026-04-25", "2026-04-27"),
    ("handle60", "2026-02-24", 30, "2026-05-25", "2026-05-25"),
]


@pytest.fixture
def years(session):
    """The official calendars of all years of the examples."""
    return new_street(session, years=(2019, 2020, 2025, 2026))


def answered(command: Command, *arguments: object) -> dict[str, object]:
    result = command("deadline", *arguments, "--json")
    assert result.exit_code == 0, result.stderr
    found: dict[str, object] = json.loads(result.stdout)
    return found


@pytest.mark.parametrize(("limit", "trigger", "extend", "raw", "legal"), IN_DAYS)
def test_days(command, years, limit, trigger, extend, raw, legal):
    due = answered(command, "--limit", limit, "--from", f"{trigger}T10:00", "--extend", extend)
    assert due["due_raw"] == f"{raw}T23:59:59+08:00"
    assert due["due_legal"] == f"{legal}T23:59:59+08:00"
    assert due["provisional"] is False
    assert due["steps"]


def test_office_hours_run_on_after_the_spring_festival(command, years):
    due = answered(command, "--limit", "office_hours:2", "--from", "2026-02-14T16:30")
    assert due["due_legal"] == "2026-02-24T10:00:00+08:00"


def test_natural_hours_do_not_stop_for_it(command, years):
    due = answered(command, "--limit", "natural_hours:24", "--from", "2026-02-14T16:30")
    assert due["due_legal"] == "2026-02-15T16:30:00+08:00"


def test_a_batch_answers_the_whole_table_line_by_line(command, years):
    lines = [
        json.dumps({"limit": limit, "from": f"{trigger}T10:00:00+08:00", "extend": extend})
        for limit, trigger, extend, _, _ in IN_DAYS
    ]
    result = command("deadline", "--batch", given="\n".join(lines))
    assert result.exit_code == 0, result.stderr
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["due_legal"][:10] for one in told] == [row[4] for row in IN_DAYS]
