"""Tables for spreadsheets, written so that no cell can become a formula.

In a workbook every cell is a string cell; in a csv what a program might take for a formula begins
with an apostrophe. Source: OWASP ASVS 5.0 1.2.10.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

LONGEST = 32_767
"""Characters that a cell of a worksheet can hold."""

LONGEST_FOOT = 200
"""Characters of a footer that every spreadsheet program takes."""
CUT_MARK = "…（内容过长，已截断）"
UNWRITABLE_MARK = "□"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠|")


def writable(text: str) -> str:
    """What a worksheet can hold: odd signs become a visible mark, an overlong text says so."""
    shown = _UNWRITABLE.sub(UNWRITABLE_MARK, text)
    return shown if len(shown) <= LONGEST else shown[: LONGEST - len(CUT_MARK)] + CUT_MARK


def link_cell(page: Any, row: int, column: int, address: str) -> None:
    """Let a cell lead to an address; what it shows is written over it afterwards."""
    page.write_url(row, column, address, None, writable(address))


def inert(text: str) -> str:
    """The same for a csv, where an apostrophe keeps a formula from being one."""
    shown = writable(text)
    return f"'{shown}" if shown.lstrip(" ").startswith(_FORMULA_STARTS) else shown


@dataclass(frozen=True, slots=True)
class Watermark:
    """Whose copy a table is: `text` for print and properties, `tile` a PNG behind the cells."""

    text: str
    tile: bytes | None = None


def write_workbook(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    sheet: str = "数据",
    watermark: Watermark | None = None,
) -> int:
    """One sheet of strings; the number of rows below the header."""
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 0)
        if watermark is not None:
            _mark(book, page, watermark)
        for place, name in enumerate(header):
            page.write_string(0, place, writable(name))
        for row in rows:
            count += 1
            for place, cell in enumerate(row):
                page.write_string(count, place, writable(cell))
    return count


def _mark(book: Any, page: Any, watermark: Watermark) -> None:
    """On screen behind the cells, on paper at the foot of every page, and in the properties."""
    book.set_properties({"comments": watermark.text})
    foot = writable(watermark.text).replace("&", "&&")
    page.set_footer(f"&L{foot[:LONGEST_FOOT]}&R&P/&N")
    if watermark.tile is not None:
        page.set_background(io.BytesIO(watermark.tile))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """UTF-8 with a mark at the start, as spreadsheets expect; the number of rows."""
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([inert(name) for name in header])
        for row in rows:
            count += 1
            writer.writerow([inert(cell) for cell in row])
    return count
