"""Screens of the command centre: a secret that opens the wall page and nothing else.

A person with the right places one on the very computer that is to show it; nobody stays signed in
there. Source: docs/rules/permissions.md, docs/rules/insight.md 8.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.persistence.account import Account
from casetracker.persistence.wall import WallScreen
from casetracker.services.access_log import note_access
from casetracker.services.commands.insight import PlaceScreen
from casetracker.services.context import Actor, Context, require_right
from casetracker.services.people.sessions import hash_of
from casetracker.services.use_case import query, use_case

LIFE = timedelta(days=365)
"""How long a screen shows the wall before somebody has to place it anew."""
SEEN_EVERY = timedelta(minutes=10)
SCREEN = Actor(None, "大屏", None, frozenset())
"""Whom a screen's requests act for: somebody without any role."""


@dataclass(frozen=True, slots=True)
class ScreenLine:
    """A screen as its keepers see it; the secret is kept nowhere."""

    id: int
    name: str
    placed_by: str
    placed_at: datetime
    last_seen_at: datetime
    expires_at: datetime


@use_case
def place_screen(ctx: Context, session: Session, command: PlaceScreen) -> str:
    """The cookie of a new screen; the only time that it is shown. Raises NotPermitted."""
    require_right(ctx, Right.WALL)
    assert ctx.actor.account_id is not None, "a right belongs to an account"
    secret = secrets.token_urlsafe(32)
    session.add(
        WallScreen(
            name=command.name,
            secret_hash=hash_of(secret),
            placed_by=ctx.actor.account_id,
            placed_at=ctx.now,
            expires_at=ctx.now + LIFE,
            last_seen_at=ctx.now,
        )
    )
    note_access(ctx, session, Access.SCREEN_PLACED, command.name)
    return secret


@use_case
def remove_screen(ctx: Context, session: Session, screen_id: int) -> None:
    """The screen shows nothing from its next look on. Raises NotPermitted, NotFound."""
    require_right(ctx, Right.WALL)
    screen = session.get(WallScreen, screen_id)
    if screen is None:
        raise NotFound(screen=screen_id)
    if screen.removed_at is None:
        screen.removed_at = ctx.now
        note_access(ctx, session, Access.SCREEN_REMOVED, screen.name)


@query
def screens(ctx: Context, session: Session) -> tuple[ScreenLine, ...]:
    """The screens that are in use, the newest first. Raises NotPermitted."""
    require_right(ctx, Right.WALL)
    rows = session.execute(
        select(WallScreen, Account.name)
        .join(Account, Account.id == WallScreen.placed_by)
        .where(WallScreen.removed_at.is_(None), WallScreen.expires_at > ctx.now)
        .order_by(WallScreen.id.desc())
    )
    return tuple(
        ScreenLine(row.id, row.name, name, row.placed_at, row.last_seen_at, row.expires_at)
        for row, name in rows
    )


@query
def is_screen(ctx: Context, session: Session, secret: str) -> bool:
    """Whether the cookie is that of a screen in use. Notes now and then that it is."""
    row = session.execute(
        select(WallScreen.id, WallScreen.last_seen_at).where(
            WallScreen.secret_hash == hash_of(secret),
            WallScreen.removed_at.is_(None),
            WallScreen.expires_at > ctx.now,
        )
    ).one_or_none()
    if row is not None and ctx.now - row.last_seen_at >= SEEN_EVERY:
        _note_seen(ctx, row.id)
    return row is not None


@use_case
def _note_seen(ctx: Context, session: Session, screen_id: int) -> None:
    session.execute(
        update(WallScreen).where(WallScreen.id == screen_id).values(last_seen_at=ctx.now)
    )
