"""The wall: a page of figures for a big screen, and the screens that show it.

A screen has a cookie of its own that opens this page alone. Its requests ask for no session, so
that a page which refreshes by itself keeps nobody signed in.
"""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from casetracker.domain.permissions import Right
from casetracker.ops.wall_cookie import give_secret, given_secret
from casetracker.services.commands.insight import PlaceScreen
from casetracker.services.context import Context
from casetracker.services.insight.wall import MonthRate, Wall, wall
from casetracker.services.people.screens import (
    SCREEN,
    is_screen,
    place_screen,
    remove_screen,
    screens,
)
from casetracker.services.people.sign_in import sign_out
from casetracker.web.context import act_as, current_context, stranger_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import public, requires
from casetracker.web.redirects import redirect_to
from casetracker.web.security import given_cookie, take_cookie

pages = Blueprint("wall", __name__, url_prefix="/wall")

REFRESH_SECONDS = 60
HOURS_SHOWN = range(24)
CHART_HEIGHT, BAR_WIDTH = 160, 24


@pages.get("")
@public
def show() -> ResponseReturnValue:
    """For a screen alone, refreshing by itself; others come to where screens are placed."""
    secret = given_secret()
    act_as(SCREEN)
    if not secret or not is_screen(stranger_context("ops"), secret):
        return redirect_to(url_for("ops.wall.list_screens"), "/ops/")
    return _page(refreshes=True)


@pages.get("/preview")
@requires(Right.WALL)
def preview() -> ResponseReturnValue:
    """As it looks now, for whoever may place a screen."""
    return _page(refreshes=False)


@pages.get("/screens")
@requires(Right.WALL)
def list_screens() -> ResponseReturnValue:
    return _screens(empty_form(PlaceScreen))


@pages.post("/screens")
@requires(Right.WALL)
def place() -> ResponseReturnValue:
    """This very browser becomes a screen, and whoever placed it is signed out of it."""
    ctx = current_context("ops")
    form = submitted(PlaceScreen)
    secret = form.attempt(lambda command: place_screen(ctx, command))
    if secret is None:
        return make_response(_screens(form), form.status)
    return _left_alone(ctx, secret)


@pages.post("/screens/<int:screen_id>/remove")
@requires(Right.WALL)
def remove(screen_id: int) -> ResponseReturnValue:
    remove_screen(current_context("ops"), screen_id)
    flash("已停用，那块大屏下一次刷新时不再显示数字。", "success")
    return redirect_to(url_for("ops.wall.list_screens"), "/ops/")


def _left_alone(ctx: Context, secret: str) -> Response:
    sign_out(ctx, given_cookie())
    session.clear()
    response = redirect_to(url_for("ops.wall.show"), "/ops/")
    take_cookie(response)
    give_secret(response, secret)
    return response


def _screens(form: Form[Any]) -> str:
    return render_template(
        "ops/wall/screens.html",
        form=form,
        screens=screens(current_context("ops")),
        is_here=bool(given_secret()),
    )


def _page(*, refreshes: bool) -> str:
    found = wall(current_context("ops"))
    return render_template(
        "ops/wall/show.html",
        wall=found,
        refresh=REFRESH_SECONDS if refreshes else None,
        bars=_bars(found),
        rates=[_rate(one) for one in found.rates],
        total=sum(found.hours),
        path=request.path,
    )


def _bars(found: Wall) -> list[dict[str, Any]]:
    """One bar an hour, as places and heights of a drawing."""
    most = max(found.hours) or 1
    return [
        {
            "hour": hour,
            "count": found.hours[hour],
            "x": hour * (BAR_WIDTH + 8),
            "height": round(CHART_HEIGHT * found.hours[hour] / most, 1),
            "y": round(CHART_HEIGHT - CHART_HEIGHT * found.hours[hour] / most, 1),
        }
        for hour in HOURS_SHOWN
    ]


def _rate(one: MonthRate) -> dict[str, Any]:
    value = one.now.value
    return {
        "name": one.metric.name_zh,
        "value": None if value is None else float(value),
        "numerator": one.now.numerator,
        "denominator": one.now.denominator,
        "before": None if one.before.value is None else float(one.before.value),
    }
