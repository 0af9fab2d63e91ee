"""From an HTML form to a command, and back to the form with what was typed and what is wrong.

Names are dotted (`petitioner.phone`), repeated names make lists, blank means not given, a ticked
box means yes. The command's own model is the only validation.
"""

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar, get_args, get_origin

from flask import request
from pydantic import BaseModel, ValidationError
from werkzeug.datastructures import MultiDict

from casetracker.domain.errors import DomainError, NotFound, NotPermitted
from casetracker.services.commands.fields import Command
from casetracker.services.context import ClientKey
from casetracker.web.problems import Problem, problem_of

C = TypeVar("C", bound=Command)
R = TypeVar("R")
TOKEN = "form_token"  # noqa: S105 - the name of a field
NOT_CONTENT = frozenset({TOKEN, "csrf_token"})
OF_THE_WHOLE = ""
"""Key of errors that belong to no single field."""


@dataclass(slots=True)
class Form(Generic[C]):
    """A form as templates read it (`data`, `errors`), with the command where it is valid."""

    model: type[C]
    data: dict[str, Any] = field(default_factory=dict)
    errors: dict[str, list[str]] = field(default_factory=dict)
    command: C | None = None
    status: int = 200

    def attempt(self, use_case: Callable[[C], R]) -> R | None:
        """Run the use case with the command; None when the form has to be shown again.

        Refusals become errors beside their fields. NotFound and NotPermitted go on to their page.
        """
        if self.command is None:
            return None
        try:
            return use_case(self.command)
        except (NotFound, NotPermitted):
            raise
        except DomainError as error:
            self.refuse(error)
            return None

    def refuse(self, error: Exception) -> None:
        """Show what was wrong: beside the fields it names, else on top."""
        self.take(problem_of(error, self.model))

    def take(self, problem: Problem) -> None:
        self.status = problem.status
        for one in problem.fields:
            self.errors.setdefault(one.field, []).append(one.sentence)
        if not problem.fields:
            self.errors.setdefault(OF_THE_WHOLE, []).append(f"{problem.title}：{problem.detail}")


def empty_form(model: type[C], **data: Any) -> Form[C]:
    """A form not yet sent; `data` fills it beforehand (dotted names with `__` for the dot)."""
    return Form(model, {name.replace("__", "."): value for name, value in data.items()})


def submitted(model: type[C], source: MultiDict[str, str] | None = None) -> Form[C]:
    """The form that was sent (`request.form` by default), as a command or with its errors."""
    values = request.form if source is None else source
    form = Form(model, _kept(model, values))
    try:
        form.command = model.model_validate(_nested(model, values))
    except ValidationError as error:
        form.refuse(error)
        form.errors = _at_known_fields(model, form.errors)
    return form


def form_token() -> str:
    """A fresh token for the hidden field `form_token`: a form sent twice has effect once."""
    return secrets.token_urlsafe(18)


def form_key() -> ClientKey | None:
    """The idempotency key of the form that was sent.

    Its content is part of the key: what was changed and sent again is a new request.
    """
    token = request.form.get(TOKEN, "")
    if not 16 <= len(token) <= 60 or not token.isascii():
        return None
    content = [(k, v) for k, v in request.form.items(multi=True) if k not in NOT_CONTENT]
    text = json.dumps([request.path, sorted(content)], ensure_ascii=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return ClientKey(f"form:{token}:{digest[:24]}", digest)


@cache
def _leaves(model: type[BaseModel]) -> dict[str, bool]:
    """Dotted names of all fields; True for those that hold several values.

    A list of nested models is typed as one text, which the command itself takes apart.
    """
    found: dict[str, bool] = {}
    for name, info in model.model_fields.items():
        inner, many = _inner_model(info.annotation), _is_list(info.annotation)
        if inner is not None and not many:
            found |= {f"{name}.{part}": several for part, several in _leaves(inner).items()}
        else:
            found[name] = many and inner is None
    return found


def _inner_model(annotation: Any) -> type[BaseModel] | None:
    for one in (annotation, *get_args(annotation)):
        if isinstance(one, type) and issubclass(one, BaseModel):
            return one
    return None


def _is_list(annotation: Any) -> bool:
    many = (tuple, list, set, frozenset)
    return any((get_origin(one) or one) in many for one in (annotation, *get_args(annotation)))


def _nested(model: type[BaseModel], values: MultiDict[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {}
    for name, many in _leaves(model).items():
        given = [value for value in values.getlist(name) if value.strip()]
        if not given:
            continue
        *path, last = name.split(".")
        target = body
        for part in path:
            target = target.setdefault(part, {})
        target[last] = given if many else given[-1]
    return body


def _kept(model: type[BaseModel], values: MultiDict[str, str]) -> dict[str, Any]:
    several = _leaves(model)
    kept: dict[str, Any] = {}
    for name in values:
        if name not in NOT_CONTENT and "password" not in name:
            kept[name] = values.getlist(name) if several.get(name) else values[name]
    return kept


def _at_known_fields(model: type[BaseModel], errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """`units.0` belongs to the control `units`; a whole nested part to its first control."""
    known = _leaves(model)
    placed: dict[str, list[str]] = {}
    for name, messages in errors.items():
        where = name
        while where and where not in known:
            where = where.rpartition(".")[0]
        placed.setdefault(where or name, []).extend(messages)
    return placed
