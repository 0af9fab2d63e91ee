"""What doors need to know of an action: its command, its use case, an example."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from casetracker.domain.vocabulary import Action
from casetracker.services.commands.fields import Command
from casetracker.services.outcome import Outcome


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """`run(ctx, number, command, version=…)` takes the step; `example` fills the documents."""

    action: Action
    command: type[Command]
    run: Callable[..., Outcome]
    example: Mapping[str, Any]


def spec(
    action: Action, command: type[Command], run: Callable[..., Outcome], **example: Any
) -> ActionSpec:
    return ActionSpec(action, command, run, example)
