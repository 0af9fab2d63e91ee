"""What an operator is told while typing: earlier calls, likely repeats, category, unit, date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Due, due_for
from casetracker.domain.limits import handle_code, limit_in_force
from casetracker.domain.permissions import Right
from casetracker.domain.person_numbers import BadNumber, normalise_phone
from casetracker.domain.vocabulary import Kind, State, UnitKind
from casetracker.labels.of_the_routing import NO_CATEGORY_YET
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.reference import (
    CategoryFacts,
    Reference,
    UnitFacts,
    reference,
)
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.sealing import keyring
from casetracker.services.context import Context, require_right
from casetracker.services.desks.dispatch_desk import proposal_for
from casetracker.services.scoping import scope_of
from casetracker.services.steps.suggesting import Matter, likely_categories, repeats_of
from casetracker.services.use_case import query

AREAS = frozenset({UnitKind.COMMUNITY, UnitKind.BRIGADE, UnitKind.GRID})
EARLIER = 8
"""Cases of the same caller that are shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What has been typed so far; anything may be missing."""

    kind: Kind = Kind.HELP
    phone: str = ""
    title: str = ""
    content: str = ""
    category: str = ""
    address: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class EarlierCase:
    number: str
    title: str
    state: State
    received_at: datetime


@dataclass(frozen=True, slots=True)
class IntakeHelp:
    """`unit_words` say whom the dispatch catalogue names and why; `due` is the promise."""

    earlier: tuple[EarlierCase, ...]
    repeats: list[dict[str, Any]]
    categories: list[CategoryFacts]
    areas: list[UnitFacts]
    unit_words: str
    due: Due


@query
def help_with(ctx: Context, session: Session, typed: Typed) -> IntakeHelp:
    """Everything that helps with what is typed, within what the actor may see."""
    require_right(ctx, Right.CASES_REGISTER)
    ref = reference(session)
    matter = _matter(ref, typed, ctx.now)
    said = f"{typed.title} {typed.content} {typed.address}"
    return IntakeHelp(
        earlier=_earlier(ctx, session, ref, matter.phone_index),
        repeats=repeats_of(session, matter, scope_of(ctx.actor, ref)) if typed.content else [],
        categories=likely_categories(ref, f"{typed.title} {typed.content}", local_date(ctx.now)),
        areas=named_areas(ref, said) if matter.area_unit_id is None else [],
        unit_words=_unit_words(ref, matter),
        due=_promise(ref, typed.kind, ctx.now),
    )


def _unit_words(ref: Reference, matter: Matter) -> str:
    proposal = proposal_for(ref, matter)
    knows_enough = proposal.unit is not None or matter.category_id is not None
    return proposal.words if knows_enough else NO_CATEGORY_YET


@query
def promised(ctx: Context, session: Session, number: str) -> datetime | None:
    """By when the caller was promised an answer, for a case that the actor may see."""
    seen = visible(scope_of(ctx.actor, reference(session)))
    return session.scalar(select(Case.handle_due_at).where(Case.number == number, seen))


def named_areas(ref: Reference, text: str) -> list[UnitFacts]:
    """Communities, brigades and grids whose name stands in the text, the longest name first."""
    areas = (unit for unit in ref.units.values() if unit.is_active and unit.kind in AREAS)
    return sorted((unit for unit in areas if unit.name in text), key=lambda u: -len(u.name))[:2]


def _matter(ref: Reference, typed: Typed, now: datetime) -> Matter:
    category = ref.category_named(typed.category) if typed.category else None
    area = ref.unit_named(typed.area) if typed.area else None
    return Matter(
        title=typed.title,
        content=typed.content,
        kind=typed.kind,
        received_at=now,
        category_id=category.id if category else None,
        area_unit_id=area.id if area else None,
        address=typed.address or None,
        phone_index=_phone_index(typed.phone),
    )


def _phone_index(phone: str) -> str | None:
    try:
        return keyring().blind_index(normalise_phone(phone), field="petitioners.phone")
    except BadNumber:
        return None


def _earlier(
    ctx: Context, session: Session, ref: Reference, phone_index: str | None
) -> tuple[EarlierCase, ...]:
    if phone_index is None:
        return ()
    rows = session.execute(
        select(Case.number, Case.title, Case.state, Case.received_at)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(Petitioner.phone_index == phone_index, visible(scope_of(ctx.actor, ref)))
        .order_by(Case.received_at.desc())
        .limit(EARLIER)
    )
    return tuple(EarlierCase(*row) for row in rows)


def _promise(ref: Reference, kind: Kind, now: datetime) -> Due:
    limit = limit_in_force(handle_code(kind), local_date(now), ref.limits)
    settings = ref.settings
    return due_for(
        limit,
        now,
        ref.calendar,
        settings.office_hours,
        late_receipt=settings.late_receipt,
        explain=False,
    )
