"""Papers of a case: what was issued, a form for each kind, a preview, the files."""

import io
from typing import Any

from flask import Blueprint, Response, flash, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from casetracker.domain.errors import NotFound
from casetracker.domain.papers.catalogue import FORMS
from casetracker.domain.papers.common_fields import PERSONAL
from casetracker.domain.papers.forms import Audience, PaperForm
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.labels import label
from casetracker.ops.acting import case_url, seen_version
from casetracker.ops.controls import controls_of
from casetracker.services.commands.papers import PaperCommand, command_of
from casetracker.services.papers.reading import (
    PaperLine,
    offered_values,
    open_paper,
    papers_of,
    preview,
)
from casetracker.services.steps.papers.issuing import issue
from casetracker.services.steps.papers.making import PDF
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.redirects import redirect_to

pages = Blueprint("papers", __name__)

FORMATS = ("pdf", "docx")
GROUPS = {
    Audience.PETITIONER: "给信访人（诉求人）的文书",
    Audience.ORGANS: "给单位和机关的文书",
    Audience.FILE: "登记、审批、笔录和归档",
}
PREVIEW = "preview"


@pages.get("/cases/<number>/papers")
@requires(Right.CASES_LIST)
def show(number: str) -> str:
    found = papers_of(current_context("ops"), number)
    groups = [
        (words, [form for form in found.forms if form.audience is audience])
        for audience, words in GROUPS.items()
    ]
    return render_template(
        "ops/papers/list.html",
        number=number,
        papers=[_line(number, paper) for paper in found.papers],
        groups=[(words, forms) for words, forms in groups if forms],
        papers_url=_url(number),
        case_url=case_url(number),
    )


@pages.get("/cases/<number>/papers/<kind>")
@requires(Right.CASES_LIST)
def form(number: str, kind: str) -> str:
    known = _known(kind)
    values = offered_values(current_context("ops"), number, known)
    return _page(number, known, empty_form(command_of(known), **values))


@pages.post("/cases/<number>/papers/<kind>")
@requires(Right.CASES_LIST)
def write(number: str, kind: str) -> ResponseReturnValue:
    """Preview or issue, by the button that was pressed."""
    known = _known(kind)
    if request.form.get("do") == PREVIEW:
        return _preview(number, known)
    sent: Form[PaperCommand] = submitted(command_of(known))
    ctx = current_context("ops", form_key())
    outcome = sent.attempt(
        lambda command: issue(
            ctx, number, known, command, replaces=_replaced(), version=seen_version()
        )
    )
    if outcome is None:
        return make_response(_page(number, known, sent), sent.status)
    numbered = outcome.facts["paper_number"] or ""
    flash(f"{FORMS[known].title}{numbered}已出具，可以下载打印。", "success")
    return redirect_to(_url(number), "/ops/cases")


@pages.get("/papers/<int:paper_id>.<file_format>")
@requires(Right.CASES_LIST)
def download(paper_id: int, file_format: str) -> Response:
    """The file as it was issued; PDF opens in the browser, where it can be printed."""
    if file_format not in FORMATS:
        raise NotFound(paper=paper_id)
    file = open_paper(current_context("ops"), paper_id, file_format)
    return send_file(
        file.content,
        mimetype=file.mime,
        as_attachment=file_format != "pdf",
        download_name=file.filename,
    )


def _preview(number: str, kind: PaperKind) -> ResponseReturnValue:
    sent: Form[PaperCommand] = submitted(command_of(kind))
    ctx = current_context("ops")
    pdf = sent.attempt(lambda command: preview(ctx, number, kind, command))
    if pdf is None:
        return make_response(_page(number, kind, sent), sent.status)
    name = f"预览-{FORMS[kind].title}.pdf"
    return send_file(io.BytesIO(pdf), mimetype=PDF, download_name=name)


def _page(number: str, kind: PaperKind, filled: Form[Any]) -> str:
    form = FORMS[kind]
    found = papers_of(current_context("ops"), number)
    replaces = _replaced()
    return render_template(
        "ops/papers/form.html",
        number=number,
        paper=form,
        version=found.version,
        form=filled,
        controls=controls_of(command_of(kind), {}),
        personal=_personal(form),
        replaces=next((line for line in found.papers if line.id == replaces), None),
        url=f"{_url(number)}/{kind}",
        papers_url=_url(number),
    )


def _personal(form: PaperForm) -> str:
    """The names of the fields that are filled without being shown."""
    return "、".join(field.label for field in form.fields if field.name in PERSONAL)


def _line(number: str, paper: PaperLine) -> dict[str, Any]:
    return {
        "paper": paper,
        "pdf_url": f"/ops/papers/{paper.id}.pdf",
        "docx_url": f"/ops/papers/{paper.id}.docx",
        "serve_url": f"{case_url(number)}/actions/serve" if paper.waits_for_service else None,
        "correct_url": f"{_url(number)}/{paper.kind}?replaces={paper.id}"
        if not paper.is_replaced and not FORMS[paper.kind].by_step
        else None,
        "served": [f"{label(one.method)} {one.served_at:%Y-%m-%d}" for one in paper.services],
    }


def _replaced() -> int | None:
    """The paper that is being corrected, from the address or the form."""
    text = request.values.get("replaces", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None


def _known(kind: str) -> PaperKind:
    """Raises NotFound for what is no kind of paper, or none that is issued by hand."""
    if kind not in list(PaperKind) or FORMS[PaperKind(kind)].by_step:
        raise NotFound(paper=kind)
    return PaperKind(kind)


def _url(number: str) -> str:
    return f"{case_url(number)}/papers"
