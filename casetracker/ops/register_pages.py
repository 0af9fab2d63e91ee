"""Printing the registers (登记簿) of a month."""

import io

from flask import Blueprint, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.errors import DomainError, NotFound
from casetracker.domain.papers.registers import TITLES, Register
from casetracker.domain.permissions import Right
from casetracker.ops.paper_pages import FORMATS
from casetracker.services.commands.fields import Command, Line
from casetracker.services.papers.registers import print_register
from casetracker.services.steps.papers.making import DOCX, PDF
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form
from casetracker.web.guards import requires

pages = Blueprint("registers", __name__, url_prefix="/registers")


class RegisterMonth(Command):
    """Which month is printed."""

    month: Line


@pages.get("")
@requires(Right.LEDGERS_READ)
def show() -> str:
    return _page(_form())


@pages.get("/<register>.<file_format>")
@requires(Right.LEDGERS_READ)
def printed(register: str, file_format: str) -> ResponseReturnValue:
    if register not in list(Register) or file_format not in FORMATS:
        raise NotFound(register=register)
    form, known = _form(), Register(register)
    try:
        content = print_register(current_context("ops"), known, form.data["month"], file_format)
    except DomainError as error:
        form.refuse(error)
        return make_response(_page(form), form.status)
    return send_file(
        io.BytesIO(content),
        mimetype=PDF if file_format == "pdf" else DOCX,
        as_attachment=file_format != "pdf",
        download_name=f"{TITLES[known]}{form.data['month']}.{file_format}",
    )


def _form() -> Form[RegisterMonth]:
    """The month asked for, else the present one."""
    present = local(current_context("ops").now).strftime("%Y-%m")
    return empty_form(RegisterMonth, month=request.args.get("month", "")[:10] or present)


def _page(form: Form[RegisterMonth]) -> str:
    return render_template("ops/papers/registers.html", form=form, registers=list(TITLES.items()))
