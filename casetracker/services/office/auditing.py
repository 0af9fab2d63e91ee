"""The access log as the auditor reads it: who did what when; no content of cases."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotPermitted
from casetracker.domain.permissions import Right
from casetracker.persistence.account import AccessRecord
from casetracker.services.context import Context
from casetracker.services.use_case import query

PAGE = 50


@dataclass(frozen=True, slots=True)
class AuditLine:
    id: int
    at: datetime
    username: str | None
    what: str
    case_number: str | None
    success: bool
    detail: str | None
    ip: str | None


@query
def audit_lines(
    ctx: Context, session: Session, *, username: str = "", what: str = "", number: str = "",
    before: int | None = None,
) -> list[AuditLine]:  # fmt: skip
    """The newest first, one more than a page, narrowed by person, kind and case."""
    if not ctx.actor.may(Right.AUDIT_READ):
        raise NotPermitted("no_right")
    asked = select(AccessRecord).order_by(AccessRecord.id.desc()).limit(PAGE + 1)
    if username:
        asked = asked.where(AccessRecord.username == username)
    if what in {kind.value for kind in Access}:
        asked = asked.where(AccessRecord.what == what)
    if number:
        asked = asked.where(AccessRecord.case_number == number)
    if before is not None:
        asked = asked.where(AccessRecord.id < before)
    return [
        AuditLine(r.id, r.at, r.username, r.what, r.case_number, r.success, r.detail, r.ip)
        for r in session.scalars(asked)
    ]
