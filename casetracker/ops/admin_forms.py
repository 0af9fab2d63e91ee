"""The plain form behind most pages of administration: one command, its fields, sent once."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from flask import flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.ops.controls import Options, controls_of
from casetracker.services.commands.fields import Command
from casetracker.services.context import Context
from casetracker.web.context import current_context
from casetracker.web.forms import Form, form_key, submitted
from casetracker.web.redirects import redirect_to

C = TypeVar("C", bound=Command)
R = TypeVar("R")
Choices = Mapping[str, Callable[[], Options]]
Facts = list[tuple[str, Any]]


def form_page(
    form: Form[Any], title: str, back_url: str, *,
    choices: Choices | None = None, facts: Facts | None = None, submit: str = "保存",
    note: str | None = None, danger: bool = False, version: int | None = None,
) -> str:  # fmt: skip
    """The page of a command's form; it is sent to its own address.

    `version` is the state of what is changed, which the form carries unseen.
    """
    controls = controls_of(form.model, dict(choices or {}))
    return render_template(
        "ops/admin/form.html",
        form=form,
        url=request.path,
        title=title,
        note=note,
        back_url=back_url,
        facts=facts or [],
        controls=[control for control in controls if control.name != "version"],
        version=version,
        submit=submit,
        danger=danger,
    )


def change(
    model: type[C],
    use_case: Callable[[Context, C], R],
    page: Callable[[Form[C]], str],
    *,
    done: str,
    next_url: str | Callable[[R | None], str],
) -> ResponseReturnValue:
    """Take the form that was sent, once; on with the words `done`, or the page with its errors.

    `next_url` may depend on what the use case gave back.
    """
    form = submitted(model)
    ctx = current_context("ops", form_key())
    result = form.attempt(lambda command: use_case(ctx, command))
    if form.command is None or form.errors:
        return make_response(page(form), form.status)
    flash(done, "success")
    return redirect_to(next_url if isinstance(next_url, str) else next_url(result), "/ops/")
