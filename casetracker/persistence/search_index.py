"""Chinese full text by overlapping pairs of characters, on both engines.

A phrase of two or more characters matches exactly where LIKE would; a single character is looked
up as a prefix of a pair. SQLite keeps an FTS5 table, PostgreSQL a tsvector with a GIN index.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from operator import add
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    String,
    bindparam,
    column,
    func,
    table,
    text,
)
from sqlalchemy.orm import Session

from casetracker.persistence.database import is_sqlite

LONGEST_TEXT = 8000
"""Characters of a case that are indexed; tsvector positions end at 16,383."""

_RUN = re.compile(r"[^\W_]+")
_SQLITE_PUT = text("INSERT INTO case_search(rowid, grams) VALUES (:id, :grams)")
_SQLITE_DROP = text("DELETE FROM case_search WHERE rowid = :id")
_SQLITE_KNOWS = text("SELECT 1 FROM case_search WHERE rowid = :id")
_POSTGRES_KNOWS = text("SELECT 1 FROM case_search WHERE case_id = :id")
_POSTGRES_DROP = text("DELETE FROM case_search WHERE case_id = :id")
_POSTGRES_PUT = text(
    "INSERT INTO case_search(case_id, grams) VALUES (:id, to_tsvector('simple', :grams)) "
    "ON CONFLICT (case_id) DO UPDATE SET grams = excluded.grams"
)


def _runs(value: str) -> list[str]:
    """Letters and digits in runs, everything else cut away, in one letter case."""
    return _RUN.findall(unicodedata.normalize("NFKC", value).casefold())


def grams(value: str) -> str:
    """Overlapping pairs of every run, plus its last sign so that single signs are found."""
    pairs: list[str] = []
    for run in _runs(value[:LONGEST_TEXT]):
        pairs += _pairs(run)
        pairs.append(run[-1])
    return " ".join(pairs)


def forget(session: Session, case_id: int) -> None:
    """Nothing finds the case by its words any more."""
    session.execute(_SQLITE_DROP if is_sqlite(session) else _POSTGRES_DROP, {"id": case_id})


def knows(session: Session, case_id: int) -> bool:
    """Whether the case is in the index."""
    asked = _SQLITE_KNOWS if is_sqlite(session) else _POSTGRES_KNOWS
    return session.execute(asked, {"id": case_id}).first() is not None


def write(session: Session, case_id: int, value: str, *, is_new: bool = False) -> None:
    """Index the searchable text of a case, in the transaction of the change."""
    row = {"id": case_id, "grams": grams(value)}
    if is_sqlite(session):
        if not is_new:
            session.execute(_SQLITE_DROP, {"id": case_id})
        session.execute(_SQLITE_PUT, row)
    else:
        session.execute(_POSTGRES_PUT, row)


@dataclass(frozen=True, slots=True)
class Found:
    """The index as a table, the case that a row of it belongs to, and the condition of a hit."""

    source: Any
    case_id: Any
    condition: ColumnElement[bool]


def found(session: Session, phrase: str) -> Found | None:
    """Where every word of the phrase occurs; None when nothing is asked.

    On SQLite the rows come in the order of `case_id` without sorting.
    """
    runs = _runs(phrase)[:10]
    if not runs:
        return None
    if is_sqlite(session):
        source = table("case_search", column("rowid", BigInteger))
        query = " AND ".join(_sqlite_term(run) for run in runs)
        match = text("case_search MATCH :search_query").bindparams(search_query=query)
        return Found(source, source.c.rowid, match)  # type: ignore[arg-type]
    search = table("case_search", column("case_id", BigInteger), column("grams"))
    query_text = " & ".join(_postgres_term(run) for run in runs)
    tsquery = func.to_tsquery("simple", bindparam("search_query", query_text, type_=String))
    return Found(search, search.c.case_id, search.c.grams.op("@@")(tsquery))


def write_new(session: Session, texts: Iterable[tuple[int, str]]) -> None:
    """Index many new cases at once."""
    rows = [{"id": case_id, "grams": grams(value)} for case_id, value in texts]
    if rows:
        session.execute(_SQLITE_PUT if is_sqlite(session) else _POSTGRES_PUT, rows)


def _pairs(run: str) -> list[str]:
    return list(map(add, run, run[1:]))


def _sqlite_term(run: str) -> str:
    return f'"{run}"*' if len(run) == 1 else '"' + " ".join(_pairs(run)) + '"'


def _postgres_term(run: str) -> str:
    return (
        f"'{run}':*" if len(run) == 1 else "(" + " <-> ".join(f"'{p}'" for p in _pairs(run)) + ")"
    )
