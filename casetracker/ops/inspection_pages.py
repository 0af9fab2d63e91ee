"""安全检查: the register, one inspection with its hazards, entering it in the street."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local_date
from casetracker.domain.patrol_vocabulary import HazardKind, HazardLevel, PatrolPhoto, PlaceKind
from casetracker.domain.permissions import Right
from casetracker.ops.admin_forms import change, form_page
from casetracker.ops.day_spans import quick_days
from casetracker.ops.ledger_forms import made_at, on_paper
from casetracker.ops.patrol_lists import (
    chips_of,
    choices,
    keep_photos,
    photo_lines,
    words_of,
)
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.patrol import (
    AddHazard,
    InspectionSearch,
    RegisterInspection,
)
from casetracker.services.context import Context
from casetracker.services.outcome import Made
from casetracker.services.patrol.entering import add_hazard, register_inspection
from casetracker.services.patrol.inspection_reading import (
    PAGE,
    InspectionPage,
    list_inspections,
    open_inspection,
)
from casetracker.services.patrol.printing import note_print
from casetracker.web.context import current_context
from casetracker.web.forms import Form, empty_form, form_key, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, asked_page, page_of
from casetracker.web.redirects import redirect_to

pages = Blueprint("inspections", __name__, url_prefix="/inspections")
HERE = "/ops/inspections"
OUTCOMES = {"clean": "未发现隐患", "hazard": "发现隐患"}
NAMED = {"q": "单位或场所", "area": "社区", "unit": "检查单位"}
USUALLY = [HazardKind.FIRE.value, HazardKind.ELECTRICITY.value]
"""What nearly every inspection looks at; ticked beforehand."""
FOLDED = frozenset({"address", "inspectors", "inspected_on", "note"})


@pages.get("")
@requires(Right.PATROL_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = _asked(ctx)
    found = form.attempt(lambda asked: list_inspections(ctx, asked, page=asked_page()))
    return make_response(_list(ctx, form, found), form.status)


@pages.get("/print")
@requires(Right.PATROL_READ)
def print_register() -> ResponseReturnValue:
    """安全检查登记簿: what is asked for, in the order of the days."""
    ctx = current_context("ops")
    form = _asked(ctx)
    found = form.attempt(lambda asked: list_inspections(ctx, asked, page=None))
    if found is None:
        return make_response(_list(ctx, form, None), form.status)
    note_print(ctx, f"安全检查登记簿 {len(found.lines)} 家次")
    return render_template(
        "ops/patrol/inspections_print.html", found=found, asked=form.command, **on_paper(ctx, HERE)
    )


@pages.get("/new")
@requires(Right.PATROL_KEEP)
def new() -> str:
    ctx = current_context("ops")
    area = reference(db.session()).community_of(ctx.actor.unit_id)
    units = reference(db.session()).units
    form = empty_form(
        RegisterInspection,
        area=units[area].code if area else None,
        inspectors=ctx.actor.name,
        checked=USUALLY,
        hazard__level=HazardLevel.ORDINARY.value,
    )
    return _new_page(form)


@pages.post("/new")
@requires(Right.PATROL_KEEP)
def register() -> ResponseReturnValue:
    """The inspection first, then its pictures: a refused one costs nothing else."""
    form = submitted(RegisterInspection)
    ctx = current_context("ops", form_key())
    made = form.attempt(lambda command: register_inspection(ctx, command))
    if form.command is None or form.errors or made is None:
        return make_response(_new_page(form), form.status)
    keep_photos(made.key, PatrolPhoto.FOUND)
    return redirect_to(_url(made.key), HERE)


@pages.get("/<inspection>")
@requires(Right.PATROL_READ)
def one(inspection: str) -> str:
    file = open_inspection(current_context("ops"), inspection)
    return render_template(
        "ops/patrol/inspection.html",
        file=file,
        line=file.line,
        photos=photo_lines(file.photos),
    )


@pages.get("/<inspection>/print")
@requires(Right.PATROL_READ)
def print_one(inspection: str) -> str:
    """安全检查记录, to be signed by both sides."""
    ctx = current_context("ops")
    file = open_inspection(ctx, inspection)
    note_print(ctx, f"安全检查记录 {inspection}")
    return render_template(
        "ops/patrol/inspection_print.html",
        file=file,
        line=file.line,
        **on_paper(ctx, _url(inspection)),
    )


@pages.post("/<inspection>/files")
@requires(Right.PATROL_KEEP)
def attach(inspection: str) -> ResponseReturnValue:
    keep_photos(inspection, PatrolPhoto.FOUND)
    return redirect_to(_url(inspection), HERE)


@pages.get("/<inspection>/hazard")
@requires(Right.PATROL_KEEP)
def new_hazard(inspection: str) -> str:
    open_inspection(current_context("ops"), inspection)
    return _hazard_page(inspection, empty_form(AddHazard, level=HazardLevel.ORDINARY.value))


@pages.post("/<inspection>/hazard")
@requires(Right.PATROL_KEEP)
def register_hazard(inspection: str) -> ResponseReturnValue:
    return change(
        AddHazard,
        lambda ctx, command: add_hazard(ctx, inspection, command),
        lambda form: _hazard_page(inspection, form),
        done="隐患已登记。",
        next_url=_hazard_made,
    )


def _hazard_made(made: Made | None) -> str:
    return made_at("/ops/hazards")(made)


def _asked(ctx: Context) -> Form[InspectionSearch]:
    """What the address asks, else this month."""
    if any(name in request.args for name in InspectionSearch.model_fields):
        return submitted(InspectionSearch, request.args)
    today = local_date(ctx.now)
    asked = InspectionSearch(since=today.replace(day=1), until=today)
    form = empty_form(InspectionSearch, since=asked.since, until=asked.until)
    form.command = asked
    return form


def _list(ctx: Context, form: Form[InspectionSearch], found: InspectionPage | None) -> str:
    said = {"outcome": OUTCOMES, "place_kind": dict(words_of(PlaceKind)),
            "no_area": {"true": "未登记所在社区"}}  # fmt: skip
    return render_template(
        "ops/patrol/inspections.html",
        form=form,
        found=found,
        page=page_of(found.number, found.total, PAGE) if found else None,
        quick=quick_days(form, local_date(ctx.now)),
        chips=chips_of(form, said, NAMED),
        outcomes=list(OUTCOMES.items()),
        print_url=address_with(page=None).replace(HERE, f"{HERE}/print", 1),
        may_keep=ctx.actor.may(Right.PATROL_KEEP),
        **choices(),
    )


def _new_page(form: Form[RegisterInspection]) -> str:
    return render_template(
        "ops/patrol/inspection_new.html",
        form=form,
        outcomes=list(OUTCOMES.items()),
        fold_open=any(name in form.errors for name in FOLDED),
        **choices(),
    )


def _hazard_page(inspection: str, form: Form[AddHazard]) -> str:
    facts: list[tuple[str, Any]] = [("检查编号", inspection)]
    return form_page(
        form,
        "登记隐患",
        _url(inspection),
        facts=facts,
        submit="登记隐患",
        note="本次检查发现的又一处",
    )


def _url(inspection: str) -> str:
    return f"{HERE}/{inspection}"
