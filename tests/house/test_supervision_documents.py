"""The rules of supervision in words and in code are the same rows."""

from pathlib import Path

from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.labels import label
from casetracker.services.oversight.rule_book import RULES, AnyRule

DOCUMENT = (Path(__file__).parents[2] / "docs/rules/supervision.md").read_text("utf-8")


def row_of(rule: AnyRule) -> str:
    beginning, meaning = f"| `{rule.code}` ", f" | {rule.meaning} | "
    return next(
        line for line in DOCUMENT.splitlines() if line.startswith(beginning) and meaning in line
    )


def test_every_rule_stands_in_the_document_with_its_numbers_and_source() -> None:
    for rule in RULES.values():
        row = row_of(rule)
        assert rule.source in row
        for number in rule.numbers:
            assert f"{number.meaning} {number.default} {number.unit}" in row


def test_every_trigger_says_whether_it_is_on_and_how_it_begins() -> None:
    for rule in TRIGGERS.values():
        assert f"| {'on' if rule.is_on else 'off'} | {label(rule.level)} |" in row_of(rule)
