"""What happens to hazards of the demonstration today: pictures come in, one becomes a case."""

import io
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.patrol_vocabulary import HazardState, PatrolPhoto
from casetracker.persistence.patrol import Hazard
from casetracker.services.commands.patrol import CaseFromHazard
from casetracker.services.context import Context
from casetracker.services.demo.photograph import photograph
from casetracker.services.demo.present import Stage
from casetracker.services.patrol.photos import add_photo
from casetracker.services.receiving.from_patrol import case_from_hazard
from casetracker.services.use_case import query

PHOTOGRAPHED = 20
"""At most so many of the hazards that wait for their check."""
EARLIER = timedelta(hours=2)


def play_patrols(stage: Stage) -> None:
    """By the handlers of the units, as they would at the desk."""
    base, random = stage.base, stage.teller.random
    for number, unit_id in _some(base, HazardState.REPORTED, PHOTOGRAPHED):
        ctx = stage.ctx(_handler(stage, unit_id), base.now)
        add_photo(ctx, number, "整改后.jpg", io.BytesIO(photograph(random)), PatrolPhoto.RECTIFIED)
    for number, unit_id in _some(base, HazardState.NOTIFIED, 1):
        ctx = stage.ctx(_handler(stage, unit_id), base.now - EARLIER)
        asked = CaseFromHazard(content="逾期未整改的安全隐患，需多个部门共同处置，请协调。")
        case_from_hazard(ctx, number, asked)


def _handler(stage: Stage, unit_id: int) -> str:
    return f"{stage.ref.units[unit_id].code}_handler"


@query
def _some(ctx: Context, session: Session, state: HazardState, count: int) -> list[tuple[str, int]]:
    """The hazards in that state whose deadline comes first."""
    wanted = select(Hazard.number, Hazard.unit_id).where(Hazard.state == state)
    rows = session.execute(wanted.order_by(Hazard.due_on, Hazard.id).limit(count))
    return [(row.number, row.unit_id) for row in rows]
