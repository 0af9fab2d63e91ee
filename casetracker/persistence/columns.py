"""Column types that the tables share."""

import json
import zlib
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Enum,
    Index,
    Integer,
    LargeBinary,
    String,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

BigId = BigInteger().with_variant(Integer(), "sqlite")
JsonDoc = JSON().with_variant(JSONB(), "postgresql")


def partial_index(name: str, *columns: str, where: str, unique: bool = False) -> Index:
    """An index over the rows that satisfy `where`, on both engines."""
    condition = text(where)
    return Index(name, *columns, unique=unique, postgresql_where=condition, sqlite_where=condition)


def given_index(name: str, column: str) -> Index:
    """An index over the rows that have a value there.

    Smaller, not written for the rows without, and no planner takes it for `IS NULL`.
    """
    return partial_index(name, column, where=f"{column} IS NOT NULL")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, stored in UTC; naive values are refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        instant = value.astimezone(UTC)
        return instant.replace(tzinfo=None) if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_text(members: type[StrEnum], *, checked: bool = False) -> Enum:
    """A StrEnum stored by its value; `checked` puts a CHECK on the column."""
    return Enum(
        members,
        native_enum=False,
        length=40,
        create_constraint=checked,
        name=members.__name__.lower(),
        values_callable=lambda enum: [member.value for member in enum],
    )


class CodeSet(TypeDecorator[frozenset[str]]):
    """A small set of codes as `,a,b,`; one row read gives all of it."""

    impl = String(400)
    cache_ok = True

    def process_bind_param(self, value: Iterable[str] | None, dialect: Dialect) -> str:
        return "," + ",".join(sorted(value or ())) + ","

    def process_result_value(self, value: str | None, dialect: Dialect) -> frozenset[str]:
        return frozenset(code for code in (value or "").split(",") if code)


class PackedJson(TypeDecorator[Any]):
    """A large JSON document, compressed; it is read whole and never asked for its parts."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes:
        return zlib.compress(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(zlib.decompress(value))
