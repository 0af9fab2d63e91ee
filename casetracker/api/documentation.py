"""The API's own pages: the OpenAPI document and a browser for it; public, without any CDN."""

from functools import cache

from flask import Response, render_template

from casetracker.api.catalogue import OPERATIONS
from casetracker.api.openapi import document
from casetracker.api.serving import ROOT, as_json
from casetracker.web.guards import public


@cache
def _document() -> bytes:
    return as_json(document(OPERATIONS))


@public
def openapi() -> Response:
    return Response(_document(), content_type="application/json")


@public
def browser() -> str:
    return render_template("api/docs.html", document_url=f"{ROOT}/openapi.json")
