"""更正登记: what was entered wrongly is put right, and stays to be read in the history.

Source: docs/rules/patrol.md 3.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.hazards import ENDED, first_deadline
from casetracker.domain.patrol_vocabulary import HazardLevel, HazardState, HazardStep
from casetracker.labels import label
from casetracker.persistence.patrol import Inspection
from casetracker.services.commands.patrol import CorrectHazard
from casetracker.services.context import Context
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.patrol.origin import (
    keep_former_number,
    number_of_year,
    origin_of,
    settle_inspections,
)
from casetracker.services.use_case import use_case

CORRECTED = {
    "number": "编号",
    "source": "发现来源",
    "inspection_id": "检查记录",
    "found_on": "发现日期",
    "kind": "隐患类别",
    "level": "隐患等级",
    "place": "整改责任单位或场所",
    "address": "地址",
    "area_unit_id": "所在社区（大队）",
    "description": "隐患情况",
    "plan": "整改方案",
}
"""Columns of the row that may be corrected, in the words of the form."""


@use_case
def correct_hazard(
    ctx: Context, session: Session, number: str, command: CorrectHazard, *,
    version: int | None = None,
) -> None:  # fmt: skip
    """The facts as they should have been; the entry tells the reason, before and after.

    Raises NotFound, NotPermitted, GuardRefused, Conflict, and InvalidInput where nothing differs,
    a plan is missing, or the day does not go with the inspection and with what was done since.
    """
    work = HazardWork.open(ctx, session, number, version)
    work.require(HazardStep.CORRECT)
    given = {name: getattr(command, name, None) for name in CORRECTED}
    given |= {"area_unit_id": work.patrol.area_named(command.area), **origin_of(work, command)}
    given["number"] = number_of_year(work, command.found_on)
    changed = {name: new for name, new in given.items() if getattr(work.row, name) != new}
    if not changed:
        raise InvalidInput({"form": "nothing_changed"})
    _require_plan(work, command)
    words = "；".join([f"更正原因：{command.reason}", *_told(work, changed)])
    due_on = _deadline(work, command, changed)
    _put_right(work, changed)
    work.advance(HazardStep.CORRECT, words, due_on=due_on)


def _put_right(work: HazardWork, changed: dict[str, Any]) -> None:
    number, inspection_id = work.row.number, work.row.inspection_id
    for name, new in changed.items():
        setattr(work.row, name, new)
    if "number" in changed:
        keep_former_number(work, number)
    if "inspection_id" in changed:
        settle_inspections(work, inspection_id)


def _require_plan(work: HazardWork, command: CorrectHazard) -> None:
    """As the notice does: what was told to the place already brings it no more. What is over is
    not planned afterwards.
    """
    is_told = work.row.state not in ENDED | {HazardState.FOUND}
    if is_told and command.level is HazardLevel.MAJOR and command.plan is None:
        raise InvalidInput({"plan": "hazard_needs_plan"})


def _told(work: HazardWork, changed: dict[str, Any]) -> Iterator[str]:
    for name, new in changed.items():
        before, after = (_words(work, name, one) for one in (getattr(work.row, name), new))
        yield f"{CORRECTED[name]}由“{before}”更正为“{after}”"


def _words(work: HazardWork, name: str, value: Any) -> str:
    if name == "area_unit_id":
        value = work.patrol.ref.unit_name(value)
    if name == "inspection_id":
        value = work.patrol.session.scalar(select(Inspection.number).where(Inspection.id == value))
    if isinstance(value, date):
        return value.isoformat()
    return label(value) if isinstance(value, StrEnum) else value or "未填"


def _deadline(work: HazardWork, command: CorrectHazard, changed: dict[str, Any]) -> date | None:
    """The one that the other level or day has; None where the one that was told stays."""
    row = work.row
    if row.state is HazardState.FOUND and changed.keys() & {"level", "found_on"}:
        days: int = work.patrol.ref.settings["hazard_days"]
        return first_deadline(command.level, command.found_on, days=days)
    if "level" not in changed or row.state in ENDED | {HazardState.FOUND}:
        return None
    return work.patrol.today if command.level is HazardLevel.MAJOR else None
