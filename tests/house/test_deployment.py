"""What can be known of image, compose file and units without an engine to run them."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

import casetracker

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
OURS = {name: one for name, one in COMPOSE["services"].items() if "build" in one}
SCHEMA = [BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec"]


def test_the_compose_file_satisfies_the_compose_specification():
    done = subprocess.run([*SCHEMA, ROOT / "docker-compose.yml"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_specification_refuses_a_planted_fault(tmp_path):
    (tmp_path / "docker-compose.yml").write_text("services: {web: {imagge: x}}")
    done = subprocess.run([*SCHEMA, tmp_path / "docker-compose.yml"], capture_output=True)
    assert done.returncode == 1


def test_the_dockerfile_passes_its_linter():
    done = subprocess.run([BIN / "hadolint", ROOT / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_web_workers_beat_and_migration_run_one_image_of_this_version():
    assert set(OURS) == {"migrate", "web", "worker", "worker-2", "beat"}
    assert {one["image"] for one in OURS.values()} == {f"casetracker:{casetracker.__version__}"}


def test_nothing_starts_before_the_schema_is_there():
    waiting = {"web", "worker", "worker-2", "beat"}
    for name in waiting:
        assert OURS[name]["depends_on"]["migrate"]["condition"] == "service_completed_successfully"


def test_the_database_keeps_its_files_where_the_image_puts_them():
    assert "database:/var/lib/postgresql" in COMPOSE["services"]["db"]["volumes"]


def test_the_image_does_not_run_as_root():
    users = re.findall(r"^USER (\S+)", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    assert users
    assert "0" not in users
    assert "root" not in users


def test_all_that_the_image_copies_exists_and_reaches_the_builder():
    allowed = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.MULTILINE)
    sources = [source for line in copied for source in line.split()]
    assert "casetracker" in sources
    for source in sources:
        assert (ROOT / source).exists(), source
        assert f"!{source}" in allowed


@pytest.mark.parametrize("name", ["migrate", "web", "worker", "beat"])
def test_the_units_start_what_the_containers_start(name):
    unit = (ROOT / f"deploy/systemd/casetracker-{name}.service").read_text(encoding="utf-8")
    command = re.search(r"^ExecStart=/opt/casetracker/\.venv/bin/(.+)$", unit, re.MULTILINE)
    assert shlex.split(command.group(1)) == OURS[name]["command"]
