"""Parts of an instant on the Shanghai clock, as SQL of both engines.

Shanghai has kept UTC+8 without summer time since 1991; nothing here is older.
"""

from datetime import date
from typing import Any

from sqlalchemy import Date, Integer, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction


class local_month(GenericFunction[str]):  # noqa: N801 - named like the SQL functions it stands among
    """`YYYY-MM` of an instant."""

    type = String()
    inherit_cache = True


class local_day(GenericFunction[date]):  # noqa: N801
    """The day of an instant."""

    type = Date()
    inherit_cache = True


class local_weekday(GenericFunction[int]):  # noqa: N801
    """Day of the week of an instant: Sunday 0 to Saturday 6."""

    type = Integer()
    inherit_cache = True


class local_hour(GenericFunction[int]):  # noqa: N801
    """Hour of the day of an instant, 0 to 23."""

    type = Integer()
    inherit_cache = True


_SQLITE = {
    "local_month": "%Y-%m",
    "local_day": "%Y-%m-%d",
    "local_weekday": "%w",
    "local_hour": "%H",
}
_POSTGRES = {
    "local_day": "CAST({} AS DATE)",
    "local_month": "to_char({}, 'YYYY-MM')",
    "local_weekday": "CAST(extract(dow FROM {}) AS INTEGER)",
    "local_hour": "CAST(extract(hour FROM {}) AS INTEGER)",
}


@compiles(local_month, "sqlite")
@compiles(local_day, "sqlite")
@compiles(local_weekday, "sqlite")
@compiles(local_hour, "sqlite")
def _on_sqlite(element: GenericFunction[Any], compiler: SQLCompiler, **more: Any) -> str:
    text = f"strftime('{_SQLITE[element.name]}', {_of(element, compiler, more)}, '+8 hours')"
    return f"CAST({text} AS INTEGER)" if isinstance(element.type, Integer) else text


@compiles(local_month, "postgresql")
@compiles(local_day, "postgresql")
@compiles(local_weekday, "postgresql")
@compiles(local_hour, "postgresql")
def _on_postgresql(element: GenericFunction[Any], compiler: SQLCompiler, **more: Any) -> str:
    return _POSTGRES[element.name].format(
        f"timezone('Asia/Shanghai', {_of(element, compiler, more)})"
    )


def _of(element: GenericFunction[Any], compiler: SQLCompiler, more: dict[str, Any]) -> str:
    return compiler.process(element.clauses, **more)
