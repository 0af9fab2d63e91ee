"""Opens xlsx and csv as rows of cells, within bounds and without ever guessing at signs."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml.common import DefusedXmlException

from casetracker.services.imports.decoding import UnreadableFile, decoded
from casetracker.services.imports.workbook_bounds import (
    OLE_MARK,
    ZIP_MARK,
    refuse_bomb,
    refuse_oversize,
)

MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 200_000, 200, 100_000
BLANK_ROWS_AT_THE_END = 1000
DELIMITERS = ",;\t"
_BROKEN = (ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError, KeyError, OSError)
Cell = str | int | float | bool | datetime | date | None


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as it stands in the file; `number` counts as a spreadsheet does, header 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_blank(self) -> bool:
        return all(cell is None or str(cell).strip() == "" for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """The header and the rows below it, read one by one.

    Cells are `delimited` by signs in a csv, where one sign too many shifts all that follow it.
    """

    header: tuple[str, ...]
    rows: Iterator[RawRow]
    delimited: bool = False

    def overhang(self, row: RawRow) -> int:
        """How many filled cells stand beyond the header of a csv: its row is not to be trusted."""
        beyond = row.cells[len(self.header) :] if self.delimited else ()
        return sum(bool(str(cell or "").strip()) for cell in beyond)


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """The first sheet of a workbook, or a csv. Raises UnreadableFile with a Chinese reason."""
    refuse_oversize(path)
    with path.open("rb") as file:
        mark = file.read(8)
    if mark.startswith(ZIP_MARK):
        refuse_bomb(path)
        with _workbook(path) as rows:
            yield _table(rows)
    elif mark == OLE_MARK:
        raise UnreadableFile("是旧版 .xls 或加密的工作簿，请另存为不加密的 .xlsx 或 CSV。")
    else:
        yield _table(_csv_rows(path), delimited=True)


def _table(rows: Iterator[tuple[Cell, ...]], *, delimited: bool = False) -> Table:
    header = next(rows, ())
    names = tuple("" if cell is None else str(cell).strip() for cell in header)
    if not any(names):
        raise UnreadableFile("第一行应为列名，现在是空的。")
    repeated = {name for name in names if name and names.count(name) > 1}
    if repeated:
        raise UnreadableFile(f"列名重复：{'、'.join(sorted(repeated))}。")
    return Table(names, _numbered(rows), delimited)


def _numbered(rows: Iterator[tuple[Cell, ...]]) -> Iterator[RawRow]:
    """Rows with their numbers; blank ones are left out, and a tail of blanks ends the table."""
    blank = count = 0
    for number, cells in enumerate(rows, start=2):
        row = RawRow(number, cells)
        blank = blank + 1 if row.is_blank else 0
        if blank > BLANK_ROWS_AT_THE_END:
            return
        if blank:
            continue
        count += 1
        if count > MOST_ROWS:
            raise UnreadableFile(f"超过 {MOST_ROWS} 行，请拆分后导入。")
        yield row


@contextmanager
def _workbook(path: Path) -> Iterator[Iterator[tuple[Cell, ...]]]:
    with path.open("rb") as file:
        with _only_readable():
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        if not book.worksheets:
            raise UnreadableFile("工作簿中没有工作表。")
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        with closing(sheet.iter_rows(values_only=True)) as rows:
            yield _checked(_parsed(rows))


@contextmanager
def _only_readable() -> Iterator[None]:
    """Whatever the parser stumbles over is a fault of the file."""
    try:
        yield
    except _BROKEN as error:
        raise UnreadableFile("工作簿内容有误，无法读取，请用 Excel 打开后另存再试。") from error


def _parsed(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    while True:
        with _only_readable():
            row = next(rows, None)
        if row is None:
            return
        yield row


def _checked(rows: Iterator[tuple[Any, ...]]) -> Iterator[tuple[Cell, ...]]:
    for cells in rows:
        last = max((n for n, cell in enumerate(cells, 1) if cell is not None), default=0)
        if last > MOST_COLUMNS:
            raise UnreadableFile(f"超过 {MOST_COLUMNS} 列，不像是诉求表。")
        yield tuple(cells[:last])


def _csv_rows(path: Path) -> Iterator[tuple[Cell, ...]]:
    text, _ = decoded(path.read_bytes())
    if "\x00" in text:
        raise UnreadableFile("不是文本文件，请提供 .xlsx 或 CSV。")
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=False)
    try:
        for row in reader:
            yield from _checked(iter([tuple(cell if cell != "" else None for cell in row)]))
    except csv.Error:
        raise UnreadableFile(f"第 {reader.line_num} 行附近的 CSV 格式有误或单元格过长。") from None


def delimiter_of(text: str) -> str:
    """Whichever of comma, semicolon and tab the header line holds most of; quoted ones aside."""
    header = next(islice(io.StringIO(text), 1), "")
    outside = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside.count)
