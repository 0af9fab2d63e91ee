"""What may be asked of the access log."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.access import Access
from casetracker.services.commands.fields import BlankIsNone, Command, OptionalLine, code_of
from casetracker.services.commands.searching import read_day


def _log_day(value: Any) -> Any:
    """A day that a log can have; the ends of the calendar cannot be reckoned with."""
    day = read_day(value)
    if not 1949 <= day.year <= 2100:
        raise PydanticCustomError("bad_date", "bad_date")
    return day


OptionalDay = Annotated[Annotated[date, BeforeValidator(_log_day)] | None, BlankIsNone]


class AuditSearch(Command):
    """查阅审计日志: all conditions hold together."""

    person: OptionalLine = Field(None, title="人员（用户名或姓名）")
    what: Annotated[Access | None, code_of(Access), BlankIsNone] = Field(None, title="事项")
    number: OptionalLine = Field(None, title="工单编号")
    since: OptionalDay = Field(None, title="日期自")
    until: OptionalDay = Field(None, title="日期至")
    result: Annotated[Literal["failed"] | None, BlankIsNone] = Field(None, title="结果")
