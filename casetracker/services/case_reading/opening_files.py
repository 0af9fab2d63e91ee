"""Opening a file of a case, as far as the case may be seen; every look is recorded."""

from dataclasses import dataclass
from typing import BinaryIO

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Attachment
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import use_case


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file that the actor may read; whoever gets it closes `content`."""

    filename: str
    mime: str
    size: int
    sha256: str
    content: BinaryIO


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
