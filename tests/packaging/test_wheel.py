"""The wheel runs away from the checkout: it carries its templates, migrations and browser files."""

import subprocess
import sys
import sysconfig
import venv
import zipfile

import pytest

from tests.databases import environment
from tests.processes import ROOT

pytestmark = pytest.mark.packaging


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", target]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("casetracker-*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh venv with the wheel in it; the dependencies are lent by the tests' own."""
    folder = tmp_path_factory.mktemp("venv")
    venv.create(folder, symlinks=True)
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "lent.pth").write_text(sysconfig.get_path("purelib"))
    pip = [sys.executable, "-m", "pip", "--python", folder / "bin/python"]
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, *install, wheel], check=True)
    return folder / "bin"


def run(command, env, cwd):
    env = env | {"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"}
    return subprocess.run(command, env=env, cwd=cwd, capture_output=True, text=True, timeout=120)


def test_the_wheel_carries_pages_migrations_and_browser_files(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "casetracker/templates/base.html",
        "casetracker/migrations/env.py",
        "casetracker/migrations/head.txt",
        "casetracker/static/vendor/echarts.common.min.js",
        "casetracker/static/vendor/licences/echarts-LICENSE",
        "workers/celery_app.py",
        "wsgi.py",
    ):
        assert name in names


def test_the_wheel_squats_on_no_common_name(wheel):
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "casetracker",
        "workers",
        "wsgi.py",
    }


def test_it_migrates_from_another_folder(installed, tmp_path):
    env = environment(f"sqlite:///{tmp_path}/away.db", tmp_path)
    done = run([installed / "casetracker", "db", "upgrade"], env, tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "away.db").stat().st_size > 0


def test_it_answers_from_another_folder(installed, tmp_path):
    ask = (
        "import casetracker, wsgi; print(casetracker.__file__);"
        "print(wsgi.app.test_client().get('/healthz').status_code)"
    )
    env = environment(f"sqlite:///{tmp_path}/away.db", tmp_path)
    done = run([installed / "python", "-c", ask], env, tmp_path)
    assert done.returncode == 0, done.stderr
    place, status = done.stdout.split()
    assert place.startswith(str(installed.parent))
    assert status == "200"
