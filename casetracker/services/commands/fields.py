"""Field types shared by all commands: cleaned text, codes or Chinese names, instants."""

import re
from collections.abc import Collection
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.days import SHANGHAI, end_of_day, local_date
from casetracker.domain.text import BadText, clean_text
from casetracker.labels import UnknownName, label, member_from

LINE, PROSE = 200, 20_000
_DAY = re.compile(r"[0-9]{4}-?[0-9]{2}-?[0-9]{2}")
_PLAIN = re.compile(r"[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2})?")


class Command(BaseModel):
    """Base of all commands: unknown fields are refused, nothing changes afterwards."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def _clean(max_length: int, *, multiline: bool) -> Any:
    def clean(value: str) -> str:
        try:
            cleaned = clean_text(value, max_length=max_length, multiline=multiline)
        except BadText as error:
            if error.code == "text_too_long":
                limit = {"max_length": max_length}
                raise PydanticCustomError("string_too_long", "{max_length}", limit) from None
            raise PydanticCustomError(error.code, "{code}", {"code": error.code}) from None
        if not cleaned:  # nothing but blanks and signs that nobody sees
            raise PydanticCustomError("required", "required")
        return cleaned

    return AfterValidator(clean)


def _blank_to_none(value: Any) -> Any:
    return None if isinstance(value, str) and not value.strip() else value


BlankIsNone = BeforeValidator(_blank_to_none)

Line = Annotated[str, Field(min_length=1), _clean(LINE, multiline=False), Field(max_length=LINE)]
Prose = Annotated[str, Field(min_length=1), _clean(PROSE, multiline=True), Field(max_length=PROSE)]
OptionalLine = Annotated[Line | None, BlankIsNone]
OptionalProse = Annotated[Prose | None, BlankIsNone]


def code_of(enum: type[StrEnum], among: Collection[StrEnum] = ()) -> Any:
    """A member of the enum, or only of `among`, given as its code or its Chinese name."""
    choices = tuple(among or enum)

    def read(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        try:
            member = value if isinstance(value, StrEnum) else member_from(enum, value)
        except UnknownName:
            member = None
        if member in choices:
            return member
        names = "、".join(f"{label(m)}({m.value})" for m in choices)
        raise PydanticCustomError("unknown_code", "{accepted}", {"accepted": names})

    return BeforeValidator(read)


YEARS = range(1949, 2101)
"""Years that may be typed: no calendar ends within a day of them."""


def read_instant(value: Any) -> Any:
    """ISO 8601 with an offset, or `YYYY-MM-DD HH:MM[:SS]` meant in Shanghai, as UTC."""
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, str):
        moment = _parsed(value.strip())
    else:
        raise PydanticCustomError("bad_instant", "bad_instant")
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=SHANGHAI)
    if moment.year not in YEARS:
        raise PydanticCustomError("bad_instant", "bad_instant")
    return moment.astimezone(UTC).replace(microsecond=0)


def _parsed(text: str) -> datetime:
    if _PLAIN.fullmatch(text):
        day, clock = re.split("[ T]", text)
        parts = [int(n) for n in re.split("[-/]", day)] + [int(n) for n in clock.split(":")]
        try:
            return datetime(*parts, tzinfo=SHANGHAI)  # type: ignore[arg-type, misc]
        except ValueError:
            raise PydanticCustomError("bad_instant", "bad_instant") from None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("bad_instant", "bad_instant") from None


def read_limit(value: Any) -> Any:
    """Like `read_instant`; a day alone lasts to its end (docs/rules/deadlines.md)."""
    moment = read_instant(value)
    is_day = isinstance(value, str) and _DAY.fullmatch(value.strip())
    return end_of_day(local_date(moment)) if is_day else moment


Instant = Annotated[datetime, BeforeValidator(read_instant)]
OptionalInstant = Annotated[Instant | None, BlankIsNone]
Limit = Annotated[datetime, BeforeValidator(read_limit)]
OptionalLimit = Annotated[Limit | None, BlankIsNone]
"""A date that a person set, such as the one on an upstream ticket."""
