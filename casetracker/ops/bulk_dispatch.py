"""Several cases to the units that the page proposed: one dispatch each, one result each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from casetracker.domain.errors import DomainError
from casetracker.services.commands.handling import DispatchCase
from casetracker.services.context import ClientKey, Context
from casetracker.services.steps.dispatching import dispatch_case
from casetracker.web.forms import form_key, submitted
from casetracker.web.problems import problem_of

MOST = 50
"""Rows that one press may dispatch; a page shows fewer."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that was not dispatched, and why in words."""

    number: str
    words: str


@dataclass(frozen=True, slots=True)
class BulkResult:
    done: int
    refused: tuple[Refused, ...]

    @property
    def asked(self) -> int:
        return self.done + len(self.refused)


def dispatch_ticked(ctx: Context, form: MultiDict[str, str]) -> BulkResult:
    """Dispatch every ticked row, or the one whose own button was pressed (`only`).

    Each row has its own transaction and its own idempotency key: a second press of the same form
    gives the same results and dispatches nothing twice.
    """
    only = form.get("only")
    numbers = [only] if only else list(dict.fromkeys(form.getlist("numbers")))[:MOST]
    key = form_key()
    results = [_dispatch(_row_context(ctx, key, number), number, form) for number in numbers]
    refused = tuple(one for one in results if one is not None)
    return BulkResult(len(results) - len(refused), refused)


def _row_context(ctx: Context, key: ClientKey | None, number: str) -> Context:
    return ctx if key is None else replace(ctx, key=replace(key, key=f"{key.key}:{number[:40]}"))


def _dispatch(ctx: Context, number: str, form: MultiDict[str, str]) -> Refused | None:
    filled = submitted(DispatchCase, _row_fields(number, form))
    if filled.command is None:
        return Refused(number, "派单目录没有建议单位，请逐件派单")
    try:
        dispatch_case(ctx, number, filled.command, version=_version(form.get(f"version.{number}")))
    except DomainError as error:
        return Refused(number, problem_of(error, DispatchCase).detail)
    return None


def _row_fields(number: str, form: Mapping[str, str]) -> MultiDict[str, str]:
    return MultiDict(
        {
            "unit": form.get(f"unit.{number}", ""),
            "reason": form.get(f"reason.{number}", ""),
        }
    )


def _version(text: str | None) -> int | None:
    if not text:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
