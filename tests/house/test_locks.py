"""The committed locks: whole, hashed, and free of the addresses of any one index."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETS = {
    "requirements.txt": PROJECT["project"]["dependencies"],
    "requirements-test.txt": PROJECT["dependency-groups"]["test"],
    "requirements-assets.txt": PROJECT["dependency-groups"]["assets"],
}


def pinned(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)", text, re.MULTILINE))


@pytest.mark.parametrize("name", SETS)
def test_every_direct_dependency_is_pinned(name):
    wanted = {re.match(r"[a-z0-9-]+", line).group() for line in SETS[name]}
    assert wanted <= set(pinned(name))


@pytest.mark.parametrize("name", [*SETS, "requirements-dev.txt"])
def test_every_pin_carries_hashes_and_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[a-z0-9-]+(?:\[|==))", text, flags=re.MULTILINE)[1:]
    assert len(entries) >= 2
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert "://" not in text
    assert "--index" not in text


def test_the_sets_agree_so_that_one_venv_can_grow():
    run, test, dev = (
        pinned(name)
        for name in ("requirements.txt", "requirements-test.txt", "requirements-dev.txt")
    )
    assert run.items() <= test.items() <= dev.items()


def test_browser_packages_are_exact_and_without_addresses():
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    for name, version in (package["dependencies"] | package["devDependencies"]).items():
        assert lock[f"node_modules/{name}"]["version"] == version
    assert [name for name, one in lock.items() if "resolved" in one] == []
    assert [name for name, one in lock.items() if name and "integrity" not in one] == []
