"""The 15-day and the 60-day calendar: what is due on which day, by law and by platform."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action, Role
from casetracker.labels import label
from casetracker.labels.of_the_clock import limit_name
from casetracker.ops.acting import case_url, remember_list
from casetracker.ops.month_grids import Cell, weeks_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.fields import YEARS
from casetracker.services.context import Actor
from casetracker.services.desks.petition_calendar import (
    MOST,
    CalendarMonth,
    DayLoad,
    DueCalendar,
    DueLine,
    calendar_month,
)
from casetracker.web.context import current_context
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with
from casetracker.web.templating import date_cn

pages = Blueprint("petition_calendars", __name__, url_prefix="/petitions")


@dataclass(frozen=True, slots=True)
class Wording:
    """What one calendar says of itself; `step` is what its lines ask the clerk to do."""

    title: str
    note: str
    why_empty: str
    step: Action | None


WORDINGS: Mapping[DueCalendar, Wording] = {
    DueCalendar.NOTICES: Wording(
        "告知日历",
        "收到之日起十五日内书面告知（《信访工作条例》第二十三条）；告知书送达才算完成",
        "这个月没有还要送达的告知书。",
        Action.SERVE,
    ),
    DueCalendar.OPINIONS: Wording(
        "答复日历",
        "受理之日起六十日内、简易办理十个工作日内送达意见（《信访工作条例》第三十四条）",
        "这个月没有还要到期的处理意见和答复。",
        None,
    ),
}


@pages.get("/notices")
@requires(Right.LEDGERS_READ)
def notices() -> ResponseReturnValue:
    return _page(DueCalendar.NOTICES)


@pages.get("/opinions")
@requires(Right.LEDGERS_READ)
def opinions() -> ResponseReturnValue:
    return _page(DueCalendar.OPINIONS)


def _page(calendar: DueCalendar) -> str:
    ctx = current_context("ops")
    today = local_date(ctx.now)
    month, day = _asked_month(today), _asked_day()
    if day is not None:
        month = day.replace(day=1)
    found = calendar_month(ctx, calendar, month, day=day)
    remember_list()
    wording = WORDINGS[calendar]
    return render_template(
        "ops/petitions/calendar.html",
        wording=wording,
        month=month,
        day=day,
        today=today,
        weeks=_weeks(month, found),
        months=_neighbours(month, today),
        lines=[_line(one, wording, ctx.actor) for one in found.lines],
        late=[_line(one, wording, ctx.actor) for one in found.late],
        counted=_counted(found, month, day),
        late_total=found.late_total,
        most=MOST,
        total=found.total,
        month_url=address_with(day=None, month=f"{month:%Y-%m}"),
    )


def _asked_month(today: date) -> date:
    """The month in `?month=`; this one where nothing or nonsense is asked."""
    found = _date(f"{request.args.get('month', '')}-01")
    return found or today.replace(day=1)


def _asked_day() -> date | None:
    return _date(request.args.get("day", ""))


def _date(text: str) -> date | None:
    try:
        found = date.fromisoformat(text) if len(text) == 10 and text.isascii() else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def _weeks(month: date, found: CalendarMonth) -> list[list[dict[str, Any] | None]]:
    calendar = reference(db.session()).calendar
    return [
        [_cell(cell, found.days.get(cell.day, DayLoad())) if cell else None for cell in week]
        for week in weeks_of(month.year, month.month, calendar)
    ]


def _cell(cell: Cell, load: DayLoad) -> dict[str, Any]:
    url = address_with(day=cell.day.isoformat(), month=None)
    return {"cell": cell, "load": load, "url": url if load.legal or load.raw else None}


def _neighbours(month: date, today: date) -> list[dict[str, Any]]:
    """The month before, the one shown, the one behind; and the way back to this one."""
    before = (month - timedelta(days=1)).replace(day=1)
    behind = (month + timedelta(days=32)).replace(day=1)
    wanted = sorted({before, month, behind, today.replace(day=1)})
    return [
        {
            "text": f"{one.year}年{one.month}月",
            "url": address_with(month=f"{one:%Y-%m}", day=None),
            "active": one == month,
        }
        for one in wanted
        if one.year in YEARS
    ]


def _counted(found: CalendarMonth, month: date, day: date | None) -> str:
    where = f"{date_cn(day)}到期" if day else f"{month.month}月待到期"
    late = f" · 已超期 {found.late_total} 件" if found.late_total else ""
    return f"{where} {found.total} 件{late}"


def _line(line: DueLine, wording: Wording, actor: Actor) -> dict[str, Any]:
    url = case_url(line.number)
    may_step = wording.step is not None and Role.PETITION_CLERK in actor.roles
    return {
        "line": line,
        "url": url,
        "people": f"{line.person}等 {line.persons} 人" if line.persons > 1 else line.person,
        "limit": limit_name(line.limit),
        "disposal": label(line.disposal) if line.disposal else "",
        "due": {
            "standing": line.standing,
            "due_at": line.due_legal,
            "provisional": line.provisional,
        },
        "action": {"text": label(wording.step), "url": f"{url}/actions/{wording.step}"}
        if may_step and wording.step and line.disposal
        else None,
    }
