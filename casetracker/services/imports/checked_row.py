"""One row while it is checked: its cells are read, and problems are kept by column."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import Track
from casetracker.labels.refusals import problem_text
from casetracker.services.imports.cells import BadCell, plain
from casetracker.services.imports.fields_of_history import (
    CHINESE,
    COLUMNS,
    MOMENTS,
    MOST_EXTENDED,
    ORDER,
    PETITION_ONLY,
    REQUIRED,
)
from casetracker.services.imports.reading import Cell


@dataclass(slots=True)
class CheckedRow:
    """`values` by column, None for what is blank or wrong; `problems` tell what is wrong."""

    values: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)

    @property
    def track(self) -> Track:
        """A row whose track cannot be read is looked at as one of the hotline."""
        return self.values["track"] or Track.HOTLINE

    def refuse(self, column: str, reason: str) -> None:
        self.problems.setdefault(column, reason)

    def in_order(self) -> list[tuple[str, str]]:
        """The problems as the format orders its columns."""
        return [(name, self.problems[name]) for name in COLUMNS if name in self.problems]


def read_row(cells: Mapping[str, Cell]) -> CheckedRow:
    """Every cell on its own; columns of petitions stay unread in a row of the hotline."""
    row = CheckedRow(dict.fromkeys(COLUMNS))
    _read(row, cells, [name for name in COLUMNS if name not in PETITION_ONLY])
    if row.track is Track.PETITION:
        _read(row, cells, PETITION_ONLY)
    return row


def _read(row: CheckedRow, cells: Mapping[str, Cell], names: list[str] | tuple[str, ...]) -> None:
    for name in names:
        try:
            row.values[name] = COLUMNS[name](cells.get(name))
        except BadCell as bad:
            row.refuse(name, str(bad))


def refuse_missing(row: CheckedRow) -> None:
    for name in REQUIRED:
        if row.values[name] is None:
            row.refuse(name, problem_text("required"))
    if row.values["content"] is None and row.values["title"] is None:
        row.refuse("content", problem_text("required"))


def refuse_wrong_times(row: CheckedRow, now: datetime) -> None:
    for name in MOMENTS:
        moment = row.values[name]
        if moment is not None and moment > now:
            row.refuse(name, f"{CHINESE[name]}{problem_text('in_the_future')}")
    for later, earlier in ORDER[row.track]:
        after, before = row.values[later], row.values[earlier]
        if after is not None and before is not None and after < before:
            row.refuse(later, f"{CHINESE[later]}早于{CHINESE[earlier]}，请核对")


def refuse_long_extension(row: CheckedRow) -> None:
    days, most = row.values["extended_days"], MOST_EXTENDED[row.track]
    if days is not None and days > most:
        row.refuse("extended_days", f"应为 0 至 {most} 的整数，现为 {days}")


def told(cells: Mapping[str, Cell], row: CheckedRow) -> str:
    """All that a row says, in one spelling, to see whether another says the same."""
    unread = () if row.track is Track.PETITION else PETITION_ONLY
    return "\x1f".join(
        f"{name}={plain(cells.get(name)).strip()}"
        for name in COLUMNS
        if name not in unread and plain(cells.get(name)).strip()
    )
