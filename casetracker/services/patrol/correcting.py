"""更正登记: what was entered wrongly is put right, and stays to be read in the history.

Source: docs/rules/patrol.md 3.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.hazards import first_deadline
from casetracker.domain.patrol_vocabulary import HazardLevel, HazardState, HazardStep
from casetracker.labels import label
from casetracker.services.commands.patrol import CorrectHazard
from casetracker.services.context import Context
from casetracker.services.patrol.hazard_work import HazardWork
from casetracker.services.use_case import use_case

CORRECTED = {
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

    Raises NotFound, NotPermitted, GuardRefused, Conflict, InvalidInput where nothing differs or a
    plan is missing.
    """
    work = HazardWork.open(ctx, session, number, version)
    work.require(HazardStep.CORRECT)
    given = {name: getattr(command, name, None) for name in CORRECTED}
    given["area_unit_id"] = work.patrol.area_named(command.area)
    changed = {name: new for name, new in given.items() if getattr(work.row, name) != new}
    if not changed:
        raise InvalidInput({"form": "nothing_changed"})
    _require_plan(work, command)
    words = "；".join([f"更正原因：{command.reason}", *_told(work, changed)])
    due_on = _deadline(work, command) if "level" in changed else None
    for name, new in changed.items():
        setattr(work.row, name, new)
    work.advance(HazardStep.CORRECT, words, due_on=due_on)


def _require_plan(work: HazardWork, command: CorrectHazard) -> None:
    """As the notice does: what was told to the place already brings it no more."""
    is_told = work.row.state is not HazardState.FOUND
    if is_told and command.level is HazardLevel.MAJOR and command.plan is None:
        raise InvalidInput({"plan": "hazard_needs_plan"})


def _told(work: HazardWork, changed: dict[str, Any]) -> Iterator[str]:
    for name, new in changed.items():
        before, after = (_words(work, name, one) for one in (getattr(work.row, name), new))
        yield f"{CORRECTED[name]}由“{before}”更正为“{after}”"


def _words(work: HazardWork, name: str, value: Any) -> str:
    if name == "area_unit_id":
        value = work.patrol.ref.unit_name(value)
    return label(value) if isinstance(value, StrEnum) else value or "未填"


def _deadline(work: HazardWork, command: CorrectHazard) -> date | None:
    """The one that the other level has; None where the one that was told stays."""
    row = work.row
    if row.state is HazardState.FOUND:
        days: int = work.patrol.ref.settings["hazard_days"]
        return first_deadline(command.level, row.found_on, days=days)
    if command.level is not HazardLevel.MAJOR:
        return None
    return work.patrol.today
