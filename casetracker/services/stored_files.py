"""Where the files of cases lie: the store that the app hands in, cleared of what nobody kept."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.gateways.file_store import FileStore, Stored
from casetracker.persistence.exports import ExportJob
from casetracker.persistence.frozen import FrozenFile
from casetracker.persistence.papers import Paper
from casetracker.persistence.patrol import PatrolFile
from casetracker.persistence.working import Attachment
from casetracker.services.context import Context
from casetracker.services.use_case import query

ORPHAN_AFTER_S = 24 * 3600


class _Holder:
    store: FileStore | None = None


def use_file_store(store: FileStore) -> None:
    """Called once by the app."""
    _Holder.store = store


def file_store() -> FileStore:
    if _Holder.store is None:
        raise RuntimeError("no file store: create_app has not run")
    return _Holder.store


def keep_bytes(content: bytes) -> Stored:
    """Put a file that was just made into the store: on the disk before its row is committed."""
    store = file_store()
    with store.draft() as path:
        path.write_bytes(content)
        return store.keep(path)


@query
def sweep_orphans(ctx: Context, session: Session) -> int:
    """Remove files that no row knows and that are older than a day, and abandoned drafts."""
    store, done = file_store(), 0
    old = [name for name in store.names() if store.age_s(name) > ORPHAN_AFTER_S]
    for start in range(0, len(old), 500):
        batch = old[start : start + 500]
        for name in set(batch) - _known(session, batch):
            store.remove(name)
            done += 1
    return done + store.drop_drafts(ORPHAN_AFTER_S)


def _known(session: Session, names: list[str]) -> set[str]:
    """Those of the names that any row has: of an attachment, a paper, an export, a patrol …"""
    columns = (
        Attachment.storage_name,
        Paper.docx_name,
        Paper.pdf_name,
        ExportJob.storage_name,
        PatrolFile.storage_name,
        FrozenFile.name,
    )
    return {
        name
        for column in columns
        for name in session.scalars(select(column).where(column.in_(names)))
        if name is not None
    }
