"""From an imported case to the rows of every table, chained and ready to be inserted at once."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from casetracker.domain.history import START, commitment, entry_hash
from casetracker.domain.vocabulary import (
    OPEN_STATES,
    CallValidity,
    ContactChannel,
    ContactOutcome,
    Part,
    Result,
    Role,
    State,
    Urgency,
)
from casetracker.persistence.case import Case
from casetracker.persistence.sealing import keyring
from casetracker.services.context import SYSTEM, Context
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.clock_rows import Reckoner, dues_on_case
from casetracker.services.imports.imported import ImportedCase, ImportedPetition
from casetracker.services.imports.path import ImportedStep
from casetracker.services.imports.petition_tables import (
    SEALED,
    evaluation_row,
    matter_row,
    opinion_row,
    petition_row,
)
from casetracker.services.imports.steps import steps_of
from casetracker.services.steps.registering import searchable
from casetracker.services.steps.replies import reply_hash

DOOR = "import"
NO_TEXT = "（历史数据导入，原系统未提供答复内容）"
TOLD_FIELD, CONTENT_FIELD = "imports.told", "imports.content"

Row = dict[str, Any]


@dataclass(slots=True)
class CaseRows:
    """All rows of one case; the ids of case and petitioner are filled in after their insert."""

    case: Row
    petitioner: Row
    entries: list[Row]
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    replies: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    petitions: list[Row] = field(default_factory=list)
    matters: list[Row] = field(default_factory=list)
    opinions: list[Row] = field(default_factory=list)
    evaluations: list[Row] = field(default_factory=list)
    search: str | None = None
    """What a search finds it by; None for what nobody may find."""

    def children(self) -> Iterable[list[Row]]:
        return (
            self.entries, self.clocks, self.assignments, self.contacts, self.replies,
            self.follow_ups, self.petitions, self.matters, self.opinions, self.evaluations,
        )  # fmt: skip


def told_mark(told: str) -> str:
    """What the registration keeps of the row: equal for equal rows, nothing can be read back."""
    return keyring().blind_index(told, field=TOLD_FIELD)


def content_mark(content: str) -> str:
    """The same for what the resident said, to see whether it was changed afterwards."""
    return keyring().blind_index(content, field=CONTENT_FIELD)


def rows_of(
    ctx: Context, reckoner: Reckoner, case: ImportedCase, number: str, *,
    batch: int, repeat_of_id: int | None = None, opinion_number: str | None = None,
) -> CaseRows:  # fmt: skip
    """Everything that one imported case writes."""
    steps = steps_of(case, _registration(case, batch))
    entries, texts, head = _chain(ctx, number, steps)
    clocks = reckoner.rows(case)
    row = _case_row(ctx, reckoner, case, number, steps[-1].to_state, clocks)
    row |= {"version": len(entries), "head_hash": head, "repeat_of_id": repeat_of_id}
    rows = CaseRows(row, _petitioner(case), entries, texts, clocks)
    rows.assignments = _assignments(case)
    if not case.is_sealed:
        rows.search = searchable(cast(Case, SimpleNamespace(**row)))
    if case.petition is not None:
        _add_petition(ctx, reckoner, rows, case, case.petition, opinion_number)
    else:
        rows.contacts, rows.replies = _contacts(case), _replies(ctx, case)
        rows.follow_ups = _follow_ups(case)
    return rows


def _add_petition(
    ctx: Context, reckoner: Reckoner, rows: CaseRows, case: ImportedCase,
    petition: ImportedPetition, opinion_number: str | None,
) -> None:  # fmt: skip
    settings = reckoner.ref.settings
    side = petition_row(case, petition, rows.clocks, collective_min=settings["collective_min"])
    opinion = opinion_row(petition, opinion_number, review_organ=settings["review_organ"])
    evaluation = evaluation_row(petition)
    rows.petitions = [side | {"opinion_number": opinion_number}]
    rows.opinions = [opinion] if opinion else []
    rows.evaluations = [evaluation] if evaluation else []
    if case.is_sealed:
        unit = reckoner.ref.units.get(case.lead_unit_id or 0)
        rows.matters = [matter_row(ctx, case, petition, unit.name if unit else None)]


def _registration(case: ImportedCase, batch: int) -> Row:
    """The first entry's payload: what was told, and the counted facts that no step shows."""
    facts = {
        "redo_count": case.redo_count,
        "return_count": case.return_count,
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


def _chain(
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
            "door": DOOR,
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


NOT_IN_A_TABLE: Row = {
    "is_imported": True,
    "urgency": Urgency.NORMAL,
    "is_important": False,
    "risk_tags": frozenset(),
    "is_designated": False,
    "round": 1,
    "urge_count": 0,
    "repeat_count": 0,
}
"""What the row of an imported case holds whatever its table says."""


def _case_row(
    ctx: Context, reckoner: Reckoner, case: ImportedCase, number: str, state: State,
    clocks: list[Row],
) -> Row:  # fmt: skip
    dues = dues_on_case(clocks)
    facts = _petition_facts(case, case.petition) if case.petition else _hotline_facts(case)
    if case.petition is None and not case.is_taken_up:
        dues["handle_due_at"] = reckoner.promise(case)
    return {
        **NOT_IN_A_TABLE,
        "track": case.track,
        "number": number,
        "state": state,
        "is_open": state in OPEN_STATES,
        "channel": case.channel,
        "source_level": case.source_level,
        "kind": case.kind,
        "category_id": case.category_id,
        "title": case.title,
        "content": case.content,
        "address": case.address,
        "persons": case.persons,
        "external_number": case.external_number,
        "external_key": case.key,
        "external_due_at": case.external_due_at,
        "received_at": case.received_at,
        "result": case.result,
        "redo_count": case.redo_count,
        "return_count": case.return_count,
        "excluded": case.excluded,
        "judged_unreasonable": case.result is Result.UNREASONABLE,
        **facts,
        **dues,
        **(SEALED if case.is_sealed else {}),
    }


def _hotline_facts(case: ImportedCase) -> Row:
    valid = case.callback_valid is True
    closed = case.closed_at is not None
    return {
        "lead_unit_id": case.lead_unit_id,
        "dispatched_at": case.dispatched_at,
        "signed_at": case.signed_at,
        "contacted_at": case.contacted_at,
        "replied_at": case.replied_at,
        "closed_at": case.closed_at,
        "surveyable": (case.replied_at is not None) if closed else None,
        "callback_valid": case.callback_valid,
        "callback_contacted": case.told_contacted,
        "resolved": case.resolved if valid else None,
        "satisfaction": case.satisfaction if valid else None,
        "evaluated_at": (case.callback_at or case.closed_at) if valid else None,
        "is_dissatisfied": case.is_unhappy and not closed,
    }


def _petition_facts(case: ImportedCase, petition: ImportedPetition) -> Row:
    """Answered when the opinion was served, closed then or when the register said so."""
    is_assigned = fate.is_assigned(case, petition)
    return {
        **dict.fromkeys(
            ("dispatched_at", "signed_at", "contacted_at", "surveyable", "callback_valid",
             "callback_contacted", "resolved", "satisfaction", "evaluated_at")
        ),
        "lead_unit_id": case.lead_unit_id if is_assigned else None,
        "replied_at": petition.served_at,
        "closed_at": fate.finished_at(case, petition),
        "is_dissatisfied": False,
    }  # fmt: skip


def _petitioner(case: ImportedCase) -> Row:
    index = keyring().blind_index
    return {
        "name": case.name,
        "name_index": index(case.name, field="petitioners.name") if case.name else None,
        "phone": case.phone,
        "phone_index": index(case.phone, field="petitioners.phone") if case.phone else None,
        "is_confidential": False,
        "wants_no_calls": False,
    }


def _assignments(case: ImportedCase) -> list[Row]:
    taken_up_at = _taken_up_at(case)
    if case.lead_unit_id is None or taken_up_at is None:
        return []
    return [
        {
            "unit_id": case.lead_unit_id,
            "part": Part.LEAD,
            "assigned_at": taken_up_at,
            "signed_at": case.signed_at,
        }
    ]


def _taken_up_at(case: ImportedCase) -> datetime | None:
    petition = case.petition
    if petition is None:
        return (case.dispatched_at or case.received_at) if case.is_taken_up else None
    is_assigned = fate.is_assigned(case, petition) and not case.is_sealed
    return fate.taken_up_at(case, petition) if is_assigned else None


def _contacts(case: ImportedCase) -> list[Row]:
    if case.contacted_at is None:
        return []
    return [
        {
            "at": case.contacted_at,
            "channel": ContactChannel.PHONE,
            "outcome": ContactOutcome.REACHED,
            "round": 1,
            "assignment_no": 1,
        }
    ]


def _replies(ctx: Context, case: ImportedCase) -> list[Row]:
    if case.replied_at is None:
        return []
    words = case.reply_text or NO_TEXT
    return [
        {
            "round": 1,
            "draft_no": 1,
            "result": case.result or Result.EXPLAINED,
            "text": words,
            "text_hash": reply_hash(words),
            "submitted_at": case.replied_at,
            "reviewed_at": case.replied_at,
            "approved": True,
            "reached_via": ContactChannel.ONLINE if case.reply_text else ContactChannel.UPSTREAM,
            "reached_at": case.replied_at,
        }
    ]


def _follow_ups(case: ImportedCase) -> list[Row]:
    if not case.has_callback:
        return []
    valid = case.callback_valid is True
    return [
        {
            "round": 1,
            "at": case.callback_at or case.closed_at or case.replied_at,
            "by_resident": False,
            "validity": CallValidity.VALID if valid else CallValidity.NO_ANSWER,
            "contacted": case.told_contacted,
            "resolved": case.resolved if valid else None,
            "satisfaction": case.satisfaction if valid else None,
            "counted": valid,
        }
    ]
