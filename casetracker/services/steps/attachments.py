"""Files of a case: checked, painted anew, kept under a random name, and entered in the history.

A file is on the disk before its row is committed; what a failure leaves behind is swept up later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import DomainError, InvalidInput, NotFound
from casetracker.domain.text import BadText, clean_text
from casetracker.domain.vocabulary import Action, FilePurpose, Visibility
from casetracker.gateways.file_kinds import BY_EXTENSION, kind_of
from casetracker.gateways.file_store import FileRejected, FileStore, Readable, Stored
from casetracker.gateways.pictures import repaint
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_FILES_PER_CASE = 100
MAX_BYTES_PER_CASE = 500 * MEGABYTE
LONGEST_NAME = 120
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{n}{i}" for n in ("COM", "LPT")
                       for i in range(10))})  # fmt: skip


class FileRefused(DomainError):
    """A file that is not taken; the code says why (file_empty, file_too_large …)."""

    code = "file_refused"


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
    with _received(filename, stream) as facts:
        return _settled(_keep(ctx, number, facts, FilePurpose(purpose)), facts)


def add_residents_attachment(
    ctx: Context, number: str, query_code: str, filename: str, stream: Readable
) -> Outcome:
    """What a resident adds to their own case, with number and query code.

    Raises FileRefused, and NotFound alike for an unknown number and a wrong code.
    """
    with _received(filename, stream) as facts:
        return _settled(_keep_residents(ctx, number, query_code, facts), facts)


@dataclass(frozen=True, slots=True)
class _Facts:
    filename: str
    mime: str
    stored: Stored


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


@contextmanager
def _received(filename: str, stream: Readable) -> Iterator[_Facts]:
    """The file, checked and on the disk; taken away again when what follows fails."""
    store = file_store()
    try:
        facts = _checked(store, filename, stream)
    except FileRejected as error:
        raise FileRefused(error.code, **error.facts) from error
    try:
        yield facts
    except BaseException:
        store.remove(facts.stored.name)
        raise


def _checked(store: FileStore, filename: str, stream: Readable) -> _Facts:
    name = safe_name(filename)
    with store.draft() as raw, store.draft() as painted:
        store.receive(stream, raw, at_most=MAX_BYTES)
        kind = kind_of(raw, name)
        if kind.is_picture:
            repaint(raw, painted, kind.mime)
        return _Facts(name, kind.mime, store.keep(painted if kind.is_picture else raw))


def _settled(outcome: Outcome, facts: _Facts) -> Outcome:
    """A repeated form gives the first answer again; its second copy of the file is not needed."""
    if outcome.facts["file"] != facts.stored.name:
        file_store().remove(facts.stored.name)
    return outcome


@use_case
def _keep(
    ctx: Context, session: Session, number: str, facts: _Facts, purpose: FilePurpose
) -> Outcome:
    work = CaseWork.open(ctx, session, number)
    return _entered(work, facts, purpose, Visibility.INTERNAL)


@use_case
def _keep_residents(
    ctx: Context, session: Session, number: str, query_code: str, facts: _Facts
) -> Outcome:
    case = case_by_code(session, number, query_code)
    work = CaseWork.around(ctx, session, reference(session), case)
    return _entered(work, facts, FilePurpose.REQUEST, Visibility.PUBLIC)


def _entered(
    work: CaseWork, facts: _Facts, purpose: FilePurpose, visibility: Visibility
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


def _check_quota(work: CaseWork, facts: _Facts) -> None:
    count, size = work.session.execute(
        select(func.count(Attachment.id), func.coalesce(func.sum(Attachment.size), 0)).where(
            Attachment.case_id == work.case.id
        )
    ).one()
    if count >= MAX_FILES_PER_CASE or size + facts.stored.size > MAX_BYTES_PER_CASE:
        raise FileRefused("file_quota", files=MAX_FILES_PER_CASE)


def safe_name(filename: str) -> str:
    """The name a file is shown and given out under: no path, no hidden signs, not too long.

    Raises FileRejected for a name without a known extension.
    """
    try:
        name = clean_text(filename.replace("\\", "/"), max_length=4000, multiline=False)
    except BadText:
        raise FileRejected("file_name_refused") from None
    stem, dot, extension = name.rpartition("/")[2].strip(". ").rpartition(".")
    if not dot or extension.lower() not in BY_EXTENSION:
        raise FileRejected("file_type_refused")
    stem = "".join(sign for sign in stem if sign not in '<>:"|?*').strip(". ")
    if not stem or stem.upper().partition(".")[0] in _RESERVED:
        stem = f"附件{stem}"
    return f"{stem[: LONGEST_NAME - 8]}.{extension.lower()}"
