"""The three doors."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from casetracker.web.guards import public

pages = Blueprint("home", __name__)


@pages.get("/")
@public
def show() -> ResponseReturnValue:
    return render_template("portal/home.html")
