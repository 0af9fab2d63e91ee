"""A document that code or another document names is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = ("casetracker", "docs", "migrations", "templates", "tests", "workers")
NAMED = re.compile(r"\bdocs/[\w/-]+\.md\b")


def named() -> dict[str, list[str]]:
    """Document → the files that name it."""
    found: dict[str, list[str]] = {}
    files = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    for path in [*files, ROOT / "README.md"]:
        if path.suffix in {".py", ".html", ".md"} and "vendor" not in path.parts:
            for document in set(NAMED.findall(path.read_text("utf-8"))):
                found.setdefault(document, []).append(str(path.relative_to(ROOT)))
    return found


@pytest.mark.parametrize(("document", "by"), sorted(named().items()))
def test_a_document_that_is_named_is_there(document: str, by: list[str]) -> None:
    assert (ROOT / document).is_file(), by
