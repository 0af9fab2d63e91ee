"""Rows of the register of petitions as the `case_table` component reads them."""

from typing import Any

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import Action, Role, State
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.ops.case_lines import case_lines
from casetracker.ops.petition_words import class_words, level_words
from casetracker.persistence.queries.petition_lines import PetitionLine
from casetracker.services.case_reading.petition_register import RegisterPage
from casetracker.services.context import Actor

DIRECT = frozenset({Subroute.DUTY})


def register_lines(
    found: RegisterPage, actor: Actor, asked: Action | None = None
) -> list[dict[str, Any]]:
    """`asked` is the step for whose sake the list was opened, where the state does not say it."""
    lines = []
    for row, line in zip(found.page.rows, case_lines(found.page.rows, actor), strict=True):
        beside = found.lines.get(row.id)
        if beside is not None:
            line |= _beside(beside, line["people"])
            line["tags"] = _tags(row.is_important, beside)
            step = asked or _step(row.state, beside, actor)
            if step:
                url = f"{case_url(row.number)}/actions/{step}"
                line["action"] = {"text": label(step), "url": url}
        lines.append(line)
    return lines


def _beside(line: PetitionLine, first: str) -> dict[str, Any]:
    people = f"{first}等 {line.persons} 人" if line.persons > 1 else first
    return {"people": people, "category": class_words(line.petition_class, line.subroute)}


def _tags(is_important: bool, line: PetitionLine) -> list[str]:
    tags = [
        (line.source_level is not None, level_words(line.source_level)),
        (line.is_repeat, "重件"),
        (line.is_collective, "集体访"),
        (is_important, "重要件"),
        (line.is_simple, "简易办理"),
        (line.is_served, "办结"),
        (line.is_settled, "化解"),
        (line.is_concluded, "终结"),
    ]
    return [words for holds, words in tags if holds]


def _step(state: State, line: PetitionLine, actor: Actor) -> Action | None:
    """What the clerk does next where the state alone does not say it."""
    if Role.PETITION_CLERK not in actor.roles or state is not State.CLASSIFIED:
        return None
    return disposal_of(line.petition_class, line.subroute)


def disposal_of(petition_class: PetitionClass | None, route: Subroute | None) -> Action:
    """What class and route lead to: acceptance, a unit at once, or the statutory way."""
    if petition_class is PetitionClass.SUGGESTION or route in DIRECT:
        return Action.ASSIGN
    return Action.ACCEPT if route is Subroute.OPINION else Action.REDIRECT
