"""What is kept of a frozen month. A reader must see the whole street: the doors ask for the right.

`number` names a state of the figures: 0 as frozen, n as the n-th correction left them.
"""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import String, and_, bindparam, func, select
from sqlalchemy.orm import Session, defer

from casetracker.domain.frozen.roll import CaseRoll
from casetracker.domain.vocabulary import Track
from casetracker.persistence.frozen import FrozenFigures, FrozenFile, FrozenMonth, MonthCorrection

AS_FROZEN = 0


class PublishedState(NamedTuple):
    """The last state of a month's figures under one profile; the hash is that of its month or
    correction, and covers them.
    """

    month: str
    profile: str
    version: str
    number: int
    sha256: str


_PUBLISHED = (
    select(
        FrozenFigures.month,
        FrozenFigures.profile,
        FrozenFigures.version,
        FrozenFigures.number,
        func.coalesce(MonthCorrection.sha256, FrozenMonth.sha256),
    )
    .join(FrozenMonth, FrozenMonth.month == FrozenFigures.month)
    .outerjoin(
        MonthCorrection,
        and_(
            MonthCorrection.month == FrozenFigures.month,
            MonthCorrection.number == FrozenFigures.number,
        ),
    )
    .where(FrozenFigures.month.in_(bindparam("months", type_=String, expanding=True)))
    .order_by(FrozenFigures.number)
)


def published_states(
    session: Session, months: Collection[str]
) -> Mapping[tuple[str, str], PublishedState]:
    """Those of the months that were frozen, by month and profile."""
    rows = session.execute(_PUBLISHED, {"months": sorted(months)})
    return {(row[0], row[1]): PublishedState(*row) for row in rows}


def frozen_month(session: Session, month: str) -> FrozenMonth | None:
    """The month without its 通报, which is read when it is asked for."""
    return session.scalar(
        select(FrozenMonth)
        .where(FrozenMonth.month == month)
        .options(defer(FrozenMonth.facts), defer(FrozenMonth.words))
    )


def frozen_months(session: Session) -> list[FrozenMonth]:
    """All of them, the newest first."""
    query = select(FrozenMonth).options(defer(FrozenMonth.facts), defer(FrozenMonth.words))
    return list(session.scalars(query.order_by(FrozenMonth.month.desc())))


def corrections_of(session: Session, month: str) -> list[MonthCorrection]:
    """The corrections of a month in their order, without what they say of each figure."""
    query = select(MonthCorrection).options(defer(MonthCorrection.changes))
    return list(
        session.scalars(
            query.where(MonthCorrection.month == month).order_by(MonthCorrection.number)
        )
    )


def kept_tables(
    session: Session, month: str, profile: str | None, number: int = AS_FROZEN
) -> dict[str, Any] | None:
    """The tables by dimension, of the hotline's profile unless another is named.

    None where the month was not frozen, or not under that profile.
    """
    query = select(FrozenFigures.tables).where(
        FrozenFigures.month == month, FrozenFigures.number == number
    )
    return session.scalar(query.where(_under(profile)))


def kept_roll(
    session: Session, month: str, profile: str | None, number: int = AS_FROZEN
) -> CaseRoll | None:
    """The cases behind the figures of that number."""
    query = select(FrozenFigures.roll).where(
        FrozenFigures.month == month, FrozenFigures.number == number
    )
    found = session.scalar(query.where(_under(profile)))
    return None if found is None else CaseRoll.from_json(found)


def _under(profile: str | None) -> Any:
    if profile is None:
        return FrozenFigures.track == Track.HOTLINE
    return FrozenFigures.profile == profile


def states_of(session: Session, month: str, number: int) -> dict[Track, FrozenFigures]:
    """The figures of both tracks as that number left them."""
    query = select(FrozenFigures).where(
        FrozenFigures.month == month, FrozenFigures.number == number
    )
    return {row.track: row for row in session.scalars(query.order_by(FrozenFigures.track))}


def definitions_kept(session: Session, month: str) -> list[dict[str, Any]]:
    """The profiles by which the month was frozen, whole, the hotline's first."""
    query = select(FrozenFigures.definition).where(
        FrozenFigures.month == month, FrozenFigures.number == AS_FROZEN
    )
    return list(session.scalars(query.order_by(FrozenFigures.track)))


def last_number(session: Session, month: str) -> int:
    """The number of the last correction, 0 where there is none."""
    query = select(func.max(MonthCorrection.number)).where(MonthCorrection.month == month)
    return session.scalar(query) or AS_FROZEN


def files_of(session: Session, month: str, number: int) -> dict[str, FrozenFile]:
    """What was printed, by format."""
    query = select(FrozenFile).where(FrozenFile.month == month, FrozenFile.number == number)
    return {row.file_format: row for row in session.scalars(query.order_by(FrozenFile.name))}
