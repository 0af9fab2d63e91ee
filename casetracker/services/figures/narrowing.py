"""The cases of a figure by what no table has rows for: kind, topic with all below it, place,
several channels, and where matters were settled.

Reports break down what was received by these. Source: docs/rules/reports.md 1(6).
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from casetracker.domain.errors import InvalidInput
from casetracker.domain.reports.wording import joined
from casetracker.domain.vocabulary import Basis, Channel, Settlement
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference
from casetracker.services import lookup
from casetracker.services.commands.searching import FigureQuestion
from casetracker.stats.settlement import community_of_case, settlement_of_case

SAID = 3
"""So many words of one narrowing are said; of more how many there are."""


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
    if asked.channels is not None:
        yield "channels", _any_of("channels", asked.channels, Channel, Case.channel)
    if asked.settled is not None:
        where = settlement_of_case(ref)
        yield "settled", _any_of("settled", asked.settled, Settlement, where)
    if asked.community is not None:
        yield "community", _community(ref, asked.community.strip())


def _any_of(name: str, codes: str, words: type[StrEnum], column: Any) -> Narrowing:
    """One of several words of a vocabulary, given as codes between commas."""
    try:
        members = [words(code) for code in codes.split(",")]
    except ValueError:
        known = "、".join(f"{label(one)}({one.value})" for one in words)
        raise InvalidInput({name: "unknown_code"}, accepted=known) from None
    said = [label(one) for one in members]
    return Narrowing(column.in_(members), joined(said, SAID))


def _community(ref: Reference, code: str) -> Narrowing:
    """The community to which the matter belongs; a blank code is none."""
    column = community_of_case(ref)
    if not code:
        return Narrowing(column.is_(None), "未登记所在社区")
    unit = ref.unit_named(code)
    if unit is None:
        raise InvalidInput({"community": "unknown_unit"})
    return Narrowing(column == unit.id, unit.name)
