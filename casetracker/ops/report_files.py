"""Files of reports, one or all from one press; those of a frozen month as they were printed."""

import io

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.gateways.bundles import ZIP, bundle
from casetracker.ops.report_tabs import FIRST_YEAR, SPANS, known_period
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.context import Context
from casetracker.services.frozen.reading import open_frozen_file
from casetracker.services.reports.keeping import kept_report
from casetracker.services.reports.making import (
    MIMES,
    make_report,
    make_whole_report,
    note_report,
    paper_file,
)
from casetracker.services.reports.year import year_report
from casetracker.web.context import current_context
from casetracker.web.guards import requires

pages = Blueprint("report_files", __name__, url_prefix="/reports")

LAST_YEAR = 2100


@pages.get("/<span>/<key>.<file_format>")
@requires(Right.REPORTS)
def download(span: str, key: str, file_format: str) -> ResponseReturnValue:
    """One file."""
    period, ctx = known_period(span, key), current_context("ops")
    if file_format not in MIMES:
        raise NotFound(report=file_format)
    if kept_report(ctx, period) is not None:
        return _sent(*_as_printed(ctx, period, file_format), MIMES[file_format])
    content, name = make_report(ctx, period, file_format), _name_of(period, file_format)
    note_report(ctx, name)
    return _sent(name, content, MIMES[file_format])


@pages.get("/<span>/<key>/all")
@requires(Right.REPORTS)
def download_all(span: str, key: str) -> ResponseReturnValue:
    """Every format in one archive, of one moment."""
    period, ctx = known_period(span, key), current_context("ops")
    if kept_report(ctx, period) is not None:
        files = dict(_as_printed(ctx, period, one) for one in MIMES)
    else:
        made = make_whole_report(ctx, period)
        files = {_name_of(period, one): content for one, content in made.items()}
    name = _name_of(period, "zip")
    note_report(ctx, name)
    return _sent(name, bundle(files), ZIP)


@pages.get("/year/<int:number>.<file_format>")
@requires(Right.REPORTS)
def download_year(number: int, file_format: str) -> ResponseReturnValue:
    """The year's paragraph."""
    if file_format not in ("docx", "pdf") or not FIRST_YEAR <= number <= LAST_YEAR:
        raise NotFound(report=number)
    ctx = current_context("ops")
    found = year_report(ctx, AnnualQuestion.model_validate({"year": number}))
    name = f"全年总结{number}.{file_format}"
    note_report(ctx, name)
    return _sent(name, paper_file(found.content(), file_format), MIMES[file_format])


def _name_of(period: ReportPeriod, file_format: str) -> str:
    return f"{SPANS[period.span]}{period.key}.{file_format}"


def _as_printed(ctx: Context, period: ReportPeriod, file_format: str) -> tuple[str, bytes]:
    """The bytes that were printed when the month was frozen, under their name."""
    file = open_frozen_file(ctx, period.key, file_format)
    with file.content as content:
        return file.filename, content.read()


def _sent(name: str, content: bytes, mime: str) -> ResponseReturnValue:
    """A PDF opens in the browser, everything else is kept."""
    return send_file(
        io.BytesIO(content),
        mimetype=mime,
        as_attachment=not name.endswith(".pdf"),
        download_name=name,
    )
