"""The row of an imported case itself, and of the person behind it."""

from typing import Any

from casetracker.domain.vocabulary import OPEN_STATES, Result, State, Urgency
from casetracker.persistence.sealing import keyring
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.clock_rows import Reckoner, dues_on_case
from casetracker.services.imports.imported import ImportedCase, ImportedPetition
from casetracker.services.imports.petition_tables import SEALED

Row = dict[str, Any]

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


def case_row(
    reckoner: Reckoner, case: ImportedCase, number: str, state: State, clocks: list[Row]
) -> Row:
    """Everything but what follows from the chain: version, head, and what it repeats."""
    dues = dues_on_case(clocks)
    facts = _petition_facts(case, case.petition) if case.petition else _hotline_facts(case)
    if case.petition is None and not case.is_taken_up:
        dues["handle_due_at"] = reckoner.promise(case)
    return {
        **NOT_IN_A_TABLE,
        "track": case.track,
        "number": number,
        "state": state,
        "is_open": state in OPEN_STATES and not case.is_sealed,
        "is_sealed": case.is_sealed,
        "watch_at": reckoner.now if state in OPEN_STATES and not case.is_sealed else None,
        "channel": case.channel,
        "source_level": case.source_level,
        "kind": case.kind,
        "category_id": case.category_id,
        "title": case.title,
        "content": case.content,
        "address": case.address,
        "area_unit_id": reckoner.ref.community_at(case.address),
        "persons": case.persons,
        "external_number": case.external_number,
        "external_key": case.key,
        "external_due_at": case.external_due_at,
        "received_at": case.received_at,
        "result": case.result,
        "redo_count": case.redo_count,
        "return_count": case.return_count,
        "return_granted_count": case.return_granted_count,
        "excluded": case.excluded,
        "judged_unreasonable": case.result is Result.UNREASONABLE,
        **facts,
        **dues,
        **(SEALED if case.is_sealed else {}),  # the keys are those of every row of a batch
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


def person_row(case: ImportedCase) -> Row:
    index = keyring().blind_index
    return {
        "name": case.name,
        "name_index": index(case.name, field="petitioners.name") if case.name else None,
        "phone": case.phone,
        "phone_index": index(case.phone, field="petitioners.phone") if case.phone else None,
        "is_confidential": False,
        "wants_no_calls": False,
    }
