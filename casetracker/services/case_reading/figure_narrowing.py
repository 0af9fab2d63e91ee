"""The cases of a figure by what no table has rows for: kind, topic with all below it, place.

Reports break down what was received by these. Source: docs/rules/reports.md 1(6).
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement

from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Basis
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services import lookup
from casetracker.services.commands.searching import FigureQuestion


class Narrowing(NamedTuple):
    """One more condition on the cases, and what it is called."""

    condition: ColumnElement[bool]
    words: str


def narrowings(ref: Reference, asked: FigureQuestion) -> tuple[Narrowing, ...]:
    """Raises InvalidInput for an unknown code, and where a frozen list does not know of it."""
    found = dict(_narrowings(ref, asked))
    if found and asked.basis != Basis.LIVE:
        raise InvalidInput(_not_kept(found))
    return tuple(found.values())


def _not_kept(found: Mapping[str, Narrowing]) -> dict[str, str]:
    return dict.fromkeys(found, "not_kept_so")


def _narrowings(ref: Reference, asked: FigureQuestion) -> Iterator[tuple[str, Narrowing]]:
    if asked.kind is not None:
        yield "kind", Narrowing(Case.kind == asked.kind, label(asked.kind))
    if asked.topic is not None:
        topic = lookup.category(ref, "topic", asked.topic)
        below = sorted(ref.category_with_children(topic.id))
        yield "topic", Narrowing(Case.category_id.in_(below), topic.full_name)
    if asked.area is not None:
        area = ref.unit_named(asked.area)
        if area is None:
            raise InvalidInput({"area": "unknown_unit"})
        yield "area", Narrowing(Case.area_unit_id == area.id, area.name)
