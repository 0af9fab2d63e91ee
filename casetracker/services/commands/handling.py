"""Commands of dispatch and handling: units, contacts, requests and their decisions."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casetracker.domain.petition_vocabulary import RecordKind
from casetracker.domain.vocabulary import (
    ContactChannel,
    ContactOutcome,
    ExtensionReason,
    ReferTarget,
    ReturnReason,
)
from casetracker.services.commands.fields import (
    Command,
    Line,
    OptionalInstant,
    OptionalLimit,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)

Units = Annotated[tuple[Line, ...], Field(max_length=10)]


class DispatchCase(Command):
    """派单: one lead unit, any number of assisting ones."""

    unit: Line = Field(title="主办单位")
    assisting: Units = Field(default=(), title="协办单位")
    handler: OptionalLine = Field(default=None, title="承办人")
    important: bool | None = Field(default=None, title="重件")
    reason: OptionalLine = Field(default=None, title="派单理由")
    note: OptionalProse = Field(default=None, title="办理要求")


class SignForCase(Command):
    """签收."""

    handler: OptionalLine = Field(default=None, title="承办人")


class RequestReturn(Command):
    """申请退单: reason and basis in writing."""

    reason: Annotated[ReturnReason, code_of(ReturnReason)] = Field(title="退单原因")
    basis: Prose = Field(title="退单依据")
    proposed_unit: OptionalLine = Field(default=None, title="建议承办单位")


class DecideReturn(Command):
    """退单审定: granted goes back to the dispatcher, refused designates the unit."""

    granted: bool = Field(title="是否同意")
    note: Prose = Field(title="审定意见")


class ContactResident(Command):
    """联系群众: an attempt, reached or not."""

    channel: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="联系方式"
    )
    outcome: Annotated[ContactOutcome, code_of(ContactOutcome)] = Field(title="联系结果")
    note: OptionalProse = Field(default=None, title="联系情况")


class LogProgress(Command):
    """办理记录."""

    text: Prose = Field(title="办理情况")
    public: bool = Field(default=False, title="群众可见")
    kind: Annotated[RecordKind, code_of(RecordKind)] = Field(
        default=RecordKind.NOTE, title="记录类型", description="信访件的谈话、取证、听证、调解等。"
    )
    began_at: OptionalInstant = Field(default=None, title="开始时间")
    ended_at: OptionalInstant = Field(default=None, title="结束时间")
    place: OptionalLine = Field(default=None, title="地点")
    participants: OptionalLine = Field(default=None, title="参加人")
    conclusion: OptionalProse = Field(default=None, title="结论")
    signed: bool = Field(default=False, title="各方已签字")


class InviteAssistance(Command):
    """邀请协办."""

    units: Units = Field(min_length=1, title="协办单位")
    request: Prose = Field(title="协办事项")
    due_at: OptionalLimit = Field(default=None, title="反馈时限")


class BlowWhistle(Command):
    """吹哨: call departments to the spot."""

    units: Units = Field(min_length=1, title="报到部门")
    topic: OptionalLine = Field(default=None, title="吹哨主题", description="不填取吹哨事项的开头")
    request: Prose = Field(title="吹哨事项")
    place: OptionalLine = Field(default=None, title="报到地点", description="不填为事发地址")
    due_at: OptionalLimit = Field(default=None, title="报到时限")


class Arrive(Command):
    """报到: a department that was whistled for came."""

    unit: OptionalLine = Field(default=None, title="报到部门", description="报到部门自己登记的不填")
    arrived_at: OptionalInstant = Field(default=None, title="报到时间", description="不填为现在")
    came: Line = Field(title="报到人", description="姓名、职务")


class SettleWhistle(Command):
    """吹哨办结: what came of it."""

    result: Prose = Field(title="会商和处置结果")


Score = Annotated[
    Literal["1", "2", "3", "4", "5"],
    BeforeValidator(lambda value: str(value) if isinstance(value, int) else value),
    Field(title="评分", description="1 分最低，5 分最高"),
]


class ScoreUnit(Command):
    """评价报到部门: the street on a department."""

    unit: OptionalLine = Field(default=None, title="报到部门", description="只吹哨一个部门的不填")
    score: Score
    words: OptionalProse = Field(default=None, title="评价意见")


class ScoreStreet(Command):
    """评价吹哨: a department on the street's whistle."""

    score: Score
    words: OptionalProse = Field(default=None, title="评价意见")


class ReportAssistance(Command):
    """协办反馈."""

    text: Prose = Field(title="反馈内容")


class RequestExtension(Command):
    """申请延期."""

    days: int = Field(ge=1, le=90, title="延期天数")
    reason: Annotated[ExtensionReason, code_of(ExtensionReason)] = Field(title="延期原因")
    text: Prose = Field(title="情况说明")


class DecideRequest(Command):
    """审批: granted or refused, with a word."""

    granted: bool = Field(title="是否同意")
    note: Prose = Field(title="审批意见")


class RequestHold(Command):
    """申请挂账: why it cannot be settled now, and the plan."""

    text: Prose = Field(title="挂账理由")
    plan: Prose = Field(title="化解计划")


class ReleaseCase(Command):
    """销账: back to work, or settled with a reply to the resident."""

    settled: bool = Field(title="是否已解决")
    note: Prose = Field(title="销账依据")
    text: OptionalProse = Field(default=None, title="答复内容")
    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="答复方式"
    )


class ReferCase(Command):
    """转出: to another track or organ, the resident told where."""

    to: Annotated[ReferTarget, code_of(ReferTarget)] = Field(title="转往")
    text: Prose = Field(title="告知内容")
    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="告知方式"
    )


class ReturnUpstream(Command):
    """退回上级平台: asked first; then the platform's answer is entered."""

    text: Prose = Field(title="退回理由或上级答复")
    granted: bool | None = Field(default=None, title="上级是否同意")


class ExtendUpstream(Command):
    """向上级申请延期: asked first; then the platform's answer with the new limit."""

    text: Prose = Field(title="申请理由或上级答复")
    granted: bool | None = Field(default=None, title="上级是否同意")
    new_due_at: OptionalLimit = Field(default=None, title="上级批准的新时限")
