"""The frame of every use case: one transaction, retried when the engine asks for it, and the
client's idempotency key written together with the effect.
"""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from casetracker.domain.errors import DomainError
from casetracker.persistence.database import ATTEMPTS, db, is_retryable, transaction
from casetracker.persistence.outbox import IdempotencyKey
from casetracker.services.context import Context
from casetracker.services.outcome import Made, Outcome, answer_from

P = ParamSpec("P")
R = TypeVar("R")
KEPT = timedelta(days=7)
"""How long a client may repeat a request with the same key."""
DECIDED_ONCE = (
    *("idempotency", "cases_external_key", "cases.external_key"),
    *("accounts_username", "accounts.username"),
)
"""Unique keys, as both engines name them: whoever comes second tries again and sees the first."""


class KeyReused(DomainError):
    """The idempotency key was used before with another body."""

    code = "idempotency_mismatch"


def use_case(
    function: Callable[Concatenate[Context, Session, P], R],
) -> Callable[Concatenate[Context, P], R]:
    """Run the function in a transaction of its own; doors call it without the session.

    A repeated idempotency key gives the first answer again, also when both arrive at once and the
    second is refused what the first has just done. A deadlock, a serialisation failure, a busy
    file or two equal keys at once are tried again, three times in all.
    """

    @wraps(function)
    def run(ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return _once(function, ctx, *args, **kwargs)
            except DomainError:
                earlier = _earlier_answer(db.session(), ctx)
                if earlier is None:
                    raise
                return _as_told(earlier)
            except (DBAPIError, StaleDataError) as error:
                if attempt == ATTEMPTS or not _may_retry(error):
                    raise
                time.sleep(0.02 * attempt)
        raise AssertionError

    return run


def query(
    function: Callable[Concatenate[Context, Session, P], R],
) -> Callable[Concatenate[Context, P], R]:
    """A use case that only reads: no lock is taken and nothing is kept."""

    @wraps(function)
    def run(ctx: Context, *args: P.args, **kwargs: P.kwargs) -> R:
        return function(ctx, db.session(), *args, **kwargs)

    return run


@query
def was_answered(ctx: Context, session: Session) -> bool:
    """Whether the use case of this key ran before, so that asking again changes nothing."""
    return _earlier_answer(session, ctx) is not None


def _once(
    function: Callable[Concatenate[Context, Session, P], R],
    ctx: Context,
    *args: P.args,
    **kwargs: P.kwargs,
) -> R:
    with transaction() as session:
        earlier = _earlier_answer(session, ctx)
        if earlier is not None:
            return _as_told(earlier)
        result = function(ctx, session, *args, **kwargs)
        if ctx.key is not None and (result is None or isinstance(result, Outcome | Made)):
            _keep_answer(session, ctx, result)
        return result


def _as_told(earlier: Mapping[str, Any]) -> Any:
    """The first answer once more; nothing where nothing was answered."""
    return answer_from(earlier) if earlier else None


def _may_retry(error: DBAPIError | StaleDataError) -> bool:
    if isinstance(error, StaleDataError):
        return True
    if isinstance(error, IntegrityError):
        return any(name in str(error.orig) for name in DECIDED_ONCE)
    return is_retryable(error)


def _earlier_answer(session: Session, ctx: Context) -> Mapping[str, Any] | None:
    """What the first request was told; empty for a use case that answers nothing."""
    if ctx.key is None:
        return None
    row = session.execute(
        select(IdempotencyKey.body_hash, IdempotencyKey.result).where(
            IdempotencyKey.principal == ctx.actor.principal, IdempotencyKey.key == ctx.key.key
        )
    ).one_or_none()
    if row is None:
        return None
    if row.body_hash != ctx.key.body_hash:
        raise KeyReused(key=ctx.key.key)
    found: Mapping[str, Any] = row.result
    return found


def _keep_answer(session: Session, ctx: Context, result: Outcome | Made | None) -> None:
    assert ctx.key is not None
    session.add(
        IdempotencyKey(
            principal=ctx.actor.principal,
            key=ctx.key.key,
            body_hash=ctx.key.body_hash,
            result=result.as_json() if result else {},
            created_at=ctx.now,
            expires_at=ctx.now + KEPT,
        )
    )
