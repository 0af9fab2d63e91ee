"""Which steps of its history may have moved a case in the figures since a moment.

Steps that write no fact a rate looks at are left out. What only time did has no step.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from casetracker.domain.frozen.changes import StepLine
from casetracker.domain.frozen.differences import CaseMove
from casetracker.domain.history import IMPORT_DOOR
from casetracker.domain.vocabulary import Action, ExcludeReason, Satisfaction
from casetracker.labels import label
from casetracker.persistence.account import Account
from casetracker.persistence.exchange import ImportBatch
from casetracker.persistence.timeline import TimelineEntry

AT_A_TIME = 400
MOST = 6
"""Steps told of one case, the newest of them."""

WITHOUT_FACTS = frozenset(
    {
        Action.LOG, Action.ATTACH, Action.ISSUE_PAPER, Action.URGE, Action.SUPERVISE,
        Action.SUPERVISE_REPORT, Action.INSTRUCT, Action.ASSIST, Action.ASSIST_REPORT,
        Action.WHISTLE, Action.ARCHIVE, Action.DRAFT, Action.LEGAL_CHECK,
    }
)  # fmt: skip
EXCLUSION = {Action.EXCLUDE: ("reason",), Action.DECIDE_EXCLUSION: ("after",)}
"""Where an entry names the reason of an exclusion."""

DECIDED = {"granted": "同意", "refused": "不同意"}


def steps_since(
    session: Session, moves: Sequence[CaseMove], since: datetime
) -> dict[int, tuple[StepLine, ...]]:
    """By case, the newest first. `since` counts for cases that were on no list then."""
    versions = {move.case_id: move.version for move in moves}
    found: dict[int, tuple[StepLine, ...]] = {}
    for start in range(0, len(moves), AT_A_TIME):
        ids = [move.case_id for move in moves[start : start + AT_A_TIME]]
        rows = session.execute(
            select(*TimelineEntry.__table__.c)
            .where(TimelineEntry.case_id.in_(ids), TimelineEntry.action.not_in(WITHOUT_FACTS))
            .order_by(TimelineEntry.case_id, TimelineEntry.seq.desc())
        )
        for case_id, entries in groupby(rows, key=lambda row: row.case_id):
            later = [one for one in entries if _is_later(one, versions[case_id], since)]
            found[case_id] = tuple(_told(session, later))
    return found


def _is_later(entry: Row[Any], version: int, since: datetime) -> bool:
    return bool(entry.seq > version if version else entry.at >= since)


def _told(session: Session, entries: Sequence[Row[Any]]) -> Iterator[StepLine]:
    own = [one for one in entries if one.door != IMPORT_DOOR]
    yield from (StepLine(one.at, one.actor_name, _words(one)) for one in own[:MOST])
    imported = next((one for one in reversed(entries) if one.door == IMPORT_DOOR), None)
    if imported is not None:
        yield _import(session, imported)


def _import(session: Session, entry: Row[Any]) -> StepLine:
    """The whole history of an imported case was written at once, by whoever imported the file."""
    batch = (entry.payload.get("imported") or {}).get("batch")
    row = session.get(ImportBatch, batch) if batch else None
    if row is None:
        return StepLine(entry.at, entry.actor_name, "导入")
    who = session.get(Account, row.by_id) if row.by_id else None
    return StepLine(entry.at, who.name if who else entry.actor_name, f"导入“{row.filename}”")


def _words(entry: Row[Any]) -> str:
    """`审批不计考核（同意，误派）`, `回访（不满意）`."""
    payload: Mapping[str, Any] = entry.payload
    facts = [DECIDED.get(entry.outcome, "")]
    for key in EXCLUSION.get(entry.action, ()):
        if payload.get(key):
            facts.append(_named(ExcludeReason, payload[key]))
    if payload.get("satisfaction"):
        facts.append(_named(Satisfaction, payload["satisfaction"]))
    said = "，".join(one for one in facts if one)
    return f"{label(entry.action)}（{said}）" if said else label(entry.action)


def _named(enum: Any, code: str) -> str:
    """The word of a code; what is none stands as it was written."""
    return label(enum(code)) if code in set(enum) else code
