"""Files of a case: checked, painted anew, kept under a random name, and entered in the history.

A file is on the disk before its row is committed; what a failure leaves behind is swept up later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import DomainError, InvalidInput, NotFound
from casetracker.domain.text import BadText, clean_text
from casetracker.domain.vocabulary import Action, Visibility
from casetracker.gateways.file_kinds import BY_EXTENSION, kind_of
from casetracker.gateways.file_store import FileRejected, FileStore, Readable, Stored
from casetracker.gateways.pictures import repaint
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.query_codes import case_by_code
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.use_case import query, use_case

PURPOSES = ("request", "evidence")
MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
MAX_FILES_PER_CASE = 100
MAX_BYTES_PER_CASE = 500 * MEGABYTE
LONGEST_NAME = 120
ORPHAN_AFTER_S = 24 * 3600
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{n}{i}" for n in ("COM", "LPT")
                       for i in range(10))})  # fmt: skip


class FileRefused(DomainError):
    """A file that is not taken; the code says why (file_empty, file_too_large …)."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that the actor may read; whoever gets it closes `content`."""

    filename: str
    mime: str
    size: int
    sha256: str
    content: BinaryIO


class _Holder:
    store: FileStore | None = None


def use_file_store(store: FileStore) -> None:
    """Called once by the app."""
    _Holder.store = store


def file_store() -> FileStore:
    if _Holder.store is None:
        raise RuntimeError("no file store: create_app has not run")
    return _Holder.store


def add_attachment(
    ctx: Context, number: str, filename: str, stream: Readable, purpose: str
) -> Outcome:
    """Keep a file with a case as `request` or `evidence`.

    Raises FileRefused, NotFound, NotPermitted, IllegalTransition, and InvalidInput for another
    purpose. Facts of the outcome: `attachment` (id), `sha256`.
    """
    if purpose not in PURPOSES:
        raise InvalidInput({"purpose": "unknown_purpose"})
    _may_attach(ctx, number)
    with _received(filename, stream) as facts:
        return _settled(_keep(ctx, number, facts, purpose), facts)


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
    CaseWork.around(ctx, session, ref, case).require(Action.ATTACH)


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
def _keep(ctx: Context, session: Session, number: str, facts: _Facts, purpose: str) -> Outcome:
    work = CaseWork.open(ctx, session, number)
    return _entered(work, facts, purpose, Visibility.INTERNAL)


@use_case
def _keep_residents(
    ctx: Context, session: Session, number: str, query_code: str, facts: _Facts
) -> Outcome:
    case = case_by_code(session, number, query_code)
    work = CaseWork.around(ctx, session, reference(session), case)
    return _entered(work, facts, "request", Visibility.PUBLIC)


def _entered(work: CaseWork, facts: _Facts, purpose: str, visibility: Visibility) -> Outcome:
    step = work.require(Action.ATTACH)
    _check_quota(work, facts)
    row = Attachment(
        case_id=work.case.id,
        purpose=purpose,
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
        "purpose": purpose,
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


@use_case
def open_attachment(ctx: Context, session: Session, attachment_id: int) -> OpenFile:
    """A file of a case that the actor sees; the look is kept in the access log.

    NotFound when unknown, out of scope, or gone from the disk.
    """
    row, number = _visible_file(ctx, session, attachment_id)
    note_access(ctx, session, Access.FILE_OPENED, f"附件 {row.id}", case_number=number)
    return _opened(row)


def _visible_file(ctx: Context, session: Session, attachment_id: int) -> tuple[Attachment, str]:
    ref = reference(session)
    found = session.execute(
        select(Attachment, Case.number)
        .join(Case, Case.id == Attachment.case_id)
        .where(Attachment.id == attachment_id, visible(scope_of(ctx.actor, ref)))
    ).one_or_none()
    if found is None:
        raise NotFound
    return found[0], found[1]


def _opened(row: Attachment) -> OpenFile:
    try:
        content = file_store().open(row.storage_name)
    except FileNotFoundError:
        raise NotFound from None
    return OpenFile(row.filename, row.mime, row.size, row.sha256, content)


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


@query
def sweep_orphans(ctx: Context, session: Session) -> int:
    """Remove files that no row knows and that are older than a day, and abandoned drafts."""
    store, done = file_store(), 0
    old = [name for name in store.names() if store.age_s(name) > ORPHAN_AFTER_S]
    for start in range(0, len(old), 500):
        batch = old[start : start + 500]
        known = set(
            session.scalars(
                select(Attachment.storage_name).where(Attachment.storage_name.in_(batch))
            )
        )
        for name in set(batch) - known:
            store.remove(name)
            done += 1
    return done + store.drop_drafts(ORPHAN_AFTER_S)
