"""REST API `/api/v1`: JSON in and out, problems by RFC 9457, described by its OpenAPI document."""

from flask import Flask

from casetracker.api.catalogue import OPERATIONS
from casetracker.api.documentation import browser, openapi
from casetracker.api.problems import render
from casetracker.api.serving import blueprint_of
from casetracker.web.errors import render_errors
from casetracker.web.security import csrf

__all__ = ["OPERATIONS", "install_api"]


def install_api(app: Flask) -> None:
    """Routes, documents and the form of errors below `/api`; tokens take the place of CSRF."""
    blueprint = blueprint_of(OPERATIONS)
    blueprint.add_url_rule("/openapi.json", "openapi", openapi)
    blueprint.add_url_rule("/docs", "docs", browser)
    csrf.exempt(blueprint)
    app.register_blueprint(blueprint)
    render_errors(app, "/api/", render)
