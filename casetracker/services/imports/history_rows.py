"""Checks one row of the mapping `history` and makes an imported case of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import Result, Track
from casetracker.labels.refusals import problem_text
from casetracker.persistence.queries.reference import Reference
from casetracker.services.imports.cells import BadCell, plain
from casetracker.services.imports.fields_of_history import (
    CHINESE,
    COLUMNS,
    MOMENTS,
    ORDER,
    REQUIRED,
)
from casetracker.services.imports.imported import BadRow, ImportedCase
from casetracker.services.imports.reading import Cell
from casetracker.services.receiving.intake import title_from

_SAME = ("external_number", "channel", "source_level", "kind", "address", "received_at",
         "external_due_at", "dispatched_at", "signed_at", "contacted_at", "replied_at",
         "closed_at", "result", "callback_at", "callback_valid", "resolved", "satisfaction",
         "excluded", "repeat_of")  # fmt: skip
"""Values that are taken over under their own name."""


@dataclass(slots=True)
class _Row:
    """One row while it is checked; problems are kept by column."""

    values: dict[str, Any]
    problems: dict[str, str]

    def refuse(self, column: str, reason: str) -> None:
        self.problems.setdefault(column, reason)


def history_case(
    ref: Reference, now: datetime, number: int, cells: Mapping[str, Cell]
) -> ImportedCase:
    """The case that a row tells. Raises BadRow with every problem of the row."""
    row = _read(cells)
    _refuse_missing(row)
    _refuse_wrong_times(row, now)
    _refuse_contradictions(row)
    category_id, unit_id = _category(row, ref), _unit(row, ref)
    if row.problems:
        raise BadRow([(name, row.problems[name]) for name in COLUMNS if name in row.problems])
    values = row.values
    facts = _set_aside_contact(values, unit_id)
    return ImportedCase(
        row=number,
        facts=facts,
        key=values["external_number"],
        told=told(cells),
        title=values["title"] or title_from(values["content"]),
        content=values["content"] or values["title"],
        category_id=category_id,
        lead_unit_id=unit_id,
        name=values["petitioner_name"],
        phone=values["petitioner_phone"],
        persons=values["persons"] or 1,
        extended_days=values["extended_days"] or 0,
        redo_count=values["redo_count"] or 0,
        return_count=values["returned_count"] or 0,
        **{name: values[name] for name in _SAME},
    )


def _set_aside_contact(values: dict[str, Any], unit_id: int | None) -> dict[str, str] | None:
    """A contact before anybody has the case cannot stand in its history; it is kept beside."""
    contacted_at = values["contacted_at"]
    nobody = unit_id is None and not values["replied_at"]
    if contacted_at is None or not nobody:
        return None
    values["contacted_at"] = None
    return {"contacted_at": contacted_at.isoformat()}


def told(cells: Mapping[str, Cell]) -> str:
    """All that a row says, in one spelling, to see whether another says the same."""
    return "\x1f".join(
        f"{name}={plain(cells.get(name)).strip()}"
        for name in COLUMNS
        if plain(cells.get(name)).strip()
    )


def _read(cells: Mapping[str, Cell]) -> _Row:
    row = _Row({}, {})
    for name, reader in COLUMNS.items():
        row.values[name] = None
        try:
            row.values[name] = reader(cells.get(name))
        except BadCell as bad:
            row.refuse(name, str(bad))
    return row


def _refuse_missing(row: _Row) -> None:
    for name in REQUIRED:
        if row.values[name] is None:
            row.refuse(name, problem_text("required"))
    if row.values["content"] is None and row.values["title"] is None:
        row.refuse("content", problem_text("required"))
    if row.values["track"] is Track.PETITION:
        row.refuse("track", "信访件暂未开通，不能导入，请先保留原表")


def _refuse_wrong_times(row: _Row, now: datetime) -> None:
    for name in MOMENTS:
        moment = row.values[name]
        if moment is not None and moment > now:
            row.refuse(name, f"{CHINESE[name]}{problem_text('in_the_future')}")
    for later, earlier in ORDER:
        after, before = row.values[later], row.values[earlier]
        if after is not None and before is not None and after < before:
            row.refuse(later, f"{CHINESE[later]}早于{CHINESE[earlier]}，请核对")


def _refuse_contradictions(row: _Row) -> None:
    values = row.values
    withdrawn = values["result"] is Result.WITHDRAWN
    if values["closed_at"] and not values["replied_at"] and not withdrawn:
        row.refuse("replied_at", "已办结的工单须有答复时间（撤回的除外）")
    if withdrawn and not values["closed_at"]:
        row.refuse("closed_at", "诉求人撤回的工单须有办结时间（撤回时间）")
    if values["dispatched_at"] and not values["lead_unit"]:
        row.refuse("lead_unit", "已派单的工单须有主办单位")
    if values["signed_at"] and not values["dispatched_at"]:
        row.refuse("dispatched_at", "有签收时间而没有派单时间")
    if values["callback_at"] and not values["replied_at"]:
        row.refuse("callback_at", "没有答复时间，不会有回访")
    if values["callback_valid"] is not None and not values["replied_at"]:
        row.refuse("callback_valid", "没有答复时间，不会有回访")


def _category(row: _Row, ref: Reference) -> int | None:
    name = row.values["category"]
    if name is None:
        return None
    found = ref.category_named(name)
    if found is not None:
        return found.id
    same = [one.full_name for one in ref.categories.values() if one.name == name]
    if same:
        row.refuse("category", f"“{name}”不止一个（{'、'.join(same)}），请填写代码或全称")
    else:
        row.refuse("category", f"没有“{name}”这个分类，请填写分类名称或代码")
    return None


def _unit(row: _Row, ref: Reference) -> int | None:
    name = row.values["lead_unit"]
    if name is None:
        return None
    found = ref.unit_named(name)
    if found is None:
        row.refuse("lead_unit", f"没有“{name}”这个单位，请填写单位名称或代码")
        return None
    if row.values["dispatched_at"] and not found.handles_cases:
        row.refuse("lead_unit", problem_text("unit_does_not_handle"))
    return found.id
