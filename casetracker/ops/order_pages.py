"""督办登记簿 with its filters, on paper and as a sheet; and what is on the list of 挂牌督办."""

from typing import Any

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from casetracker.domain.exports import ExportKind
from casetracker.domain.oversight_vocabulary import OrderStatus
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import SuperviseLevel, SuperviseTrigger
from casetracker.labels import label
from casetracker.ops.acting import case_url
from casetracker.ops.choices import all_unit_options
from casetracker.ops.export_links import export_url
from casetracker.ops.ledger_forms import on_paper
from casetracker.ops.list_frame import chips_of
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.oversight import OrderSearch
from casetracker.services.context import Context
from casetracker.services.oversight.order_sheets import note_printed
from casetracker.services.oversight.orders import (
    PAGE,
    Orders,
    listed_orders,
    order_register,
)
from casetracker.web.context import current_context
from casetracker.web.forms import Form, submitted
from casetracker.web.guards import requires
from casetracker.web.pagination import address_with, asked_page, page_of

pages = Blueprint("orders", __name__)
HERE, LISTED = "/ops/orders", "/ops/listed"
KEPT = ("status", "since", "until")
CODES = {"level": SuperviseLevel, "trigger": SuperviseTrigger}


@pages.get("/orders")
@requires(Right.OVERSIGHT_READ)
def show() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(OrderSearch, request.args)
    found = form.attempt(lambda asked: order_register(ctx, asked, page=asked_page()))
    return make_response(_page(ctx, form, found), form.status)


@pages.get("/orders/print")
@requires(Right.OVERSIGHT_READ)
def print_register() -> ResponseReturnValue:
    ctx = current_context("ops")
    form = submitted(OrderSearch, request.args)
    found = form.attempt(lambda asked: order_register(ctx, asked, page=None))
    if found is None:
        return make_response(_page(ctx, form, None), form.status)
    note_printed(ctx, len(found.orders))
    return render_template(
        "ops/oversight/register_print.html", found=found, **on_paper(ctx, _back_url())
    )


@pages.get("/listed")
@requires(Right.CASES_LIST)
def listed() -> str:
    """挂牌督办: what is on the list, with plan and days left, for everybody within their reach."""
    found = listed_orders(current_context("ops"))
    return render_template("ops/oversight/listed.html", found=found, case_url=case_url)


def _back_url() -> str:
    return address_with(page=None).replace(f"{HERE}/print", HERE, 1)


def _page(ctx: Context, form: Form[OrderSearch], found: Orders | None) -> str:
    asked = form.command
    total = _total(found, asked) if found else 0
    return render_template(
        "ops/oversight/register.html",
        form=form,
        found=found,
        total=total,
        page=page_of(asked_page(), total, PAGE),
        statuses=_statuses(found, asked),
        kept={name: form.data[name] for name in KEPT if form.data.get(name)},
        chips=_chips(form),
        units=all_unit_options(reference(db.session())),
        levels=[(one.value, label(one)) for one in SuperviseLevel],
        triggers=[(one.value, label(one)) for one in SuperviseTrigger],
        print_url=address_with(page=None).replace(HERE, f"{HERE}/print", 1),
        export_url=export_url(ctx, ExportKind.ORDERS),
        case_url=case_url,
    )  # fmt: skip


def _total(found: Orders, asked: OrderSearch | None) -> int:
    return found.counts[asked.status] if asked and asked.status else found.total


def _statuses(found: Orders | None, asked: OrderSearch | None) -> list[dict[str, Any]]:
    """One press for each status, with its count under the other filters."""
    chosen = asked.status if asked else None
    everything = {
        "text": "全部", "url": address_with(status=None, page=None), "active": chosen is None,
        "count": found.total if found else None,
    }  # fmt: skip
    return [everything] + [
        {
            "text": label(one),
            "url": address_with(status=one.value, page=None),
            "active": one is chosen,
            "count": found.counts[one] if found else None,
        }
        for one in OrderStatus
    ]


def _chips(form: Form[OrderSearch]) -> list[dict[str, str]]:
    words = {"month": "督办月份：", "since": "督办日期自 ", "until": "督办日期至 "}
    said = {
        name: {value: f"{word}{value}"}
        for name, word in words.items()
        if (value := form.data.get(name))
    }
    return chips_of(form, CODES, said)
