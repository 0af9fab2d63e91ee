"""What is offered while a matter is typed in: category, unit, and cases it may repeat.

Offers for a person to take or leave; nothing here decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import CompoundSelect, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from casetracker.domain import repeats
from casetracker.domain.days import local_date
from casetracker.domain.permissions import Scope
from casetracker.domain.routing import Errand, RoutingRule, Suggestion, suggest
from casetracker.domain.vocabulary import Kind, UnitKind
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.queries.reference import CategoryFacts, Reference, UnitFacts
from casetracker.persistence.queries.visible import visible

COMPARED = 160
"""Characters of a content that are fetched for comparing."""
OF_THE_PERSON, OF_THE_CATEGORY = 10, 15
LOOK_BACK = timedelta(days=365)
CATEGORIES_OFFERED = 3
CATALOGUE = "分类默认承办单位"


@dataclass(frozen=True, slots=True)
class Matter:
    """What is known of a matter before it is saved; `phone_index` is the blind index."""

    title: str
    content: str
    kind: Kind
    received_at: datetime
    category_id: int | None = None
    area_unit_id: int | None = None
    address: str | None = None
    phone_index: str | None = None


MATTER = tuple(field.name for field in fields(Matter) if field.name != "phone_index")
"""Facts of a case row that make a Matter."""

# Made once and over plain tables: asked at every registration.
_C, _P = Case.__table__.c, Petitioner.__table__.c
_RECENT = (
    select(
        _C.id, _C.number, _C.title, _C.state, _C.category_id, _C.address, _C.received_at,
        _P.phone_index, func.substr(_C.content, 1, COMPARED).label("opening"),
    )
    .join_from(Case.__table__, Petitioner.__table__, _P.id == _C.petitioner_id)
    .where(_C.received_at > bindparam("since", type_=UtcDateTime()), _C.is_sealed.is_(False))
    .order_by(_C.received_at.desc())
)  # fmt: skip
_OF_PERSON = _RECENT.where(_P.phone_index == bindparam("phone")).limit(OF_THE_PERSON)
_OF_CATEGORY = _RECENT.where(_C.category_id == bindparam("category")).limit(OF_THE_CATEGORY)


def _all_of(*queries: Select[Any]) -> CompoundSelect[Any]:
    """The rows of all of them in one statement, each within its own limit."""
    return union_all(*(select(query.subquery()) for query in queries))


_CANDIDATES = _all_of(_OF_PERSON, _OF_CATEGORY)


def repeats_of(session: Session, matter: Matter, scope: Scope) -> list[dict[str, Any]]:
    """Cases within the scope that this one may repeat, the likeliest first.

    Compared are the latest of the same resident and of the same category.
    """
    rows = {row.id: row for row in _candidates(session, matter, scope)}
    new = repeats.Matter(
        text=f"{matter.title} {matter.content[:COMPARED]}",
        category_id=matter.category_id,
        place=matter.address,
        received_at=matter.received_at,
    )
    candidates = [
        repeats.Candidate(
            case_id=row.id,
            same_person=matter.phone_index is not None and row.phone_index == matter.phone_index,
            text=f"{row.title} {row.opening}",
            category_id=row.category_id,
            place=row.address,
            received_at=row.received_at,
        )
        for row in rows.values()
    ]
    return [
        {
            "number": rows[found.case_id].number,
            "title": rows[found.case_id].title,
            "state": rows[found.case_id].state,
            "score": round(found.score, 3),
            "reasons": list(found.reasons),
        }
        for found in repeats.likely_repeats(new, candidates)
    ]


def _candidates(session: Session, matter: Matter, scope: Scope) -> Iterable[Any]:
    """What is not known of the matter equals nothing."""
    if scope.is_empty:
        return ()
    asked = _CANDIDATES
    if not scope.sees_all:
        asked = _all_of(*(query.where(visible(scope)) for query in (_OF_PERSON, _OF_CATEGORY)))
    since = matter.received_at - LOOK_BACK
    wanted = {"phone": matter.phone_index, "category": matter.category_id, "since": since}
    return session.execute(asked, wanted)


def suggestions_for(ref: Reference, case: Case | Matter) -> dict[str, Any]:
    """Likely categories, and the handling unit of the dispatch catalogue with its reasons."""
    day = local_date(case.received_at)
    categories = likely_categories(ref, f"{case.title} {case.content}", day)
    unit = routed(ref, case)
    named = ref.units.get(unit.unit_id) if unit.unit_id else None
    return {
        "category": [{"code": row.code, "name": row.full_name} for row in categories],
        "unit": [{"code": named.code, "name": named.name, "reasons": list(unit.reasons)}]
        if named
        else [],
    }


def likely_categories(ref: Reference, text: str, day: date) -> list[CategoryFacts]:
    """Leaves in use whose own words occur in the text, the longest match first."""
    hits = []
    for row in ref.categories.values():
        weight = sum(len(word) for word in row.keywords if len(word) > 1 and word in text)
        if weight and row.level > 1 and row.is_in_use(day):
            hits.append((-weight, row.code, row))
    return [row for _, _, row in sorted(hits)[:CATEGORIES_OFFERED]]


def routed(ref: Reference, case: Case | Matter) -> Suggestion:
    """What the dispatch catalogue says of the case; a gap is a result."""
    errand = Errand(
        categories=ref.above(case.category_id),
        areas=ref.units[case.area_unit_id].line if case.area_unit_id else (),
        kind=case.kind,
        day=local_date(case.received_at),
    )
    communities = frozenset(
        unit.id for unit in ref.units.values() if unit.kind is UnitKind.COMMUNITY
    )
    rules = [*ref.routing, *_defaults(ref, errand.categories)]
    working = (rule for rule in rules if _takes_cases(ref.units[rule.unit_id]))
    return suggest(errand, working, communities=communities)


def _takes_cases(unit: UnitFacts) -> bool:
    return unit.is_active and unit.handles_cases


def _defaults(ref: Reference, categories: tuple[int, ...]) -> list[RoutingRule]:
    """The default owner of each category as the least specific line of the catalogue."""
    rows = [ref.categories[category_id] for category_id in categories]
    return [
        RoutingRule(
            unit_id=row.default_unit_id,
            source=CATALOGUE,
            effective_from=row.valid_from,
            category_id=row.id,
        )
        for row in rows
        if row.default_unit_id is not None
    ]
