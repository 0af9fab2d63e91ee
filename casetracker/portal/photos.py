"""Photos that a resident adds, while handing in or later; a refused one never costs the matter."""

from dataclasses import replace

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from casetracker.domain.errors import DomainError
from casetracker.portal import grants
from casetracker.portal.frame import resident
from casetracker.portal.progress import to_the_question
from casetracker.services.context import ClientKey
from casetracker.services.residents.public_intake import add_photo
from casetracker.web.forms import form_key
from casetracker.web.guards import public
from casetracker.web.problems import problem_of
from casetracker.web.redirects import redirect_to

pages = Blueprint("photos", __name__)
FIELD = "photos"
MOST = 9
"""Files of one form."""
NONE_CHOSEN = "还没有选择照片或文件。"
TOO_MANY = "一次最多 {most} 个，多出的没有收下，可以再传一次。"
REFUSED = "“{name}”没有收下：{why}"


@pages.post("/progress/photos")
@public
def send() -> ResponseReturnValue:
    grant = grants.held()
    if grant is None:
        return to_the_question()
    kept = keep_photos(grant.number, grant.code)
    if kept:
        flash(f"已收到 {kept} 个文件。", "success")
    elif not _given():
        flash(NONE_CHOSEN, "warning")
    return redirect_to(url_for("portal.progress.show"), "/")


def keep_photos(number: str, code: str) -> int:
    """How many files of this request were kept; says in a flash which were not, and why."""
    given = _given()
    kept = 0
    for place, file in enumerate(given[:MOST]):
        ctx = resident(_key(place))
        try:
            add_photo(ctx, number, code, file.filename or "", file.stream)
        except DomainError as error:
            why = problem_of(error).detail
            flash(REFUSED.format(name=(file.filename or "")[:40], why=why), "warning")
        else:
            kept += 1
    if len(given) > MOST:
        flash(TOO_MANY.format(most=MOST), "warning")
    return kept


def _given() -> list[FileStorage]:
    return [file for file in request.files.getlist(FIELD) if file.filename]


def _key(place: int) -> ClientKey | None:
    """A form sent twice keeps each of its files once."""
    key = form_key()
    return replace(key, key=f"{key.key}:{place}") if key else None
