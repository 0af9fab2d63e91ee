"""Issuing a correction (更正): what was kept stays, what holds now is kept beside it.

Source: docs/rules/rates.md 10.
"""

from typing import Any

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import Conflict, GuardRefused
from casetracker.domain.frozen.notice import CorrectionHead, correction_content
from casetracker.domain.reports.periods import Span, report_period
from casetracker.persistence.database import take_turns
from casetracker.persistence.frozen import FrozenMonth, MonthCorrection
from casetracker.persistence.queries.frozen_months import AS_FROZEN, corrections_of, last_number
from casetracker.persistence.queries.reference import reference
from casetracker.services.access_log import note_access
from casetracker.services.commands.reports import CorrectMonth
from casetracker.services.context import Context
from casetracker.services.frozen.comparing import Comparison, compare_month
from casetracker.services.frozen.keeping import figure_rows, file_rows
from casetracker.services.frozen.kept_changes import changes_as_json
from casetracker.services.frozen.seals import correction_hash
from casetracker.services.outcome import Made
from casetracker.services.reports.wordings import turn_of
from casetracker.services.steps.papers.making import file_of
from casetracker.services.use_case import query, use_case, was_answered

FORMATS = ("docx", "pdf")


def correct_month(ctx: Context, month: str, command: CorrectMonth, seen: str) -> None:
    """Issue the next correction of what the person saw under the mark `seen`.

    Raises NotPermitted, NotFound for a month that is not frozen, GuardRefused
    (`nothing_to_correct`), Conflict (`changes_moved_on`) where more has changed meanwhile.
    """
    if was_answered(ctx):
        return
    found = compare_month(ctx, month)
    if found.changes.is_empty:
        raise GuardRefused("nothing_to_correct")
    if found.mark != seen:
        raise Conflict("changes_moved_on")
    content = correction_content(_head(ctx, found, command), found.changes)
    _keep(ctx, found, command, {one: file_of(content, one) for one in FORMATS})


@query
def _head(
    ctx: Context, session: Session, found: Comparison, command: CorrectMonth
) -> CorrectionHead:
    month = session.get(FrozenMonth, found.changes.month)
    assert month is not None, "it was compared"
    return CorrectionHead(
        street=reference(session).settings["street_name"],
        sequence=found.changes.number + 1,
        document_number=command.document_number,
        corrected_number=month.words.get("number"),
        reason=command.reason,
    )


@use_case
def _keep(
    ctx: Context,
    session: Session,
    found: Comparison,
    command: CorrectMonth,
    files: dict[str, bytes],
) -> Made:
    changes = found.changes
    take_turns(session, turn_of(report_period(Span.MONTH, changes.month)))
    if last_number(session, changes.month) != changes.number:
        raise Conflict("changes_moved_on")
    number = changes.number + 1
    row = _row(ctx, number, command, found)
    states = figure_rows(changes.month, number, found.figures)
    printed = file_rows(changes.month, number, files)
    row.sha256 = correction_hash(row, states, printed, hash_before(session, changes.month, number))
    session.add_all([row, *states.values(), *printed.values()])
    said = f"更正 {changes.month} 第{number}次，SHA-256 {row.sha256}"
    note_access(ctx, session, Access.REPORT_KEPT, said)
    return Made(str(number))


def _row(ctx: Context, number: int, command: CorrectMonth, found: Comparison) -> MonthCorrection:
    assert ctx.actor.account_id is not None, "only people have the right"
    plain: dict[str, Any] = changes_as_json(found.changes)
    return MonthCorrection(
        month=found.changes.month,
        number=number,
        issued_at=found.changes.as_of,
        issued_by=ctx.actor.account_id,
        issued_by_name=ctx.actor.name,
        document_number=command.document_number,
        reason=command.reason,
        changes=plain,
    )


def hash_before(session: Session, month: str, number: int) -> str:
    """The hash of what a correction follows: the one before it, or the frozen month."""
    if number == AS_FROZEN + 1:
        row = session.get(FrozenMonth, month)
        assert row is not None, "corrections belong to frozen months"
        return row.sha256
    before = next(one for one in corrections_of(session, month) if one.number == number - 1)
    return before.sha256
