"""Every command of the command line, with each of its options, stands in docs/cli.md."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from casetracker.cli import cli

DOCUMENT = (Path(__file__).parents[2] / "docs/cli.md").read_text("utf-8")


def commands(group: click.Group, above: str = "") -> Iterator[tuple[str, click.Command]]:
    for name, command in sorted(group.commands.items()):
        if isinstance(command, click.Group):
            yield from commands(command, f"{above}{name} ")
        else:
            yield above + name, command


@pytest.mark.parametrize(("name", "command"), list(commands(cli)))
def test_a_command_is_documented_with_its_options(name: str, command: click.Command) -> None:
    row = next((line for line in DOCUMENT.splitlines() if f"`{name}" in line), "")
    assert row, f"docs/cli.md has no row for {name}"
    options = [one for one in command.params if isinstance(one, click.Option)]
    missing = [one.opts for one in options if not any(name in row for name in one.opts)]
    assert not missing
