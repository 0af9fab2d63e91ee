"""Reports as files: one press, the facts of one moment, three formats."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.papers.content import PaperContent
from casetracker.domain.papers.leading import led_from
from casetracker.domain.reports.facts import ReportFacts, Wording
from casetracker.domain.reports.notice import report_content
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.domain.vocabulary import Dimension
from casetracker.services.access_log import note_access
from casetracker.services.channels import channels
from casetracker.services.context import Context
from casetracker.services.figures.monthly import tables_of_month
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.wordings import kept_wording
from casetracker.services.reports.workbook.figure_tables import MonthTables
from casetracker.services.reports.workbook.making import report_workbook
from casetracker.services.steps.papers.making import DOCX, PDF, file_of
from casetracker.services.use_case import use_case

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MIMES = {"docx": DOCX, "pdf": PDF, "xlsx": XLSX}
"""What a report can be had as."""


def make_report(
    ctx: Context,
    period: ReportPeriod,
    file_format: str,
    profile: str | None = None,
    by: Dimension = Dimension.UNIT,
) -> bytes:
    """The report as `docx`, `pdf` or `xlsx`, always live, with the words kept for its period.

    `by` names the table of figures that comes first in the workbook of a month.

    Raises NotPermitted, InvalidInput for an unknown profile.
    """
    facts = report_facts(ctx, period, profile)
    tables = _tables(ctx, facts, by) if file_format == "xlsx" else ()
    return report_file(facts, kept_wording(ctx, period).words, file_format, tables)


def make_whole_report(ctx: Context, period: ReportPeriod) -> dict[str, bytes]:
    """The same in every format, of one moment."""
    facts = report_facts(ctx, period)
    words, tables = kept_wording(ctx, period).words, _tables(ctx, facts, Dimension.UNIT)
    return {one: report_file(facts, words, one, tables) for one in MIMES}


def report_file(
    facts: ReportFacts, words: Wording, file_format: str, tables: Sequence[MonthTables] = ()
) -> bytes:
    """The file of given facts, live or kept; `tables` are those of a month in its workbook, the
    hotline's and those of petitions.

    Its figures lead to their cases where the office has a public address.
    """
    if file_format == "xlsx":
        return report_workbook(facts, tables, channels().public_url)
    return paper_file(report_content(facts, words), file_format)


def paper_file(content: PaperContent, file_format: str) -> bytes:
    """A paper as `docx` or `pdf`; its links lead to the desk as it is reached from outside."""
    return file_of(led_from(content, channels().public_url), file_format)


@use_case
def note_report(ctx: Context, session: Session, name: str) -> None:
    """A report was taken out: a line in the access log."""
    note_access(ctx, session, Access.REPORT_KEPT, f"下载{name}")


def _tables(ctx: Context, facts: ReportFacts, by: Dimension) -> Sequence[MonthTables]:
    """The tables of the statistics page, which months alone have."""
    if facts.span is not Span.MONTH:
        return ()
    profiles = (facts.profile, facts.petitions.profile_code)
    return [tables_of_month(ctx, facts.key, profile, by) for profile in profiles]
