"""审计日志: who did what when, newest first, narrowed and taken out by the auditor alone."""

from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, Response, flash, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.permissions import Right
from casetracker.labels import label
from casetracker.services.commands.auditing import AuditSearch
from casetracker.services.office.auditing import PAGE, AuditLine, audit_lines, export_audit
from casetracker.web.context import current_context, now
from casetracker.web.forms import Form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, asked_page, uncounted
from casetracker.web.redirects import redirect_to

pages = Blueprint("admin_audit", __name__, url_prefix="/admin/audit")

HERE = "/ops/admin/audit"
CHIPS = {"person": "人员", "what": "事项", "number": "工单", "since": "自", "until": "至"}
QUICK: tuple[tuple[str, dict[str, str]], ...] = (
    ("全部", {}),
    ("登录失败", {"what": Access.SIGN_IN, "result": "failed"}),
    ("查看个人信息", {"what": Access.PERSON_REVEALED}),
    ("导出工单", {"what": Access.CASES_EXPORTED}),
    ("岗位变动", {"what": Access.ROLES_SET}),
)


@pages.get("")
@requires(Right.AUDIT_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(AuditSearch, request.args)
    found = form.attempt(lambda asked: audit_lines(ctx, asked, page=asked_page()))
    return make_response(_page(form, found), form.status)


@pages.post("/export")
@requires(Right.AUDIT_READ)
def export() -> ResponseReturnValue:
    """The lines that the filters leave, as a csv; noted in the log, hence no GET."""
    ctx = current_context("ops")
    form = submitted(AuditSearch)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "audit.csv"
        if form.attempt(lambda asked: export_audit(ctx, asked, path)) is None:
            return _refused(form)
        return _download(path.read_bytes())


def _refused(form: Form[AuditSearch]) -> ResponseReturnValue:
    """Back to the list under the same filters, with what was wrong."""
    for message in chain.from_iterable(form.errors.values()):
        flash(message, "error")
    return redirect_to(f"{HERE}?{urlencode(_asked(form))}", HERE)


def _download(content: bytes) -> Response:
    response = Response(content, mimetype="text/csv")
    name = f"audit-{local(now()):%Y%m%d-%H%M}.csv"
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _page(form: Form[AuditSearch], found: list[AuditLine] | None) -> str:
    lines = found or []
    return render_template(
        "ops/admin/audit.html",
        form=form,
        lines=lines[:PAGE],
        page=uncounted(len(lines), PAGE),
        kinds=[(kind.value, label(kind)) for kind in Access],
        chips=_chips(form),
        quick=_quick(),
        asked=_asked(form),
        here=HERE,
    )


def _asked(form: Form[AuditSearch]) -> dict[str, str]:
    return {name: form.data[name] for name in AuditSearch.model_fields if form.data.get(name)}


def _chips(form: Form[AuditSearch]) -> list[dict[str, str]]:
    """What is being filtered by, each with the address without it."""
    if form.command is None:
        return []
    chips = []
    for name, words in CHIPS.items():
        value = getattr(form.command, name)
        if value is not None:
            shown = label(value) if isinstance(value, Access) else value
            chips.append({"text": f"{words}：{shown}", "remove_url": _without(name)})
    if form.command.result:
        chips.append({"text": "只看失败", "remove_url": _without("result")})
    return chips


def _without(name: str) -> str:
    return address_with(**{name: None, "page": None})


def _quick() -> list[dict[str, Any]]:
    here = {name: value for name in ("what", "result") if (value := request.args.get(name))}
    clear: dict[str, Any] = {"what": None, "result": None, "page": None}
    return [
        {"text": text, "url": address_with(**{**clear, **wanted}), "active": here == wanted}
        for text, wanted in QUICK
    ]
