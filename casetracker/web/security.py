"""Sign-in cookie, CSRF, allowed hosts, limits of size, and the headers of every answer.

Who may do what is not decided here.
"""

from datetime import timedelta

from flask import Flask, Request, Response, current_app, request
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.wrappers import Response as BaseResponse

from casetracker.config import Settings
from casetracker.services.context import SYSTEM, Context
from casetracker.services.people.sessions import SEEN_EVERY, SignedIn, find_session, note_seen
from casetracker.web.context import client_ip, now, request_id

MEGABYTE = 1024 * 1024
MAX_BODY = 64 * MEGABYTE
"""A request with all its files."""
MAX_TEXT = 4 * MEGABYTE
"""What is typed into one form, as it travels."""
MAX_FIELDS = 600

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(self), microphone=()",
}
HSTS = "max-age=31536000; includeSubDomains"

csrf = CSRFProtect()
"""Doors with their own proof exempt their blueprint: `csrf.exempt(blueprint)`."""


def install_security(app: Flask, settings: Settings) -> None:
    """Before any door is registered."""
    _configure(app, settings)
    if settings.proxy_count:
        hops = settings.proxy_count
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]
    manager = LoginManager()
    manager.session_protection = None  # the session is the server's; nothing is kept in Flask's
    manager.init_app(app, add_context_processor=False)
    manager.request_loader(_person_behind)
    app.before_request(_refuse_long_forms)  # before CSRF reads the form
    csrf.init_app(app)
    app.after_request(_add_headers)


def cookie_name() -> str:
    """`__Host-` binds the cookie to this very host; browsers take it by https only."""
    secure: bool = current_app.config["SESSION_COOKIE_SECURE"]
    return "__Host-casetracker" if secure else "casetracker"


def give_cookie(response: BaseResponse, cookie: str) -> None:
    """Hand the sign-in to the browser; its life is kept on our side."""
    response.set_cookie(
        cookie_name(),
        cookie,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )


def take_cookie(response: BaseResponse) -> None:
    """Forget the sign-in and whatever the browser kept of private pages."""
    response.delete_cookie(
        cookie_name(),
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    response.headers["Clear-Site-Data"] = '"cache", "storage"'


def given_cookie() -> str:
    return request.cookies.get(cookie_name(), "")


def _configure(app: Flask, settings: Settings) -> None:
    secure = settings.secure_cookies
    app.config.update(
        SECRET_KEY=settings.secret_key,
        SECRET_KEY_FALLBACKS=list(settings.secret_key_fallbacks),
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        SESSION_COOKIE_NAME="__Host-form" if secure else "form",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_PATH="/",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=settings.session_hours),
        MAX_CONTENT_LENGTH=MAX_BODY,
        MAX_FORM_MEMORY_SIZE=MAX_TEXT,
        MAX_FORM_PARTS=MAX_FIELDS,
        SEND_FILE_MAX_AGE_DEFAULT=timedelta(days=365),
        WTF_CSRF_TIME_LIMIT=None,  # a form may stay open as long as its browser
        WTF_CSRF_SSL_STRICT=True,
    )


def _refuse_long_forms() -> None:
    """One rule for both ways a form travels; werkzeug itself measures only one of them."""
    length = request.content_length or 0
    if request.mimetype == "application/x-www-form-urlencoded" and length > MAX_TEXT:
        raise RequestEntityTooLarge


def _person_behind(_request: Request) -> SignedIn | None:
    cookie = given_cookie()
    if not cookie or len(cookie) > 100:
        return None
    ctx = Context(SYSTEM, now(), request_id(), "ops", client_ip())
    person = find_session(ctx, cookie)
    if person and ctx.now - person.last_seen_at >= SEEN_EVERY:
        note_seen(ctx, person.session_hash)
    return person


def _add_headers(response: Response) -> Response:
    wanted = {**HEADERS, "X-Request-ID": request_id()}
    if current_app.config["SESSION_COOKIE_SECURE"]:
        wanted["Strict-Transport-Security"] = HSTS
    if request.endpoint != "static":  # a file of a case is not kept for a year by a shared browser
        response.headers["Cache-Control"] = "no-store"
    given = {name.lower() for name, _ in response.headers}
    for name, value in wanted.items():
        if name.lower() not in given:
            response.headers.add(name, value)
    return response
