"""What must hold of the petition office's ledgers. Source: docs/rules/ledgers.md 1, 6, 8."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, exists, or_, select

from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.persistence.case import Case
from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    ReceptionEntry,
    UndertakingCase,
    Visit,
)
from casetracker.persistence.patrol import Hazard
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.services.verifying.numbering import gaps

NAMING = {
    "来访登记": Visit.case_id,
    "接访事项": ReceptionEntry.case_id,
    "阅信批示": LetterReading.case_id,
    "包案": UndertakingCase.case_id,
    "信访积案": OldCase.case_id,
    "隐患": Hazard.case_id,
}
"""Ledgers with the column that names a case."""


def registered(sight: Sight) -> Iterator[Finding]:
    """L1: visits are numbered without gaps, and 登记为信访件 stands where a petition is linked."""
    for series in gaps(sight.session, Visit.number):
        yield Finding("L1", "来访编号不连续", detail=series)
    linked, said = Visit.case_id.is_not(None), Visit.result == VisitResult.REGISTERED
    apart = or_(and_(linked, or_(Visit.result.is_(None), ~said)), and_(~linked, said))
    for number in sight.session.scalars(select(Visit.number).where(apart)):
        yield Finding("L1", "来访结果与关联的信访件不符", detail=number)


def forgotten(sight: Sight) -> Iterator[Finding]:
    """L2: no ledger names a case of the confidential lane."""
    for ledger, column in NAMING.items():
        sealed: ColumnElement[bool] = exists().where(Case.id == column, Case.is_sealed)
        for _ in sight.session.scalars(select(column).where(sealed)):
            yield Finding("L2", "台账仍指向保密件", detail=ledger)


def struck_off(sight: Sight) -> Iterator[Finding]:
    """L3: what is struck off was asked for with evidence and granted by another person."""
    alone = or_(
        OldCase.evidence.is_(None),
        OldCase.strike_asked_by.is_(None),
        OldCase.struck_off_by.is_(None),
        OldCase.strike_asked_by == OldCase.struck_off_by,
    )
    rows = select(OldCase.id).where(OldCase.struck_off_on.is_not(None), alone)
    for row_id in sight.session.scalars(rows):
        yield Finding("L3", "积案销号缺少依据或不是两人办理", detail=f"积案 {row_id}")
