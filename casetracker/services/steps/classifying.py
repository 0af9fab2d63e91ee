"""Putting right what a case is: kind, urgency, category, title (重新分类)."""

from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import (
    Action,
)
from casetracker.services import lookup
from casetracker.services.commands.intake import (
    ReclassifyCase,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork
from casetracker.services.use_case import use_case


@use_case
def reclassify_case(
    ctx: Context, session: Session, number: str, command: ReclassifyCase, *,
    version: int | None = None,
) -> Outcome:  # fmt: skip
    """重新分类: an event with before and after; a running handling limit keeps its date."""
    work = CaseWork.open(ctx, session, number, version)
    step = work.require(Action.RECLASSIFY)
    changes = _changes(work, command)
    if not changes:
        raise InvalidInput({"reason": "nothing_changed"})
    before = {name: _plain(getattr(work.case, name)) for name in changes}
    for name, value in changes.items():
        setattr(work.case, name, value)
    after = {name: _plain(value) for name, value in changes.items()}
    work.advance(step, payload={"before": before, "after": after}, text=command.reason)
    return work.outcome()


def _changes(work: CaseWork, command: ReclassifyCase) -> dict[str, Any]:
    category = command.category and lookup.category_in_use(
        work.ref, "category", command.category, local_date(work.ctx.now)
    )
    wanted = {
        "kind": command.kind,
        "urgency": command.urgency,
        "category_id": category.id if category else None,
        "is_important": command.important,
        "title": command.title,
    }
    return {
        name: value
        for name, value in wanted.items()
        if value is not None and value != getattr(work.case, name)
    }


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value
