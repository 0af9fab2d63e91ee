"""What a paper is made from: the case in hand with its petitioner, petition and office."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local, local_date
from casetracker.domain.papers.forms import PaperForm
from casetracker.domain.vocabulary import Track
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.database import Base
from casetracker.persistence.petition import ConfidentialMatter, Petition
from casetracker.persistence.queries.reference import Reference
from casetracker.services.steps.casework import CaseWork

Row = TypeVar("Row", bound=Base)
Values = dict[str, str]


@dataclass(slots=True)
class Subject:
    """One case as papers see it. `petition` is None on the hotline track."""

    work: CaseWork
    form: PaperForm
    person: Petitioner | None
    petition: Petition | None
    secret: ConfidentialMatter | None

    @classmethod
    def of(cls, work: CaseWork, form: PaperForm) -> "Subject":
        session, case = work.session, work.case
        is_petition = case.track is Track.PETITION
        return cls(
            work,
            form,
            session.get(Petitioner, case.petitioner_id),
            session.get(Petition, case.id) if is_petition else None,
            session.get(ConfidentialMatter, case.id) if case.is_sealed else None,
        )

    @property
    def case(self) -> Case:
        return self.work.case

    @property
    def session(self) -> Session:
        return self.work.session

    @property
    def ref(self) -> Reference:
        return self.work.ref

    def rows(self, model: type[Row]) -> list[Row]:
        """All rows of a table that belong to the case, oldest first."""
        table = model.__table__.c
        query = select(model).where(table.case_id == self.case.id).order_by(table.id)
        return list(self.session.scalars(query))

    def last(self, model: type[Row]) -> Row | None:
        rows = self.rows(model)
        return rows[-1] if rows else None

    def name_of(self, account_id: int | None) -> str:
        """The name of an account; empty for nobody."""
        if account_id is None:
            return ""
        return self.session.scalar(select(Account.name).where(Account.id == account_id)) or ""

    def unit_name(self, unit_id: int | None) -> str:
        return self.ref.unit_name(unit_id) or ""


def day_text(moment: datetime | date | None) -> str:
    """The Shanghai date as ISO; empty for none."""
    if moment is None:
        return ""
    day = local_date(moment) if isinstance(moment, datetime) else moment
    return day.isoformat()


def moment_text(moment: datetime | None) -> str:
    """`2026-03-02 14:30` on the Shanghai clock; empty for none."""
    return "" if moment is None else local(moment).strftime("%Y-%m-%d %H:%M")


def listed(names: Iterable[str | None]) -> str:
    """Names joined the Chinese way, blanks left out."""
    return "、".join(name for name in names if name)
