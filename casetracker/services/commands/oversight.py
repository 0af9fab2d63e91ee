"""Commands of supervision beside steps on a case: rules, suggestions, talks."""

from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from casetracker.domain.oversight_vocabulary import (
    OrderStatus,
    RepeatBy,
    RuleMode,
    WatchList,
    WhistlePart,
)
from casetracker.domain.vocabulary import SuperviseLevel, SuperviseTrigger
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalLine,
    Prose,
    code_of,
)
from casetracker.services.commands.searching import read_day

Day = Annotated[date, BeforeValidator(read_day)]
OptionalDay = Annotated[Day | None, BlankIsNone]
RuleNumber = Annotated[int | None, BlankIsNone]


class SetOversightRule(Command):
    """调整督办规则 from a day on; `first` and `second` are its numbers in their order."""

    is_on: bool = Field(title="是否启用")
    mode: Annotated[RuleMode, code_of(RuleMode)] = Field(
        default=RuleMode.SUGGEST, title="发现后",
        description="提请督办：列在督办台由督办员决定；自动督办：系统直接发出督办",
    )  # fmt: skip
    first: RuleNumber = Field(default=None, title="参数一")
    second: RuleNumber = Field(default=None, title="参数二")
    effective_from: Day = Field(title="生效日期", description="今天或以后")


class DismissSuggestion(Command):
    """不予督办, with the reason."""

    reason: Prose = Field(title="不予督办的理由")


class OrderSearch(Command):
    """督办登记簿: all conditions hold together."""

    status: Annotated[OrderStatus | None, code_of(OrderStatus), BlankIsNone] = Field(
        default=None, title="状态"
    )
    unit: OptionalLine = Field(default=None, title="督办单位")
    level: Annotated[SuperviseLevel | None, code_of(SuperviseLevel), BlankIsNone] = Field(
        default=None, title="督办方式"
    )
    trigger: Annotated[SuperviseTrigger | None, code_of(SuperviseTrigger), BlankIsNone] = Field(
        default=None, title="督办事由"
    )
    month: OptionalLine = Field(default=None, title="督办月份")
    since: OptionalDay = Field(default=None, title="督办日期自")
    until: OptionalDay = Field(default=None, title="督办日期至")


class WatchedQuestion(Command):
    """督办清单: one of the lists, of all units or of one."""

    name: Annotated[WatchList, code_of(WatchList)] = Field(title="清单")
    unit: OptionalLine = Field(default=None, title="单位")


class RepeatedQuestion(Command):
    """再次反映: the greatest groups of one kind, or the cases of the group that one belongs to."""

    by: Annotated[RepeatBy, code_of(RepeatBy)] = Field(title="按什么归组")
    number: OptionalLine = Field(default=None, title="这一件所在的组")


class WhistleSearch(Command):
    """吹哨报到登记簿: all conditions hold together."""

    unit: OptionalLine = Field(default=None, title="报到部门")
    month: OptionalLine = Field(default=None, title="吹哨月份")
    part: Annotated[WhistlePart, code_of(WhistlePart)] = Field(
        default=WhistlePart.CALLED, title="只看"
    )


class RecordTalk(Command):
    """约谈登记: who talked with which unit about what, and what was promised."""

    unit: Line = Field(title="被约谈单位")
    held_on: Day = Field(title="约谈日期")
    host: Annotated[Line, Field(max_length=80)] = Field(title="约谈人")
    attendees: Line = Field(title="被约谈人")
    matter: Prose = Field(title="约谈事由")
    promise: Prose = Field(title="承诺事项")
    promise_due_on: OptionalDay = Field(default=None, title="承诺完成日期")


class FollowUpTalk(Command):
    """约谈回头看: whether what was promised was done."""

    followed_up_on: Day = Field(title="回头看日期")
    follow_up: Prose = Field(title="落实情况")
