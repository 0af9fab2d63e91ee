"""Commands of reply, call-back and oversight."""

from typing import Annotated

from pydantic import Field

from casetracker.domain.vocabulary import (
    CallValidity,
    ContactChannel,
    DissatisfactionReason,
    Result,
    Satisfaction,
    SuperviseLevel,
    SuperviseTrigger,
)
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalLimit,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)


class SubmitReply(Command):
    """提交办结."""

    result: Annotated[Result, code_of(Result)] = Field(title="办理结果")
    text: Prose = Field(title="答复内容")
    note: OptionalProse = Field(default=None, title="内部说明")


class SendBackReply(Command):
    """审核退回."""

    note: Prose = Field(title="退回意见")


class ApproveReply(Command):
    """审核通过并回告: how the reply reached the resident."""

    via: Annotated[ContactChannel, code_of(ContactChannel)] = Field(
        default=ContactChannel.PHONE, title="回告方式"
    )
    note: OptionalProse = Field(default=None, title="审核意见")


class CallBack(Command):
    """回访: one attempt; only a valid one carries answers."""

    validity: Annotated[CallValidity, code_of(CallValidity)] = Field(title="回访结果")
    contacted: bool | None = Field(default=None, title="是否联系")
    resolved: bool | None = Field(default=None, title="是否解决")
    satisfaction: Annotated[Satisfaction | None, code_of(Satisfaction), BlankIsNone] = Field(
        default=None, title="是否满意"
    )
    because: Annotated[
        DissatisfactionReason | None, code_of(DissatisfactionReason), BlankIsNone
    ] = Field(default=None, title="不满意原因")
    number_called: OptionalLine = Field(default=None, title="回访号码")
    note: OptionalProse = Field(default=None, title="回访记录")


class Evaluate(Command):
    """群众评价, by the resident with number and query code."""

    query_code: Line = Field(title="查询码")
    resolved: bool | None = Field(default=None, title="是否解决")
    satisfaction: Annotated[Satisfaction, code_of(Satisfaction)] = Field(title="是否满意")
    because: Annotated[
        DissatisfactionReason | None, code_of(DissatisfactionReason), BlankIsNone
    ] = Field(default=None, title="不满意原因")
    note: OptionalProse = Field(default=None, title="评价意见")


class UrgeByResident(Command):
    """群众催办, with number and query code."""

    query_code: Line = Field(title="查询码")
    text: OptionalProse = Field(default=None, title="催办内容")


class OrderRedo(Command):
    """重办."""

    note: Prose = Field(title="重办要求")


class CloseCase(Command):
    """办结: the resident stays dissatisfied; why it is closed all the same."""

    unreasonable: bool = Field(title="诉求是否不合理")
    note: Prose = Field(title="办结理由")


class ArchiveCase(Command):
    """归档."""


class Urge(Command):
    """催办."""

    text: OptionalProse = Field(default=None, title="催办内容")


class Supervise(Command):
    """督办."""

    level: Annotated[SuperviseLevel, code_of(SuperviseLevel)] = Field(
        default=SuperviseLevel.NOTICE, title="督办方式"
    )
    trigger: Annotated[SuperviseTrigger, code_of(SuperviseTrigger)] = Field(title="督办事由")
    requirement: Prose = Field(title="督办要求")
    unit: OptionalLine = Field(
        default=None, title="督办单位", description="不填为主办单位；也可以是协办、吹哨的单位"
    )
    due_at: OptionalLimit = Field(
        default=None, title="反馈时限", description="不填按“督办反馈”时限（一般为七日）"
    )
    plan: OptionalProse = Field(
        default=None, title="整改方案", description="挂牌督办的写明措施和进度安排"
    )


class SuperviseReport(Command):
    """督办反馈 by the unit, or 销号/退回 by the supervisor (`accepted`)."""

    order: OptionalLine = Field(default=None, title="督办编号")
    text: Prose = Field(title="反馈或意见")
    plan: OptionalProse = Field(default=None, title="整改方案")
    accepted: bool | None = Field(default=None, title="是否销号")


class Instruct(Command):
    """批示."""

    text: Prose = Field(title="批示内容")
