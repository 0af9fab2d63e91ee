"""What must hold of inspections and hazards. Source: docs/rules/patrol.md 1, 3, 7."""

from collections.abc import Iterator
from itertools import groupby

from sqlalchemy import and_, exists, or_, select

from casetracker.domain.hazards import replay
from casetracker.domain.patrol_vocabulary import HazardSource, HazardState
from casetracker.persistence.patrol import FormerHazardNumber, Hazard, HazardEntry, Inspection
from casetracker.services.verifying.findings import Finding, Sight
from casetracker.services.verifying.numbering import gaps


def registered(sight: Sight) -> Iterator[Finding]:
    """H1: numbers without gaps, given up ones too; each hazard with its inspection or source."""
    of_hazards = (Hazard.number, FormerHazardNumber.number)
    for what, columns in (("检查", (Inspection.number,)), ("隐患", of_hazards)):
        for series in gaps(sight.session, *columns):
            yield Finding("H1", f"{what}编号不连续", detail=series)
    inspected = Hazard.source == HazardSource.INSPECTION
    has_inspection = Hazard.inspection_id.is_not(None)
    homeless = or_(and_(inspected, ~has_inspection), and_(~inspected, has_inspection))
    for number in sight.session.scalars(select(Hazard.number).where(homeless)):
        yield Finding("H1", "隐患的来源与检查不符", detail=number)
    has_hazard = exists().where(Hazard.inspection_id == Inspection.id)
    apart = or_(
        and_(Inspection.found_hazards, ~has_hazard), and_(~Inspection.found_hazards, has_hazard)
    )
    for number in sight.session.scalars(select(Inspection.number).where(apart)):
        yield Finding("H1", "检查结果与所查隐患不符", detail=number)


def replayed(sight: Sight) -> Iterator[Finding]:
    """H2: the entries, taken in order, lead to where the row stands, with its deadline."""
    entries = (
        select(
            Hazard.number,
            Hazard.state,
            Hazard.version,
            Hazard.due_on.label("stands_due"),
            HazardEntry.seq,
            HazardEntry.step,
            HazardEntry.due_on,
        )
        .outerjoin(HazardEntry, HazardEntry.hazard_id == Hazard.id)
        .order_by(Hazard.id, HazardEntry.seq)
        .execution_options(yield_per=2000)
    )
    for number, group in groupby(sight.session.execute(entries), key=lambda row: row.number):
        rows = list(group)
        first, taken = rows[0], [row for row in rows if row.seq is not None]
        if [row.seq for row in taken] != list(range(1, first.version + 1)):
            yield Finding("H2", "隐患的记录不连续", detail=number)
        elif replay(row.step for row in taken) != first.state:
            yield Finding("H2", "隐患的状态与记录不符", detail=number)
        elif [row.due_on for row in taken if row.due_on][-1:] != [first.stands_due]:
            yield Finding("H2", "隐患的整改期限与记录不符", detail=number)


def checked(sight: Sight) -> Iterator[Finding]:
    """H3: put right means: said with evidence by one person, and checked by another."""
    alone = or_(
        Hazard.evidence.is_(None),
        Hazard.reported_by.is_(None),
        Hazard.verified_by.is_(None),
        Hazard.verified_on.is_(None),
        Hazard.reported_by == Hazard.verified_by,
        Hazard.verified_on < Hazard.reported_on,
        Hazard.reported_on < Hazard.found_on,
    )
    rows = select(Hazard.number).where(Hazard.state == HazardState.RECTIFIED, alone)
    for number in sight.session.scalars(rows):
        yield Finding("H3", "整改完成缺少依据或不是两人办理", detail=number)
