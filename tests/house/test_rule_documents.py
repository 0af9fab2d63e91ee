"""The rules in words and the rules in code name each other, row by row and code by code."""

import re
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

import pytest

from casetracker.domain import (
    oversight_vocabulary,
    patrol_vocabulary,
    petition_vocabulary,
    vocabulary,
)
from casetracker.domain.hazards import TABLE as HAZARDS
from casetracker.domain.hazards import HazardRow
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.lane import lane_rows
from casetracker.domain.permissions import REACH
from casetracker.domain.petition import PETITION
from casetracker.domain.rates import PROFILES, Profile
from casetracker.domain.vocabulary import HOTLINE_OPEN, Role
from casetracker.domain.workflow import Transition
from casetracker.labels import LABELS, label

DOCS = Path(__file__).parents[2] / "docs"
HOTLINE_DOC = (DOCS / "rules/hotline.md").read_text("utf-8")
PETITION_DOC = (DOCS / "rules/petition.md").read_text("utf-8")
RATES_DOC = (DOCS / "rules/rates.md").read_text("utf-8")
PATROL_DOC = (DOCS / "rules/patrol.md").read_text("utf-8")
PERMISSIONS_DOC = (DOCS / "rules/permissions.md").read_text("utf-8")
GLOSSARY = (DOCS / "glossary.md").read_text("utf-8")


def steps_by_number(document: str) -> dict[str, list[str]]:
    """The lines of the steps, under the numbers in their first column."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in document.splitlines():
        numbered = re.match(r"\| ([0-9]+[a-c]?) \| ", line)
        if numbered:
            found[numbered[1]].append(line)
    return found


OWN_ROWS = [row for row in HOTLINE.rows if row not in lane_rows(HOTLINE_OPEN)]
"""The lane's rows are numbered in the document of petitions, where it is described."""
TABLES = [("hotline", row, steps_by_number(HOTLINE_DOC)) for row in OWN_ROWS] + [
    ("petition", row, steps_by_number(PETITION_DOC)) for row in PETITION.rows
]


@pytest.mark.parametrize("row", HAZARDS, ids=lambda row: row.step.value)
def test_every_step_of_a_hazard_stands_under_its_number(row: HazardRow) -> None:
    documented = [
        line for number in numbers_of(row.source) for line in steps_by_number(PATROL_DOC)[number]
    ]
    assert any(f"`{row.step.value}` {label(row.step)}" in line for line in documented), row.source


def numbers_of(source: str) -> list[str]:
    found = re.match(r"rows? ([0-9]+[a-c]?)(?:(?:-|, )([0-9]+[a-c]?))?", source)
    assert found is not None, source
    return [number for number in found.groups() if number]


@pytest.mark.parametrize(
    ("row", "steps"),
    [(row, steps) for _, row, steps in TABLES],
    ids=[f"{name}-{row.action}:{row.outcome}" for name, row, _ in TABLES],
)
def test_every_step_stands_under_its_number(row: Transition, steps: dict[str, list[str]]) -> None:
    action, source = row.action.value, row.source
    documented = [line for number in numbers_of(source) for line in steps[number]]
    assert any(f"`{action}`" in line for line in documented), source


def test_every_documented_step_is_in_its_table_but_the_one_that_makes_a_new_case() -> None:
    hotline = {number for row in OWN_ROWS for number in numbers_of(row.source)}
    assert set(steps_by_number(HOTLINE_DOC)) - hotline == {"21"}
    petition = {number for row in PETITION.rows for number in numbers_of(row.source)}
    assert set(steps_by_number(PETITION_DOC)) == petition


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.code)
def test_every_rate_stands_in_its_document_under_its_number(profile: Profile) -> None:
    for row in profile.metrics:
        number = re.match(r"docs/rules/rates\.md ([A-Z][0-9]+)", row.source)
        assert number is not None
        assert re.search(rf"^\| {number[1]} \| `{row.code}`", RATES_DOC, re.MULTILINE)
    assert f"{profile.code} (version {profile.version})" in RATES_DOC


@pytest.mark.parametrize("role", list(Role))
def test_every_role_stands_in_the_permissions(role: Role) -> None:
    line = next(line for line in PERMISSIONS_DOC.splitlines() if f"| `{role.value}` |" in line)
    assert label(role) in line
    assert (REACH[role] == "all") == ("| all |" in line)


WORDS = {
    one.__name__
    for one in (vocabulary, petition_vocabulary, oversight_vocabulary, patrol_vocabulary)
}
ENUMS = [enum for enum in LABELS if enum.__module__ in WORDS]


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_code_stands_in_the_glossary_with_its_word(enum: type[StrEnum]) -> None:
    line = next(line for line in GLOSSARY.splitlines() if line.startswith(f"| `{enum.__name__}` "))
    given = re.findall(r"`([a-z0-9_]+)` ([^|·]+(?:·[^|` ]+)?)", line)
    assert {(code, word.strip()) for code, word in given} == {
        (member.value, label(member)) for member in enum
    }
