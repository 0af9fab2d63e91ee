"""The controls of a command's form, made from its model: kind of control, words, options."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from casetracker.labels import label
from casetracker.services.commands.fields import Command

LONG = 1000
"""Texts that may be longer than this get a field of several lines."""
FEW = 4
YES_NO = [("true", "是"), ("false", "否")]
DECISION = [("true", "同意"), ("false", "不同意")]
DECIDED = frozenset({"granted", "accepted"})
Options = list[Any]


@dataclass(frozen=True, slots=True)
class Control:
    """One field of a form: `kind` names the component, `options` what may be chosen, `hint` what
    to mind (the description of the command's field).
    """

    name: str
    text: str
    kind: str
    optional: bool
    options: Options = field(default_factory=list)
    hint: str | None = None


def controls_of(model: type[Command], choices: dict[str, Callable[[], Options]]) -> list[Control]:
    """The controls in the model's order; `choices` gives the options of names such as `unit`.

    The fields of a nested model stand where it stands, under dotted names.
    """
    found: list[Control] = []
    for name, info in model.model_fields.items():
        inner = _plain_type(info.annotation)
        if isinstance(inner, type) and issubclass(inner, Command):
            parts = controls_of(inner, choices)
            found += [replace(part, name=f"{name}.{part.name}") for part in parts]
        else:
            found.append(replace(_control(name, info, choices), hint=info.description))
    return found


def _control(name: str, info: FieldInfo, choices: dict[str, Callable[[], Options]]) -> Control:
    plain = _plain_type(info.annotation)
    text, optional = info.title or name, not info.is_required()
    if name in choices:
        kind = "several" if get_origin(plain) is tuple else "select"
        return Control(name, text, kind, optional, choices[name]())
    if isinstance(plain, type) and issubclass(plain, StrEnum):
        options = [(member.value, label(member)) for member in plain]
        return Control(name, text, "radio" if len(options) <= FEW else "select", optional, options)
    if plain is bool:
        return _yes_or_no(name, text, info, optional=optional)
    if plain is datetime:
        return Control(name, text, "moment", optional)
    if plain is time:
        return Control(name, text, "clock", optional)
    if plain is date:
        return Control(name, text, "day", optional)
    if plain is int:
        return Control(name, text, "number", optional)
    return Control(name, text, "long" if _is_long(info) else "line", optional)


def _yes_or_no(name: str, text: str, info: FieldInfo, *, optional: bool) -> Control:
    if info.default is False:
        return Control(name, text, "tick", True)
    return Control(name, text, "radio", optional, DECISION if name in DECIDED else YES_NO)


def _plain_type(annotation: Any) -> Any:
    """The type itself, without Annotated and without None."""
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is tuple or not parts:
        return annotation
    return _plain_type(parts[0])


def _is_long(info: FieldInfo) -> bool:
    """Whether the text may be long: the bound may stand inside an optional type, and a list of
    nested models is typed a line each.
    """
    inner = get_args(info.annotation)
    nested = any(isinstance(one, type) and issubclass(one, Command) for one in inner)
    return nested or any(_bound(part) > LONG for part in (info, *inner))


def _bound(part: Any) -> int:
    marks = [*getattr(part, "metadata", ()), *getattr(part, "__metadata__", ())]
    nested = [mark for one in marks for mark in (one, *getattr(one, "metadata", ()))]
    return max((getattr(mark, "max_length", None) or 0 for mark in nested), default=0)


def defaults_of(model: type[Command]) -> dict[str, str]:
    """What a form starts with: the codes that the command takes when nothing is said."""
    return {
        name: str(info.default.value)
        for name, info in model.model_fields.items()
        if isinstance(info.default, StrEnum)
    }
