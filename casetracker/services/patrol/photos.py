"""Pictures and papers of patrols: kept like the files of cases, and read within one's reach."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound, NotPermitted
from casetracker.domain.hazards import CHECKERS, OPEN
from casetracker.domain.patrol_vocabulary import PatrolPhoto
from casetracker.gateways.file_store import Readable
from casetracker.persistence.patrol import Hazard, Inspection, PatrolFile
from casetracker.services.access_log import note_access
from casetracker.services.case_reading.opening_files import OpenFile
from casetracker.services.context import Context
from casetracker.services.patrol.reader import Patrol
from casetracker.services.received_files import FileRefused, ReceivedFile, received
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case

MOST = 30
"""Files of one inspection or hazard."""


@dataclass(frozen=True, slots=True)
class PhotoLine:
    """One file as pages list it."""

    id: int
    shows: PatrolPhoto
    filename: str
    mime: str
    size: int
    uploaded_by: str | None
    uploaded_at: datetime


def add_photo(
    ctx: Context, number: str, filename: str, stream: Readable, shows: PatrolPhoto
) -> None:
    """Keep a file with an inspection or a hazard, told apart by the number.

    Raises FileRefused, NotFound, NotPermitted.
    """
    _owner_of(ctx, number)
    with received(filename, stream) as facts:
        _keep(ctx, number, facts, shows)


@query
def _owner_of(ctx: Context, session: Session, number: str) -> None:
    """Nobody's bytes are read for a row that they may not add to."""
    _row_to_keep(Patrol.of(ctx, session), number)


def _row_to_keep(patrol: Patrol, number: str) -> Inspection | Hazard:
    """Raises NotFound beyond one's reach, NotPermitted for who does not work on it."""
    table: Any
    for table in (Inspection, Hazard):
        wanted = select(table).where(table.number == number, patrol.reached(table))
        row: Inspection | Hazard | None = patrol.session.scalar(wanted)
        if row is not None:
            break
    else:
        raise NotFound(number=number)
    roles = CHECKERS & patrol.ctx.actor.roles
    works = patrol.scope.sees_all or any(row.unit_id in patrol.works_for(role) for role in roles)
    is_over = isinstance(row, Hazard) and row.state not in OPEN
    if not (roles and works) or is_over:
        raise NotPermitted("no_right")
    return row


@use_case
def _keep(
    ctx: Context, session: Session, number: str, facts: ReceivedFile, shows: PatrolPhoto
) -> None:
    row = _row_to_keep(Patrol.of(ctx, session), number)
    is_hazard = isinstance(row, Hazard)
    of_row = PatrolFile.hazard_id == row.id if is_hazard else PatrolFile.inspection_id == row.id
    if (session.scalar(select(func.count(PatrolFile.id)).where(of_row)) or 0) >= MOST:
        raise FileRefused("patrol_file_quota", files=MOST)
    session.add(
        PatrolFile(
            hazard_id=row.id if is_hazard else None,
            inspection_id=None if is_hazard else row.id,
            shows=shows,
            round=row.round if isinstance(row, Hazard) else 1,
            filename=facts.filename,
            mime=facts.mime,
            size=facts.stored.size,
            sha256=facts.stored.sha256,
            storage_name=facts.stored.name,
            uploaded_by=ctx.actor.account_id,
            uploaded_at=ctx.now,
        )
    )
    note_access(ctx, session, Access.PATROL_KEPT, f"上传 {number} {facts.filename}")


def photos_of(patrol: Patrol, **of_row: int) -> tuple[PhotoLine, ...]:
    """The files of one row, in the order in which they came."""
    found = select(PatrolFile).filter_by(**of_row).order_by(PatrolFile.id)
    rows = patrol.session.scalars(found).all()
    names = patrol.names(row.uploaded_by for row in rows)
    return tuple(
        PhotoLine(
            id=row.id,
            shows=row.shows,
            filename=row.filename,
            mime=row.mime,
            size=row.size,
            uploaded_by=names.get(row.uploaded_by or 0),
            uploaded_at=row.uploaded_at,
        )
        for row in rows
    )


@use_case
def open_photo(ctx: Context, session: Session, file_id: int) -> OpenFile:
    """A file of a row within one's reach. NotFound when unknown, beyond it, or gone."""
    patrol = Patrol.of(ctx, session)
    row = session.scalar(
        select(PatrolFile)
        .outerjoin(Inspection, Inspection.id == PatrolFile.inspection_id)
        .outerjoin(Hazard, Hazard.id == PatrolFile.hazard_id)
        .where(
            PatrolFile.id == file_id,
            or_(
                PatrolFile.inspection_id.is_not(None) & patrol.reached(Inspection),
                PatrolFile.hazard_id.is_not(None) & patrol.reached(Hazard),
            ),
        )
    )
    if row is None:
        raise NotFound
    try:
        content = file_store().open(row.storage_name)
    except FileNotFoundError:
        raise NotFound from None
    note_access(ctx, session, Access.FILE_OPENED, f"巡查照片 {row.id}")
    return OpenFile(row.filename, row.mime, row.size, row.sha256, content)
