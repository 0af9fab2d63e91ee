"""The register of petitions: filters kept in the address, 件次 and 人次 apart, pages by key."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import PETITION_STATES, Action, Channel, SourceLevel, State
from casetracker.labels import label
from casetracker.ops.acting import remember_list
from casetracker.ops.choices import unit_options
from casetracker.ops.export_links import export_url
from casetracker.ops.list_frame import chips_of, heads_of, pager_of, quick_of
from casetracker.ops.navigation import PETITIONS, queue_url
from casetracker.ops.petition_lines import register_lines
from casetracker.ops.petition_words import route_name
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.case_reading.petition_register import RegisterPage, list_petitions
from casetracker.services.commands.listing import ListedPetitions
from casetracker.services.context import Context
from casetracker.services.desks.listed import listed_petitions
from casetracker.services.desks.queue import Queue
from casetracker.services.desks.worklists import QUEUES
from casetracker.web.context import current_context
from casetracker.web.forms import Form, submitted
from casetracker.web.guards import requires

pages = Blueprint("petitions", __name__, url_prefix="/petitions")

CODES = {
    "state": State, "channel": Channel, "petition_class": PetitionClass, "subroute": Subroute,
    "source_level": SourceLevel,
}  # fmt: skip
SAID = {
    "repeated": {"no": "初件", "yes": "重件"},
    "collective": {"yes": "集体访", "no": "非集体访"},
}
QUICK: tuple[tuple[str, dict[str, str]], ...] = (
    ("在办", {"open": "1"}),
    ("临期", {"open": "1", "standing": "due_soon"}),
    ("已超期", {"open": "1", "standing": "overdue"}),
    ("集体访", {"collective": "yes"}),
    ("重件", {"repeated": "yes"}),
    ("全部", {}),
)
QUEUE_STEPS = {
    "to_notify": Action.SERVE,
    "petition_extensions": Action.DECIDE_EXTENSION,
    "settlements": Action.MARK_SETTLED,
}
"""What is done with the lines of a queue that is not about a state."""
SHOWN_STATES = tuple(state for state in State if state in PETITION_STATES)
CHANNELS = (
    Channel.LETTER, Channel.VISIT, Channel.PETITION_ONLINE, Channel.CALL, Channel.FORWARDED,
    Channel.LEADER_RECEPTION, Channel.LEADER_NOTE, Channel.WINDOW, Channel.PORTAL,
    Channel.HOTLINE_12345, Channel.MAYOR_LINE, Channel.DISTRICT_LINE,
)  # fmt: skip
"""Ways on which petitions come in; the last three by 转信访."""


@pages.get("")
@requires(Right.CASES_LIST)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(ListedPetitions, request.args)
    found = form.attempt(lambda asked: _found(ctx, asked))
    if found is not None:
        remember_list()
    body = render_template("ops/petitions/list.html", **_view(ctx, form, found))
    return make_response(body, form.status)


def _found(ctx: Context, asked: ListedPetitions) -> RegisterPage:
    cursor = request.args.get("cursor") or None
    return list_petitions(ctx, listed_petitions(ctx, asked), sort=asked.sort, cursor=cursor)


def _view(ctx: Context, form: Form[ListedPetitions], found: RegisterPage | None) -> dict[str, Any]:
    queue = QUEUES.get(request.args.get("queue", ""))
    asked = QUEUE_STEPS.get(queue.name) if queue else None
    return {
        "title": queue.title if queue else "信访件",
        "counted": _counted(found),
        "why_empty": _why_empty(form, queue),
        "form": form,
        "rows": register_lines(found, ctx.actor, asked) if found else [],
        "page": pager_of(found.page) if found else None,
        "heads": heads_of(found.page) if found else {},
        "chips": chips_of(form, CODES, SAID),
        "quick": quick_of(QUICK) if queue is None else [],
        "hidden": {name: request.args[name] for name in ("queue", "open") if name in request.args},
        "clear_url": queue_url(queue.name) if queue else PETITIONS,
        "is_queue": queue is not None,
        "states": [(one.value, label(one)) for one in SHOWN_STATES],
        "channels": [(one.value, label(one)) for one in CHANNELS],
        "classes": [
            (one.value, label(one)) for one in PetitionClass if one is not PetitionClass.ACCUSATION
        ],
        "routes": [(one.value, route_name(one)) for one in Subroute],
        "levels": [(one.value, label(one)) for one in SourceLevel],
        "repeats": list(SAID["repeated"].items()),
        "collectives": list(SAID["collective"].items()),
        "units": unit_options(reference(db.session())),
        "export_url": export_url(ctx, ExportKind.PETITIONS) if found and found.page.rows else None,
    }


def _counted(found: RegisterPage | None) -> str:
    """件次 and 人次, counted apart."""
    if found is None:
        return ""
    if found.cases is None:
        return f"超过 {found.more_than} 件次"
    return f"{found.cases} 件次 · {found.persons} 人次"


def _why_empty(form: Form[ListedPetitions], queue: Queue | None) -> str:
    if form.data.get("q"):
        return "请换一个说法，或用编号、完整电话号码、姓名再搜；不在您查看范围内的信访件不会列出。"
    if queue is None or chips_of(form, CODES, SAID):
        return "没有符合条件的信访件，请放宽筛选条件。"
    return queue.why_empty
