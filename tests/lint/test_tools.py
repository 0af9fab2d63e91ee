"""The house rules that tools can hold; each tool is one test, its findings are the failure."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
TOOLS = {
    "ruff-check": ["ruff", "check"],
    "ruff-format": ["ruff", "format", "--check"],
    "lint-imports": ["lint-imports"],
    "mypy": ["mypy"],
}


@pytest.mark.parametrize("tool", TOOLS)
def test_the_code_satisfies(tool):
    name, *arguments = TOOLS[tool]
    done = subprocess.run([BIN / name, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, f"\n{done.stdout}\n{done.stderr}"


@pytest.mark.parametrize(
    ("tool", "planted"),
    [
        ("ruff-check", "import datetime\n\nnow = datetime.datetime.now()\n"),
        ("ruff-format", "x   =  1\n"),
        ("mypy", "count: int = 'one'\n"),
    ],
)
def test_a_planted_fault_is_found(tool, planted, tmp_path):
    (tmp_path / "planted.py").write_text(planted)
    name, *arguments = TOOLS[tool]
    settings = {"ruff": "--config", "mypy": "--config-file"}[name]
    command = [BIN / name, *arguments, settings, ROOT / "pyproject.toml", tmp_path / "planted.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1
    assert "planted.py" in done.stdout
