"""不计考核到期: an exclusion that was granted up to a day ends with it.

Source: docs/rules/appraisal.md §2.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.vocabulary import Action, Role
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import SYSTEM, Context
from casetracker.services.steps.appraisal import exclude
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.use_case import use_case

BATCH = 50


def expire_exclusions(ctx: Context) -> int:
    """Count the cases again whose last excluded day is over; how many they were."""
    found = done = _expire_some(ctx)
    while found == BATCH:
        found = _expire_some(ctx)
        done += found
    return done


@use_case
def _expire_some(ctx: Context, session: Session) -> int:
    is_over = Case.excluded_until < local_date(ctx.now)
    over = select(Case).where(is_over, Case.is_sealed.is_(False)).limit(BATCH)
    cases = session.scalars(locked(session, over)).all()
    own = Context(SYSTEM, ctx.now, ctx.request_id, ctx.door)
    ref = reference(session)
    for case in cases:
        work = CaseWork.around(own, session, ref, case)
        before = case.excluded
        exclude(work, None)
        step = Step(WORKFLOWS[case.track].row(Action.EXPIRE_EXCLUSION), Role.SYSTEM)
        work.advance(step, payload={"before": before, "after": None})
    return len(cases)
