"""Every setting is described, every described setting exists, and each one is read."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from casetracker.config import KNOWN, Settings

ROOT = Path(__file__).resolve().parents[2]


def test_the_manual_lists_exactly_the_settings_that_exist():
    manual = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `([A-Z_]+)` \|", manual, re.MULTILINE)) == set(KNOWN)


def test_the_example_file_lists_exactly_the_settings_that_exist():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert set(re.findall(r"^(?:# )?([A-Z_]+)=", example, re.MULTILINE)) == set(KNOWN)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_the_manual_gives_the_default_that_holds(name):
    default = KNOWN[name][1]
    manual = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| `{name}` \| (.*?) \|", manual, re.MULTILINE).group(1)
    shown = row.strip("`").replace("等保", "dengbao")
    assert shown == default or (not default and row != "")


RULES_OF_CONFIG = {"allow_http"}  # loosens a check there, and has no other reader


def readers():
    for folder in ("casetracker", "workers", "tools"):
        for path in (ROOT / folder).rglob("*.py"):
            if path.parent.name != "config":
                yield path.read_text(encoding="utf-8")
    yield (ROOT / "gunicorn.conf.py").read_text(encoding="utf-8")


def test_no_setting_is_left_unread():
    derived = (ROOT / "casetracker/config/settings.py").read_text(encoding="utf-8")
    read = set(re.findall(r"\bself\.([a-z_]+)", derived)) | RULES_OF_CONFIG
    for code in readers():
        read |= set(re.findall(r"settings\.([a-z_]+)", code))
    assert {field.name for field in fields(Settings)} <= read
