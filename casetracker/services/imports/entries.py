"""The entries of an imported case's history, chained; the first one keeps what was told."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from casetracker.domain.history import IMPORT_DOOR, START, commitment, entry_hash
from casetracker.domain.vocabulary import Role, Urgency
from casetracker.persistence.sealing import keyring
from casetracker.services.context import SYSTEM, Context
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.path import ImportedStep

TOLD_FIELD, CONTENT_FIELD = "imports.told", "imports.content"
Row = dict[str, Any]


def told_mark(told: str) -> str:
    """What the registration keeps of the row: equal for equal rows, nothing can be read back."""
    return keyring().blind_index(told, field=TOLD_FIELD)


def content_mark(content: str) -> str:
    """The same for what the resident said, to see whether it was changed afterwards."""
    return keyring().blind_index(content, field=CONTENT_FIELD)


def registration(case: ImportedCase, batch: int) -> Row:
    """The first entry's payload: what was told, and the counted facts that no step shows."""
    facts = {
        "redo_count": case.redo_count,
        "return_count": case.return_count,
        "return_granted_count": case.return_granted_count,
        "extended_days": case.extended_days,
        "excluded": case.excluded,
        "closed_at": _closed_apart(case),
        **(case.facts or {}),
    }
    return {
        "channel": case.channel,
        "kind": case.kind,
        "category_id": case.category_id,
        "urgency": Urgency.NORMAL,
        "external_number": case.external_number,
        "imported": {
            "batch": batch,
            "row": case.row,
            "told": told_mark(case.told),
            "content": content_mark(case.content),
            "facts": {name: value for name, value in facts.items() if value},
        },
    }


def _closed_apart(case: ImportedCase) -> str | None:
    """When a register closed a petition, where that was not with the answer or the notice."""
    if case.petition is None or case.closed_at is None:
        return None
    ended = fate.step_that_ended(case, case.petition)
    return case.closed_at.isoformat() if ended and ended != case.closed_at else None


def chain(
    ctx: Context, number: str, steps: Sequence[ImportedStep]
) -> tuple[list[Row], list[tuple[int, str, str]], str]:
    """Entries with their hashes, (seq, salt, text) of those with a text, and the last hash."""
    entries: list[Row] = []
    texts: list[tuple[int, str, str]] = []
    head = START
    recorded_at = _utc(ctx.now)
    for seq, step in enumerate(steps, start=1):
        salt = secrets.token_hex(16) if step.text else ""
        facts: Row = {
            "seq": seq,
            "actor_id": None,
            "actor_name": SYSTEM.name,
            "actor_role": Role.SYSTEM,
            "actor_unit_id": None,
            "action": step.action,
            "outcome": step.outcome,
            "from_state": step.from_state,
            "to_state": step.to_state,
            "visibility": step.visibility,
            "payload": dict(step.payload),
            "text_commitment": commitment(step.text, salt) if step.text else None,
            "door": IMPORT_DOOR,
            "ip": None,
            "request_id": ctx.request_id,
            "prev_hash": head,
        }
        happened_at = _utc(step.happened_at) if step.happened_at else None
        times = {"at": recorded_at, "happened_at": happened_at, "case_number": number}
        head = entry_hash({**facts, **times})
        entries.append(facts | {"at": ctx.now, "happened_at": step.happened_at, "hash": head})
        if step.text:
            texts.append((seq, salt, step.text))
    return entries, texts, head


def _utc(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
