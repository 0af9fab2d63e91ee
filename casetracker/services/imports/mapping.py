"""Which columns of a file mean what: the two shipped mappings, and those that offices make."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.persistence.exchange import ImportMapping
from casetracker.persistence.queries.reference import Reference
from casetracker.services.context import Context
from casetracker.services.imports import fields_of_history, fields_of_messages
from casetracker.services.imports.decoding import UnreadableFile
from casetracker.services.imports.history_rows import history_case
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.message_rows import message_case
from casetracker.services.imports.reading import Cell
from casetracker.services.use_case import query, use_case

ReadRow = Callable[[Reference, datetime, int, Mapping[str, Cell]], ImportedCase]


@dataclass(frozen=True, slots=True)
class BaseMapping:
    """A shipped format: its columns, those that a header must have, and the reader of a row."""

    name: str
    columns: tuple[str, ...]
    needed: tuple[str, ...]
    key_column: str
    read: ReadRow


BASES: Mapping[str, BaseMapping] = {
    "history": BaseMapping(
        "history",
        tuple(fields_of_history.COLUMNS),
        fields_of_history.NEEDED_IN_HEADER,
        "external_number",
        history_case,
    ),
    "messages": BaseMapping(
        "messages",
        fields_of_messages.COLUMNS,
        fields_of_messages.NEEDED_IN_HEADER,
        fields_of_messages.NUMBER,
        message_case,
    ),
}


@dataclass(frozen=True, slots=True)
class FileMapping:
    """A base, with what the file calls its columns and values that all rows share."""

    name: str
    base: BaseMapping
    renamed: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)

    def places(self, header: tuple[str, ...]) -> dict[str, int]:
        """Column of the format → place in the file. Raises UnreadableFile naming what is missing.

        Columns that the format does not know are left alone.
        """
        places: dict[str, int] = {}
        for place, name in enumerate(header):
            meant = self.renamed.get(name, name)
            if meant in self.base.columns:
                places.setdefault(meant, place)
        missing = [name for name in self.base.needed if name not in {*places, *self.constants}]
        if missing:
            raise UnreadableFile(f"缺少列：{'、'.join(missing)}。第一行应为列名。")
        return places

    def cells(self, places: Mapping[str, int], cells: tuple[Cell, ...]) -> dict[str, Cell]:
        """One row by the names of the format."""
        values: dict[str, Cell] = dict(self.constants)
        for name, place in places.items():
            if place < len(cells) and cells[place] is not None:
                values[name] = cells[place]
        return values

    def told_as(self, column: str) -> str:
        """What the file calls a column of the format."""
        return next((theirs for theirs, ours in self.renamed.items() if ours == column), column)


@query
def mapping_named(ctx: Context, session: Session, name: str) -> FileMapping:
    """A shipped mapping or one of the office's own. Raises InvalidInput."""
    if name in BASES:
        return FileMapping(name, BASES[name])
    row = session.scalar(select(ImportMapping).where(ImportMapping.name == name))
    if row is None:
        raise InvalidInput({"--mapping": "unknown_mapping"})
    return FileMapping(row.name, BASES[row.base], dict(row.columns), dict(row.constants))


@query
def all_mappings(ctx: Context, session: Session) -> list[dict[str, Any]]:
    """Shipped ones first, then the office's own by name."""
    shipped = [{"name": one.name, "base": one.name, "columns": {}, "constants": {}}
               for one in BASES.values()]  # fmt: skip
    rows = session.scalars(select(ImportMapping).order_by(ImportMapping.name))
    own = [{"name": row.name, "base": row.base, "columns": row.columns,
            "constants": row.constants} for row in rows]  # fmt: skip
    return [*shipped, *own]


@use_case
def keep_mapping(
    ctx: Context, session: Session, name: str, base: str, *,
    columns: Mapping[str, str], constants: Mapping[str, str],
) -> None:  # fmt: skip
    """Make or change a mapping of the office's own. Raises InvalidInput naming the field."""
    _check(name, base, columns, constants)
    row = session.scalar(select(ImportMapping).where(ImportMapping.name == name))
    if row is None:
        row = ImportMapping(name=name)
        session.add(row)
    row.base, row.columns, row.constants = base, dict(columns), dict(constants)
    row.changed_by, row.changed_at = ctx.actor.account_id, ctx.now


def _check(name: str, base: str, columns: Mapping[str, str], constants: Mapping[str, str]) -> None:
    problems = {}
    if not 1 <= len(name.strip()) <= 60 or name in BASES:
        problems["name"] = "bad_mapping_name"
    if base not in BASES:
        raise InvalidInput({**problems, "base": "unknown_mapping"})
    known = BASES[base].columns
    if any(meant not in known for meant in columns.values()):
        problems["columns"] = "unknown_column"
    if any(meant not in known for meant in constants):
        problems["constants"] = "unknown_column"
    if problems:
        raise InvalidInput(problems)
