"""Walks a table of steps for an imported case: what the file tells becomes entries to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import Action, State, Visibility
from casetracker.domain.workflow import Workflow
from casetracker.domain.workflows import WORKFLOWS
from casetracker.services.imports.imported import ImportedCase

UNRECORDED: Mapping[str, Any] = {"recorded": False}
_PUBLIC = frozenset(
    {
        Action.REGISTER, Action.APPROVE, Action.ANSWER, Action.WITHDRAW, Action.ACCEPT,
        Action.SERVE,
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ImportedStep:
    """One entry to be; `happened_at` None where nobody knows when it was."""

    action: Action
    from_state: State | None
    to_state: State
    outcome: str = ""
    happened_at: datetime | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None

    @property
    def visibility(self) -> Visibility:
        return Visibility.PUBLIC if self.action in _PUBLIC else Visibility.INTERNAL


@dataclass(slots=True)
class Path:
    """Walks the table from state to state; a step that the table forbids raises."""

    case: ImportedCase
    workflow: Workflow
    state: State

    @classmethod
    def of(cls, case: ImportedCase) -> "Path":
        """At the state to which registration leads."""
        workflow = WORKFLOWS[case.track]
        begun = workflow.row(Action.REGISTER).target
        assert begun is not None
        return cls(case, workflow, begun)

    def registered(self, payload: Mapping[str, Any]) -> ImportedStep:
        """The first entry, whatever the track."""
        case = self.case
        return ImportedStep(Action.REGISTER, None, self.state, "", case.received_at, payload)

    def take(
        self,
        action: Action,
        at: datetime | None,
        *,
        outcome: str = "",
        payload: Mapping[str, Any] | None = None,
        text: str | None = None,
    ) -> ImportedStep:
        row = self.workflow.find(action, self.state, outcome)
        before, self.state = self.state, row.target or self.state
        facts = dict(payload or {})
        if at is None:
            facts |= UNRECORDED
        return ImportedStep(action, before, self.state, outcome, at, facts, text)
