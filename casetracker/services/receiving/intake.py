"""Registering a matter from any door (登记)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.history import START
from casetracker.domain.permissions import Scope
from casetracker.domain.privacy import mask_text
from casetracker.domain.vocabulary import Action, Channel, Role, Track
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence import search_index
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.sealing import keyring
from casetracker.services import lookup
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.persons import PersonCommand
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import new_code
from casetracker.services.receiving import petition_side
from casetracker.services.recording import record
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import due_lines
from casetracker.services.steps.clocks import Clocks
from casetracker.services.steps.registering import (
    new_number,
    registration_entry,
    searchable,
)
from casetracker.services.steps.suggesting import MATTER, Matter, repeats_of, suggestions_for
from casetracker.services.use_case import query, use_case

TITLE_LENGTH = 30
LOOKED_AT = 500
"""Characters of the content among which the title is looked for."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What was read and worked out before the write begins, so that its lock is short."""

    ref: Reference
    role: Role
    code: tuple[str, str]
    facts: Mapping[str, Any]
    repeats: list[dict[str, Any]]
    suggestions: dict[str, Any]


def register_case(ctx: Context, command: RegisterCase) -> Outcome:
    """Log a matter: number, query code, clocks, history, and what it may be a repeat of.

    The upstream number is the key: the same one again gives the case that is there already.
    Raises InvalidInput, NotPermitted.
    """
    prepared = _prepare(ctx, command)
    done = _register(ctx, command, prepared)
    named = done.facts.get("possible_repeats", [])
    return _still_told(ctx, done, named) if named not in ([], prepared.repeats) else done


@query
def _still_told(
    ctx: Context, session: Session, done: Outcome, named: list[dict[str, Any]]
) -> Outcome:
    """An answer that is given once more names no case that has left the desk meanwhile."""
    seen = visible(scope_of(ctx.actor, reference(session)))
    wanted = select(Case.number).where(Case.number.in_([one["number"] for one in named]), seen)
    there = set(session.scalars(wanted))
    still = [one for one in named if one["number"] in there]
    return replace(done, facts={**done.facts, "possible_repeats": still})


@query
def _prepare(ctx: Context, session: Session, command: RegisterCase) -> Prepared:
    role = _registering_role(ctx, command.track)
    ref = reference(session)
    received_at = _received_at(ctx, command)
    scope = scope_of(ctx.actor, ref)
    earlier = _earlier_case(session, command.repeat_of, scope)
    petition_side.check(ref, command)
    facts = {"received_at": received_at, **_content(ctx, ref, command, earlier)}
    matter = Matter(
        **{name: facts[name] for name in MATTER},
        phone_index=_index(command.petitioner.phone, "petitioners.phone"),
    )
    return Prepared(
        ref,
        role,
        new_code(),
        facts,
        repeats_of(session, matter, scope),
        suggestions_for(ref, matter),
    )


@use_case
def _register(ctx: Context, session: Session, command: RegisterCase, prepared: Prepared) -> Outcome:
    ref = prepared.ref
    existing = _same_upstream(session, command, scope_of(ctx.actor, ref))
    if existing is not None:
        due = due_lines(Clocks.of(session, ref, existing, ctx.now))
        return Outcome(existing.number, existing.state, existing.version, due)
    person_id = _add_person(session, command.petitioner)
    code, kept = prepared.code
    case = Case(
        number=new_number(session, ref, command.track, prepared.facts["received_at"]),
        track=command.track,
        state=WORKFLOWS[command.track].row(Action.REGISTER).target,
        is_open=True,
        is_sealed=False,
        version=0,
        head_hash=START,
        petitioner_id=person_id,
        registered_by=ctx.actor.account_id,
        query_code_hash=kept,
        **prepared.facts,
    )
    clocks = _start(ctx, session, ref, case, command)
    entry = registration_entry(case, prepared.role)
    record(ctx, session, case, replace(entry, aside=petition_side.code_by_sms(command, code)))
    clocks.attach()
    if command.track is Track.PETITION:
        petition_side.add(session, ref, case, command, clocks)
        if petition_side.is_accusation(command):
            petition_side.seal_at_once(ctx, session, ref, case, prepared.role)
            return _receipt_only(case, code)
    search_index.write(session, case.id, searchable(case), is_new=True)
    return Outcome(
        number=case.number,
        state=case.state,
        version=case.version,
        due=due_lines(clocks),
        created=True,
        facts={
            "query_code": code,
            "possible_repeats": prepared.repeats,
            "suggestions": prepared.suggestions,
        },
    )


