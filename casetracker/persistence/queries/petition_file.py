"""The rows beside a petition's case, in a fixed number of statements."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.vocabulary import Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import (
    Opinion,
    Petition,
    PetitionEvaluation,
    PetitionPerson,
    PetitionRecord,
    PetitionReview,
    Recusal,
)

HOTLINE = aliased(Case, name="hotline")


@dataclass(frozen=True, slots=True)
class PetitionRows:
    """Rows in the order in which they came about; `from_hotline` is the number it came from."""

    row: Petition
    from_hotline: str | None
    people: Sequence[PetitionPerson]
    recusals: Sequence[Recusal]
    opinions: Sequence[Opinion]
    reviews: Sequence[PetitionReview]
    records: Sequence[PetitionRecord]
    evaluations: Sequence[PetitionEvaluation]

    @property
    def accounts(self) -> set[int | None]:
        """Everybody of the office who stands in these rows."""
        found: set[int | None] = {one.account_id for one in self.recusals}
        for opinion in self.opinions:
            found |= {opinion.drafted_by, opinion.checked_by, opinion.signed_by}
        return found | {record.recorded_by for record in self.records}


def read_petition(session: Session, case: Case) -> PetitionRows | None:
    """None for a case of the hotline."""
    found = _row(session, case) if case.track is Track.PETITION else None
    if found is None:
        return None
    row, from_hotline = found
    return PetitionRows(
        row,
        from_hotline,
        people=people_of(session, case),
        recusals=_of(session, Recusal, case),
        opinions=_of(session, Opinion, case),
        reviews=_of(session, PetitionReview, case),
        records=_of(session, PetitionRecord, case),
        evaluations=_of(session, PetitionEvaluation, case),
    )


def people_of(session: Session, case: Case) -> Sequence[PetitionPerson]:
    """Who signed beside the case's own petitioner, in the order of the list they gave."""
    return _of(session, PetitionPerson, case)


def turned_into(session: Session, case: Case) -> list[int]:
    """The petition that a hotline case became (转信访)."""
    if case.track is not Track.HOTLINE:
        return []
    query = select(Petition.case_id).where(Petition.from_hotline_id == case.id)
    return list(session.scalars(query))


def _row(session: Session, case: Case) -> Any:
    return session.execute(
        select(Petition, HOTLINE.number)
        .outerjoin(HOTLINE, (HOTLINE.id == Petition.from_hotline_id) & HOTLINE.is_sealed.is_(False))
        .where(Petition.case_id == case.id)
    ).one_or_none()


def _of(session: Session, table: Any, case: Case) -> Sequence[Any]:
    return session.scalars(select(table).where(table.case_id == case.id).order_by(table.id)).all()
