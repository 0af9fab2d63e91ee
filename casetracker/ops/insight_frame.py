"""What the insight pages share: tabs, how a question is answered, fractions."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.services.commands.fields import Command
from casetracker.services.context import Context
from casetracker.web.context import current_context
from casetracker.web.forms import submitted

TABS = (
    ("热点", "/ops/insight"),
    ("多人反映", "/ops/insight/repeated"),
    ("民情月历", "/ops/insight/season"),
    ("十二时辰", "/ops/insight/hours"),
    ("社区", "/ops/insight/communities"),
    ("人员负荷", "/ops/insight/workload"),
    ("派单准确率", "/ops/insight/dispatching"),
    ("办理时长", "/ops/insight/durations"),
)
Question = TypeVar("Question", bound=Command)


def shown(
    template: str, question: type[Question], view: Callable[[Context, Question], dict[str, Any]]
) -> ResponseReturnValue:
    """The page for what the address asks; for nonsense, named, the page of the usual question."""
    ctx = current_context("ops")
    form = submitted(question, request.args)
    found = form.attempt(lambda asked: view(ctx, asked))
    if found is None:
        found = view(ctx, question())
    body = render_template(f"ops/insight/{template}", form=form, tabs_shown=_tabs(), **found)
    return make_response(body, form.status)


def _tabs() -> list[dict[str, Any]]:
    return [
        {"text": words, "url": url, "active": request.path == url or _is_below(url)}
        for words, url in TABS
    ]


def _is_below(url: str) -> bool:
    return url != TABS[0][1] and request.path.startswith(f"{url}/")


def fraction(numerator: int, denominator: int) -> dict[str, Any]:
    """A figure as templates read it; no value where there is nothing to divide by."""
    value = numerator / denominator if denominator else None
    return {"value": value, "numerator": numerator, "denominator": denominator}
