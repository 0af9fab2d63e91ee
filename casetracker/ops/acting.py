"""How a page of the desk takes a step on a case: form, version and idempotency key in one call."""

from typing import Any

from flask import request, session
from werkzeug.datastructures import MultiDict

from casetracker.domain.vocabulary import Action, FilePurpose
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.commands.fields import Command
from casetracker.services.outcome import Outcome
from casetracker.services.steps.actions import ACTIONS
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.redirects import safe_path
from casetracker.web.templating import datetime_cn

EVERY_OPEN_CASE = "/ops/cases?open=1"
LAST_LIST, LONGEST_ADDRESS = "last_list", 600


def take(
    number: str, action: Action, version: int | None = None, /, **given: str
) -> tuple[Form[Command], Outcome | None]:
    """Run the action with the form that was sent; `given` stands in for fields of the
    page, `version` for the one that it showed.

    A refusal leaves no outcome and the form with its errors and all that was typed. NotFound and
    NotPermitted go on to their page.
    """
    spec = ACTIONS[action]
    source: MultiDict[str, str] = MultiDict(request.form)
    for name, value in given.items():
        source[name] = value
    form = submitted(spec.command, source)
    ctx = current_context("ops", form_key())
    seen = seen_version() if version is None else version
    outcome = form.attempt(lambda command: spec.run(ctx, number, command, version=seen))
    return form, outcome


def blank(action: Action, **data: Any) -> Form[Command]:
    """The action's form before anything was typed."""
    return empty_form(ACTIONS[action].command, **data)


def seen_version() -> int | None:
    """The version of the case that the page showed; what is no number fits no case."""
    text = request.form.get("version", "")
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def opened_number() -> str:
    """Which line of a list is unfolded (`?open=`)."""
    return request.args.get("open", "")[:40]


def remember_list() -> None:
    """The list that stands open, so that a case leads back to it with its filters and page."""
    address = request.full_path.removesuffix("?")
    if len(address) <= LONGEST_ADDRESS:
        session[LAST_LIST] = address


def last_list() -> str:
    return safe_path(session.get(LAST_LIST), EVERY_OPEN_CASE)


def case_url(number: str) -> str:
    return f"/ops/cases/{number}"


def file_lines(case: CaseFile, purpose: str = FilePurpose.EVIDENCE) -> list[dict[str, Any]]:
    """Files of one purpose as `file_list` reads them."""
    return [
        {
            "name": file.filename,
            "url": f"/ops/cases/files/{file.id}",
            "size": shown_size(file.size),
            "kind": "photo" if file.mime.startswith("image/") else "file",
            "note": f"{file.uploaded_by or '诉求人'} {datetime_cn(file.uploaded_at)}",
        }
        for file in case.files
        if file.purpose == purpose
    ]


def shown_size(size: int) -> str:
    """`340 KB`, `1.2 MB`."""
    return f"{size / 1_048_576:.1f} MB" if size >= 1_048_576 else f"{max(1, size // 1024)} KB"
