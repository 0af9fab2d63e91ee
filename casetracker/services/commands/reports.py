"""What people do with reports: write their own words, correct them, choose who is sent them."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from casetracker.services.commands.fields import BlankIsNone, Command, Line, OptionalProse, Prose


class WriteWording(Command):
    """编写通报文字. Words equal to the generated ones are not kept."""

    number: Annotated[Annotated[Line, Field(max_length=60)] | None, BlankIsNone] = Field(
        None, title="发文字号"
    )
    examples: OptionalProse = Field(None, title="典型案例")
    problems: OptionalProse = Field(None, title="存在问题")
    demands: OptionalProse = Field(None, title="下步要求")


class CorrectMonth(Command):
    """出具更正."""

    document_number: Annotated[Annotated[Line, Field(max_length=60)] | None, BlankIsNone] = Field(
        None, title="发文字号"
    )
    reason: Prose = Field(title="更正原因")


Names = Annotated[tuple[Line, ...], BeforeValidator(lambda value: value or ())]


class SubscribeReports(Command):
    """定期发送: usernames by the form of report."""

    month: Names = Field((), title="每月通报")
    week: Names = Field((), title="每周周报")
    day: Names = Field((), title="每日日报")
