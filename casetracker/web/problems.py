"""What went wrong as data that every door can render: status, stable code, Chinese words.

The only place where a refusal of the domain gets a number. Pages are rendered by `web.errors`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from casetracker.domain.days import local
from casetracker.domain.errors import DomainError, InvalidInput
from casetracker.domain.vocabulary import Action, State, Track
from casetracker.labels import label
from casetracker.labels.refusals import PROBLEMS, REFUSALS, problem_text, refusal_text
from casetracker.services.commands.fields import Command

STATUS: Mapping[str, int] = MappingProxyType(
    {
        "invalid_input": 400,
        "sign_in_failed": 401,
        "not_permitted": 403,
        "no_right": 403,
        "not_found": 404,
        "illegal_transition": 409,
        "stale_version": 409,
        "guard_refused": 409,
        "idempotency_mismatch": 422,
        "too_many_attempts": 429,
        "reveal_limit": 429,
        "file_refused": 400,
        "unknown_limit": 400,
        "malformed_json": 400,
        "bad_request": 400,
        "unauthenticated": 401,
        "insufficient_scope": 403,
    }
)
"""By code; every other refusal is a condition that is not met: 409."""
NOT_MET = 409
DATABASE_AWAY = "database_unavailable"
_CHINESE = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile("'([^']*)'")


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One field: its dotted name, its title on pages, and what is wrong with it."""

    field: str
    message: str
    title: str = ""

    @property
    def sentence(self) -> str:
        return f"{self.title}：{self.message}" if self.title else self.message


@dataclass(frozen=True, slots=True)
class Problem:
    """One refusal, ready for a page or for problem+json; `extra` holds what only this code has."""

    status: int
    code: str
    title: str
    detail: str
    fields: tuple[FieldProblem, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def retry_after_s(self) -> int | None:
        seconds: int | None = self.extra.get("retry_after_s")
        return seconds


def problem_of(error: Exception, command: type[Command] | None = None) -> Problem:
    """The problem behind any exception; what nobody expected becomes a 500 without its text.

    `command` gives the fields their titles where the error itself does not know them.
    """
    if isinstance(error, ValidationError):
        return _of_validation(error, command)
    if isinstance(error, InvalidInput):
        facts = words_for(error.facts)
        fields = tuple(_field(command, name, code, facts) for name, code in error.problems.items())
        return _worded(400, "invalid_input", fields=fields)
    if isinstance(error, DomainError):
        return _of_refusal(error)
    if isinstance(error, HTTPException):
        return _of_http(error)
    if is_database_away(error):
        return _worded(503, DATABASE_AWAY)
    return _worded(500, "unexpected")


def is_database_away(error: Exception) -> bool:
    """Whether the database cannot be reached or is locked: nobody's mistake, try again later."""
    lost = isinstance(error, DBAPIError) and error.connection_invalidated
    return lost or isinstance(error, OperationalError | PoolTimeout)


def words_for(facts: Mapping[str, Any]) -> dict[str, str]:
    """The facts of a refusal as a person reads them."""
    words = {name: _word(name, value) for name, value in facts.items()}
    if "retry_after_s" in facts:
        words["retry_after"] = waiting_time(facts["retry_after_s"])
    return words


def waiting_time(seconds: int) -> str:
    """`30 分钟`, rounded up, as people say it."""
    if seconds < 60:
        return f"{seconds} 秒"
    if seconds < 5400:
        return f"{-(-seconds // 60)} 分钟"
    return f"{-(-seconds // 3600)} 小时"


def _of_refusal(error: DomainError) -> Problem:
    facts = words_for(error.facts)
    status = STATUS.get(error.code, STATUS.get(type(error).code, NOT_MET))
    code = error.code
    if code == "not_permitted" and not facts.get("action"):
        code = "no_right"
    title, detail = refusal_text(_Renamed(code, error.facts), facts)
    extra = {name: _plain(value) for name, value in error.facts.items() if name != "payload"}
    return Problem(status, error.code, title, detail, (), extra)


def _of_http(error: HTTPException) -> Problem:
    status = error.code or 500
    later = getattr(error, "retry_after", None)
    facts = {"retry_after_s": later} if later else {}
    return _worded(status, f"http_{status}", **facts)


def _of_validation(error: ValidationError, command: type[Command] | None) -> Problem:
    command = command or _command_named(error.title)
    fields = []
    for one in error.errors(include_url=False, include_input=False):
        name = ".".join(str(part) for part in one["loc"])
        fields.append(
            _field(command, name, one["type"], _facts_of(one["type"], one.get("ctx", {})))
        )
    return _worded(400, "invalid_input", fields=tuple(fields))


def _facts_of(code: str, facts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The facts of a field's problem; the choices without the English between them."""
    if code != "literal_error":
        return facts
    return {"expected": "、".join(_QUOTED.findall(facts["expected"]))}


def _worded(
    status: int, code: str, *, fields: tuple[FieldProblem, ...] = (), **facts: Any
) -> Problem:
    known = code if code in REFUSALS else "refused"
    title, detail = refusal_text(_Renamed(known, facts), words_for(facts))
    return Problem(status, code, title, detail, fields, facts)


class _Renamed(DomainError):
    """A refusal under the code whose words fit."""

    def __init__(self, code: str, facts: Mapping[str, Any]) -> None:
        super().__init__(code, **facts)


def _field(
    command: type[Command] | None, name: str, code: str, facts: Mapping[str, Any] | None = None
) -> FieldProblem:
    code = (facts or {}).get("code", code)
    said = code if code not in PROBLEMS and _CHINESE.search(code) else problem_text(code, facts)
    return FieldProblem(name, said, title_of(command, name) if command else "")


def title_of(command: type[BaseModel], dotted: str) -> str:
    """The Chinese title of a field, through nested models: `petitioner.phone` is 联系电话."""
    model: type[BaseModel] | None = command
    title = ""
    for part in dotted.split("."):
        if model is None or part not in model.model_fields:
            break
        info = model.model_fields[part]
        title = info.title or title
        model = _model_in(info.annotation)
    return title


def _model_in(annotation: Any) -> type[BaseModel] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def _command_named(name: str) -> type[Command] | None:
    return next((one for one in _commands(Command) if one.__name__ == name), None)


def _commands(base: type[Command]) -> Iterator[type[Command]]:
    for one in base.__subclasses__():
        yield one
        yield from _commands(one)


def _word(name: str, value: Any) -> str:
    enums = {"action": Action, "state": State, "track": Track}
    if name == "allowed":
        return "、".join(label(Action(one)) for one in value) or "无"
    if name in enums and value in list(enums[name]):
        return label(enums[name](value))
    if isinstance(value, datetime):
        moment = local(value)
        return f"{moment.month}月{moment.day}日 {moment:%H:%M}"
    if isinstance(value, list | tuple | set | frozenset):
        return "、".join(str(one) for one in value)
    return "" if value is None else str(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return local(value).isoformat(timespec="seconds")
    if isinstance(value, tuple | set | frozenset):
        return [str(one) for one in value]
    return value if value is None or isinstance(value, int | float | bool) else str(value)
