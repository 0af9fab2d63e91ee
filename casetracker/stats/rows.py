"""What a table is broken down by: the keys of its rows, their names, and the cases of one row.

A row is known by a key that groups what cases keep; its code is what doors give and take, None for
the row of the cases that have none yet.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement

from casetracker.domain.errors import InvalidInput
from casetracker.domain.peer_groups import peer_group_of
from casetracker.domain.vocabulary import Channel, Dimension, PeerGroup, SourceLevel, Track
from casetracker.labels import UnknownName, label, member_from
from casetracker.persistence.queries.reference import Reference
from casetracker.stats.counting import DIMENSIONS

MEMBERS: Mapping[str, type[StrEnum]] = {
    Dimension.CHANNEL: Channel,
    Dimension.TRACK: Track,
    Dimension.SOURCE_LEVEL: SourceLevel,
    Dimension.UNIT_GROUP: PeerGroup,
}
"""Dimensions whose rows are words of the vocabulary."""
WITHOUT: Mapping[str, str] = {
    Dimension.UNIT: "未派单",
    Dimension.UNIT_GROUP: "未派单",
    Dimension.CATEGORY: "未分类",
    Dimension.SOURCE_LEVEL: "未登记来源层级",
}
"""The row of the cases that have none."""


def counted_by(by: str) -> str:
    """What cases are counted by in the database for rows of that dimension: groups by their units.

    Raises InvalidInput for no dimension.
    """
    if by == Dimension.UNIT_GROUP:
        return Dimension.UNIT
    if by not in DIMENSIONS:
        raise InvalidInput({"by": "unknown_dimension"})
    return by


def row_key(ref: Reference, by: str, kept: Any) -> Any:
    """The key of the row to which a case belongs by what it keeps; None where it keeps nothing."""
    if by != Dimension.UNIT_GROUP:
        return kept
    unit = ref.units.get(kept)
    return None if unit is None else peer_group_of(unit.kind)


def row_name(ref: Reference, by: str, key: Any) -> tuple[str | None, str]:
    """The code and the Chinese name of a row."""
    if key is None:
        return None, WITHOUT[by]
    if by in MEMBERS:
        member = MEMBERS[by](key)
        return member.value, label(member)
    if by == Dimension.UNIT:
        unit = ref.units[key]
        return unit.code, unit.name
    category = ref.categories[key]
    return category.code, category.full_name


def row_order(by: str, code: str | None) -> tuple[bool, int, str]:
    """Words in the order of their vocabulary, others by code, the row without one last."""
    place = list(MEMBERS[by]).index(MEMBERS[by](code)) if by in MEMBERS and code else 0
    return code is None, place, code or ""


def row_condition(ref: Reference, by: str, code: str | None) -> ColumnElement[bool]:
    """The case belongs to the row of that code or name, None for the one without.

    Raises InvalidInput.
    """
    column = DIMENSIONS[counted_by(by)]
    if code is None:
        return _is(column.is_(None))
    if by == Dimension.UNIT_GROUP:
        group = _key_of(ref, by, code)
        return _is(column.in_([u.id for u in ref.units.values() if peer_group_of(u.kind) == group]))
    return _is(column == _key_of(ref, by, code))


def _is(condition: Any) -> ColumnElement[bool]:
    found: ColumnElement[bool] = condition
    return found


def _key_of(ref: Reference, by: str, code: str) -> Any:
    if by in MEMBERS:
        try:
            return member_from(MEMBERS[by], code)
        except UnknownName:
            raise InvalidInput({"key": "unknown_key"}) from None
    row = ref.unit_named(code) if by == Dimension.UNIT else ref.category_named(code)
    if row is None:
        raise InvalidInput({"key": "unknown_key"})
    return row.id
