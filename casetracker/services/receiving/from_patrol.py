"""转工单: a hazard becomes a hotline case, which the command centre dispatches like any other.

Only then does it count in the hotline's figures. Source: docs/rules/patrol.md 6.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.patrol_vocabulary import HazardLevel, HazardStep
from casetracker.domain.vocabulary import Channel, Track, Urgency
from casetracker.persistence.case import Case
from casetracker.persistence.patrol import Hazard
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.patrol import CaseFromHazard
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.receiving.intake import register_case
from casetracker.services.use_case import query, use_case, was_answered


def case_from_hazard(
    ctx: Context, number: str, command: CaseFromHazard, *, version: int | None = None
) -> Outcome:
    """Register the case and link it. Raises like `register_case` and like every step."""
    inner = ctx.part("case")
    seen = None if was_answered(inner) else version
    asked = _asked(ctx, number, command, seen, again=was_answered(inner))
    done = register_case(inner, asked)
    _link(ctx.part("link"), number, done.number)
    return done


@query
def _asked(
    ctx: Context, session: Session, number: str, command: CaseFromHazard, version: int | None, *,
    again: bool,
) -> RegisterCase:  # fmt: skip
    work = HazardWork.open(ctx, session, number, version)
    if not again:
        work.require(HazardStep.MAKE_CASE)
    return _case_of(work, work.row, command)


def _case_of(work: HazardWork, row: Hazard, command: CaseFromHazard) -> RegisterCase:
    area = work.patrol.ref.units.get(row.area_unit_id or 0)
    grave = row.level is HazardLevel.MAJOR
    return RegisterCase.model_validate(
        {
            "track": Track.HOTLINE,
            "channel": Channel.PATROL,
            "kind": command.kind,
            "category": command.category,
            "content": command.content,
            "urgency": Urgency.URGENT if grave else Urgency.NORMAL,
            "petitioner": {"name": work.patrol.ctx.actor.name, "no_calls": True},
            "location": {
                "address": row.address or row.place,
                "unit": area.code if area else None,
            },
        }
    )


@use_case
def _link(ctx: Context, session: Session, number: str, case_number: str) -> None:
    work = HazardWork.open(ctx, session, number)
    work.require(HazardStep.MAKE_CASE)
    work.row.case_id = session.scalars(select(Case.id).where(Case.number == case_number)).one()
    work.advance(HazardStep.MAKE_CASE, "转为热线工单，由指挥中心派单。")
