"""Commands of the appraisal: exclusions, their taking back, appeals, third-party judgements."""

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.vocabulary import ExcludeReason
from casetracker.services.commands.fields import Command, Line, OptionalLine, Prose, code_of
from casetracker.services.commands.ledgers import Day, OptionalDay

DOCUMENT = "依据文书的文号，如“新信〔2026〕12号”；没有上传凭证的必填"
_BETWEEN = re.compile(r"[\s,，;；]+")
SAID_OF_THE_DEMAND = {"合理": True, "不合理": False}
SAID_OF_THE_DUTY = {"到位": True, "不到位": False}


class ApplyExclusion(Command):
    """申请剔除."""

    reason: Annotated[ExcludeReason, code_of(ExcludeReason)] = Field(title="剔除原因")
    text: Prose = Field(title="理由与证据")
    document_number: OptionalLine = Field(default=None, title="依据文号", description=DOCUMENT)
    until: OptionalDay = Field(
        default=None, title="不计考核至", description="到期自动恢复考核；不填为长期"
    )


class Reinstate(Command):
    """申请恢复考核: an excluded case shall count again."""

    text: Prose = Field(title="理由")


class AppealAssessment(Command):
    """考核申诉."""

    text: Prose = Field(title="申诉理由")


class DecideAppeal(Command):
    """申诉裁定: was the demand reasonable, was the duty done."""

    demand_reasonable: bool = Field(title="诉求是否合理")
    duty_done: bool = Field(title="履职是否到位")
    note: Prose = Field(title="裁定意见")


class VoteCommand(Command):
    """What one evaluator found."""

    evaluator: Line = Field(title="评价人姓名或编号")
    demand_reasonable: bool = Field(title="诉求是否合理")
    duty_done: bool = Field(title="履职是否到位")
    grounds: Line = Field(title="理由")


def read_votes(value: Any) -> Any:
    """`甲 不合理 到位 已三次上门解释政策`, a line each, as what `VoteCommand` takes."""
    if not isinstance(value, str):
        return tuple(value) if isinstance(value, list) else value
    return tuple(_vote(line.strip()) for line in value.splitlines() if line.strip())


def _vote(line: str) -> dict[str, Any]:
    parts = _BETWEEN.split(line, maxsplit=3)
    if len(parts) < 4 or parts[1] not in SAID_OF_THE_DEMAND or parts[2] not in SAID_OF_THE_DUTY:
        raise PydanticCustomError("bad_votes", "bad_votes")
    return {
        "evaluator": parts[0],
        "demand_reasonable": SAID_OF_THE_DEMAND[parts[1]],
        "duty_done": SAID_OF_THE_DUTY[parts[2]],
        "grounds": parts[3],
    }


class EnterJudgement(Command):
    """第三方评价: what the panel of lay evaluators found; another person confirms it."""

    held_on: Day = Field(title="评价日期")
    votes: Annotated[tuple[VoteCommand, ...], BeforeValidator(read_votes)] = Field(
        title="评价人意见",
        description="每行一人：姓名或编号 合理/不合理 到位/不到位 理由；三人以上，人数为单数",
    )
    text: Prose = Field(title="评价经过")
    document_number: OptionalLine = Field(default=None, title="评价记录文号", description=DOCUMENT)


class CheckSign(Command):
    """核实: what a supervisor found when they looked at a sign."""

    note: Prose = Field(title="核实情况")
    in_report: bool = Field(default=False, title="写入本月通报的“存在问题”")
