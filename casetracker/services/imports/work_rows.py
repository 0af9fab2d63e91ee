"""What was done on an imported case, in the tables of the work: unit, contact, reply, call-back."""

from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import (
    CallValidity,
    ContactChannel,
    ContactOutcome,
    Part,
    Result,
)
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.steps.replies import reply_hash

NO_TEXT = "（历史数据导入，原系统未提供答复内容）"
Row = dict[str, Any]


def assignment_rows(case: ImportedCase) -> list[Row]:
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


def contact_rows(case: ImportedCase) -> list[Row]:
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


def reply_rows(case: ImportedCase) -> list[Row]:
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


def follow_up_rows(case: ImportedCase) -> list[Row]:
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
