"""Taking away the files of exports that were kept long enough. Source: docs/rules/exports.md 6."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.exports import ExportState
from casetracker.persistence.exports import ExportJob
from casetracker.services.context import Context
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import use_case


@use_case
def clear_expired(ctx: Context, session: Session) -> int:
    """The order stays as a record; its file goes."""
    old = select(ExportJob).where(
        ExportJob.storage_name.is_not(None), ExportJob.expires_at <= ctx.now
    )
    gone = list(session.scalars(old))
    for job in gone:
        file_store().remove(job.storage_name or "")
        job.storage_name, job.state = None, ExportState.EXPIRED
    return len(gone)
