"""Making the file of an order: one maker at a time, whole or not at all, under today's rights.

A maker that dies leaves an order whose lease runs out; the next one begins anew. Only the maker
whose attempt still stands on the row may say that it is done, so that an order has one file.
Source: docs/rules/exports.md 4, 5.
"""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, literal_column, select, update
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import DomainError
from casetracker.domain.exports import (
    LEASE,
    MOST_TRIES,
    ExportKind,
    ExportState,
    mark_of,
)
from casetracker.gateways.file_store import Stored
from casetracker.gateways.papers.watermark_png import watermark_png
from casetracker.persistence.account import Account
from casetracker.persistence.database import change_rows, take_turns
from casetracker.persistence.exports import ExportJob
from casetracker.persistence.queries.reference import reference
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.exports.ordering import allowed_source, question_of_order
from casetracker.services.exports.reach import reach_of
from casetracker.services.people.sessions import actor_of
from casetracker.services.sheets import Watermark, write_csv, write_workbook
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import use_case

log = logging.getLogger(__name__)
UNMADE: ColumnElement[bool] = literal_column("export_jobs.state IN ('waiting', 'making')")
"""Written as in the partial index: SQLite would not use it for bound values."""
REPORT_EVERY = 500
"""Rows between two looks at the order: progress is told, and a lost order is let go."""
MARK = "导出标记"


@dataclass(frozen=True, slots=True)
class Task:
    """An order in hand; `mark` is what each row carries."""

    id: int
    attempt: str
    number: str
    kind: ExportKind
    file_format: str
    question: dict[str, Any]
    asker: Context
    mark: str


class LostOrder(Exception):
    """Somebody else has the order now."""


def make_waiting(ctx: Context) -> int:
    """Make every order that waits, one after another; how many were begun."""
    done = 0
    while (task := claim(ctx)) is not None:
        make(ctx, task)
        done += 1
    return done


@use_case
def claim(ctx: Context, session: Session, number: str | None = None) -> Task | None:
    """The oldest order (or the one of that number) that waits or whose maker died.

    None while another maker is at work: exports do not crowd out the sending of messages.
    """
    take_turns(session, "exports")
    rows = list(session.scalars(select(ExportJob).where(UNMADE).order_by(ExportJob.id)))
    if any(_in_hand(job, ctx.now) for job in rows):
        return None
    job = next((one for one in rows if number in (None, one.number)), None)
    if job is None:
        return None
    job.tries += 1
    if job.tries > MOST_TRIES:
        _end(job, ExportState.FAILED, "export_gave_up")
        return None
    job.state, job.rows_done = ExportState.MAKING, 0
    job.attempt, job.lease_until = secrets.token_hex(16), ctx.now + LEASE
    return _task(ctx, session, job)


def _in_hand(job: ExportJob, now: datetime) -> bool:
    return job.state is ExportState.MAKING and job.lease_until is not None and job.lease_until > now


def _task(ctx: Context, session: Session, job: ExportJob) -> Task:
    account = session.get_one(Account, job.asked_by)
    asker = actor_of(account)
    if not account.is_active:
        asker = replace(asker, roles=frozenset())
    unit = reference(session).unit_name(account.unit_id) or ""
    moment = f"{local(ctx.now):%Y-%m-%d %H:%M}"
    return Task(
        id=job.id,
        attempt=job.attempt or "",
        number=job.number,
        kind=job.kind,
        file_format=job.file_format,
        question=dict(job.question),
        asker=replace(ctx, actor=asker, key=None),
        mark=mark_of(job.number, unit, account.name, moment),
    )


def make(ctx: Context, task: Task) -> None:
    """Write the file and hand it over; whatever goes wrong stands on the order."""
    try:
        stored, rows = _written(ctx, task)
        if not _deliver(ctx, task, stored, rows):
            file_store().remove(stored.name)
    except LostOrder:
        log.warning("export %s was taken over by another maker", task.number)
    except DomainError as error:
        _give_up(ctx, task, error.code)
    except Exception:
        log.exception("export %s failed", task.number)
        _give_up(ctx, task, "export_broke")


def _written(ctx: Context, task: Task) -> tuple[Stored, int]:
    source = allowed_source(task.asker, task.kind)
    question = question_of_order(task.kind, task.question)
    header = [*source.header(task.asker, question), MARK]
    rows = _marked(ctx, task, source.lines(task.asker, question))
    store = file_store()
    with store.draft() as draft:
        if task.file_format == "csv":
            count = write_csv(draft, header, rows)
        else:
            mark = Watermark(task.mark, watermark_png(task.mark))
            count = write_workbook(draft, header, rows, watermark=mark)
        return store.keep(draft), count


def _marked(ctx: Context, task: Task, lines: Iterator[Sequence[str]]) -> Iterator[list[str]]:
    """Each row with its mark; now and then the order is told how far it got."""
    for count, line in enumerate(lines, start=1):
        yield [*line, task.mark]
        if count % REPORT_EVERY == 0 and not _progress(ctx, task, count):
            raise LostOrder


@use_case
def _progress(ctx: Context, session: Session, task: Task, count: int) -> bool:
    return _change(session, task, rows_done=count)


@use_case
def _deliver(ctx: Context, session: Session, task: Task, stored: Stored, rows: int) -> bool:
    days = reference(session).settings["export_days"]
    note_access(task.asker, session, Access.CASES_EXPORTED, f"{task.number} {rows} 行")
    return _change(
        session,
        task,
        state=ExportState.READY,
        rows_done=rows,
        reach=reach_of(session, task.asker.actor),
        storage_name=stored.name,
        size=stored.size,
        sha256=stored.sha256,
        made_at=ctx.now,
        expires_at=ctx.now + timedelta(days=days),
        lease_until=None,
    )


@use_case
def _give_up(ctx: Context, session: Session, task: Task, code: str) -> None:
    _change(session, task, state=ExportState.FAILED, failure=code[:40], lease_until=None)


def _change(session: Session, task: Task, **values: Any) -> bool:
    """Whether the order was still in this maker's hands."""
    mine = and_(ExportJob.id == task.id, ExportJob.attempt == task.attempt)
    in_work = ExportJob.state == ExportState.MAKING
    done = update(ExportJob).where(mine, in_work).values(**values)
    return change_rows(session, done.execution_options(synchronize_session=False)) == 1


def _end(job: ExportJob, state: ExportState, code: str) -> None:
    job.state, job.failure, job.lease_until = state, code, None
