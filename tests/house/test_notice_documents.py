"""The notices in words and the notices in code are the same table."""

import re
from pathlib import Path

import pytest

from casetracker.domain.notices import HOTLINE_NOTICES, LANE_NOTICES, Rules
from casetracker.domain.petition_notices import PETITION_NOTICES
from casetracker.domain.reminders import LADDER

RULES = Path(__file__).parents[2] / "docs" / "rules"
ROW = re.compile(r"^\| `([a-z_]+)` \| (?:`([a-z_]+)`)? ?\| (.+) \| `([a-z_]+)` \|$", re.MULTILINE)


def rows_of(heading: str) -> dict[tuple[str, str], tuple[str, int]]:
    """Step and outcome to text and number of listeners, as the chapter has them."""
    document = (RULES / "notices.md").read_text("utf-8")
    chapter = document.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {
        (step, outcome): (text, told.count(",") + 1)
        for step, outcome, told, text in ROW.findall(chapter)
    }


@pytest.mark.parametrize(
    ("heading", "rules"),
    [
        ("Hotline", HOTLINE_NOTICES),
        ("Petitions", PETITION_NOTICES),
        ("The confidential lane", LANE_NOTICES),
    ],
)
def test_every_step_that_is_told_stands_in_the_document_with_its_text(
    heading: str, rules: Rules
) -> None:
    assert rows_of(heading) == {
        (action.value, outcome): (rule.template, len(rule.listeners))
        for (action, outcome), rule in rules.items()
    }


def test_the_days_of_the_ladder_are_those_of_the_document() -> None:
    told = (RULES / "reminders.md").read_text("utf-8")
    words = {3: "third", 5: "fifth", 10: "tenth"}
    for rung in LADDER:
        if rung.from_days_late:
            assert f"from the {words[rung.from_days_late]}" in told.replace("\n", " ")
