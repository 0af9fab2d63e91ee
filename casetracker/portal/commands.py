"""What the portal's forms carry: the part of a registration that a resident is asked for."""

from typing import Annotated

from pydantic import Field

from casetracker.domain.petition_vocabulary import OFFERED_TO_PETITIONERS
from casetracker.domain.vocabulary import Channel, DissatisfactionReason, Kind, Satisfaction, Track
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.persons import Phone


class PlaceOfRequest(Command):
    """Where it is about."""

    unit: OptionalLine = Field(default=None, title="所在社区")
    address: OptionalLine = Field(default=None, title="具体地址")


class Sender(Command):
    """Whoever speaks up, as far as they want to be known."""

    name: OptionalLine = Field(default=None, title="怎么称呼您")
    phone: Annotated[Phone | None, BlankIsNone] = Field(default=None, title="联系电话")
    confidential: bool = Field(default=False, title="请为我保密")
    no_calls: bool = Field(default=False, title="不要打电话回访")


class Request(Command):
    """我要反映."""

    content: Prose = Field(title="您要反映的事")
    kind: Annotated[Kind, code_of(Kind)] = Field(title="属于哪一类")
    location: PlaceOfRequest = Field(default=PlaceOfRequest(), title="地点")
    petitioner: Sender = Field(default=Sender(), title="联系方式")

    def as_registration(self) -> RegisterCase:
        """The same matter as every door registers it."""
        return RegisterCase.model_validate(
            {**self.model_dump(), "track": Track.HOTLINE, "channel": Channel.PORTAL}
        )


class Look(Command):
    """查进度."""

    number: Line = Field(title="受理编号")
    code: Line = Field(title="查询码")


class Urging(Command):
    """催办."""

    text: OptionalProse = Field(default=None, title="想补充的话")


class AskingReview(Command):
    """申请复查、复核."""

    reason: Prose = Field(title="申请理由")


class TakingBack(Command):
    """撤回."""

    text: Prose = Field(title="撤回说明")


Verdict = Annotated[Satisfaction | None, code_of(Satisfaction, OFFERED_TO_PETITIONERS), BlankIsNone]


class JudgingBoth(Command):
    """评价 of 信访部门 and 责任单位, each apart."""

    office: Verdict = Field(default=None, title="对信访部门满意吗")
    unit: Verdict = Field(default=None, title="对责任单位满意吗")
    note: OptionalProse = Field(default=None, title="想说的话")


class Judging(Command):
    """评价: both questions are asked, because the office is judged by both."""

    resolved: bool = Field(title="问题解决了吗")
    satisfaction: Annotated[Satisfaction, code_of(Satisfaction)] = Field(title="您满意吗")
    because: Annotated[
        DissatisfactionReason | None, code_of(DissatisfactionReason), BlankIsNone
    ] = Field(default=None, title="不满意的原因")
    note: OptionalProse = Field(default=None, title="想说的话")
