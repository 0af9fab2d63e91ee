"""Opening one case: everything about it in a fixed number of statements; and why its dates are so.

Source of what a history must show: docs/rules/hotline.md, "History".
"""

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Pause
from casetracker.domain.errors import NotFound
from casetracker.domain.limits import is_stated
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock, ClockPause
from casetracker.persistence.queries.case_file import read_rows
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.case_reading import case_views as shown
from casetracker.services.case_reading.case_file import CaseFile, ClockView
from casetracker.services.case_reading.offers import offers_for, primary_of
from casetracker.services.case_reading.petition_views import petition
from casetracker.services.case_reading.unlocking import unlocked
from casetracker.services.context import Context
from casetracker.services.looks import note_lane_look
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.clocks import Clocks
from casetracker.services.use_case import query


def open_case_file(ctx: Context, number: str) -> CaseFile:
    """All that the case page and the API show. NotFound when unknown or out of scope.

    Nobody gets to see a case of the confidential lane before the look is written down.
    """
    file = _file(ctx, number)
    if file.lane is not None:
        note_lane_look(ctx, "打开", case_number=number)
    return file


@query
def _file(ctx: Context, session: Session, number: str) -> CaseFile:
    ref = reference(session)
    scope = visible(scope_of(ctx.actor, ref))
    row = session.execute(
        select(Case, Petitioner)
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(Case.number == number, scope)
    ).one_or_none()
    if row is None:
        raise NotFound(number=number)
    case, person = row
    work = CaseWork.around(ctx, session, ref, case)
    rows = read_rows(session, case, person, scope=scope)
    offers = offers_for(work)
    file = CaseFile(
        head=shown.head(case, ref, rows.names, ctx.now),
        person=shown.person(person),
        place=shown.place(case, ref),
        clocks=tuple(shown.clock(clock, ref, ctx.now) for clock in work.clocks.rows),
        timeline=shown.timeline(rows, ref, ctx.actor),
        parts=shown.parts(rows, ref),
        requests=shown.requests(rows, ref),
        contacts=shown.contacts(rows),
        replies=shown.replies(rows),
        follow_ups=shown.follow_ups(rows),
        orders=shown.orders(rows, ref),
        files=shown.files(rows),
        links=shown.links(rows),
        history=shown.history(rows.history),
        offers=offers,
        primary=primary_of(work, offers),
        petition=petition(rows, ref),
    )
    return unlocked(session, ref, case, file) if case.is_sealed else file


def explain_deadlines(ctx: Context, number: str) -> tuple[ClockView, ...]:
    """The clocks of a case, each with the day-by-day steps that lead to its date.

    The dates are those that are kept; the steps are worked out anew from trigger, calendar,
    pauses and extensions. NotFound when unknown or out of scope.
    """
    clocks, is_sealed = _clocks(ctx, number)
    if is_sealed:
        note_lane_look(ctx, "查看时限", case_number=number)
    return clocks


@query
def _clocks(ctx: Context, session: Session, number: str) -> tuple[tuple[ClockView, ...], bool]:
    ref = reference(session)
    query_ = select(Case).where(Case.number == number, visible(scope_of(ctx.actor, ref)))
    case = session.scalar(query_)
    if case is None:
        raise NotFound(number=number)
    clocks = Clocks.of(session, ref, case, ctx.now)
    pauses = _pauses(session, clocks.rows)
    views = tuple(_explained(clocks, row, pauses.get(row.id, [])) for row in clocks.rows)
    return views, case.is_sealed


def _pauses(session: Session, rows: list[Clock]) -> dict[int, list[Pause]]:
    found: dict[int, list[Pause]] = {}
    query_ = (
        select(ClockPause)
        .where(ClockPause.clock_id.in_([row.id for row in rows]))
        .order_by(ClockPause.id)
    )
    for pause in session.scalars(query_):
        found.setdefault(pause.clock_id, []).append(Pause(pause.started_at, pause.ended_at))
    return found


def _explained(clocks: Clocks, row: Clock, pauses: list[Pause]) -> ClockView:
    if is_stated(row.limit_code, row.rule_code):
        return shown.clock(row, clocks.ref, clocks.now)
    limit = clocks.limit(row.rule_code, row.started_at)
    due = clocks.compute(
        limit, row.started_at, extend_days=row.extended_days, pauses=pauses, explain=True
    )
    return shown.clock(row, clocks.ref, clocks.now, steps=due.steps, source=limit.source)
