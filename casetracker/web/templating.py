"""What templates may use: asset(), label(), form_token(), dates in Chinese; undefined names fail.

The list for whoever writes pages stands in docs/design.md.
"""

import hashlib
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g
from jinja2 import StrictUndefined

from casetracker.domain import rates
from casetracker.domain.days import local, local_date
from casetracker.domain.deadlines import Standing, remaining_text_facts
from casetracker.domain.working_calendar import WorkingCalendar
from casetracker.labels import label
from casetracker.labels.of_days import date_words, moment_words
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.web.context import now
from casetracker.web.forms import form_token


def install_templating(app: Flask) -> None:
    app.jinja_env.undefined = StrictUndefined  # the environment is there already: CSRF asked for it
    app.jinja_env.globals.update(asset=asset, label=label, form_token=form_token)
    app.jinja_env.filters.update(
        date_cn=date_cn,
        datetime_cn=datetime_cn,
        due_text=due_text,
        moment_cn=moment_cn,
        percent=percent,
    )


def asset(path: str) -> str:
    """Address of a file below static/ that changes with its content.

    Needs no routing, so that error pages for foreign hosts have their style too.
    """
    folder = current_app.static_folder
    assert folder is not None
    return f"{current_app.static_url_path}/{path}?v={_digest(Path(folder) / path)}"


def date_cn(day: date | datetime) -> str:
    """`10月10日(周五)`; the year in front when it is not this one."""
    on = local_date(day) if isinstance(day, datetime) else day
    return date_words(on, local_date(now()))


def datetime_cn(moment: datetime) -> str:
    """`10月10日(周五) 09:12` in Shanghai."""
    return f"{date_cn(moment)} {local(moment):%H:%M}"


def moment_cn(moment: datetime) -> str:
    """`10月10日 09:12` in Shanghai: where a line has no room for the weekday."""
    return moment_words(moment, local_date(now()))


def due_text(due: Any) -> str:
    """`10月10日(周五)前 · 还剩 2 个工作日` from a due with `standing` and `due_at`.

    A limit that ends within a day is given with its time of day.
    """
    due_at: datetime = due["due_at"] if isinstance(due, dict) else due.due_at
    standing: Standing = due["standing"] if isinstance(due, dict) else due.standing
    ends_the_day = _ends_the_day(due_at)
    day = f"{date_cn(due_at)}前" if ends_the_day else f"{datetime_cn(due_at)}前"
    return f"{day} · {_distance(standing, due_at)}"


def percent(value: float | None, sign: str = "%", decimals: int = 1) -> str:
    """`92.3%`, or a dash where there is nothing to divide by."""
    return "—" if value is None else f"{in_percent(value, decimals)}{sign}"


def in_percent(value: float, decimals: int = 1) -> Decimal:
    """A rate with the decimals of its profile, half up as on the residents' page."""
    return rates.shown_percent(value, decimals)


def _distance(standing: Standing, due_at: datetime) -> str:
    if standing in (Standing.MET, Standing.MET_LATE, Standing.PAUSED):
        return label(standing)
    left, late = remaining_text_facts(now(), due_at, _calendar())
    if standing is Standing.OVERDUE:
        return f"已超期 {late} 个工作日" if late else f"已超期{_hours(now() - due_at)}"
    if local_date(due_at) == local_date(now()):
        return "今日到期" if _ends_the_day(due_at) else f"还剩{_hours(due_at - now())}"
    return f"还剩 {left} 个工作日" if left else "今日到期" if due_at <= now() else "还剩休息日"


def _ends_the_day(due_at: datetime) -> bool:
    moment = local(due_at)
    return (moment.hour, moment.minute) == (23, 59)


def _hours(distance: timedelta) -> str:
    """` 40 分钟`, ` 3 小时`; nothing for what lasts longer than a day."""
    minutes = int(distance.total_seconds() // 60)
    if not 0 <= minutes < 24 * 60:
        return ""
    return f" {minutes} 分钟" if minutes < 60 else f" {minutes // 60} 小时"


def _calendar() -> WorkingCalendar:
    """Read once a request, however many dates a page shows."""
    if "calendar" not in g:
        g.calendar = reference(db.session()).calendar
    found: WorkingCalendar = g.calendar
    return found


@cache
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
