"""The relay: what use cases left in the outbox is told inside the house and handed over outside.

The intent is committed before the call and the result after it; during the call no transaction
is open. So nothing is lost, and nothing is silently doubled: what may have gone is `unknown` and
waits for a person. Run by a worker or by the loop without one. Source: docs/operating.md.
"""

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain
from casetracker.gateways.mailer import Mail
from casetracker.gateways.sms import Sms
from casetracker.persistence.outbox import OutboxState
from casetracker.persistence.queries.reference import reference
from casetracker.services import heartbeats
from casetracker.services.channels import channels
from casetracker.services.context import Context
from casetracker.services.notifying import notices
from casetracker.services.notifying.claiming import (
    Attempt,
    bury,
    claim,
    failed,
    held,
    intend,
    lapse,
    put_back,
    settle,
)
from casetracker.services.notifying.messages import NobodyToTell, compose
from casetracker.services.notifying.outside import MAIL, SMS
from casetracker.services.notifying.recipients import Directory
from casetracker.services.recording import RELAY
from casetracker.services.use_case import query, use_case

log = logging.getLogger(__name__)
HEARTBEAT = "outbox"
BATCHES = {RELAY: 20, MAIL: 10, SMS: 10}


@dataclass(slots=True)
class Drained:
    """What one run did, in rows."""

    relayed: int = 0
    sent: int = 0
    failed: int = 0
    unknown: int = 0
    lapsed: int = 0


@dataclass(slots=True)
class _Run:
    """One run of one process; its name is on the rows it holds."""

    ctx: Context
    directory: Directory
    owner: str = field(default_factory=lambda: uuid.uuid4().hex)
    started: float = field(default_factory=time.monotonic)
    done: Drained = field(default_factory=Drained)

    def now(self) -> Context:
        """The context, as late as the run has become."""
        passed = timedelta(seconds=int(time.monotonic() - self.started))
        return replace(self.ctx, now=self.ctx.now + passed)


Deliver = Callable[[_Run, int], bool]


def drain(ctx: Context, limit: int = 200) -> Drained:
    """Deliver what is due, at most `limit` rows of each channel; several may run at once.

    A channel whose far side fails altogether is left alone for the rest of the run.
    """
    heartbeats.beat(ctx, HEARTBEAT)
    run = _Run(ctx, _everybody(ctx))
    run.done.lapsed = lapse(ctx)
    run.done.failed = bury(ctx)
    for channel, deliver in ((RELAY, _tell), (MAIL, _send), (SMS, _send)):
        if _drain_channel(run, channel, deliver, limit=limit, dropped=False):
            _drain_channel(run, channel, deliver, limit=limit, dropped=True)
    return run.done


def _drain_channel(run: _Run, channel: str, deliver: Deliver, *, limit: int, dropped: bool) -> bool:
    """False when the far side is down."""
    while limit > 0:
        size = 1 if dropped else min(limit, BATCHES[channel])
        ids = claim(run.now(), run.owner, channel, size, dropped=dropped)
        limit -= len(ids)
        if not ids:
            break
        if not _deliver(run, ids, deliver):
            return False
    return True


@query
def _everybody(ctx: Context, session: Session) -> Directory:
    return Directory.load(session, reference(session))


def _deliver(run: _Run, ids: list[int], deliver: Deliver) -> bool:
    """Row by row; what is left of the batch goes back when the far side is down."""
    for place, row_id in enumerate(ids, start=1):
        try:
            usable = deliver(run, row_id)
        except Exception as error:  # one bad row must not hold up the others
            log.exception("outbox row %s failed", row_id)
            failed(run.now(), row_id, run.owner, f"{type(error).__name__}: {error}"[:400])
            run.done.failed += 1
            usable = True
        if not usable:
            put_back(run.now(), ids[place:], run.owner)
            return False
    return True


def _tell(run: _Run, row_id: int) -> bool:
    run.done.relayed += _expand(run.now(), row_id, run)
    return True


@use_case
def _expand(ctx: Context, session: Session, row_id: int, run: _Run) -> bool:
    """Inside the house effect and result are one transaction."""
    row = held(session, row_id, run.owner, ctx.now)
    if row is None:
        return False
    notices.expand(ctx, session, row, run.directory)
    row.state, row.sent_at, row.lease_owner, row.lease_until = OutboxState.SENT, ctx.now, None, None
    return True


def _send(run: _Run, row_id: int) -> bool:
    """Intent, call, result; False when nothing more will get through now."""
    attempt = Attempt(row_id, uuid.uuid4().hex)
    message = _intend(run.now(), attempt, run)
    if message is None:
        return True
    try:
        channels().send(message)
    except TryAgain as error:
        failed(run.now(), row_id, None, str(error), attempt=attempt, wait_s=error.retry_after_s)
        run.done.failed += 1
        return not error.whole_gateway
    except Refused as error:
        settle(run.now(), attempt, OutboxState.DEAD, str(error))
        run.done.failed += 1
        return True
    except OutcomeUnknown as error:
        settle(run.now(), attempt, OutboxState.UNKNOWN, str(error))
        run.done.unknown += 1
        return False
    settle(run.now(), attempt, OutboxState.SENT)
    run.done.sent += 1
    return True


@use_case
def _intend(ctx: Context, session: Session, attempt: Attempt, run: _Run) -> Mail | Sms | None:
    """The message in words, and on its row that it is being sent now."""
    row = held(session, attempt.row_id, run.owner, ctx.now)
    if row is None:
        return None
    row.attempt_id = attempt.id
    try:
        message = compose(ctx, session, row, run.directory)
    except NobodyToTell as nobody:
        row.state, row.last_error = OutboxState.GIVEN_UP, str(nobody)
        row.lease_owner = row.lease_until = None
        return None
    intend(row, ctx.now)
    return message
