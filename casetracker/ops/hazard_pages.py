"""隐患整改: the register of hazards by what is asked, on paper, and entering one."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.patrol_vocabulary import HazardKind, HazardLevel, HazardState
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change
from casetracker.ops.day_spans import quick_days
from casetracker.ops.ledger_forms import made_at, on_paper
from casetracker.ops.patrol_lists import chips_of, choices, words_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.patrol import (
    REPORTED_WITHOUT_VISIT,
    HazardSearch,
    RegisterHazard,
)
from casetracker.services.context import Context
from casetracker.services.patrol.entering import register_hazard
from casetracker.services.patrol.figures import hazards_waiting
from casetracker.services.patrol.hazard_reading import PAGE, HazardPage, list_hazards
from casetracker.services.patrol.printing import note_print
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, asked_page, page_of

pages = Blueprint("hazards", __name__, url_prefix="/hazards")
HERE = "/ops/hazards"
PARTS = {
    "open": "未销号", "late": "已超期", "counted": "排查隐患", "rectified": "期内整改完成",
    "left": "期内未整改完成", "to_date": "至今整改完成",
}  # fmt: skip
NAMED = {"q": "单位或场所", "area": "社区", "unit": "督办单位", "as_of": "整改截至"}


@pages.get("")
@requires(Right.PATROL_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = _asked()
    found = form.attempt(lambda asked: list_hazards(ctx, asked, page=asked_page()))
    return make_response(_list(ctx, form, found), form.status)


@pages.get("/print")
@requires(Right.PATROL_READ)
def print_register() -> ResponseReturnValue:
    """隐患排查整改台账: what is asked for, in the order of the days."""
    ctx = current_context("ops")
    form = _asked()
    found = form.attempt(lambda asked: list_hazards(ctx, asked, page=None))
    if found is None:
        return make_response(_list(ctx, form, None), form.status)
    note_print(ctx, f"隐患排查整改台账 {len(found.lines)} 处")
    return render_template(
        "ops/patrol/hazards_print.html",
        found=found,
        asked=form.command,
        part=PARTS.get(str(form.data.get("part") or "")),
        **on_paper(ctx, HERE),
    )


@pages.get("/new")
@requires(Right.PATROL_KEEP)
def new() -> str:
    ctx = current_context("ops")
    ref = reference(db.session())
    area = ref.community_of(ctx.actor.unit_id)
    form = empty_form(
        RegisterHazard,
        area=ref.units[area].code if area else None,
        level=HazardLevel.ORDINARY.value,
    )
    return _new_page(form)


@pages.post("/new")
@requires(Right.PATROL_KEEP)
def register() -> ResponseReturnValue:
    return change(
        RegisterHazard, register_hazard, _new_page, done="隐患已登记。", next_url=made_at(HERE)
    )


def hazard_cards(ctx: Context) -> list[dict[str, Any]]:
    """The pile of hazards on the desks of those who work on them."""
    if not ctx.actor.may(Right.PATROL_KEEP):
        return []
    waiting = hazards_waiting(ctx)
    return [
        {
            "title": "隐患整改",
            "unit": "处",
            "url": f"{HERE}?part=open",
            "count": waiting.open,
            "overdue": waiting.late,
            "overdue_url": f"{HERE}?part=late",
            "why_empty": "没有未销号的隐患。",
        }
    ]


def _asked() -> Form[HazardSearch]:
    """What the address asks, else everything that is open."""
    if any(name in request.args for name in HazardSearch.model_fields):
        return submitted(HazardSearch, request.args)
    form = empty_form(HazardSearch, part="open")
    form.command = HazardSearch(part="open")
    return form


def _list(ctx: Context, form: Form[HazardSearch], found: HazardPage | None) -> str:
    said = {
        "part": PARTS, "kind": dict(words_of(HazardKind)), "level": dict(words_of(HazardLevel)),
        "state": dict(words_of(HazardState)), "no_area": {"true": "未登记所在社区"},
    }  # fmt: skip
    return render_template(
        "ops/patrol/hazards.html",
        form=form,
        found=found,
        page=page_of(found.number, found.total, PAGE) if found else None,
        quick=[*_piles(ctx, form), *quick_days(form, local_date(ctx.now))],
        chips=chips_of(form, said, NAMED),
        parts=list(PARTS.items()),
        states=words_of(HazardState),
        print_url=address_with(page=None).replace(HERE, f"{HERE}/print", 1),
        may_keep=ctx.actor.may(Right.PATROL_KEEP),
        **choices(),
    )


def _piles(ctx: Context, form: Form[HazardSearch]) -> list[dict[str, Any]]:
    """What is open and what is late, with how many there are."""
    waiting = hazards_waiting(ctx)
    only = {name: value for name, value in form.data.items() if value}
    return [
        {"text": PARTS[part], "url": f"{HERE}?part={part}", "count": count,
         "active": only == {"part": part}}
        for part, count in (("open", waiting.open), ("late", waiting.late))
    ]  # fmt: skip


def _new_page(form: Form[RegisterHazard]) -> str:
    return render_template(
        "ops/patrol/hazard_new.html",
        form=form,
        sources=words_of(REPORTED_WITHOUT_VISIT),
        **choices(),
    )
