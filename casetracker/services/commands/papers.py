"""Commands of papers: one made for each form from its fields."""

from datetime import date, datetime
from functools import cache
from typing import Annotated, Any

from pydantic import Field, create_model

from casetracker.domain.days import local
from casetracker.domain.papers.catalogue import FORMS
from casetracker.domain.papers.common_fields import PERSONAL
from casetracker.domain.papers.forms import PaperField, Shape, Source
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Instant,
    Line,
    OptionalInstant,
    OptionalLine,
    OptionalProse,
    Prose,
)

FROM_THE_CASE = "不填则按登记信息填入"
ONE_A_LINE = "每行一条，各栏用竖线（|）隔开"
_TYPES: dict[Shape, tuple[Any, Any]] = {
    Shape.LINE: (Line, OptionalLine),
    Shape.PROSE: (Prose, OptionalProse),
    Shape.TABLE: (Prose, OptionalProse),
    Shape.DAY: (date, Annotated[date | None, BlankIsNone]),
    Shape.MOMENT: (Instant, OptionalInstant),
}


class PaperCommand(Command):
    """Base of the commands that `command_of` makes; what is left blank comes from the case."""

    def typed(self) -> dict[str, str]:
        """What was typed, as the form keeps it: days as ISO, moments on the Shanghai clock."""
        given = self.model_dump(exclude_none=True)
        return {name: _as_text(value) for name, value in given.items()}


@cache
def command_of(kind: PaperKind) -> type[PaperCommand]:
    """The command of a form: its fields but those that only the record may give."""
    fields: dict[str, Any] = {
        field.name: _of_field(field)
        for field in FORMS[kind].fields
        if field.source is not Source.RECORDED
    }
    return create_model(f"Paper_{kind}", __base__=PaperCommand, **fields)


def _of_field(field: PaperField) -> Any:
    needed, optional = _TYPES[field.shape]
    if field.required and field.source is Source.TYPED:
        return (needed, Field(title=field.label))
    hint = ONE_A_LINE if field.shape is Shape.TABLE else None
    if field.source is Source.OFFERED and field.name in PERSONAL:
        hint = FROM_THE_CASE
    return (optional, Field(default=None, title=field.label, description=hint))


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return local(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)
