"""Screens on a wall of the command centre: each shows the wall page by a secret of its own."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.database import Base


class WallScreen(Base):
    """A browser that may show the wall and nothing else; its cookie is kept only as a hash."""

    __tablename__ = "wall_screens"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40))
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    placed_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    placed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
