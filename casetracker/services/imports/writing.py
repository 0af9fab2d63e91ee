"""Writes a batch of imported cases in one transaction: a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.numbering import case_number
from casetracker.domain.vocabulary import Action
from casetracker.persistence import search_index
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.sealing import keyring
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import Assignment, Contact, FollowUp, Reply
from casetracker.services.context import Context
from casetracker.services.imports.clock_rows import Reckoner
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.rows import CaseRows, Row, rows_of, told_mark
from casetracker.services.numbers import next_block
from casetracker.services.steps.lane.sealing import KEY_FIELD
from casetracker.services.use_case import query, use_case

_CHILDREN = (TimelineEntry, Clock, Assignment, Contact, Reply, FollowUp)


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of the rows of one batch; `refused` are (row, column, Chinese reason)."""

    added: int
    unchanged: int
    refused: tuple[tuple[int, str, str], ...]


@dataclass(frozen=True, slots=True)
class _Sorted:
    fresh: list[tuple[ImportedCase, int | str | None]]
    unchanged: int
    refused: list[tuple[int, str, str]]


@use_case
def write_batch(
    ctx: Context, session: Session, cases: Sequence[ImportedCase], batch: int, column: str
) -> BatchResult:
    """Add what is new; leave what is there. `column` names the key in refusals."""
    found = _sort(session, cases, column)
    _write(ctx, session, found.fresh, batch)
    return BatchResult(len(found.fresh), found.unchanged, tuple(found.refused))


@query
def try_batch(
    ctx: Context, session: Session, cases: Sequence[ImportedCase], batch: int, column: str
) -> BatchResult:
    """What `write_batch` would do, without doing it."""
    found = _sort(session, cases, column)
    return BatchResult(len(found.fresh), found.unchanged, tuple(found.refused))


def _sort(session: Session, cases: Sequence[ImportedCase], column: str) -> _Sorted:
    """New rows, rows that are there already, and rows that contradict what is there."""
    known = _known(session, [case.key for case in cases])
    parents = _parents(session, [case.repeat_of for case in cases if case.repeat_of])
    result = _Sorted([], 0, [])
    unchanged = 0
    here: dict[str, str] = {}
    for case in cases:
        mark = told_mark(case.told)
        before = known.get(case.key, here.get(case.key))
        if before is not None:
            if before == mark or not case.told:
                unchanged += 1
            else:
                result.refused.append((case.row, column, "已存在且内容不同，未改动"))
            continue
        parent: int | str | None = None
        if case.repeat_of:
            parent = case.repeat_of if case.repeat_of in here else parents.get(case.repeat_of)
            if parent is None:
                reason = f"没有找到“{case.repeat_of}”，应为本表前面的编号或已有的工单号"
                result.refused.append((case.row, "repeat_of", reason))
                continue
        here[case.key] = mark
        result.fresh.append((case, parent))
    return _Sorted(result.fresh, unchanged, result.refused)


