"""Papers that a petitioner reads at the portal: what has to be disclosed, once it was issued.

Whoever holds number and query code reads them; not of somebody who asked for confidentiality, and
not of a case in the confidential lane.
Source: 《信访工作条例》 art. 21(2); docs/rules/papers.md §3.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.domain.papers.catalogue import FORMS
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.papers import Paper, PaperService
from casetracker.services.access_log import note_access
from casetracker.services.case_reading.opening_files import OpenFile
from casetracker.services.context import Context
from casetracker.services.papers.reading import opened
from casetracker.services.query_codes import case_by_code
from casetracker.services.use_case import use_case

DISCLOSED = frozenset(kind for kind, form in FORMS.items() if form.is_disclosed)


@dataclass(frozen=True, slots=True)
class PublicPaper:
    """One issued paper; `served_at` is when it was first served."""

    id: int
    kind: PaperKind
    title: str
    number: str | None
    issued_on: date
    served_at: datetime | None


def may_read_papers(session: Session, case: Case) -> bool:
    """Whether the petitioner's papers are given out at the portal at all."""
    person = session.get(Petitioner, case.petitioner_id)
    return person is not None and not person.is_confidential and not case.is_sealed


def public_papers(session: Session, case: Case) -> tuple[PublicPaper, ...]:
    """Papers of a kind that is disclosed and not replaced by a corrected one, newest first."""
    rows = _disclosed(session, case)
    served = _served(session, [row.id for row in rows])
    return tuple(
        PublicPaper(row.id, row.kind, row.title, row.number, row.issued_on, served.get(row.id))
        for row in rows
    )


@use_case
def open_public_paper(
    ctx: Context, session: Session, number: str, code: str, paper_id: int
) -> OpenFile:
    """The PDF of one of them; the look is kept in the access log. NotFound for any other."""
    case = case_by_code(session, number, code, to_change=False)
    found = _disclosed(session, case) if may_read_papers(session, case) else []
    row = next((row for row in found if row.id == paper_id), None)
    if row is None:
        raise NotFound(paper=paper_id)
    note_access(ctx, session, Access.PAPER_READ, f"{row.title} {row.id}", case_number=case.number)
    return opened(row, "pdf")


def _disclosed(session: Session, case: Case) -> list[Paper]:
    replaced = select(Paper.replaces_id).where(
        Paper.case_id == case.id, Paper.replaces_id.is_not(None)
    )
    wanted = select(Paper).where(
        Paper.case_id == case.id, Paper.kind.in_(DISCLOSED), Paper.id.not_in(replaced)
    )
    return list(session.scalars(wanted.order_by(Paper.id.desc())))


def _served(session: Session, ids: list[int]) -> dict[int, datetime]:
    first = func.min(PaperService.served_at)
    rows = session.execute(
        select(PaperService.paper_id, first)
        .where(PaperService.paper_id.in_(ids))
        .group_by(PaperService.paper_id)
    )
    return {row[0]: row[1] for row in rows}
