"""工作日历: a year as grids with its source; a new notice is looked at first and then loaded."""

from typing import Any

from flask import Blueprint, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Right
from casetracker.ops.month_grids import months_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.administration import LoadNotice
from casetracker.services.office.calendar_loading import load_year, preview_of
from casetracker.services.office.calendar_notices import Notice, read_notice
from casetracker.services.office.working_calendars import Loaded, kept_years, year_shown
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("admin_calendar", __name__, url_prefix="/admin/calendar")
EARLIEST, LATEST = 2000, 2100
WORDS = {False: "放假", True: "上班", None: "照常"}


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    ctx, year = current_context("ops"), _asked_year()
    return render_template(
        "ops/admin/calendar.html",
        year=year,
        shown=year_shown(ctx, year),
        months=months_of(year, reference(db.session()).calendar),
        tabs_shown=_tabs(kept_years(ctx), year),
    )


@pages.get("/notice")
@requires(Right.RULES_MANAGE)
def notice() -> str:
    return _notice_page(empty_form(LoadNotice))


@pages.post("/notice")
@requires(Right.RULES_MANAGE)
def load() -> ResponseReturnValue:
    """The first press shows what would change, the second loads it."""
    form = submitted(LoadNotice)
    ctx = current_context("ops")
    if request.form.get("do") != "load":
        seen = form.attempt(lambda command: _preview(_read(command)))
        return make_response(_notice_page(form, seen), form.status)
    loaded = form.attempt(lambda command: load_year(ctx, _read(command)))
    if loaded is None:
        return make_response(_notice_page(form), form.status)
    flash(_told(loaded), "success" if loaded.is_new else "info")
    return redirect_to(url_for("ops.admin_calendar.show", year=loaded.year), "/ops/")


def _read(command: LoadNotice) -> Notice:
    """What is wrong with the notice stands at the field that holds it."""
    try:
        return read_notice(command.text, command.year)
    except InvalidInput as error:
        code = next(iter(error.problems.values()))
        where = "year" if code == "notice_without_year" else "text"
        raise InvalidInput({where: code}) from None


def _preview(read: Notice) -> dict[str, Any]:
    found = preview_of(current_context("ops"), read)
    return {
        "year": read.year,
        "source": read.source,
        "open_cases": found.open_cases,
        "changes": [
            {"day": one.day, "before": WORDS[one.before], "after": WORDS[one.after],
             "name": one.name}
            for one in found.changes
        ],
    }  # fmt: skip


def _told(loaded: Loaded) -> str:
    what = (
        f"已载入{loaded.year}年放假安排第 {loaded.version} 版"
        if loaded.is_new
        else f"{loaded.year}年放假安排与已载入的相同"
    )
    return f"{what}，重算在办时限 {loaded.recalculated} 个。"


def _notice_page(form: Form[LoadNotice], seen: dict[str, Any] | None = None) -> str:
    return render_template("ops/admin/calendar_notice.html", form=form, seen=seen, url=request.path)


def _tabs(kept: list[int], shown: int) -> list[dict[str, Any]]:
    years = sorted({*kept, shown, local_date(now()).year + 1})
    return [
        {"text": str(year), "url": url_for("ops.admin_calendar.show", year=year),
         "active": year == shown}
        for year in years
    ]  # fmt: skip


def _asked_year() -> int:
    """Nonsense counts as this year."""
    text = request.args.get("year", "")
    asked = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    return asked if EARLIEST <= asked <= LATEST else local_date(now()).year
