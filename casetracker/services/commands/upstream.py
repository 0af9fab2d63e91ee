"""Commands about replies that go back to the platform a ticket came from."""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casetracker.services.commands.fields import Command
from casetracker.services.commands.searching import read_day


class MarkCopied(Command):
    """已回填: which reply was carried over, so that a newer one is never taken for it."""

    reply: int = Field(ge=1, title="答复")


class ExportReplies(Command):
    """导出当日答复."""

    day: Annotated[date, BeforeValidator(read_day)] = Field(title="答复日期")
    form: Literal["xlsx", "csv"] = Field(title="文件格式")
    with_copied: bool = Field(default=False, title="连同已回填的一起导出")
