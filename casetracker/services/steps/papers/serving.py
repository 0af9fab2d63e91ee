"""Recording that a paper reached its receiver (送达). The step that serves it calls this.

Source: 《信访工作条例》 art. 23, 32, 34; docs/rules/papers.md §8.
"""

from datetime import datetime

from sqlalchemy import select

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.persistence.papers import Paper, PaperService
from casetracker.services.commands.petitions import ServePaper
from casetracker.services.steps.casework import CaseWork


def record_service(
    work: CaseWork, kind: PaperKind, command: ServePaper, at: datetime
) -> PaperService | None:
    """Keep how and when the newest paper of that kind was served; its history is the caller's.

    None where the paper was not made here (an imported case, a paper of another system).
    Raises InvalidInput (`served_at`) for a moment before the day that the paper bears.
    """
    paper = newest_paper(work, kind)
    if paper is None:
        return None
    if local_date(at) < paper.issued_on:
        raise InvalidInput({"served_at": "served_before_issued"})
    row = PaperService(
        paper_id=paper.id,
        method=command.method,
        receiver=command.receiver,
        served_at=at,
        witness=command.witness,
        note=command.note,
        recorded_by=work.ctx.actor.account_id,
        recorded_at=work.ctx.now,
    )
    work.session.add(row)
    work.session.flush()
    return row


def newest_paper(work: CaseWork, kind: PaperKind) -> Paper | None:
    """The newest paper of a kind in the present round of the case."""
    return work.session.scalar(
        select(Paper)
        .where(Paper.case_id == work.case.id, Paper.kind == kind, Paper.round == work.case.round)
        .order_by(Paper.id.desc())
        .limit(1)
    )
