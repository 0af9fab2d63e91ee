"""Files that come with a form of the desk: kept one by one, whatever becomes of the rest."""

from collections.abc import Callable
from typing import IO, TypeVar

from flask import Response, flash, request, send_file
from werkzeug.datastructures import FileStorage

from casetracker.domain.errors import DomainError
from casetracker.services.case_reading.opening_files import OpenFile
from casetracker.services.outcome import Outcome
from casetracker.services.steps.attachments import add_attachment
from casetracker.web.context import current_context
from casetracker.web.problems import problem_of

R = TypeVar("R")


def sent_files() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


def keep_sent_files(number: str, purpose: str) -> list[Outcome]:
    """Keep what was sent with a case; the outcomes of the files that were taken."""
    ctx = current_context("ops")
    return keep_each(lambda name, stream: add_attachment(ctx, number, name, stream, purpose))


def keep_each(keep: Callable[[str, IO[bytes]], R]) -> list[R]:
    """Keep what was sent and say so of each file; what came of those that were taken."""
    kept = []
    for file in sent_files():
        name = file.filename or ""
        try:
            kept.append(keep(name, file.stream))
        except DomainError as error:
            problem = problem_of(error)
            flash(f"{name}：{problem.title}，{problem.detail}", "error")
        else:
            flash(f"{name} 已上传。", "success")
    return kept


def as_download(file: OpenFile) -> Response:
    """A kept file: always as a download, never run in the page."""
    response = send_file(
        file.content, mimetype=file.mime, as_attachment=True, download_name=file.filename
    )
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
