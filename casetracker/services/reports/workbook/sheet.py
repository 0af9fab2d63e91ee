"""A sheet that is written row by row, with cells that lead to their cases, and charts over it."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from casetracker.domain.papers.leading import whole_address
from casetracker.services.sheets import link_cell, writable

Cell = str | int | float | None
Row = Sequence["Cell | Share | Led"]


class Share(NamedTuple):
    """A fraction that is shown in per cent; None for no value."""

    value: float | None
    decimals: int = 1


class Led(NamedTuple):
    """A cell that leads to its cases; a desk address, None for one that leads nowhere."""

    cell: str | int | float | None
    to: str | None


class Sheet:
    """One sheet with a place to write on; `address` is the public one of the desk, or empty."""

    def __init__(self, book: Any, name: str, address: str = "") -> None:
        self.address = address
        self.page = book.add_worksheet(name)
        self.bold = book.add_format({"bold": True})
        shown = ("0%", "0.0%", "0.00%")
        self.percents = [book.add_format({"num_format": one}) for one in shown]
        self.row = 0

    def line(self, *cells: Cell | Share | Led, bold: bool = False) -> int:
        """Write one row; gives its number."""
        for column, cell in enumerate(cells):
            self._write(column, cell, bold=bold)
        self.row += 1
        return self.row - 1

    def table(self, header: Sequence[str], rows: Iterable[Row]) -> range:
        """A head and rows below it, and one blank row; the numbers of the rows."""
        first = self.line(*header, bold=True) + 1
        for row in rows:
            self.line(*row)
        self.row += 1
        return range(first, self.row - 1)

    def _write(self, column: int, cell: Cell | Share | Led, *, bold: bool) -> None:
        if isinstance(cell, Led):
            to = whole_address(cell.to, self.address) if cell.cell else None
            if to:
                link_cell(self.page, self.row, column, to)
            self._write(column, cell.cell, bold=bold)
        elif isinstance(cell, Share):
            if cell.value is not None:
                self.page.write_number(self.row, column, cell.value, self.percents[cell.decimals])
        elif isinstance(cell, str):
            style = (self.bold,) if bold else ()
            self.page.write_string(self.row, column, writable(cell), *style)
        elif cell is not None:
            self.page.write_number(self.row, column, cell)
