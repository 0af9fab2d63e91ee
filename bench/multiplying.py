"""Many cases out of a few, by the database: copies that differ in number, person and time."""

from typing import Any

from sqlalchemy import DateTime, text
from sqlalchemy.orm import Session

from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.clock import Clock
from casetracker.persistence.columns import UtcDateTime
from casetracker.persistence.database import is_sqlite
from casetracker.persistence.timeline import TimelineEntry
from casetracker.persistence.working import Assignment

SEED = 20_000
"""So many are drawn one by one."""
APART = 7
"""Minutes between the copies of a case."""
SHIFTED = {Petitioner: {"id"}, Case: {"id", "petitioner_id"}}
LINKED = {"case_id"}


def multiply(session: Session, seed: int, cases: int) -> None:
    """Copies of the first `seed` cases until there are `cases`, committed copy by copy."""
    on_sqlite = is_sqlite(session)
    key = "rowid" if on_sqlite else "case_id"
    index = (
        f"INSERT INTO case_search ({key}, grams) SELECT {key} + :offset, grams "
        f"FROM case_search WHERE {key} <= :most"
    )
    models = (Petitioner, Case, Clock, TimelineEntry, Assignment)
    statements = [*(_copying(model, on_sqlite=on_sqlite) for model in models), index]
    for copy in range(1, -(-cases // seed)):
        if not on_sqlite:
            session.execute(text("SET LOCAL statement_timeout = 0"))
        for statement in statements:
            _run(
                session, statement, offset=copy * seed, copy=copy, minutes=copy * APART,
                most=min(seed, cases - copy * seed),
            )  # fmt: skip
        session.commit()


def _run(session: Session, statement: str, **given: int) -> None:
    session.execute(text(statement), {k: v for k, v in given.items() if f":{k}" in statement})


def _copying(model: Any, *, on_sqlite: bool) -> str:
    """An INSERT of a copy of each row of the seed."""
    shifted = SHIFTED.get(model, LINKED)
    key = "case_id" if shifted is LINKED else "id"
    columns = [one for one in model.__table__.columns if one.name != "id" or one.name in shifted]
    values = (_value(one, shifted, on_sqlite=on_sqlite) for one in columns)
    as_they_came = " ORDER BY received_at" if model is Case else ""  # as an office stores them
    return (
        f"INSERT INTO {model.__tablename__} ({', '.join(one.name for one in columns)}) "
        f"SELECT {', '.join(values)} FROM {model.__tablename__} WHERE {key} <= :most{as_they_came}"
    )


def _value(column: Any, shifted: set[str], *, on_sqlite: bool) -> str:
    name = column.name
    if name in shifted:
        return f"{name} + :offset"
    if name == "number":
        return "number || '-' || CAST(:copy AS INTEGER)"
    if isinstance(column.type, UtcDateTime | DateTime):
        if on_sqlite:
            return f"strftime('%Y-%m-%d %H:%M:%f', {name}, :minutes || ' minutes') || '000'"
        return f"{name} + make_interval(mins => CAST(:minutes AS INTEGER))"
    return name
