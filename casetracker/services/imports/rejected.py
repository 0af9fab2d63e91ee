"""The rows that could not be taken, as a workbook to be corrected and fed in again."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from casetracker.services.imports.cells import plain
from casetracker.services.imports.reading import Cell
from casetracker.services.sheets import writable

NOTES = ("原行号", "出错列", "原因")


class RejectedFile:
    """Written row by row; nothing is left behind when no row was rejected."""

    def __init__(self, path: Path, header: Sequence[str]) -> None:
        self.path = path
        self.rows = 0
        self._header = tuple(name for name in header if name not in NOTES)
        self._places = [place for place, name in enumerate(header) if name not in NOTES]
        self._book: Any = None
        self._sheet: Any = None

    def add(self, number: int, cells: Sequence[Cell], column: str, reason: str) -> None:
        if self._book is None:
            self._open()
        self.rows += 1
        kept = [cells[place] if place < len(cells) else None for place in self._places]
        for place, cell in enumerate([*kept, number, column, reason]):
            self._sheet.write_string(self.rows, place, writable(plain(cell)))

    def close(self) -> str | None:
        """The file's place, or None when there was nothing to write."""
        if self._book is None:
            return None
        self._book.close()
        self.path.chmod(0o600)
        return str(self.path)

    def _open(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._book = xlsxwriter.Workbook(str(self.path), {"constant_memory": True})
        self._sheet = self._book.add_worksheet("被拒绝的行")
        for place, name in enumerate([*self._header, *NOTES]):
            self._sheet.write_string(0, place, writable(name))
