"""One's own orders, those that wait for consent, and the file of a finished one."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from sqlalchemy import ColumnElement, Select, func, literal_column, or_, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.access import Access
from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.exports import ExportKind, ExportState
from casetracker.domain.permissions import Right
from casetracker.persistence.account import Account
from casetracker.persistence.exports import ExportJob
from casetracker.services.access_log import note_access
from casetracker.services.context import Context, require_right
from casetracker.services.exports.reach import reach_of
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case

MOST = 50
TO_CONSENT: ColumnElement[bool] = literal_column("export_jobs.state = 'to_consent'")
Lines = Select[*tuple[Any, ...]]
ASKER, DECIDER = aliased(Account, name="asker"), aliased(Account, name="decider")


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One order as people see it."""

    number: str
    kind: ExportKind
    file_format: str
    about: str
    purpose: str
    state: ExportState
    rows_expected: int
    rows_done: int
    asked_by: str
    is_own: bool
    asked_at: datetime
    decided_by: str | None
    decision_note: str | None
    failure: str | None
    size: int | None
    sha256: str | None
    made_at: datetime | None
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class ExportFile:
    """The bytes of a finished order."""

    content: BinaryIO
    name: str
    file_format: str


@query
def own_exports(ctx: Context, session: Session) -> tuple[ExportLine, ...]:
    """The latest orders of the actor."""
    require_right(ctx, Right.CASES_EXPORT)
    mine = _lines().where(ExportJob.asked_by == ctx.actor.account_id)
    return _read(ctx, session, mine.order_by(ExportJob.id.desc()).limit(MOST))


@query
def exports_to_consent(ctx: Context, session: Session) -> tuple[ExportLine, ...]:
    """Orders that wait for consent, the oldest first; one's own are among them, marked."""
    if not ctx.actor.may(Right.EXPORTS_DECIDE):
        return ()
    return _read(ctx, session, _lines().where(TO_CONSENT).order_by(ExportJob.id).limit(MOST))


@query
def count_to_consent(ctx: Context, session: Session) -> int:
    """How many of others wait for this person's word."""
    if not ctx.actor.may(Right.EXPORTS_DECIDE):
        return 0
    others = ExportJob.asked_by != ctx.actor.account_id
    return session.scalar(select(func.count(ExportJob.id)).where(TO_CONSENT, others)) or 0


@query
def find_export(ctx: Context, session: Session, number: str) -> ExportLine:
    """One's own order, or one to decide on. Raises NotFound."""
    seen = [ExportJob.asked_by == ctx.actor.account_id]
    if ctx.actor.may(Right.EXPORTS_DECIDE):
        seen.append(ExportJob.decided_by == ctx.actor.account_id)
        seen.append(TO_CONSENT)
    found = _read(ctx, session, _lines().where(ExportJob.number == number, or_(*seen)))
    if not found:
        raise NotFound(export=number)
    return found[0]


@use_case
def take_export(ctx: Context, session: Session, number: str) -> ExportFile:
    """The file, for the asker alone while they see as far as when it was made; on record.

    Raises NotFound, NotPermitted, GuardRefused (expired, not ready, another reach).
    """
    require_right(ctx, Right.CASES_EXPORT)
    mine = ExportJob.asked_by == ctx.actor.account_id
    job = session.scalar(select(ExportJob).where(ExportJob.number == number, mine))
    if job is None:
        raise NotFound(export=number)
    if job.state is not ExportState.READY or job.storage_name is None:
        raise GuardRefused("export_not_ready")
    if job.expires_at is not None and job.expires_at <= ctx.now:
        raise GuardRefused("export_expired")
    if job.reach != reach_of(session, ctx.actor):
        raise GuardRefused("export_reach_changed")
    note_access(ctx, session, Access.EXPORT_TAKEN, number)
    return ExportFile(file_store().open(job.storage_name), job.number, job.file_format)


def _lines() -> Lines:
    return (
        select(ExportJob, ASKER.name.label("asker"), DECIDER.name.label("decider"))
        .join(ASKER, ASKER.id == ExportJob.asked_by)
        .outerjoin(DECIDER, DECIDER.id == ExportJob.decided_by)
    )


def _read(
    ctx: Context, session: Session, wanted: Select[*tuple[Any, ...]]
) -> tuple[ExportLine, ...]:
    return tuple(_line(ctx, *row) for row in session.execute(wanted))


def _line(ctx: Context, job: ExportJob, asker: str, decider: str | None) -> ExportLine:
    return ExportLine(
        number=job.number,
        kind=job.kind,
        file_format=job.file_format,
        about=job.about,
        purpose=job.purpose,
        state=job.state,
        rows_expected=job.rows_expected,
        rows_done=job.rows_done,
        asked_by=asker,
        is_own=job.asked_by == ctx.actor.account_id,
        asked_at=job.asked_at,
        decided_by=decider,
        decision_note=job.decision_note,
        failure=job.failure,
        size=job.size,
        sha256=job.sha256,
        made_at=job.made_at,
        expires_at=job.expires_at,
    )
