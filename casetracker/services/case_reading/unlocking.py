"""Unlocking a case of the confidential lane for whoever may read it, and who looked at it so far.

Whoever asks has found the case through `visible`. Source: 《信访工作条例》 art. 30(3);
docs/rules/petition.md §6.
"""

from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.case import Case
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.persistence.queries.reference import Reference
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.case_reading.lane_file import LaneView, Look
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query

LOOKS = 100
"""So many of the latest looks are shown."""


def unlocked(session: Session, ref: Reference, case: Case, file: CaseFile) -> CaseFile:
    """The words in their place again, with what is known beside them.

    The title stays 保密件: titles stand in windows, lists of a browser and on print-outs.
    """
    matter = session.get_one(ConfidentialMatter, case.id)
    return replace(
        file,
        head=replace(file.head, content=matter.content),
        place=replace(file.place, address=matter.address),
        lane=LaneView(
            title=matter.title,
            accused=matter.accused,
            accused_unit=ref.unit_name(matter.accused_unit_id),
            notes=matter.notes,
            organ=matter.organ,
            handed_on_at=matter.handed_on_at,
            outcome=matter.outcome,
            sealed_at=matter.sealed_at,
            sealed_by=_name_of(session, matter.sealed_by),
            same_number=_handed_in_again(session, case),
        ),
    )


def _name_of(session: Session, account_id: int | None) -> str | None:
    return session.scalar(select(Account.name).where(Account.id == account_id))


def _handed_in_again(session: Session, case: Case) -> tuple[str, ...]:
    if case.external_number is None:
        return ()
    again = select(Case.number).where(
        Case.external_number == case.external_number, Case.is_sealed.is_(False)
    )
    return tuple(session.scalars(again.order_by(Case.id)))


@query
def lane_looks(ctx: Context, session: Session, number: str | None = None) -> tuple[Look, ...]:
    """Who looked at the lane, or at one case of it: the latest, newest first. Raises NotPermitted.

    Looks of before the sealing count among them: whoever saw it then knows of it.
    """
    require_right(ctx, Right.LANE)
    sealed = select(Case.number).where(Case.is_sealed)
    of_it = AccessRecord.case_number == number
    of_all = AccessRecord.case_number.in_(sealed) | (AccessRecord.what == Access.LANE_SEEN)
    rows = session.execute(
        select(AccessRecord, Account.name)
        .outerjoin(Account, Account.id == AccessRecord.account_id)
        .where(of_it if number else of_all)
        .order_by(AccessRecord.id.desc())
        .limit(LOOKS)
    )
    return tuple(
        Look(
            row.at,
            name or row.username or "系统",
            label(Access(row.what)),
            row.case_number,
            row.detail,
        )
        for row, name in rows
    )
