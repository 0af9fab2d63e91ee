"""Commands by which the office keeps its organisation, categories, limits and texts."""

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


class CreateUnit(Command):
    """新增单位."""

    code: Code = Field(title="代码")
    name: Annotated[Line, Field(max_length=80)] = Field(title="名称")
    kind: Annotated[UnitKind, code_of(UnitKind)] = Field(title="类别")
    parent: Line = Field(title="上级单位")
    handles_cases: bool = Field(default=False, title="承办工单")
    phone: OptionalLine = Field(default=None, title="电话")


class ChangeUnit(Command):
    """修改单位; what is not given stays."""

    name: Annotated[Line, Field(max_length=80)] = Field(title="名称")
    parent: OptionalLine = Field(default=None, title="上级单位")
    handles_cases: bool = Field(default=False, title="承办工单")
    is_active: bool = Field(default=False, title="启用")
    phone: OptionalLine = Field(default=None, title="电话")
    deputy_leader: OptionalLine = Field(default=None, title="分管领导（用户名）")


class CreateCategory(Command):
    """新增分类."""

    code: Code = Field(title="代码")
    name: Annotated[Line, Field(max_length=80)] = Field(title="名称")
    parent: OptionalLine = Field(default=None, title="上级分类")
    default_unit: OptionalLine = Field(default=None, title="默认承办单位")
    keywords: OptionalLine = Field(default=None, title="群众用语（空格分隔）")


class ChangeCategory(Command):
    """修改分类; an end date takes it out of use from that day."""

    name: Annotated[Line, Field(max_length=80)] = Field(title="名称")
    default_unit: OptionalLine = Field(default=None, title="默认承办单位")
    keywords: OptionalLine = Field(default=None, title="群众用语（空格分隔）")
    valid_to: Annotated[Day | None, BlankIsNone] = Field(default=None, title="停用日期")


class SetLimit(Command):
    """调整时限: from a day on; cases that started earlier keep their promise."""

    code: Line = Field(title="时限")
    amount: int = Field(ge=1, le=999, title="长度")
    unit: Annotated[DayUnit, code_of(DayUnit)] = Field(title="单位")
    cap_days: int | None = Field(default=None, ge=0, le=365, title="累计延期上限")
    effective_from: Day = Field(title="生效日期")
    source: Line = Field(title="依据文件")


class SetSetting(Command):
    """修改参数."""

    name: Line = Field(title="参数")
    value: Line = Field(title="取值")


class AddRoute(Command):
    """增加派单规则: the most specific rule in force wins."""

    category: OptionalLine = Field(default=None, title="问题分类")
    area: OptionalLine = Field(default=None, title="所在社区")
    kind: Annotated[Kind | None, code_of(Kind), BlankIsNone] = Field(default=None, title="诉求类型")
    unit: Line = Field(title="承办单位")
    on_community_list: bool = Field(default=False, title="属社区事项清单")
    source: Line = Field(title="依据")


class SaveTemplate(Command):
    """答复模板: words to start from, or the form an upstream platform wants."""

    name: Annotated[Line, Field(max_length=80)] = Field(title="名称")
    use: Literal["reply", "upstream"] = Field(title="用途")
    channel: Annotated[Channel | None, code_of(Channel), BlankIsNone] = Field(
        default=None, title="渠道"
    )
    body: Prose = Field(title="正文")
    is_active: bool = Field(default=False, title="启用")


class LoadNotice(Command):
    """导入放假通知: the official text, JSON or CSV."""

    text: Prose = Field(title="通知内容")
    year: int | None = Field(default=None, ge=2000, le=2100, title="年份（内容中没有写明时）")
