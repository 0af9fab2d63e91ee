"""Writes a batch of imported cases in one transaction: a fixed number of statements."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, insert, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.domain.numbering import case_number, paper_number
from casetracker.domain.vocabulary import Action, Track
from casetracker.persistence import search_index
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.petition import (
    ConfidentialMatter,
    Opinion,
    Petition,
    PetitionEvaluation,
)
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.sealing import keyring
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import Assignment, Contact, FollowUp, Reply
from casetracker.services.context import Context
from casetracker.services.imports.clock_rows import Reckoner
from casetracker.services.imports.entries import told_mark
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.rows import CaseRows, Row, rows_of
from casetracker.services.numbers import block_with_gaps, next_block, next_in
from casetracker.services.steps.lane.sealing import KEY_FIELD
from casetracker.services.use_case import query, use_case

_CHILDREN = (
    TimelineEntry, Clock, Assignment, Contact, Reply, FollowUp, Petition, ConfidentialMatter,
    Opinion, PetitionEvaluation,
)  # fmt: skip
"""In the order of `CaseRows.children`."""


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
    parents = _parents(session, cases)
    result = _Sorted([], 0, [])
    unchanged = 0
    here: dict[str, str] = {}
    open_here: dict[str, bool] = {}
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
            parent = _parent(case, open_here, parents)
            if parent is None:
                reason = f"没有找到“{case.repeat_of}”，应为本表前面的编号或已有的工单号"
                result.refused.append((case.row, "repeat_of", reason))
                continue
        here[case.key] = mark
        open_here[case.key] = not case.is_sealed
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


def _parent(
    case: ImportedCase, here: Mapping[str, bool], known: Mapping[str, tuple[int, bool]]
) -> int | str | None:
    """What it repeats. What is sealed is found by its like alone: nobody else may hear of it."""
    name = case.repeat_of or ""
    found, is_open = (name, here[name]) if name in here else known.get(name, (None, False))
    return found if is_open or case.is_sealed else None


def _parents(session: Session, cases: Sequence[ImportedCase]) -> dict[str, tuple[int, bool]]:
    """Key or number → id, and whether it is open to everybody."""
    names = [case.repeat_of for case in cases if case.repeat_of]
    if not names:
        return {}
    by_number = select(Case.number, Case.id, Case.is_sealed).where(Case.number.in_(names))
    by_key = select(Case.external_key, Case.id).where(Case.external_key.in_(names))
    blinded = {keyring().blind_index(name, field=KEY_FIELD): name for name in names}
    matter = ConfidentialMatter
    sealed = select(matter.key_index, matter.case_id).where(matter.key_index.in_(blinded))
    return {
        **{blinded[index or ""]: (id_, False) for index, id_ in session.execute(sealed)},
        **{number: (id_, not shut) for number, id_, shut in session.execute(by_number)},
        **{key or "": (id_, True) for key, id_ in session.execute(by_key)},
    }


def _write(
    ctx: Context, session: Session, fresh: list[tuple[ImportedCase, int | str | None]], batch: int
) -> None:
    if not fresh:
        return
    ref = reference(session)
    reckoner = Reckoner(ref, ctx.now)
    cases = [case for case, _ in fresh]
    drawn = zip(_numbers(session, ref, cases), _opinion_numbers(session, ref, cases), strict=True)
    rows = [
        rows_of(
            ctx, reckoner, case, number, batch=batch, opinion_number=opinion_number,
            repeat_of_id=parent if isinstance(parent, int) else None,
        )
        for (case, parent), (number, opinion_number) in zip(fresh, drawn, strict=True)
    ]  # fmt: skip
    _insert(session, rows)
    _link(session, fresh, rows)


def _numbers(session: Session, ref: Reference, cases: Sequence[ImportedCase]) -> list[str]:
    """Numbers in the order of the rows, one draw per track and year."""
    of_rows = [(case.track, local(case.received_at).year) for case in cases]
    drawn = {
        (track, year): _draw(session, ref, track, year, of_rows.count((track, year)))
        for track, year in dict.fromkeys(of_rows)
    }
    return [next(drawn[one]) for one in of_rows]


def _draw(session: Session, ref: Reference, track: Track, year: int, count: int) -> Iterator[str]:
    """Petitions leave gaps on purpose (docs/rules/petition.md §6)."""
    is_petition = track is Track.PETITION
    prefix = ref.settings["petition_prefix" if is_petition else "number_prefix"]
    series = f"{prefix}{year}"
    if is_petition:
        numbers: Sequence[int] = block_with_gaps(session, series, count)
    else:
        first = next_block(session, series, count)
        numbers = range(first, first + count)
    return (case_number(year, number, prefix=prefix) for number in numbers)


def _opinion_numbers(
    session: Session, ref: Reference, cases: Sequence[ImportedCase]
) -> list[str | None]:
    """文号 of those whose opinion has words, from the series of the year in which it was served."""
    prefix, numbers = ref.settings["paper_prefix"], list[str | None]()
    for case in cases:
        served = case.petition.served_at if case.petition and case.petition.opinion else None
        year = local(served).year if served else 0
        numbers.append(
            paper_number(prefix, year, next_in(session, f"{prefix}{year}")) if served else None
        )
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
    found = [(one.case["id"], one.search) for one in rows if one.search is not None]
    search_index.write_new(session, found)


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
