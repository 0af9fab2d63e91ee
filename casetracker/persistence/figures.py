"""Sums behind the figures, kept up to date, and what changed since they were.

`figure_sets` says of each counting definition as of when its sums hold. `figure_sums` has them by
month and row. `changed_cases` has, for each case that changed since, its facts as the sums know
them; triggers write it (`persistence.change_capture`). Source: docs/decisions/0016.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Enum, ForeignKey, Integer, String, Table
from sqlalchemy.orm import Mapped, mapped_column

from casetracker.domain.rates.facts import FACTS, OF_PETITIONS
from casetracker.persistence.case import Case
from casetracker.persistence.columns import BigId, JsonDoc, UtcDateTime
from casetracker.persistence.database import Base
from casetracker.persistence.petition import Petition

COPIED = (*sorted(FACTS), "is_sealed", "source_level")
"""Every fact that a figure may look at, and what else decides in which row a case stands."""


class FigureSet(Base):
    """The sums of one counting definition: they hold as of `as_of` for the cases as they were then.

    While they are made for the first time, `reach` is the last case that is in them; None once
    all are. `stamp` is another one after every change of the sums.
    """

    __tablename__ = "figure_sets"

    definition_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    as_of: Mapped[datetime] = mapped_column(UtcDateTime)
    stamp: Mapped[str] = mapped_column(String(32))
    reach: Mapped[int | None] = mapped_column(BigId)


class FigureSum(Base):
    """Counts of one row of one month: `{instant: {reason of exclusion: [count of each term]}}`.

    The empty `dimension` is all cases together; the empty `key` is no unit, no category.
    """

    __tablename__ = "figure_sums"

    definition_hash: Mapped[str] = mapped_column(
        ForeignKey("figure_sets.definition_hash"), primary_key=True
    )
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    dimension: Mapped[str] = mapped_column(String(20), primary_key=True)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    counts: Mapped[dict[str, dict[str, list[int]]]] = mapped_column(JsonDoc)


def _copied(name: str) -> Column[Any]:
    original = (Petition if name in OF_PETITIONS else Case).__table__.c[name]
    if original.foreign_keys:
        return Column(name, BigId)
    return Column(name, String(40) if isinstance(original.type, Enum) else original.type)


class ChangedCase(Base):
    """A case that changed since the sums were made: what they know of it, if it `was_known`.

    `touched` counts the changes since; counting them takes the row from whoever rolls it in.
    """

    __table__ = Table(
        "changed_cases",
        Base.metadata,
        Column("case_id", BigId, primary_key=True, autoincrement=False),
        Column("was_known", Boolean, nullable=False),
        Column("touched", Integer, nullable=False),
        *(_copied(name) for name in COPIED),
        CheckConstraint("touched >= 1", name="touched_positive"),
    )
