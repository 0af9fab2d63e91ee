"""Reports as files: one press, the facts of one moment, three formats."""

from typing import Any, Literal

from casetracker.domain.reports.facts import Wording
from casetracker.domain.reports.notice import report_content
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.services.case_reading.figures import monthly_figures
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.context import Context
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.workbook import report_workbook
from casetracker.services.steps.papers.making import DOCX, PDF, file_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {"docx": DOCX, "pdf": PDF, "xlsx": XLSX}
"""What a report can be had as."""

Dimension = Literal["unit", "channel", "category", "track"]


def make_report(
    ctx: Context,
    period: ReportPeriod,
    file_format: str,
    profile: str | None = None,
    by: Dimension = "unit",
) -> bytes:
    """The report as `docx`, `pdf` or `xlsx`, always live, with the words kept for its period.

    `by` names the lines of the table of figures in the workbook of a month.

    Raises NotPermitted, InvalidInput for an unknown profile.
    """
    facts = report_facts(ctx, period, profile)
    if file_format == "xlsx":
        return report_workbook(facts, _figures(ctx, period, profile, by))
    return file_of(report_content(facts, Wording()), file_format)


def _figures(
    ctx: Context, period: ReportPeriod, profile: str | None, by: Dimension
) -> dict[str, Any] | None:
    """The table of the statistics page, which months alone have."""
    if period.span is not Span.MONTH:
        return None
    return monthly_figures(ctx, MonthlyQuestion(month=period.key, profile=profile, by=by))
