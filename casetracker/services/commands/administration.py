"""Commands by which the office keeps its organisation, categories, limits and texts.

A command of change brings every field of its form: what is left blank is blank from then on.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casetracker.domain.vocabulary import Channel, DayUnit, Kind, UnitKind
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
Code = Annotated[Line, Field(max_length=40, pattern=r"^[A-Za-z0-9_.-]+$")]
Name = Annotated[Line, Field(max_length=80)]
OptionalPhone = Annotated[Annotated[Line, Field(max_length=40)] | None, BlankIsNone]
KEYWORDS = "群众常用的说法，空格分隔；登记时据此推荐分类"
LEADER = "审批该单位的延期、挂账等申请"


class CreateUnit(Command):
    """新增单位."""

    code: Code = Field(title="代码", description="字母、数字和 _ . -，保存后不能修改")
    name: Name = Field(title="名称")
    kind: Annotated[UnitKind, code_of(UnitKind)] = Field(title="类别")
    parent: Line = Field(title="上级单位")
    handles_cases: bool = Field(default=False, title="承办工单", description="勾选后即可派单")
    phone: OptionalPhone = Field(default=None, title="电话")
    deputy_leader: OptionalLine = Field(default=None, title="分管领导", description=LEADER)


class ChangeUnit(Command):
    """修改单位; only the street itself has no parent."""

    name: Name = Field(title="名称")
    parent: OptionalLine = Field(default=None, title="上级单位")
    handles_cases: bool = Field(default=False, title="承办工单")
    is_active: bool = Field(
        default=False, title="启用", description="停用后不能再派单，历史工单不受影响"
    )
    phone: OptionalPhone = Field(default=None, title="电话")
    deputy_leader: OptionalLine = Field(default=None, title="分管领导", description=LEADER)


class CreateCategory(Command):
    """新增分类."""

    code: Code = Field(title="代码", description="字母、数字和 _ . -，保存后不能修改")
    name: Name = Field(title="名称")
    parent: OptionalLine = Field(default=None, title="上级分类", description="不选则为一级分类")
    default_unit: OptionalLine = Field(default=None, title="默认承办单位")
    keywords: OptionalLine = Field(default=None, title="群众用语", description=KEYWORDS)


class ChangeCategory(Command):
    """修改分类."""

    name: Name = Field(title="名称")
    default_unit: OptionalLine = Field(default=None, title="默认承办单位")
    keywords: OptionalLine = Field(default=None, title="群众用语", description=KEYWORDS)
    valid_to: Annotated[Day | None, BlankIsNone] = Field(
        default=None, title="停用日期", description="从这一天起不能再选，已有工单保留原分类"
    )


class SetLimit(Command):
    """调整时限: from a day on; cases that started earlier keep their promise."""

    amount: int = Field(ge=1, le=999, title="长度")
    unit: Annotated[DayUnit, code_of(DayUnit)] = Field(title="单位")
    cap_days: Annotated[int | None, BlankIsNone] = Field(
        default=None, ge=0, le=365, title="累计延期上限",
        description="最多可延长多少天，0 为不得延期；不填则不变",
    )  # fmt: skip
    effective_from: Day = Field(title="生效日期", description="今天或以后；此前开始的工单不受影响")
    source: Line = Field(title="依据", description="规定该时限的文件名称")


class SetSetting(Command):
    """修改参数."""

    value: Line = Field(title="取值")


class AddRoute(Command):
    """增加派单规则: the most specific rule in force wins."""

    category: OptionalLine = Field(default=None, title="问题分类")
    area: OptionalLine = Field(default=None, title="所在社区")
    kind: Annotated[Kind | None, code_of(Kind), BlankIsNone] = Field(default=None, title="诉求类型")
    unit: Line = Field(title="承办单位")
    on_community_list: bool = Field(
        default=False, title="属社区事项清单", description="社区只能主办清单内的事项"
    )
    source: Line = Field(title="依据", description="派单目录、权责清单等文件名称")


class SaveTemplate(Command):
    """答复模板: words to start a reply from, or the form an upstream platform wants."""

    name: Name = Field(title="名称")
    use: Literal["reply", "upstream"] = Field(title="用途")
    channel: Annotated[Channel | None, code_of(Channel), BlankIsNone] = Field(
        default=None, title="来源渠道", description="回告模板适用的上级平台，不选则通用"
    )
    category: OptionalLine = Field(
        default=None, title="问题分类", description="答复模板适用的分类，不选则通用"
    )
    body: Prose = Field(title="正文")
    is_active: bool = Field(default=False, title="启用")


class LoadNotice(Command):
    """导入放假通知: the official text, JSON or CSV."""

    text: Prose = Field(title="通知内容")
    year: Annotated[int | None, BlankIsNone] = Field(default=None, ge=2000, le=2100, title="年份")
