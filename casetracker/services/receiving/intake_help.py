"""What an operator is told while typing: earlier calls, likely repeats, category, unit, date."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Due, due_for
from casetracker.domain.errors import NotPermitted
from casetracker.domain.limits import handle_code, limit_in_force
from casetracker.domain.permissions import Right
from casetracker.domain.person_numbers import BadNumber, normalise_phone
from casetracker.domain.vocabulary import Kind, State
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.reference import CategoryFacts, Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.sealing import keyring
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.steps.suggesting import Matter, likely_categories, repeats_of, routed
from casetracker.services.use_case import query

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
    """`unit` None with its reasons is a gap of the dispatch catalogue; `due` is the promise."""

    earlier: tuple[EarlierCase, ...]
    repeats: list[dict[str, Any]]
    categories: list[CategoryFacts]
    unit: str | None
    unit_reasons: tuple[str, ...]
    due: Due


@query
def help_with(ctx: Context, session: Session, typed: Typed) -> IntakeHelp:
    """Everything that helps with what is typed, within what the actor may see."""
    if not ctx.actor.may(Right.CASES_REGISTER):
        raise NotPermitted("no_right")
    ref = reference(session)
    matter = _matter(ref, typed, ctx.now)
    proposal = routed(ref, matter)
    named = ref.units.get(proposal.unit_id or 0)
    return IntakeHelp(
        earlier=_earlier(ctx, session, ref, matter.phone_index),
        repeats=repeats_of(session, matter, scope_of(ctx.actor, ref)) if typed.content else [],
        categories=likely_categories(ref, f"{typed.title} {typed.content}", local_date(ctx.now)),
        unit=named.name if named else None,
        unit_reasons=proposal.reasons,
        due=_promise(ref, typed.kind, ctx.now),
    )


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
        late_receipt=settings.late_receipt,  # type: ignore[arg-type]
        explain=False,
    )
