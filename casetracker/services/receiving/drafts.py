"""What somebody has typed and not sent: kept encrypted, one for each person and form."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.account import Draft
from casetracker.services.context import Context
from casetracker.services.use_case import query, use_case

LONGEST_NAME, LONGEST_BODY = 120, 400_000


@use_case
def keep_draft(ctx: Context, session: Session, form: str, data: dict[str, Any]) -> datetime:
    """Keep what was typed, in place of what was kept before; when it was kept."""
    body = json.dumps(data, ensure_ascii=False)
    if not 0 < len(form) <= LONGEST_NAME or len(body) > LONGEST_BODY:
        raise InvalidInput({"form": "text_too_long"})
    row = session.scalar(_of(ctx, form))
    if row is None:
        row = Draft(account_id=ctx.actor.account_id, form=form, body=body, saved_at=ctx.now)
        session.add(row)
    row.body, row.saved_at = body, ctx.now
    return ctx.now


@query
def draft_of(ctx: Context, session: Session, form: str) -> tuple[dict[str, Any], datetime] | None:
    """What was kept for this person and form, and when."""
    row = session.scalar(_of(ctx, form))
    return (json.loads(row.body), row.saved_at) if row else None


@use_case
def drop_draft(ctx: Context, session: Session, form: str) -> None:
    """The form was sent or thrown away."""
    session.execute(
        delete(Draft).where(Draft.account_id == ctx.actor.account_id, Draft.form == form)
    )


def _of(ctx: Context, form: str) -> Select[Draft]:
    return select(Draft).where(Draft.account_id == ctx.actor.account_id, Draft.form == form)
