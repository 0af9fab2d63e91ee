"""Commands by which the office keeps its definitions of metrics (统计口径).

`version` is the state of the draft that the page showed.
"""

from fractions import Fraction
from typing import Annotated, Literal

from pydantic import Field

from casetracker.domain.vocabulary import Aggregation, ExcludeReason
from casetracker.services.commands.accounts import Version
from casetracker.services.commands.fields import BlankIsNone, Command, Line, OptionalLine, code_of

Name = Annotated[Line, Field(max_length=80)]
OptionalFraction = Annotated[Fraction | None, BlankIsNone]
NEW_CODE = r"^[A-Z][A-Z0-9_]{2,39}$"


Basis = Annotated[
    OptionalLine,
    Field(
        title="依据",
        description="规定该算法的文件名称；不填则沿用，算法有改动的记为本街道自定",
    ),
]


class CopyProfile(Command):
    """复制口径: as a new version of the same one, or under a code of its own."""

    source: Line = Field(title="复制哪个口径", description="复制后是草稿，改好再发布；原口径不变")
    code: Annotated[Annotated[Line, Field(max_length=40, pattern=NEW_CODE)] | None, BlankIsNone] = (
        Field(
            None,
            title="新口径代码",
            description="大写字母、数字和下划线，如 JIEDAO_2027；不填则作为原口径的新版本",
        )
    )
    name: Name = Field(title="名称")


class EditProfile(Command):
    """修改口径的基本设置."""

    name: Name = Field(title="名称")
    month_start_day: int = Field(
        title="统计月起始日", description="1 为自然月；19 表示从上月 19 日到本月 18 日"
    )
    cut_off_hour: Annotated[int | None, BlankIsNone] = Field(
        None,
        title="每日截止时刻（时）",
        description="本月尚未结束时统计到最近一次该时刻；不填则到现在",
    )
    decimals: int = Field(title="百分比小数位数", description="0、1 或 2，四舍五入")
    aggregation: Annotated[Aggregation, code_of(Aggregation)] = Field(
        title="合计方式",
        description="合并计算：全部工单合在一起算；各单位平均：各承办单位率的算术平均",
    )
    exclusions: tuple[Annotated[ExcludeReason, code_of(ExcludeReason)], ...] = Field(
        (), title="认可的剔除原因", description="已批准剔除的工单，原因在此列的不计入各项指标"
    )
    version: Version = None


class EditCount(Command):
    """修改件数指标."""

    name: Name = Field(title="名称")
    numerator: Line = Field(title="统计哪些")
    window: Line = Field(title="按什么时间归月")
    points: OptionalFraction = Field(
        None, title="综合成绩分值", description="按本单位占本组件数的比重得分；不填则不计分"
    )
    basis: Basis = None
    version: Version = None


class _Top(Command):
    name: Name = Field(title="名称")
    numerator: Line = Field(title="分子")


class _Weights(Command):
    satisfied: OptionalFraction = Field(
        None, title="满意的权重", description="分子选“按评价加权”时填写，如 1"
    )
    basically: OptionalFraction = Field(
        None, title="基本满意的权重", description="如 0.9；不填不计入"
    )
    fair: OptionalFraction = Field(None, title="一般的权重", description="如 0.6；不填不计入")


class _Rest(Command):
    denominator: Line = Field(title="分母")
    window: Line = Field(title="按什么时间归月")
    empty: Annotated[Literal["0", "1"] | None, BlankIsNone] = Field(
        None, title="分母为 0 时", description="不选则不显示，该单位不参加排名"
    )
    scoring: Annotated[Literal["rate", "flat"] | None, BlankIsNone] = Field(
        None, title="计入综合成绩", description="不选则不计分"
    )
    points: OptionalFraction = Field(None, title="综合成绩分值", description="各项合计不超过 100")
    basis: Basis = None
    version: Version = None


# The last base comes first on the page.
class EditRate(_Rest, _Top):
    """修改率指标."""


class EditWeightedRate(_Rest, _Weights, _Top):
    """修改满意率: its numerator may be made of weights."""


class PutInForce(Command):
    """发布口径: from a month that nobody is counted in yet."""

    month: Line = Field(
        title="从哪个月起执行", description="只能从尚未开始统计的月份起；此前各月保持原口径"
    )
    as_default: bool = Field(
        False,
        title="作为本街道所用口径",
        description="从该月起，不指明口径的页面、通报和接口都用它",
    )
    version: Version = None
