"""The watch of the rules of supervision: what changed or has ripened is looked at.

Level-triggered: `cases.watch_at` says from when a case is worth a look, and each look works out the
next one, so that an outage loses nothing and a quiet case costs nothing. Each batch is one
transaction. Source: docs/rules/supervision.md 1.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.oversight.looking import Look, Sighting, look
from casetracker.domain.oversight.watched import Moment
from casetracker.domain.oversight_vocabulary import RuleMode, SuggestionStatus
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked_if_free
from casetracker.persistence.inserting import insert_once
from casetracker.persistence.oversight import OversightSuggestion
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services import heartbeats
from casetracker.services.context import Context
from casetracker.services.oversight.issuing import issue_by_rule, suggestions_to_issue
from casetracker.services.oversight.rules_in_force import triggers_on
from casetracker.services.oversight.watched_cases import watched_cases
from casetracker.services.use_case import query, use_case

HEARTBEAT = "oversight"
BATCH = 200
PENDING, LAPSED = SuggestionStatus.PENDING, SuggestionStatus.LAPSED
_COLUMNS = (
    Case.id, Case.state, Case.channel, Case.risk_tags, Case.persons, Case.repeat_of_id,
    Case.repeat_count, Case.urge_count, Case.return_count, Case.lead_unit_id, Case.contacted_at,
    Case.is_open,
)  # fmt: skip


@dataclass(slots=True)
class Watched:
    """What one round did: cases looked at, orders written by the system."""

    cases: int = 0
    issued: int = 0


def watch(ctx: Context) -> Watched:
    """Look at every case whose moment has come; in office hours write the orders of rules that
    issue them. Several rounds may run at once.
    """
    heartbeats.beat(ctx, HEARTBEAT)
    done = Watched()
    while True:
        looked_at = _look_at_batch(ctx)
        done.cases += looked_at
        if looked_at < BATCH:
            break
    if _office_is_open(ctx):
        done.issued = sum(issue_by_rule(ctx, row_id) for row_id in suggestions_to_issue(ctx))
    return done


@query
def _office_is_open(ctx: Context, session: Session) -> bool:
    ref = reference(session)
    return ref.settings.office_hours.is_open(ctx.now, ref.calendar)


@use_case
def _look_at_batch(ctx: Context, session: Session) -> int:
    """One batch in one transaction; how many cases there were in it."""
    cases = session.execute(_due_cases(session, ctx.now)).all()
    if not cases:
        return 0
    ref = reference(session)
    looks = _looks(ctx, session, ref, [case for case in cases if case.is_open])
    _keep(ctx, session, [case.id for case in cases], looks)
    table: Any = Case.__table__  # without the mapper: no version of a case changes
    session.execute(
        update(table).where(table.c.id == bindparam("case")).values(watch_at=bindparam("next")),
        [{"case": c.id, "next": looks[c.id].next_at if c.id in looks else None} for c in cases],
    )
    return len(cases)


def _due_cases(session: Session, now: datetime) -> Any:
    """What waits longest first; cases in somebody's hands are looked at after they are let go."""
    due = (
        select(*_COLUMNS)
        .where(Case.watch_at.is_not(None), Case.watch_at <= now)
        .order_by(Case.watch_at, Case.id)
        .limit(BATCH)
    )
    return locked_if_free(session, due, Case, key_share=True)


def _looks(ctx: Context, session: Session, ref: Reference, cases: Sequence[Any]) -> dict[int, Look]:
    rules = triggers_on(session, local_date(ctx.now))
    settings = ref.settings
    moment = Moment(ctx.now, ref.calendar, settings.office_hours, settings["collective_min"])
    return {one.case_id: look(one, rules, moment) for one in watched_cases(session, cases)}


def _keep(ctx: Context, session: Session, ids: Sequence[int], looks: dict[int, Look]) -> None:
    """New occasions are written down, those that are no more lapse, and may come back."""
    found = {
        (case_id, one.trigger, one.ripe.episode): one
        for case_id, seen in looks.items()
        for one in seen.found
    }
    known = _known(session, ids)
    modes = triggers_on(session, local_date(ctx.now)) if found else {}
    new = [
        _row(ctx, case_id, one, modes[one.trigger].mode)
        for (case_id, trigger, episode), one in found.items()
        if (case_id, trigger, episode) not in known
    ]
    if new:
        session.execute(insert_once(session, OversightSuggestion), new)
    gone = [row.id for key, row in known.items() if row.status is PENDING and key not in found]
    back = [row.id for key, row in known.items() if row.status is LAPSED and key in found]
    _mark(ctx, session, gone, LAPSED)
    _mark(ctx, session, back, PENDING)


def _known(session: Session, ids: Sequence[int]) -> dict[Any, Any]:
    rows = session.execute(
        select(
            OversightSuggestion.id, OversightSuggestion.case_id, OversightSuggestion.trigger,
            OversightSuggestion.episode, OversightSuggestion.status,
        ).where(OversightSuggestion.case_id.in_(ids))
    )  # fmt: skip
    return {(row.case_id, row.trigger, row.episode): row for row in rows}


def _row(ctx: Context, case_id: int, one: Sighting, mode: RuleMode) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "trigger": one.trigger,
        "episode": one.ripe.episode,
        "unit_id": one.ripe.unit_id,
        "facts": dict(one.ripe.facts),
        "mode": mode,
        "found_at": ctx.now,
        "status": PENDING,
    }


def _mark(ctx: Context, session: Session, ids: Iterable[int], status: SuggestionStatus) -> None:
    chosen = list(ids)
    if chosen:
        decided_at = ctx.now if status is LAPSED else None
        session.execute(
            update(OversightSuggestion)
            .where(OversightSuggestion.id.in_(chosen))
            .values(status=status, decided_at=decided_at)
            .execution_options(synchronize_session=False)
        )
