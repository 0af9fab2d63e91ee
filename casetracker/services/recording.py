"""The only writer of the timeline and of the outbox: both in the transaction of the change.

Whatever is recorded on a case also has the rules of supervision look at it anew.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from casetracker.domain.history import commitment, entry_hash
from casetracker.domain.notices import rule_for
from casetracker.domain.vocabulary import Action, Role, State, Visibility
from casetracker.persistence.case import Case
from casetracker.persistence.database import after_commit
from casetracker.persistence.inserting import add_new
from casetracker.persistence.outbox import OutboxRow, OutboxState
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.services.context import SYSTEM, Context

RELAY = "relay"
"""Channel of the row that says: tell whoever must hear of this entry."""


class _Wake:
    """How delivery is woken; the app sets it, and without it the relay finds rows by itself."""

    hook: Any = None


def wake_with(hook: Any) -> None:
    """`hook()` is called after each commit that left something in the outbox."""
    _Wake.hook = hook


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded: facts without personal data in `payload`, free text in `text`."""

    action: Action
    from_state: State | None
    to_state: State
    role: Role
    outcome: str = ""
    payload: Mapping[str, Any] = field(default_factory=dict)
    text: str | None = None
    visibility: Visibility = Visibility.INTERNAL
    happened_at: datetime | None = None
    notify: bool = True
    aside: Mapping[str, Any] = field(default_factory=dict)
    """For the message alone, such as a sealed query code: wiped once it went, never history."""


# Inserted straight into their tables: every step of every case passes here.
_ADD_ENTRY = insert(TimelineEntry.__table__)  # type: ignore[arg-type]
_ADD_TEXT = insert(TimelineText.__table__)  # type: ignore[arg-type]
_ADD_RELAY = insert(OutboxRow.__table__)  # type: ignore[arg-type]


def record(ctx: Context, session: Session, case: Case, entry: Entry) -> None:
    """Append one entry to the case's chain and, where somebody must hear of it, an outbox row."""
    salt = secrets.token_hex(16) if entry.text else ""
    row = _chained(ctx, case, entry, salt)
    if case.id is None:  # the first entry: the case row is written once, already chained
        add_new(session, case)
    added: Any = session.execute(_ADD_ENTRY, {**row, "case_id": case.id})
    if entry.text:
        kept = {"entry_id": added.inserted_primary_key[0], "salt": salt, "body": entry.text}
        session.execute(_ADD_TEXT, kept)
    if entry.notify and _is_told(case, entry):
        session.execute(_ADD_RELAY, _relay_row(ctx, case, entry))
        after_commit(session, wake)


def _is_told(case: Case, entry: Entry) -> bool:
    rule = rule_for(case.track, entry.action, entry.outcome, is_sealed=case.is_sealed)
    return rule is not None


def wake() -> None:
    """Tell delivery that there is something to do, if anybody listens."""
    if _Wake.hook is not None:
        _Wake.hook()


def _utc(instant: datetime | None) -> str | None:
    return None if instant is None else instant.astimezone(UTC).isoformat()


def _chained(ctx: Context, case: Case, entry: Entry, salt: str) -> dict[str, Any]:
    actor = SYSTEM if entry.role is Role.SYSTEM else ctx.actor
    facts: dict[str, Any] = {
        "seq": case.version + 1,
        "actor_id": actor.account_id,
        "actor_name": actor.name,
        "actor_role": entry.role,
        "actor_unit_id": actor.unit_id,
        "action": entry.action,
        "outcome": entry.outcome,
        "from_state": entry.from_state,
        "to_state": entry.to_state,
        "visibility": entry.visibility,
        "payload": dict(entry.payload),
        "text_commitment": commitment(entry.text, salt) if entry.text else None,
        "door": ctx.door,
        "ip": ctx.ip,
        "request_id": ctx.request_id,
        "prev_hash": case.head_hash,
    }
    times = {"at": _utc(ctx.now), "happened_at": _utc(entry.happened_at)}
    digest = entry_hash({**facts, **times, "case_number": case.number})
    case.version = facts["seq"]
    case.head_hash = digest
    case.watch_at = ctx.now  # the rules of supervision look at what changed
    return {**facts, "at": ctx.now, "happened_at": entry.happened_at, "hash": digest}


def _relay_row(ctx: Context, case: Case, entry: Entry) -> dict[str, Any]:
    return {
        "case_id": case.id,
        "seq": case.version,
        "topic": entry.action,
        "channel": RELAY,
        "recipient": "",
        "dedupe_key": f"{RELAY}:{case.number}:{case.version}",
        "payload": {"outcome": entry.outcome, **entry.aside},
        "state": OutboxState.WAITING,
        "attempts": 0,
        "next_at": ctx.now,
        "created_at": ctx.now,
    }
