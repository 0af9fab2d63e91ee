"""The rules in words and the rules in code name each other, row by row and code by code."""

import re
from collections import defaultdict
from enum import StrEnum
from pathlib import Path

import pytest

from casetracker.domain import vocabulary
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.permissions import REACH
from casetracker.domain.rates import PROFILES, Profile
from casetracker.domain.vocabulary import Role
from casetracker.domain.workflow import Transition
from casetracker.labels import LABELS, label

DOCS = Path(__file__).parents[2] / "docs"
HOTLINE_DOC = (DOCS / "rules/hotline.md").read_text("utf-8")
RATES_DOC = (DOCS / "rules/rates.md").read_text("utf-8")
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


STEPS = steps_by_number(HOTLINE_DOC)


def numbers_of(source: str) -> list[str]:
    found = re.match(r"rows? ([0-9]+[a-c]?)(?:-([0-9]+))?", source)
    assert found is not None, source
    return [number for number in found.groups() if number]


@pytest.mark.parametrize("row", HOTLINE.rows, ids=lambda row: f"{row.action}:{row.outcome}")
def test_every_step_of_the_hotline_stands_under_its_number(row: Transition) -> None:
    action, source = row.action.value, row.source
    documented = [line for number in numbers_of(source) for line in STEPS[number]]
    assert any(f"`{action}`" in line for line in documented), source


def test_every_documented_step_is_in_the_table_but_the_one_that_makes_a_new_case() -> None:
    in_code = {number for row in HOTLINE.rows for number in numbers_of(row.source)}
    assert set(STEPS) - in_code == {"21"}


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


ENUMS = [enum for enum in LABELS if enum.__module__ == vocabulary.__name__]


@pytest.mark.parametrize("enum", ENUMS, ids=lambda enum: enum.__name__)
def test_every_code_stands_in_the_glossary_with_its_word(enum: type[StrEnum]) -> None:
    line = next(line for line in GLOSSARY.splitlines() if line.startswith(f"| `{enum.__name__}` "))
    given = re.findall(r"`([a-z0-9_]+)` ([^|·]+(?:·[^|` ]+)?)", line)
    assert {(code, word.strip()) for code, word in given} == {
        (member.value, label(member)) for member in enum
    }
