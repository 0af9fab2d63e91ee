"""The command line's export: the cases of a filter straight to a file that the caller names."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.exports import ExportKind, mark_of
from casetracker.gateways.papers.watermark_png import watermark_png
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.queries.reference import reference
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.exports.case_rows import HEADER, case_lines
from casetracker.services.exports.making import MARK
from casetracker.services.exports.ordering import allowed_source
from casetracker.services.exports.sources import plan_of_filter
from casetracker.services.sheets import Watermark, write_csv, write_workbook
from casetracker.services.use_case import query, use_case

Shown = Callable[[Iterator[Sequence[str]]], Iterator[Sequence[str]]]


def export_cases(
    ctx: Context,
    asked: CaseFilter,
    path: Path,
    shown: Shown = iter,
) -> int:
    """Write the cases to an .xlsx or .csv file; how many. Raises NotPermitted.

    `shown` may look at the rows as they pass. Large ones need nobody's consent here: whoever has
    the command line has the database.
    """
    allowed_source(ctx, ExportKind.CASES)
    mark = _mark(ctx)
    header = [*HEADER, MARK]
    lines = shown([*line, mark] for line in case_lines(ctx, plan_of_filter(asked)))
    if path.suffix.lower() == ".csv":
        count = write_csv(path, header, lines)
    else:
        watermark = Watermark(mark, watermark_png(mark))
        count = write_workbook(path, header, lines, watermark=watermark)
    _note(ctx, f"{path.name} {count}")
    return count


@query
def _mark(ctx: Context, session: Session) -> str:
    unit = reference(session).unit_name(ctx.actor.unit_id) or ""
    return mark_of("CLI", unit, ctx.actor.name, f"{local(ctx.now):%Y-%m-%d %H:%M}")


@use_case
def _note(ctx: Context, session: Session, detail: str) -> None:
    note_access(ctx, session, Access.CASES_EXPORTED, detail)
