"""Pages about a span of days: the days asked for, the usual spans at one press, what rows are."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from flask import request
from werkzeug.datastructures import MultiDict

from casetracker.domain.days import local_date
from casetracker.services.commands.fields import Command
from casetracker.services.context import Context
from casetracker.web.forms import Form, submitted
from casetracker.web.pagination import address_with

C = TypeVar("C", bound=Command)


def days_asked(ctx: Context, command: type[C]) -> Form[C]:
    """The days asked for, else this month; by community unless something else is asked."""
    today = local_date(ctx.now)
    usual = {"since": str(today.replace(day=1)), "until": str(today), "by": "area"}
    given = {name: value for name, value in request.args.items() if name in usual and value}
    return submitted(command, MultiDict({**usual, **given}))


def dimensions_of(form: Form[Any], by: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
    """What the rows may be, as tabs; the one in force is marked."""
    return [
        {"text": words, "url": address_with(by=code), "active": form.data.get("by") == code}
        for code, words in by
    ]


def spans(today: date) -> tuple[tuple[str, date, date], ...]:
    """This month, the last one, this year."""
    first = today.replace(day=1)
    before = first - timedelta(days=1)
    return (
        ("本月", first, today),
        ("上月", before.replace(day=1), before),
        ("今年", today.replace(month=1, day=1), today),
    )


def quick_days(form: Form[Any], today: date) -> list[dict[str, Any]]:
    """The usual spans at one press; the one in force is marked."""
    here = (str(form.data.get("since", "")), str(form.data.get("until", "")))
    return [
        {
            "text": text,
            "url": address_with(since=since, until=until, page=None),
            "active": here == (str(since), str(until)),
        }
        for text, since, until in spans(today)
    ]
