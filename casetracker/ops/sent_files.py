"""Files that come with a form of the desk: kept one by one, whatever becomes of the rest."""

from flask import flash, request
from werkzeug.datastructures import FileStorage

from casetracker.domain.errors import DomainError
from casetracker.services.outcome import Outcome
from casetracker.services.steps.attachments import add_attachment
from casetracker.web.context import current_context
from casetracker.web.problems import problem_of


def sent_files() -> list[FileStorage]:
    return [file for file in request.files.getlist("files") if file.filename]


def keep_sent_files(number: str, purpose: str) -> list[Outcome]:
    """Keep what was sent and say so of each file; the outcomes of those that were taken."""
    ctx = current_context("ops")
    kept = []
    for file in sent_files():
        name = file.filename or ""
        try:
            kept.append(add_attachment(ctx, number, name, file.stream, purpose))
        except DomainError as error:
            problem = problem_of(error)
            flash(f"{name}：{problem.title}，{problem.detail}", "error")
        else:
            flash(f"{name} 已上传。", "success")
    return kept
