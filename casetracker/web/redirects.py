"""Where to go next, never off this site, whatever an address claims."""

from urllib.parse import urlsplit

from flask import redirect
from werkzeug.wrappers import Response

LONGEST = 2000


def safe_path(wanted: str | None, fallback: str) -> str:
    """`wanted` if it is a plain path of this site, else `fallback`.

    Control characters, backslashes, two slashes and anything with a scheme or host are refused:
    browsers read each of them as another site in some spelling.
    """
    text = wanted or ""
    if not text.startswith("/") or text.startswith("//") or len(text) > LONGEST:
        return fallback
    if "\\" in text or any(ord(sign) <= 32 or ord(sign) == 127 for sign in text):
        return fallback
    parts = urlsplit(text)
    return fallback if parts.scheme or parts.netloc else text


def redirect_to(wanted: str | None, fallback: str) -> Response:
    """See other: after a POST the browser fetches the page anew."""
    return redirect(safe_path(wanted, fallback), code=303)
