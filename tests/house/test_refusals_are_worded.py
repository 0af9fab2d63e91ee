"""Every code with which the code refuses something has its Chinese sentence."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest

from casetracker.labels import refusals
from casetracker.labels.refusals import PROBLEMS, REFUSALS

PACKAGE = Path(__file__).parents[2] / "casetracker"
OF_A_FIELD = frozenset({"InvalidInput"})
OF_THE_WHOLE = frozenset(
    {"Conflict", "FileRefused", "FileRejected", "GuardRefused", "NotPermitted"}
)


def made() -> Iterator[tuple[str, str, ast.expr]]:
    """Where such an error is made with an argument: its name, the place, the argument."""
    for path in sorted(PACKAGE.rglob("*.py")):
        text = path.read_text("utf-8")
        if not any(name in text for name in OF_A_FIELD | OF_THE_WHOLE):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                yield node.func.id, f"{path.relative_to(PACKAGE)}:{node.lineno}", node.args[0]


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isascii()


MADE = list(made())
FIELD_CODES = sorted(
    (place, ast.literal_eval(code))
    for name, place, problems in MADE
    if name in OF_A_FIELD and isinstance(problems, ast.Dict)
    for value in problems.values
    for code in ast.walk(value)
    if is_code(code)
)
WHOLE_CODES = sorted(
    (place, ast.literal_eval(code))
    for name, place, code in MADE
    if name in OF_THE_WHOLE and is_code(code)
)


@pytest.mark.parametrize(("place", "code"), FIELD_CODES)
def test_a_field_is_never_refused_without_saying_why(place: str, code: str) -> None:
    assert code in PROBLEMS, place


@pytest.mark.parametrize(("place", "code"), WHOLE_CODES)
def test_a_step_is_never_refused_without_saying_why(place: str, code: str) -> None:
    assert code in REFUSALS, place


def test_the_refusals_are_found() -> None:
    assert len(FIELD_CODES) > 40
    assert len(WHOLE_CODES) > 10


def test_no_code_is_worded_twice() -> None:
    """One of the two sentences would never be read."""
    named = (one.name for one in iter_modules(refusals.__path__))
    families = [import_module(f"{refusals.__name__}.{name}") for name in named]
    for whole in ("REFUSALS", "PROBLEMS"):
        worded = [code for family in families for code in getattr(family, whole, {})]
        assert sorted(worded) == sorted(set(worded))
        assert set(worded) == set(getattr(refusals, whole)), "a family is left out"
