"""What residents read of the receptions: the published schedule with the five facts (五公开)."""

from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.domain.petition_vocabulary import ReceptionKind
from casetracker.persistence.account import Account
from casetracker.persistence.ledgers import ReceptionSession
from casetracker.services.context import Context
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class PublishedSession:
    """时间、地点、姓名、职务、分管工作 of one reception; `cancelled` says why it is off."""

    starts_at: datetime
    ends_at: datetime
    place: str
    leader: str
    post: str
    duty: str
    kind: ReceptionKind
    cancelled: str | None


@query
def published_schedule(ctx: Context, session: Session) -> tuple[PublishedSession, ...]:
    """Published sessions from today on, for anybody."""
    rows = session.execute(
        select(ReceptionSession, Account.name)
        .join(Account, Account.id == ReceptionSession.leader_id)
        .where(
            ReceptionSession.published_at.is_not(None),
            ReceptionSession.starts_at >= at(local_date(ctx.now), time()),
        )
        .order_by(ReceptionSession.starts_at, ReceptionSession.id)
    )
    return tuple(
        PublishedSession(
            row.starts_at, row.ends_at, row.place, name, row.post, row.duty, row.kind,
            row.cancel_reason,
        )
        for row, name in rows
    )  # fmt: skip
