"""What the pages of the ledgers share: single presses, choices of people, where forms lead."""

from collections.abc import Callable
from typing import Any, TypeVar

from flask import flash, request, session, url_for
from flask.typing import ResponseReturnValue

from casetracker.domain.days import local
from casetracker.domain.errors import DomainError, NotFound, NotPermitted
from casetracker.domain.vocabulary import State
from casetracker.ops.admin_forms import Choices
from casetracker.ops.choices import category_options, unit_options
from casetracker.ops.intake_pages import RECEIPT
from casetracker.ops.lane_pages import HANDED_OVER, take_receipt_along
from casetracker.persistence.database import db
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.fields import YEARS
from casetracker.services.commands.ledgers import LedgerDays
from casetracker.services.context import Context
from casetracker.services.ledgers.receptions import leaders
from casetracker.services.outcome import Made, Outcome
from casetracker.web.context import current_context
from casetracker.web.forms import form_key, submitted
from casetracker.web.problems import problem_of
from casetracker.web.redirects import redirect_to

C = TypeVar("C", bound=LedgerDays)
REASONS = [(words, words) for words in ("联系来访人", "核对身份", "登记信访件", "送达文书")]
"""Why a visitor may be looked at in full."""


def press(run: Callable[[Context], Any], done: str, next_url: str) -> ResponseReturnValue:
    """One button without a form: what it says when it worked, or why it did not."""
    try:
        run(current_context("ops", form_key()))
    except (NotFound, NotPermitted):
        raise
    except DomainError as error:
        problem = problem_of(error)
        said = [one.sentence for one in problem.fields] or [f"{problem.title}：{problem.detail}"]
        for words in said:
            flash(words, "error")
    else:
        flash(done, "success")
    return redirect_to(next_url, "/ops/")


def made_at(prefix: str) -> Callable[[Made | None], str]:
    """The page of what was made, below that address."""
    return lambda made: f"{prefix}/{made.key}" if made else prefix


def receipt_of(done: Outcome) -> str:
    """The receipt of a petition that was just registered.

    Of one that went into the confidential lane nothing is shown but what the visitor takes along.
    """
    if done.state is State.IN_LANE:
        take_receipt_along(done)
        return HANDED_OVER
    session[RECEIPT] = [done.number, done.facts.get("query_code", "")]
    return url_for("ops.intake.receipt", number=done.number)


def usual_choices() -> Choices:
    """Options of the fields that forms of several ledgers have."""
    ref = reference(db.session())
    return {
        "leader": lambda: leaders(current_context("ops")),
        "unit": lambda: unit_options(ref),
        "category": lambda: category_options(ref),
    }


def on_paper(ctx: Context, back_url: str) -> dict[str, Any]:
    """What every printed page says of itself."""
    return {
        "street": reference(db.session()).settings["street_name"],
        "back_url": back_url,
        "printed_at": ctx.now,
        "printed_by": ctx.actor.name,
    }


def asked_days(model: type[C]) -> C | None:
    """What a report counted, where the address says of which days; None for nonsense as well."""
    form = submitted(model, request.args)
    asked = form.command
    return asked if asked is not None and asked.days is not None else None


def counted_words(asked: LedgerDays, what: str) -> str:
    """`2026-03-01 至 2026-03-31 新增`."""
    return f"{asked.since} 至 {asked.until} {what}"


def asked_year(ctx: Context) -> int:
    """The year in `?year=`; this one where nothing or nonsense is asked."""
    text, this = request.args.get("year", ""), local(ctx.now).year
    is_year = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and int(text) in YEARS else this
