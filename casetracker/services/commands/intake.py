"""Commands by which a matter comes in or is settled at the desk."""

from typing import Annotated

from pydantic import Field

from casetracker.domain.vocabulary import (
    Channel,
    ContactChannel,
    DeclineReason,
    Kind,
    RiskTag,
    SourceLevel,
    Track,
    Urgency,
)
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalInstant,
    OptionalLimit,
    OptionalLine,
    Prose,
    code_of,
)
from casetracker.services.commands.persons import PersonCommand
from casetracker.services.commands.petitions import PetitionDetails


class PlaceCommand(Command):
    """Where it is about."""

    address: OptionalLine = Field(default=None, title="事发地址")
    unit: OptionalLine = Field(default=None, title="所在社区")
    lat: float | None = Field(default=None, ge=-90, le=90, title="纬度", allow_inf_nan=False)
    lon: float | None = Field(default=None, ge=-180, le=180, title="经度", allow_inf_nan=False)


class RegisterCase(Command):
    """登记: a matter from any channel."""

    track: Annotated[Track, code_of(Track)] = Field(title="办件类别")
    channel: Annotated[Channel, code_of(Channel)] = Field(title="来源渠道")
    kind: Annotated[Kind, code_of(Kind)] = Field(title="诉求类型")
    category: OptionalLine = Field(default=None, title="问题分类")
    title: OptionalLine = Field(default=None, title="标题")
    content: Prose = Field(title="诉求内容")
    received_at: OptionalInstant = Field(default=None, title="受理时间")
    urgency: Annotated[Urgency, code_of(Urgency)] = Field(default=Urgency.NORMAL, title="紧急程度")
    source_level: Annotated[SourceLevel | None, code_of(SourceLevel), BlankIsNone] = Field(
        default=None, title="来源层级"
    )
    external_number: OptionalLine = Field(default=None, title="上级平台单号")
    external_due_at: OptionalLimit = Field(default=None, title="上级平台办理时限")
    persons: int = Field(default=1, ge=1, le=9999, title="人数")
    important: bool = Field(default=False, title="重件")
    risk_tags: tuple[Annotated[RiskTag, code_of(RiskTag)], ...] = Field(
        default=(), title="风险标签", max_length=7
    )
    repeat_of: OptionalLine = Field(default=None, title="重复于工单")
    petitioner: PersonCommand = Field(default=PersonCommand(), title="诉求人")
    location: PlaceCommand = Field(default=PlaceCommand(), title="地点")
    petition: PetitionDetails | None = Field(
        default=None, title="信访登记", description="办件类别为信访件时填写。"
    )


class AnswerCase(Command):
    """即时答复: a question answered on the spot, with what the answer rests on."""

    text: Prose = Field(title="答复内容")
    basis: Line = Field(title="答复依据")
    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="答复方式"
    )


class DeclineCase(Command):
    """不受理: tell the resident which channel is theirs."""

    reason: Annotated[DeclineReason, code_of(DeclineReason)] = Field(title="不受理原因")
    text: Prose = Field(title="告知内容")
    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="告知方式"
    )
    organ: OptionalLine = Field(
        default=None, title="应向何机关提出", description="信访件不予受理时必填。"
    )


class GroupCase(Command):
    """并单: the same matter is being handled under another number."""

    into: Line = Field(title="并入工单")
    reason: OptionalLine = Field(default=None, title="并单理由")


class ReclassifyCase(Command):
    """重新分类: what was set at registration is put right; only what is given changes."""

    kind: Annotated[Kind | None, code_of(Kind), BlankIsNone] = Field(default=None, title="诉求类型")
    category: OptionalLine = Field(default=None, title="问题分类")
    urgency: Annotated[Urgency | None, code_of(Urgency), BlankIsNone] = Field(
        default=None, title="紧急程度"
    )
    important: bool | None = Field(default=None, title="重件")
    title: OptionalLine = Field(default=None, title="标题")
    reason: Line = Field(title="更正理由")


class WithdrawCase(Command):
    """撤诉: the resident takes it back."""

    text: Prose = Field(title="撤回说明")
    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="撤回方式"
    )
