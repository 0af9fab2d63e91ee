"""INSERT that leaves a row whose unique key is taken as it is, on both engines."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table, bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from casetracker.persistence.database import is_sqlite


def insert_once(session: Session, model: type[Any]) -> Any:
    """`INSERT … ON CONFLICT DO NOTHING` into the model's table; the unique key is the guard."""
    engine = sqlite if is_sqlite(session) else postgresql
    return engine.insert(model).on_conflict_do_nothing()


def add_once(session: Session, model: type[Any], row: Mapping[str, Any]) -> bool:
    """Insert one row with an `id`; False if a row with its unique key is there already."""
    statement = insert_once(session, model).values(row)
    return session.execute(statement.returning(model.id)).first() is not None


def add_many_once(session: Session, model: type[Any], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert thousands of rows, all with the same columns; taken keys are passed over.

    One statement with a list a column on PostgreSQL: a third of the time of a row each.
    """
    if not rows:
        return
    table: Table = model.__table__
    if is_sqlite(session):
        session.execute(insert_once(session, table), list(rows))  # type: ignore[arg-type]
        return
    names = list(rows[0])
    lists = [
        bindparam(name, [row[name] for row in rows], type_=postgresql.ARRAY(table.c[name].type))
        for name in names
    ]
    columns = func.unnest(*lists).table_valued(*names).render_derived()
    chosen = select(*(columns.c[name] for name in names))
    insert = postgresql.insert(table).from_select(names, chosen)
    session.execute(insert.on_conflict_do_nothing())
