"""What the register of petitions shows of each line beside the case, for one page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.petition_vocabulary import Disposal, PetitionClass, Subroute
from casetracker.domain.vocabulary import SourceLevel
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition


@dataclass(frozen=True, slots=True)
class PetitionLine:
    """办结 (`is_served`), 化解 (`is_settled`) and 终结 (`is_concluded`) are three facts."""

    persons: int
    source_level: SourceLevel | None
    is_repeat: bool
    is_collective: bool
    petition_class: PetitionClass | None
    subroute: Subroute | None
    disposal: Disposal | None
    is_notified: bool
    is_simple: bool
    is_served: bool
    is_settled: bool
    is_concluded: bool


def lines_of(session: Session, case_ids: Iterable[int]) -> dict[int, PetitionLine]:
    """By case id, in one statement."""
    rows = session.execute(
        select(
            Case.id, Case.persons, Case.source_level, Case.repeat_of_id, Petition.is_collective,
            Petition.petition_class, Petition.subroute, Petition.disposal, Petition.notified_at,
            Petition.is_simple, Petition.served_at, Petition.settled_at, Petition.concluded_at,
        )
        .join(Petition, Petition.case_id == Case.id)
        .where(Case.id.in_(list(case_ids)))
    )  # fmt: skip
    return {
        row.id: PetitionLine(
            persons=row.persons,
            source_level=row.source_level,
            is_repeat=row.repeat_of_id is not None,
            is_collective=row.is_collective,
            petition_class=row.petition_class,
            subroute=row.subroute,
            disposal=row.disposal,
            is_notified=row.notified_at is not None,
            is_simple=row.is_simple,
            is_served=row.served_at is not None,
            is_settled=row.settled_at is not None,
            is_concluded=row.concluded_at is not None,
        )
        for row in rows
    }
