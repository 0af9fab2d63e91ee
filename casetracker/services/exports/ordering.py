"""Ordering an export and consenting to another's: counted, capped, on record.

Source: docs/rules/exports.md 2, 3.
"""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound
from casetracker.domain.exports import ExportKind, ExportState, first_state
from casetracker.domain.numbering import order_number
from casetracker.domain.permissions import Right
from casetracker.persistence.database import after_commit, locked
from casetracker.persistence.exports import ExportJob
from casetracker.persistence.queries.reference import reference
from casetracker.services.access_log import note_access
from casetracker.services.commands.exports import DecideExport, OrderExport
from casetracker.services.commands.fields import Command
from casetracker.services.context import Context, require_right
from casetracker.services.exports.sources import SOURCES, Source
from casetracker.services.exports.waking import wake_makers
from casetracker.services.exports.wording import about
from casetracker.services.numbers import next_in
from casetracker.services.outcome import Made
from casetracker.services.use_case import use_case

PREFIX = "DC"


def question_of_order(kind: ExportKind, asked: Mapping[str, Any]) -> Command:
    """The question as its own model. Raises InvalidInput for what its page would refuse."""
    try:
        return SOURCES[kind].model.model_validate(dict(asked))
    except ValidationError:
        raise InvalidInput({"asked": "bad_filter"}) from None


def count_of_order(ctx: Context, kind: ExportKind, asked: Mapping[str, Any]) -> int:
    """How many rows it comes to for the actor. Raises NotPermitted, InvalidInput, NotFound."""
    source = allowed_source(ctx, kind)
    return source.count(ctx, question_of_order(kind, asked))


def allowed_source(ctx: Context, kind: ExportKind) -> Source:
    """Raises NotPermitted for a person who may not export this kind."""
    source = SOURCES[kind]
    for right in (Right.CASES_EXPORT, *source.rights):
        require_right(ctx, right)
    return source


def order_export(ctx: Context, command: OrderExport) -> Made:
    """导出: the order stands on record before a row is written.

    Raises NotPermitted, InvalidInput (`asked`) for a filter that is nonsense, GuardRefused for
    nothing to export and for more than the office allows at once.
    """
    rows = count_of_order(ctx, command.kind, command.asked)
    return _keep_order(ctx, command, rows)


@use_case
def _keep_order(ctx: Context, session: Session, command: OrderExport, rows: int) -> Made:
    settings = reference(session).settings
    if rows == 0:
        raise GuardRefused("nothing_to_export")
    if rows > settings["export_rows_max"]:
        raise GuardRefused("export_too_large", rows=rows, most=settings["export_rows_max"])
    assert ctx.actor.account_id is not None, "only people have the right"
    year = local_date(ctx.now).year
    job = ExportJob(
        number=order_number(year, next_in(session, f"{PREFIX}{year}"), prefix=PREFIX),
        kind=command.kind,
        file_format=command.file_format,
        question=dict(command.asked),
        about=about(question_of_order(command.kind, command.asked)),
        purpose=command.purpose,
        state=first_state(rows, consent_from=settings["export_consent_rows"]),
        rows_expected=rows,
        asked_by=ctx.actor.account_id,
        asked_at=ctx.now,
    )
    session.add(job)
    note_access(ctx, session, Access.EXPORT_ORDERED, f"{job.number} {rows} 行：{job.about}")
    after_commit(session, wake_makers)
    return Made(job.number)


@use_case
def decide_export(ctx: Context, session: Session, number: str, command: DecideExport) -> None:
    """审批导出 by another person. Raises NotPermitted, NotFound, GuardRefused."""
    require_right(ctx, Right.EXPORTS_DECIDE)
    job = session.scalar(locked(session, select(ExportJob).where(ExportJob.number == number)))
    if job is None:
        raise NotFound(export=number)
    if job.asked_by == ctx.actor.account_id:
        raise GuardRefused("own_request")
    if job.state is not ExportState.TO_CONSENT:
        raise GuardRefused("export_decided")
    job.state = ExportState.WAITING if command.granted else ExportState.REFUSED
    job.decided_by, job.decided_at = ctx.actor.account_id, ctx.now
    job.decision_note = command.note
    said = "同意" if command.granted else "不同意"
    note_access(ctx, session, Access.EXPORT_DECIDED, f"{number} {said}")
    after_commit(session, wake_makers)
