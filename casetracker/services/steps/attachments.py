"""Files of a case: received, kept under a random name, and entered in the history."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.vocabulary import Action, FilePurpose, Visibility
from casetracker.gateways.file_store import Readable
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.received_files import MEGABYTE, FileRefused, ReceivedFile, received
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case

MAX_FILES_PER_CASE = 100
MAX_BYTES_PER_CASE = 500 * MEGABYTE


def add_attachment(
    ctx: Context, number: str, filename: str, stream: Readable, purpose: str
) -> Outcome:
    """Keep a file with a case; `purpose` is a code of FilePurpose.

    Raises FileRefused, NotFound, NotPermitted, IllegalTransition, and InvalidInput for another
    purpose. Facts of the outcome: `attachment` (id), `sha256`.
    """
    if purpose not in list(FilePurpose):
        raise InvalidInput({"purpose": "unknown_purpose"})
    _may_attach(ctx, number)
    with received(filename, stream) as facts:
        return _settled(_keep(ctx, number, facts, FilePurpose(purpose)), facts)


def add_residents_attachment(
    ctx: Context, number: str, query_code: str, filename: str, stream: Readable
) -> Outcome:
    """What a resident adds to their own case, with number and query code.

    Raises FileRefused, and NotFound alike for an unknown number and a wrong code.
    """
    with received(filename, stream) as facts:
        return _settled(_keep_residents(ctx, number, query_code, facts), facts)


@query
def _may_attach(ctx: Context, session: Session, number: str) -> None:
    """Nobody's bytes are read for a case that they may not add to."""
    ref = reference(session)
    case = session.scalar(
        select(Case).where(Case.number == number, visible(scope_of(ctx.actor, ref)))
    )
    if case is None:
        raise NotFound(number=number)
    work = CaseWork.around(ctx, session, ref, case)
    work.require(Action.ATTACH, work.lane_outcome)


def _settled(outcome: Outcome, facts: ReceivedFile) -> Outcome:
    """A repeated form gives the first answer again; its second copy of the file is not needed."""
    if outcome.facts["file"] != facts.stored.name:
        file_store().remove(facts.stored.name)
    return outcome


@use_case
def _keep(
    ctx: Context, session: Session, number: str, facts: ReceivedFile, purpose: FilePurpose
) -> Outcome:
    work = CaseWork.open(ctx, session, number)
    return _entered(work, facts, purpose, Visibility.INTERNAL)


@use_case
def _keep_residents(
    ctx: Context, session: Session, number: str, query_code: str, facts: ReceivedFile
) -> Outcome:
    case = case_by_code(session, number, query_code)
    work = CaseWork.around(ctx, session, reference(session), case)
    return _entered(work, facts, FilePurpose.REQUEST, Visibility.PUBLIC)


def _entered(
    work: CaseWork, facts: ReceivedFile, purpose: FilePurpose, visibility: Visibility
) -> Outcome:
    step = work.require(Action.ATTACH, work.lane_outcome)
    _check_quota(work, facts)
    row = Attachment(
        case_id=work.case.id,
        purpose=purpose.value,
        filename=facts.filename,
        mime=facts.mime,
        size=facts.stored.size,
        sha256=facts.stored.sha256,
        storage_name=facts.stored.name,
        round=work.case.round,
        uploaded_by=work.ctx.actor.account_id,
        uploaded_at=work.ctx.now,
    )
    work.session.add(row)
    work.session.flush()
    payload = {
        "attachment": row.id,
        "sha256": row.sha256,
        "size": row.size,
        "mime": row.mime,
        "purpose": purpose.value,
    }
    work.advance(step, payload=payload, visibility=visibility)
    return work.outcome(attachment=row.id, sha256=row.sha256, file=facts.stored.name)


def _check_quota(work: CaseWork, facts: ReceivedFile) -> None:
    count, size = work.session.execute(
        select(func.count(Attachment.id), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.case_id == work.case.id
        )
    ).one()
    if count >= MAX_FILES_PER_CASE or size + facts.stored.size > MAX_BYTES_PER_CASE:
        raise FileRefused("file_quota", files=MAX_FILES_PER_CASE)
