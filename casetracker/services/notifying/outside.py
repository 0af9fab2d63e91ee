"""Rows for what leaves the house: one per event, channel and recipient, whatever happens twice.

Rows hold ids; words and addresses are put in when the message goes (`notifying.messages`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.persistence.account import Attempt
from casetracker.persistence.inserting import add_once
from casetracker.persistence.outbox import OutboxRow, OutboxState

MAIL, SMS = "mail", "sms"
MERGED = "merged"
MORNING = time(9)
"""When what did not fit into the day before is sent, merged into one message."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a row says: which text about which entry, to whom; `key` makes it unique."""

    topic: str
    recipient: str
    key: str
    case_id: int | None = None
    seq: int | None = None
    digest_id: int | None = None
    aside: Mapping[str, Any] = field(default_factory=dict)


def queue(
    session: Session,
    channel: str,
    envelope: Envelope,
    now: datetime,
    *,
    due: datetime | None = None,
) -> bool:
    """Put one message in the outbox, due at once or at `due`; False if it is there already."""
    return _add(session, channel, envelope, {"created_at": now, "next_at": due or now})


def queue_sms(
    session: Session, envelope: Envelope, number_index: str, now: datetime, *, per_day: int
) -> bool:
    """A short message within the number's daily limit; beyond it one merged one the next morning.

    `number_index` stands for the phone number. Days are Shanghai days. Source: docs/settings.md.
    """
    today = at(local_date(now), time(0))
    tally = f"{SMS}:{number_index}"
    spent = select(func.count(Attempt.id)).where(
        Attempt.key == tally, Attempt.at >= today, Attempt.at < today + timedelta(days=1)
    )
    if (session.scalar(spent) or 0) < per_day:
        added = queue(session, SMS, envelope, now)
        due = now
    else:
        due = at(local_date(now) + timedelta(days=1), MORNING)
        key = f"{SMS}:{MERGED}:{number_index}:{local_date(due)}"
        merged = Envelope(MERGED, envelope.recipient, key)
        added = queue(session, SMS, merged, now, due=due)
    if added:
        session.add(Attempt(key=tally, at=due))
        session.flush()
    return added


def _add(session: Session, channel: str, envelope: Envelope, times: dict[str, Any]) -> bool:
    row = {
        "case_id": envelope.case_id,
        "seq": envelope.seq,
        "topic": envelope.topic,
        "channel": channel,
        "recipient": envelope.recipient,
        "dedupe_key": envelope.key,
        "payload": {
            **({"digest": envelope.digest_id} if envelope.digest_id else {}),
            **envelope.aside,
        },
        "state": OutboxState.WAITING,
        "attempts": 0,
    }
    return add_once(session, OutboxRow, {**row, **times})
