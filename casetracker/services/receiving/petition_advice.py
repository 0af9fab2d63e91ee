"""What a clerk is told while a petition is typed in: earlier matters of its people, its dates.

Who signed is looked for by telephone, identity number and name, also among further persons of
earlier petitions and across channels: a repeated matter (重件) is linked, not merged.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from casetracker.domain import repeats
from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Due, due_for
from casetracker.domain.ledgers import is_collective
from casetracker.domain.limits import limit_in_force
from casetracker.domain.permissions import Right
from casetracker.domain.person_numbers import BadNumber, normalise_id_number, normalise_phone
from casetracker.domain.vocabulary import Channel, State
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.petition import PetitionPerson
from casetracker.persistence.queries.reference import CategoryFacts, Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.sealing import keyring
from casetracker.services.context import Context, require_right
from casetracker.services.receiving.petition_side import VISITS
from casetracker.services.scoping import scope_of
from casetracker.services.steps.suggesting import COMPARED, likely_categories
from casetracker.services.use_case import query

SHOWN, LOOKED_AT = 5, 40
_INDEXED = {"phone": "petitioners.phone", "id_number": "petitioners.id_number",
            "name": "petitioners.name"}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedPetition:
    """What has been typed so far; anything may be missing. `people` are further persons."""

    channel: Channel | None = None
    received_at: datetime | None = None
    persons: int = 1
    name: str = ""
    phone: str = ""
    id_number: str = ""
    people: Sequence[dict[str, Any]] = ()
    title: str = ""
    content: str = ""
    was_sent: bool = False


@dataclass(frozen=True, slots=True)
class EarlierMatter:
    """An earlier case of one of these people; `likeness` from 0 to 1 is that of the words."""

    number: str
    title: str
    state: State
    received_at: datetime
    likeness: float


@dataclass(frozen=True, slots=True)
class PetitionAdvice:
    """`objection` only where another organ sent it; `speakers_most` where it is collective."""

    earlier: tuple[EarlierMatter, ...]
    categories: list[CategoryFacts]
    notice: Due
    objection: Due | None
    speakers_most: int | None


@query
def petition_advice(ctx: Context, session: Session, typed: TypedPetition) -> PetitionAdvice:
    """Within what the actor may see."""
    require_right(ctx, Right.CASES_REGISTER)
    ref = reference(session)
    at = typed.received_at or ctx.now
    settings = ref.settings
    collective = typed.channel in VISITS and is_collective(
        typed.persons, settings["collective_min"]
    )
    return PetitionAdvice(
        earlier=_earlier(ctx, session, ref, typed),
        categories=likely_categories(ref, f"{typed.title} {typed.content}", local_date(ctx.now)),
        notice=_due(ref, "notify15", at),
        objection=_due(ref, "objection5", at) if typed.was_sent else None,
        speakers_most=settings["representatives_max"] if collective else None,
    )


def _due(ref: Reference, code: str, at: datetime) -> Due:
    limit = limit_in_force(code, local_date(at), ref.limits)
    settings = ref.settings
    return due_for(
        limit, at, ref.calendar, settings.office_hours, late_receipt=settings.late_receipt,
        explain=False,
    )  # fmt: skip


def _earlier(
    ctx: Context, session: Session, ref: Reference, typed: TypedPetition
) -> tuple[EarlierMatter, ...]:
    """The likest first, then the newest."""
    people = [{"name": typed.name, "phone": typed.phone, "id_number": typed.id_number}]
    indexes = _indexes([*people, *typed.people])
    if not any(indexes.values()):
        return ()
    rows = _cases(session, indexes, visible(scope_of(ctx.actor, ref)))
    words = f"{typed.title} {typed.content[:COMPARED]}"
    found = [
        EarlierMatter(
            row.number, row.title, row.state, row.received_at,
            repeats.similarity(words, f"{row.title} {row.content[:COMPARED]}"),
        )
        for row in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: -one.likeness)[:SHOWN])


def _indexes(people: Iterable[dict[str, Any]]) -> dict[str, set[str]]:
    """Blind indexes of all that is known of these people, by what it is."""
    found: dict[str, set[str]] = {name: set() for name in _INDEXED}
    for person in people:
        for name, field in _INDEXED.items():
            value = _normal(name, str(person.get(name) or "").strip())
            if value:
                found[name].add(keyring().blind_index(value, field=field))
    return found


def _normal(name: str, value: str) -> str | None:
    """As it was indexed; None for what is too little to look for."""
    if name == "name":
        return value if 2 <= len(value) <= 20 else None
    try:
        return normalise_phone(value) if name == "phone" else normalise_id_number(value)
    except BadNumber:
        return None


def _cases(
    session: Session, indexes: dict[str, set[str]], scope: ColumnElement[bool]
) -> Sequence[Any]:
    """Cases in which one of these people stands, the newest first; at most seven statements."""
    columns = {"phone": "phone_index", "id_number": "id_index", "name": "name_index"}
    own: set[int] = set()
    signed: set[int] = set()
    for name, wanted in indexes.items():
        if wanted:
            own |= _ids(session, Petitioner, Petitioner.id, columns[name], wanted)
            signed |= _ids(session, PetitionPerson, PetitionPerson.case_id, columns[name], wanted)
    theirs = Case.petitioner_id.in_(sorted(own))
    chosen = theirs | Case.id.in_(sorted(signed)) if signed else theirs
    return session.execute(
        select(Case.number, Case.title, Case.content, Case.state, Case.received_at)
        .where(chosen, scope)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(LOOKED_AT)
    ).all()


def _ids(session: Session, table: Any, column: Any, index: str, wanted: set[str]) -> set[int]:
    rows = select(column).where(getattr(table, index).in_(sorted(wanted)))
    return set(session.scalars(rows.order_by(table.id.desc()).limit(LOOKED_AT)))
