"""Cases of one row or cell of a table: the values it stands for, as conditions over `cases`.

A name that is absent asks nothing; None stands for the row without a value.
"""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement

from casetracker.persistence.case import Case
from casetracker.persistence.local_time import local_hour, local_weekday

Row = Mapping[str, Collection[Any] | None]

COLUMNS: Mapping[str, Any] = {
    "unit": Case.lead_unit_id,
    "area": Case.area_unit_id,
    "category": Case.category_id,
    "channel": Case.channel,
    "person": Case.handler_id,
    "hours": local_hour(Case.received_at),
    "weekday": local_weekday(Case.received_at),
}
"""What a table of cases may be made of."""


def of_row(row: Row, columns: Mapping[str, Any] = COLUMNS) -> list[ColumnElement[bool]]:
    """The conditions of a row. Raises KeyError for a name that no table has."""
    return [_holds(columns[name], values) for name, values in row.items()]


def _holds(column: Any, values: Collection[Any] | None) -> ColumnElement[bool]:
    condition: ColumnElement[bool] = (
        column.is_(None) if values is None else column.in_(sorted(values))
    )
    return condition
