"""Checks one row of the mapping `history` and makes an imported case of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from casetracker.domain.vocabulary import Result, Track
from casetracker.labels.refusals import problem_text
from casetracker.persistence.queries.reference import Reference
from casetracker.services.imports.checked_row import (
    CheckedRow,
    read_row,
    refuse_long_extension,
    refuse_missing,
    refuse_wrong_times,
    told,
)
from casetracker.services.imports.imported import BadRow, ImportedCase
from casetracker.services.imports.petition_rows import (
    petition_side,
    refuse_contradictions_of_petitions,
    settle_petition,
)
from casetracker.services.imports.reading import Cell
from casetracker.services.receiving.intake import title_from

_SAME = ("external_number", "channel", "source_level", "kind", "address", "received_at",
         "external_due_at", "closed_at", "result", "excluded", "repeat_of")  # fmt: skip
_OF_THE_HOTLINE = ("dispatched_at", "signed_at", "contacted_at", "replied_at", "callback_at",
                   "callback_valid", "resolved", "satisfaction")  # fmt: skip
"""Values that are taken over under their own name."""


def history_case(
    ref: Reference, now: datetime, number: int, cells: Mapping[str, Cell]
) -> ImportedCase:
    """The case that a row tells. Raises BadRow with every problem of the row."""
    row = read_row(cells)
    is_petition = row.track is Track.PETITION
    if is_petition:
        settle_petition(row)
    refuse_missing(row)
    refuse_long_extension(row)
    refuse_wrong_times(row, now)
    (refuse_contradictions_of_petitions if is_petition else _refuse_contradictions)(row)
    category_id, unit_id = _category(row, ref), _unit(row, ref)
    if row.problems:
        raise BadRow(row.in_order())
    side = petition_side(row) if is_petition else _hotline_side(row, unit_id)
    values = row.values
    return ImportedCase(
        row=number,
        key=values["external_number"],
        told=told(cells, row),
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
        return_granted_count=values["returns_granted"] or 0,
        **{name: values[name] for name in _SAME},
        **side,
    )


def _hotline_side(row: CheckedRow, unit_id: int | None) -> dict[str, Any]:
    facts = _set_aside_contact(row.values, unit_id)
    return {"facts": facts, **{name: row.values[name] for name in _OF_THE_HOTLINE}}


def _set_aside_contact(values: dict[str, Any], unit_id: int | None) -> dict[str, str] | None:
    """A contact before anybody has the case cannot stand in its history; it is kept beside."""
    contacted_at = values["contacted_at"]
    nobody = unit_id is None and not values["replied_at"]
    if contacted_at is None or not nobody:
        return None
    values["contacted_at"] = None
    return {"contacted_at": contacted_at.isoformat()}


def _refuse_contradictions(row: CheckedRow) -> None:
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
    if (values["returns_granted"] or 0) > (values["returned_count"] or 0):
        row.refuse("returns_granted", "获准的退单次数不能多于退单次数")


def _category(row: CheckedRow, ref: Reference) -> int | None:
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


def _unit(row: CheckedRow, ref: Reference) -> int | None:
    name = row.values["lead_unit"]
    if name is None:
        return None
    found = ref.unit_named(name)
    if found is None:
        row.refuse("lead_unit", f"没有“{name}”这个单位，请填写单位名称或代码")
        return None
    if found.handles_cases:
        return found.id
    if row.values["dispatched_at"]:
        row.refuse("lead_unit", problem_text("unit_does_not_handle"))
    return found.id if row.track is Track.HOTLINE else None  # petitions stay with the clerk