def _known(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """Key → mark of the row that made it, "" where another door did."""
    blinded = {keyring().blind_index(key, field=KEY_FIELD): key for key in keys}
    registered = select(TimelineEntry.payload).where(
        TimelineEntry.seq == 1, TimelineEntry.action == Action.REGISTER
    )
    on_the_desk = registered.add_columns(Case.external_key).join(
        Case, Case.id == TimelineEntry.case_id
    )
    in_the_lane = registered.add_columns(ConfidentialMatter.key_index).join(
        ConfidentialMatter, ConfidentialMatter.case_id == TimelineEntry.case_id
    )
    found = {key: _told(row) for row, key in session.execute(
        on_the_desk.where(Case.external_key.in_(keys))
    )}  # fmt: skip
    sealed = in_the_lane.where(ConfidentialMatter.key_index.in_(blinded))
    return found | {blinded[index]: _told(row) for row, index in session.execute(sealed)}


def _told(registration: Mapping[str, Any]) -> str:
    mark: str = registration.get("imported", {}).get("told", "")
    return mark


def _parents(session: Session, names: Sequence[str]) -> dict[str, int]:
    if not names:
        return {}
    by_key = session.execute(select(Case.external_key, Case.id).where(Case.external_key.in_(names)))
    open_desk = Case.is_sealed.is_(False)  # a number of the lane is as unknown as any other
    by_number = session.execute(
        select(Case.number, Case.id).where(Case.number.in_(names), open_desk)
    )
    return {row[0]: row[1] for row in (*by_number, *by_key)}


def _write(
    ctx: Context, session: Session, fresh: list[tuple[ImportedCase, int | str | None]], batch: int
) -> None:
    if not fresh:
        return
    ref = reference(session)
    reckoner = Reckoner(ref, ctx.now)
    numbers = _numbers(session, ref.settings["number_prefix"], [case for case, _ in fresh])
    rows = [
        rows_of(
            ctx, reckoner, case, number, batch=batch,
            repeat_of_id=parent if isinstance(parent, int) else None,
        )
        for (case, parent), number in zip(fresh, numbers, strict=True)
    ]  # fmt: skip
    _insert(session, rows)
    _link(session, fresh, rows)


def _numbers(session: Session, prefix: str, cases: Sequence[ImportedCase]) -> list[str]:
    """Numbers in the order of the rows, one draw per year."""
    years = [local(case.received_at).year for case in cases]
    next_of = {
        year: next_block(session, f"{prefix}{year}", years.count(year)) for year in set(years)
    }
    numbers = []
    for year in years:
        numbers.append(case_number(year, next_of[year], prefix=prefix))
        next_of[year] += 1
    return numbers


def _insert(session: Session, rows: Sequence[CaseRows]) -> None:
    people = _insert_with_ids(session, Petitioner, [one.petitioner for one in rows])
    for one, petitioner_id in zip(rows, people, strict=True):
        one.case["petitioner_id"] = petitioner_id
    ids = _insert_with_ids(session, Case, [one.case for one in rows])
    for one, case_id in zip(rows, ids, strict=True):
        one.case["id"] = case_id
        for children in one.children():
            for child in children:
                child["case_id"] = case_id
    for place, model in enumerate(_CHILDREN):
        children = [child for one in rows for child in list(one.children())[place]]
        if model is TimelineEntry and any(one.texts for one in rows):
            _insert_texts(session, rows, _insert_with_ids(session, model, children))
        elif children:
            session.execute(insert(_table(model)), children)
    search_index.write_new(session, [(one.case["id"], one.search) for one in rows])


def _insert_texts(session: Session, rows: Sequence[CaseRows], entry_ids: Sequence[int]) -> None:
    texts, first = [], 0
    for one in rows:
        for seq, salt, body in one.texts:
            texts.append({"entry_id": entry_ids[first + seq - 1], "salt": salt, "body": body})
        first += len(one.entries)
    session.execute(insert(_table(TimelineText)), texts)


def _insert_with_ids(session: Session, model: type[Any], rows: list[Row]) -> list[int]:
    table = _table(model)
    statement = insert(table).returning(table.c.id, sort_by_parameter_order=True)
    return [row.id for row in session.execute(statement, rows)]


def _table(model: type[Any]) -> Table:
    table: Table = model.__table__
    return table


def _link(
    session: Session, fresh: list[tuple[ImportedCase, int | str | None]], rows: Sequence[CaseRows]
) -> None:
    """Repeats of rows of this very batch, whose ids were not known before."""
    ids = {case.key: one.case["id"] for (case, _), one in zip(fresh, rows, strict=True)}
    for (_, parent), one in zip(fresh, rows, strict=True):
        if isinstance(parent, str):
            row = session.get(Case, one.case["id"])
            assert row is not None
            row.repeat_of_id = ids[parent]
