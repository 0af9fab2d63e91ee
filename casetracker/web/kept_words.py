"""What was typed into a form that failed on the way, so that the error page can give it back.

Only of forms sent from our own pages, and never of a form with a password in it.
"""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request

SECRET = ("password", "query_code")
NOT_SENT_AGAIN = frozenset({"csrf_token", "code"})
TRY_AGAIN = frozenset({400, 401, 429, 503})
"""Answers after which the same form may succeed: a stale token, an ended session, a busy server."""


@dataclass(frozen=True, slots=True)
class KeptForm:
    """`fields` are for a button that sends them again, `words` for people to read and copy."""

    url: str
    fields: tuple[tuple[str, str], ...]
    words: tuple[str, ...]
    lost_files: bool


def kept_form(status: int) -> KeptForm | None:
    """The form of this request; without fields where sending it again is of no use."""
    if request.method != "POST" or status == 413 or not came_from_us():
        return None
    given = [(name, value) for name, value in request.form.items(multi=True) if value]
    if any(secret in name for name, _ in given for secret in SECRET):
        return None
    words = tuple(value for _, value in given if not value.isascii())
    again = [pair for pair in given if pair[0] not in NOT_SENT_AGAIN]
    fields = tuple(again) if status in TRY_AGAIN else ()
    if not fields and not words:
        return None
    lost_files = any(file.filename for file in request.files.values())
    return KeptForm(request.full_path.removesuffix("?"), fields, words, lost_files)


def came_from_us() -> bool:
    """Whether the browser says that a page of this very host sent the form."""
    sender = request.headers.get("Origin") or request.headers.get("Referer", "")
    return urlsplit(sender).netloc == request.environ.get("HTTP_HOST")
