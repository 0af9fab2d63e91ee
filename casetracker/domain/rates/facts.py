"""What a rate may know about one case: the names of its facts, one dataclass, one reader.

A row of the database, a mapping and a `CountedCase` are read alike. Source: docs/rules/rates.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

AS_OF = "as_of"
"""Stands for the moment at which a figure is read, wherever an instant of the case may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedCase:
    """The facts of one case that rates look at; instants are aware, None means "not (yet)".

    Due instants are legal ones with extensions, or the limit printed on the upstream ticket. A
    clock that is frozen before its due leaves none (docs/rules/rates.md, facts). `surveyable`: a
    reply reached the resident, who did not ask to be left alone. The call-back facts are those of
    the first answer that reached us; a case without a valid answer carries none. The last eight
    are facts of a petition: limits as platforms count them, and the two parties that are judged.
    """

    track: str = "hotline"
    channel: str | None = None
    kind: str | None = None
    category_id: int | None = None
    lead_unit_id: int | None = None
    urgency: str | None = None
    state: str = "to_dispatch"
    received_at: datetime
    dispatched_at: datetime | None = None
    sign_due_at: datetime | None = None
    signed_at: datetime | None = None
    contact_due_at: datetime | None = None
    contacted_at: datetime | None = None
    handle_due_at: datetime | None = None
    replied_at: datetime | None = None
    closed_at: datetime | None = None
    surveyable: bool | None = None
    callback_valid: bool | None = None
    callback_contacted: bool | None = None
    resolved: bool | None = None
    satisfaction: str | None = None
    redo_count: int = 0
    return_count: int = 0
    return_granted_count: int = 0
    repeat_of_id: int | None = None
    grouped_into_id: int | None = None
    excluded: str | None = None
    result: str | None = None
    evaluated_at: datetime | None = None
    notice_limit_at: datetime | None = None
    notified_at: datetime | None = None
    take_limit_at: datetime | None = None
    taken_at: datetime | None = None
    judged_at: datetime | None = None
    office_judged_at: datetime | None = None
    office_satisfaction: str | None = None
    settled_at: datetime | None = None


FACTS = frozenset(field.name for field in fields(CountedCase))
OF_PETITIONS = frozenset(
    {
        "notice_limit_at", "notified_at", "take_limit_at", "taken_at", "judged_at",
        "office_judged_at", "office_satisfaction", "settled_at",
    }
)  # fmt: skip
"""Facts that stand with the petition and not with the case."""
INSTANTS = frozenset(name for name in FACTS if name.endswith("_at"))
COUNTS = frozenset({"redo_count", "return_count", "return_granted_count"})
FLAGS = frozenset({"surveyable", "callback_valid", "callback_contacted", "resolved"})


def fact(case: Any, name: str) -> Any:
    """The fact of that name, from a mapping by key or from any object by attribute."""
    return case[name] if isinstance(case, Mapping) else getattr(case, name)