def _receipt_only(case: Case, code: str) -> Outcome:
    """What is told of an accusation: that it was received, and nothing to go on from."""
    nothing: dict[str, list[str]] = {"category": [], "unit": []}
    facts = {"query_code": code, "possible_repeats": [], "suggestions": nothing}
    return Outcome(case.number, case.state, case.version, created=True, facts=facts)


# Inserted straight into its table: every registration passes here.
_ADD_PERSON = insert(Petitioner.__table__)  # type: ignore[arg-type]


def _add_person(session: Session, person: PersonCommand) -> int:
    """The resident's row, with blind indexes for what is searched by equality; its id."""
    row = {
        "name": person.name,
        "name_index": _index(person.name, "petitioners.name"),
        "phone": person.phone,
        "phone_index": _index(person.phone, "petitioners.phone"),
        "id_number": person.id_number,
        "id_index": _index(person.id_number, "petitioners.id_number"),
        "address": person.address,
        "is_confidential": person.confidential,
        "wants_no_calls": person.no_calls,
    }
    added: Any = session.execute(_ADD_PERSON, row)
    return int(added.inserted_primary_key[0])


def _index(value: str | None, field: str) -> str | None:
    return None if value is None else keyring().blind_index(value, field=field)


def _registering_role(ctx: Context, track: Track) -> Role:
    roles = ctx.actor.roles & WORKFLOWS[track].row(Action.REGISTER).roles
    if not roles:
        raise NotPermitted(action=Action.REGISTER)
    return min(roles)


def _same_upstream(session: Session, command: RegisterCase, scope: Scope) -> Case | None:
    """The case of that upstream number; one that the actor may not see is only said to be there."""
    if command.external_number is None:
        return None
    row = session.execute(
        select(Case, visible(scope).label("is_seen")).where(
            Case.external_key == command.external_number
        )
    ).one_or_none()
    if row is not None and not row.is_seen:
        raise InvalidInput({"external_number": "registered_elsewhere"})
    return row.Case if row else None


def _received_at(ctx: Context, command: RegisterCase) -> datetime:
    received_at = command.received_at or ctx.now
    problems = {}
    if received_at > ctx.now:
        problems["received_at"] = "in_the_future"
    if command.external_due_at and command.external_due_at <= received_at:
        problems["external_due_at"] = "before_received"
    if ctx.actor.account_id is None and command.channel is not Channel.PORTAL:
        problems["channel"] = "portal_only"
    lookup.refuse(problems)
    return received_at


def _content(
    ctx: Context, ref: Reference, command: RegisterCase, earlier: Case | None
) -> dict[str, Any]:
    place = command.location
    category = command.category and lookup.category_in_use(
        ref, "category", command.category, local_date(ctx.now)
    )
    area = place.unit and lookup.any_unit(ref, "location.unit", place.unit)
    return {
        "channel": command.channel,
        "source_level": command.source_level,
        "kind": command.kind,
        "urgency": command.urgency,
        "is_important": command.important,
        "risk_tags": frozenset(command.risk_tags),
        "category_id": category.id if category else None,
        "title": command.title or title_from(command.content),
        "content": command.content,
        "address": place.address,
        "area_unit_id": area.id if area else None,
        "latitude": place.lat,
        "longitude": place.lon,
        "persons": command.persons,
        "external_number": command.external_number,
        "external_key": command.external_number,
        "external_due_at": command.external_due_at,
        "repeat_of_id": earlier.id if earlier else None,
    }


def _earlier_case(session: Session, number: str | None, scope: Scope) -> Case | None:
    if number is None:
        return None
    earlier = session.scalar(select(Case).where(Case.number == number, visible(scope)))
    if earlier is None:
        raise InvalidInput({"repeat_of": "unknown_case"})
    return earlier


def title_from(content: str) -> str:
    """The beginning of what was said, on one line and with its numbers masked, for a matter without
    a title: titles stand in lists, and a number that was cut would no longer be known for one.
    """
    first = " ".join(mask_text(content[:LOOKED_AT]).split())
    return first if len(first) <= TITLE_LENGTH else first[: TITLE_LENGTH - 1] + "…"


def _start(
    ctx: Context, session: Session, ref: Reference, case: Case, command: RegisterCase
) -> Clocks:
    clocks = Clocks(session, ref, case, ctx.now)
    for code in WORKFLOWS[case.track].row(Action.REGISTER).starts:
        clocks.start(code, at=case.received_at)
    if case.track is Track.PETITION:
        petition_side.start(clocks, command)
        return clocks
    clocks.show_on_case()
    promise = clocks.promise(case.received_at)
    case.handle_due_at = case.external_due_at or promise.due_legal
    return clocks
