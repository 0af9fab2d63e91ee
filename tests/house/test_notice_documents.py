"""The notices in words and the notices in code are the same table."""

import re
from pathlib import Path

from casetracker.domain.notices import NOTICES
from casetracker.domain.reminders import LADDER

RULES = Path(__file__).parents[2] / "docs" / "rules"
ROW = re.compile(r"^\| `([a-z_]+)` \| (?:`([a-z_]+)`)? ?\| (.+) \| `([a-z_]+)` \|$", re.MULTILINE)


def test_every_step_that_is_told_stands_in_the_document_with_its_text() -> None:
    rows = ROW.findall((RULES / "notices.md").read_text("utf-8"))
    documented = {
        (step, outcome): (text, told.count(",") + 1) for step, outcome, told, text in rows
    }
    assert documented == {
        (action.value, outcome): (rule.template, len(rule.listeners))
        for (action, outcome), rule in NOTICES.items()
    }


def test_the_days_of_the_ladder_are_those_of_the_document() -> None:
    told = (RULES / "reminders.md").read_text("utf-8")
    words = {3: "third", 5: "fifth", 10: "tenth"}
    for rung in LADDER:
        if rung.from_days_late:
            assert f"from the {words[rung.from_days_late]}" in told.replace("\n", " ")
