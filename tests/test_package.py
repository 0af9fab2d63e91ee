"""The package as such: its version, its resources, and what importing it costs."""

import subprocess
import sys
import tomllib
from pathlib import Path

import casetracker
from casetracker import resources

ROOT = Path(__file__).resolve().parents[1]


def test_the_version_is_told_alike_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == casetracker.__version__


def test_importing_a_rule_does_not_import_a_framework():
    loaded = "import casetracker.domain.vocabulary, casetracker.config, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, cwd=ROOT)
    assert "casetracker.domain.vocabulary" in done.stdout.split()
    assert not {"flask", "sqlalchemy", "celery"} & set(done.stdout.split())


def test_a_checkout_finds_the_folders_beside_the_package():
    assert resources.templates_folder() == ROOT / "templates"


def test_a_wheel_finds_the_folders_inside_the_package(tmp_path, monkeypatch):
    inside = tmp_path / "casetracker" / "migrations"
    inside.mkdir(parents=True)
    (tmp_path / "migrations").mkdir()
    monkeypatch.setattr(resources, "PACKAGE", tmp_path / "casetracker")
    assert resources.migrations_folder() == inside
