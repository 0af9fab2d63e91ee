"""答复模板: words to start a reply from and the forms of upstream platforms, with their places."""

from collections.abc import Callable

from flask import Blueprint, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.permissions import Right
from casetracker.domain.reply_places import PLACES
from casetracker.labels import label
from casetracker.ops.admin_forms import change
from casetracker.ops.choices import category_options
from casetracker.ops.controls import Options, controls_of
from casetracker.persistence.database import db
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.commands.administration import SaveTemplate
from casetracker.services.context import Context
from casetracker.services.office.reply_templates import (
    USES,
    change_template,
    create_template,
    find_template,
    preview_template,
    template_rows,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires

pages = Blueprint("admin_templates", __name__, url_prefix="/admin/templates")


@pages.get("")
@requires(Right.RULES_MANAGE)
def show() -> str:
    rows = template_rows(current_context("ops"))
    ref = reference(db.session())
    groups = [
        (words, [(row, _meant_for(ref, row)) for row in rows if row.use == use])
        for use, words in USES.items()
    ]
    return render_template("ops/admin/templates.html", groups=groups)


def _meant_for(ref: Reference, row: ReplyTemplate) -> str:
    """The platform or the category that a template is for."""
    if row.channel:
        return label(row.channel)
    return ref.category_name(row.category_id) or "通用"


@pages.get("/new")
@requires(Right.RULES_MANAGE)
def new() -> str:
    return _page(empty_form(SaveTemplate, use="reply", is_active=True), "新增模板")


@pages.post("/new")
@requires(Right.RULES_MANAGE)
def create() -> ResponseReturnValue:
    return _save("新增模板", create_template)


@pages.get("/<int:template_id>")
@requires(Right.RULES_MANAGE)
def edit(template_id: int) -> str:
    row = find_template(current_context("ops"), template_id)
    form = empty_form(
        SaveTemplate,
        name=row.name,
        use=row.use,
        channel=row.channel.value if row.channel else None,
        category=_category_code(row),
        body=row.body,
        is_active=row.is_active,
    )
    return _page(form, f"修改模板：{row.name}")


@pages.post("/<int:template_id>")
@requires(Right.RULES_MANAGE)
def save(template_id: int) -> ResponseReturnValue:
    row = find_template(current_context("ops"), template_id)
    return _save(
        f"修改模板：{row.name}", lambda ctx, command: change_template(ctx, template_id, command)
    )


def _save(title: str, use_case: Callable[[Context, SaveTemplate], None]) -> ResponseReturnValue:
    if request.form.get("do") == "preview":
        form = submitted(SaveTemplate)
        ctx = current_context("ops")
        shown = form.attempt(lambda command: preview_template(ctx, command))
        return make_response(_page(form, title, preview=shown), form.status)
    return change(
        SaveTemplate,
        use_case,
        lambda form: _page(form, title),
        done="模板已保存。",
        next_url=url_for("ops.admin_templates.show"),
    )


def _choices() -> dict[str, Callable[[], Options]]:
    return {
        "use": lambda: list(USES.items()),
        "category": lambda: category_options(reference(db.session())),
    }


def _category_code(row: ReplyTemplate) -> str | None:
    return reference(db.session()).categories[row.category_id].code if row.category_id else None


def _page(form: Form[SaveTemplate], title: str, *, preview: str | None = None) -> str:
    return render_template(
        "ops/admin/template.html",
        title=title,
        form=form,
        url=request.path,
        controls=controls_of(SaveTemplate, _choices()),
        preview=preview,
        places=[(USES[use], list(places.items())) for use, places in PLACES.items()],
    )
