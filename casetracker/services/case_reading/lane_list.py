"""The desk of the discipline officers: what waits, what was handed on, what is finished.

Lists show numbers, dates and whom it accuses, no words; every list that is opened is written down.
Source: 《信访工作条例》 art. 22(2), 30(3); docs/rules/petition.md §6.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import LANE_STATES, Channel, State, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.persistence.queries.case_list import case_standing
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context, require_right
from casetracker.services.looks import note_lane_list
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

PAGE = 50


class Pile(StrEnum):
    """The three piles of the lane."""

    WAITING = "waiting"
    HANDED_ON = "handed_on"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class LaneLine:
    """One case as the list shows it; `standing` None where no limit runs."""

    number: str
    track: Track
    channel: Channel
    state: State
    received_at: datetime
    sealed_at: datetime
    due_at: datetime | None
    standing: Standing | None
    accused: str | None
    accused_unit: str | None
    organ: str | None
    handed_on_at: datetime | None


@dataclass(frozen=True, slots=True)
class LanePage:
    """One page of a pile; pages count from 1."""

    lines: tuple[LaneLine, ...]
    total: int
    page: int
    has_more: bool


def lane_page(
    ctx: Context, pile: Pile, standing: Standing | None = None, *, page: int = 1
) -> LanePage:
    """Due first, then by receipt. Raises NotPermitted. The look is written down."""
    found = _page(ctx, pile, standing, page)
    note_lane_list(ctx, [line.number for line in found.lines])
    return found


@query
def _page(
    ctx: Context, session: Session, pile: Pile, standing: Standing | None, page: int
) -> LanePage:
    ref = reference(session)
    where = _of(ctx, ref, pile, standing)
    rows = session.execute(
        select(Case, ConfidentialMatter)
        .join(ConfidentialMatter, ConfidentialMatter.case_id == Case.id)
        .where(*where)
        .order_by(Case.next_due_at.is_(None), Case.next_due_at, Case.received_at.desc(), Case.id)
        .limit(PAGE + 1)
        .offset(PAGE * (page - 1))
    ).all()
    lines = tuple(_line(ref, row.Case, row.ConfidentialMatter, ctx.now) for row in rows[:PAGE])
    return LanePage(lines, session.scalar(_count(where)) or 0, page, len(rows) > PAGE)


@query
def lane_counts(ctx: Context, session: Session) -> dict[Pile, int]:
    """How many lie on each pile."""
    ref = reference(session)
    return {pile: session.scalar(_count(_of(ctx, ref, pile))) or 0 for pile in Pile}


@query
def count_lane(ctx: Context, session: Session, standing: Standing) -> int:
    """How many of those that wait stand so: the total of the list of the same words."""
    where = _of(ctx, reference(session), Pile.WAITING, standing)
    return session.scalar(_count(where)) or 0


def _count(where: list[ColumnElement[bool]]) -> Select[Any]:
    return select(func.count()).select_from(Case).where(*where)


def _of(
    ctx: Context, ref: Reference, pile: Pile, standing: Standing | None = None
) -> list[ColumnElement[bool]]:
    require_right(ctx, Right.LANE)
    found: list[ColumnElement[bool]] = [
        Case.is_sealed.is_(True),
        visible(scope_of(ctx.actor, ref)),
        _lies_on(pile),
    ]
    if standing is Standing.OVERDUE:
        found.append(Case.next_due_at < ctx.now)
    elif standing is Standing.DUE_SOON:
        found += [Case.next_due_at >= ctx.now, Case.next_warn_at <= ctx.now]
    return found


def _lies_on(pile: Pile) -> ColumnElement[bool]:
    if pile is Pile.FINISHED:
        return Case.state.not_in(sorted(LANE_STATES))
    return Case.state == (State.IN_LANE if pile is Pile.WAITING else State.TRANSFERRED)


def _line(ref: Reference, case: Case, matter: ConfidentialMatter, now: datetime) -> LaneLine:
    return LaneLine(
        number=case.number,
        track=case.track,
        channel=case.channel,
        state=case.state,
        received_at=case.received_at,
        sealed_at=matter.sealed_at,
        due_at=case.next_due_at,
        standing=case_standing(case, now),
        accused=matter.accused,
        accused_unit=ref.unit_name(matter.accused_unit_id),
        organ=matter.organ,
        handed_on_at=matter.handed_on_at,
    )
