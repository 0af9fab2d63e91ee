"""Takes a file in: reads, checks, writes in batches, and tells what became of every row."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.days import local
from casetracker.persistence.exchange import ImportBatch
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context
from casetracker.services.imports.imported import BadRow, ImportedCase
from casetracker.services.imports.mapping import FileMapping, mapping_named
from casetracker.services.imports.reading import Cell, RawRow, Table, open_table
from casetracker.services.imports.rejected import RejectedFile
from casetracker.services.imports.writing import BatchResult, try_batch, write_batch
from casetracker.services.use_case import query, use_case

BATCH = 500
FOLDER = "imports"
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Rejection:
    """One row that was not taken: the first column at fault, and why."""

    row: int
    column: str
    reason: str


@dataclass(slots=True)
class ImportReport:
    """What became of a file; `rejected_file` holds the rejected rows, to be corrected."""

    read: int = 0
    added: int = 0
    unchanged: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    rejected_file: str | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "read": self.read,
            "added": self.added,
            "unchanged": self.unchanged,
            "rejected": [
                {"row": one.row, "column": one.column, "reason": one.reason}
                for one in self.rejected
            ],
            "rejected_file": self.rejected_file,
        }


@dataclass(slots=True)
class _Run:
    """One import while it goes on."""

    ctx: Context
    mapping: FileMapping
    ref: Reference
    batch: int
    table: Table
    places: dict[str, int]
    rejected_file: RejectedFile
    report: ImportReport
    dry_run: bool

    def take(self, rows: list[RawRow]) -> None:
        """Check a batch of rows and write the good ones; cheap to repeat after a crash."""
        self.report.read += len(rows)
        cases: list[ImportedCase] = []
        refused: list[tuple[int, str, str]] = []
        for row in rows:
            try:
                cells = self._cells(row)
                cases.append(self.mapping.base.read(self.ref, self.ctx.now, row.number, cells))
            except BadRow as bad:
                refused.append((row.number, bad.problems[0][0], self._words(bad)))
        done = self._written(cases)
        self.report.added += done.added
        self.report.unchanged += done.unchanged
        self._reject(rows, sorted([*refused, *done.refused]))

    def _cells(self, row: RawRow) -> dict[str, Cell]:
        overhang = self.table.overhang(row)
        if overhang:
            told = f"比表头多出 {overhang} 个单元格，可能有未加引号的分隔符，请核对"
            raise BadRow([(self.mapping.base.key_column, told)])
        return self.mapping.cells(self.places, row.cells)

    def _written(self, cases: list[ImportedCase]) -> BatchResult:
        step = try_batch if self.dry_run else write_batch
        return step(self.ctx, cases, self.batch, self.mapping.base.key_column)

    def _words(self, bad: BadRow) -> str:
        (_, first), *others = bad.problems
        more = [f"{self.mapping.told_as(column)}：{reason}" for column, reason in others]
        return "；".join([first, *more])

    def _reject(self, rows: list[RawRow], refused: list[tuple[int, str, str]]) -> None:
        cells = {row.number: row.cells for row in rows}
        for number, column, reason in refused:
            theirs = self.mapping.told_as(column)
            self.report.rejected.append(Rejection(number, theirs, reason))
            self.rejected_file.add(number, cells[number], theirs, reason)


def import_file(
    ctx: Context, path: Path, mapping_name: str, *,
    data_dir: Path, dry_run: bool = False, progress: Progress = lambda rows: None,
) -> ImportReport:  # fmt: skip
    """Import a file; good rows go in, the others are told and kept in a file of their own.

    Each batch is one transaction, and a row that is there already is left as it is: after a crash
    the same file is simply given again. Raises UnreadableFile, InvalidInput for the mapping.
    """
    mapping = mapping_named(ctx, mapping_name)
    with open_table(path) as table:
        places = mapping.places(table.header)
        batch = 0 if dry_run else begin_batch(ctx, path.name, digest_of(path), mapping.name)
        rejected = RejectedFile(rejected_path(data_dir, path, ctx.now), table.header)
        run = _Run(
            ctx, mapping, _reference(ctx), batch, table, places, rejected, ImportReport(), dry_run
        )
        try:
            for rows in _batches(table):
                run.take(rows)
                progress(len(rows))
        finally:
            run.report.rejected_file = rejected.close()
    if not dry_run:
        finish_batch(ctx, batch, run.report)
    return run.report


def _batches(table: Table) -> Iterator[list[RawRow]]:
    while rows := list(islice(table.rows, BATCH)):
        yield rows


def rejected_path(data_dir: Path, path: Path, now: datetime) -> Path:
    """A name that tells the file and the moment, and is not taken yet."""
    stem = f"{path.stem[:60]}-{local(now):%Y%m%d-%H%M%S}-未导入"
    folder = data_dir / FOLDER
    choice, number = folder / f"{stem}.xlsx", 1
    while choice.exists():
        number += 1
        choice = folder / f"{stem}-{number}.xlsx"
    return choice


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@query
def _reference(ctx: Context, session: Session) -> Reference:
    return reference(session)


@use_case
def begin_batch(ctx: Context, session: Session, filename: str, sha256: str, mapping: str) -> int:
    """Enter that an import goes on; its id."""
    row = ImportBatch(
        filename=filename[:200],
        sha256=sha256,
        mapping=mapping,
        started_at=ctx.now,
        by_id=ctx.actor.account_id,
    )
    session.add(row)
    session.flush()
    return row.id


@use_case
def finish_batch(ctx: Context, session: Session, batch: int, report: ImportReport) -> None:
    """Enter what came of it."""
    row = session.get(ImportBatch, batch)
    assert row is not None
    row.finished_at = ctx.now
    row.read, row.added, row.unchanged = report.read, report.added, report.unchanged
    row.rejected = len(report.rejected)
    row.rejected_file = report.rejected_file and Path(report.rejected_file).name
