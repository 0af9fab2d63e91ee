"""Commands by which units keep inspections and hazards: docs/rules/patrol.md."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from casetracker.domain.patrol_vocabulary import (
    HazardKind,
    HazardLevel,
    HazardSource,
    HazardState,
    PlaceKind,
)
from casetracker.domain.vocabulary import Kind
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)
from casetracker.services.commands.ledgers import Day, OptionalDay, Place
from casetracker.services.commands.searching import LONGEST_PAGE, read_whole

REPORTED_WITHOUT_VISIT = tuple(one for one in HazardSource if one is not HazardSource.INSPECTION)
"""Sources of a hazard that no inspection of ours found."""


class FoundHazard(Command):
    """The hazard that is entered along with an inspection."""

    kind: Annotated[HazardKind | None, code_of(HazardKind), BlankIsNone] = Field(
        default=None, title="隐患类别"
    )
    level: Annotated[HazardLevel, code_of(HazardLevel)] = Field(
        default=HazardLevel.ORDINARY, title="隐患等级"
    )
    description: OptionalProse = Field(default=None, title="隐患情况")


class RegisterInspection(Command):
    """登记检查: one place looked at once."""

    place: Place = Field(title="被检查单位或场所")
    place_kind: Annotated[PlaceKind, code_of(PlaceKind)] = Field(title="场所类别")
    address: OptionalLine = Field(default=None, title="地址")
    area: OptionalLine = Field(default=None, title="所在社区（大队）")
    checked: tuple[Annotated[HazardKind, code_of(HazardKind)], ...] = Field(
        title="检查内容", min_length=1, max_length=len(HazardKind)
    )
    outcome: Literal["clean", "hazard"] = Field(title="检查结果")
    hazard: FoundHazard = Field(default=FoundHazard(), title="发现的隐患")
    note: OptionalProse = Field(default=None, title="检查情况")
    inspectors: Line = Field(title="检查人员")
    inspected_on: OptionalDay = Field(default=None, title="检查日期", description="不填即今天")


class RegisterHazard(Command):
    """登记隐患 that no inspection found: reported by the grid, a resident or the place itself."""

    source: Annotated[HazardSource, code_of(HazardSource, REPORTED_WITHOUT_VISIT)] = Field(
        title="发现来源"
    )
    place: Place = Field(title="整改责任单位或场所")
    address: OptionalLine = Field(default=None, title="地址")
    area: OptionalLine = Field(default=None, title="所在社区（大队）")
    kind: Annotated[HazardKind, code_of(HazardKind)] = Field(title="隐患类别")
    level: Annotated[HazardLevel, code_of(HazardLevel)] = Field(
        default=HazardLevel.ORDINARY, title="隐患等级"
    )
    description: Prose = Field(title="隐患情况")
    found_on: OptionalDay = Field(default=None, title="发现日期", description="不填即今天")


class AddHazard(Command):
    """再登记一处: one more hazard of an inspection."""

    kind: Annotated[HazardKind, code_of(HazardKind)] = Field(title="隐患类别")
    level: Annotated[HazardLevel, code_of(HazardLevel)] = Field(
        default=HazardLevel.ORDINARY, title="隐患等级"
    )
    description: Prose = Field(title="隐患情况")


class NotifyPlace(Command):
    """下达整改: what the place must do by when; a major hazard needs its plan."""

    demand: Prose = Field(title="整改要求")
    due_on: OptionalDay = Field(
        default=None,
        title="整改期限",
        description="不填按规定计算：一般隐患从今天起算，重大隐患立即整改",
    )
    plan: OptionalProse = Field(
        default=None,
        title="整改方案",
        description="重大隐患必填：整改措施、资金、责任人，整改期间的停产停业和管控措施",
    )


class ReportRectified(Command):
    """报告整改: what was done; the photographs come with the form."""

    text: Prose = Field(title="整改情况")
    done_on: OptionalDay = Field(default=None, title="整改完成日期", description="不填即今天")


class CheckHazard(Command):
    """复查: another person looks whether it was put right."""

    passed: bool = Field(title="复查结果")
    text: Prose = Field(title="复查情况")
    due_on: OptionalDay = Field(
        default=None, title="再次整改期限", description="复查不通过时填写；不填按规定从今天起算"
    )
    checked_on: OptionalDay = Field(default=None, title="复查日期", description="不填即今天")


class HandOver(Command):
    """移交: to whoever has the power that the unit lacks."""

    organ: Place = Field(title="移交给", description="综合执法中心或区直部门的名称")
    text: Prose = Field(title="移交事由")
    due_on: OptionalDay = Field(default=None, title="反馈期限", description="不填则原期限不变")


class CaseFromHazard(Command):
    """转工单: the hazard becomes a hotline case that the command centre dispatches."""

    content: Prose = Field(title="诉求内容")
    kind: Annotated[Kind, code_of(Kind)] = Field(default=Kind.HELP, title="诉求类型")
    category: OptionalLine = Field(default=None, title="问题分类")


class CorrectHazard(Command):
    """更正登记: the facts as they should have been entered, and why."""

    source: Annotated[HazardSource, code_of(HazardSource)] = Field(title="发现来源")
    inspection: OptionalLine = Field(
        default=None,
        title="检查记录编号",
        description="来源为安全检查的必填，如 JC2026-000001；其他来源留空",
    )
    found_on: Day = Field(title="发现日期", description="改到另一年的编号随之更换，原编号仍可查")
    kind: Annotated[HazardKind, code_of(HazardKind)] = Field(title="隐患类别")
    level: Annotated[HazardLevel, code_of(HazardLevel)] = Field(title="隐患等级")
    place: Place = Field(title="整改责任单位或场所")
    address: OptionalLine = Field(default=None, title="地址")
    area: OptionalLine = Field(default=None, title="所在社区（大队）")
    description: Prose = Field(title="隐患情况")
    plan: OptionalProse = Field(
        default=None,
        title="整改方案",
        description="重大隐患下达整改后必填：整改措施、资金、责任人和管控措施",
    )
    reason: Prose = Field(title="更正原因")


class SayOfHazard(Command):
    """A step that needs nothing but its words."""

    text: Prose = Field(title="说明")


class PatrolSearch(Command):
    """What both registers are narrowed by; all conditions hold together."""

    since: OptionalDay = Field(default=None, title="日期自")
    until: OptionalDay = Field(default=None, title="日期至")
    area: OptionalLine = Field(default=None, title="所在社区（大队）")
    no_area: bool = Field(default=False, title="未登记所在社区")
    unit: OptionalLine = Field(default=None, title="单位")
    q: OptionalLine = Field(default=None, title="单位或场所名称")


class InspectionSearch(PatrolSearch):
    """查询检查."""

    place_kind: Annotated[PlaceKind | None, code_of(PlaceKind), BlankIsNone] = Field(
        default=None, title="场所类别"
    )
    outcome: Annotated[Literal["clean", "hazard"] | None, BlankIsNone] = Field(
        default=None, title="检查结果"
    )


class HazardSearch(PatrolSearch):
    """查询隐患. `part` is a part of the rectification rate as of `as_of`, else `until`, else today;
    or a pile of work.
    """

    kind: Annotated[HazardKind | None, code_of(HazardKind), BlankIsNone] = Field(
        default=None, title="隐患类别"
    )
    level: Annotated[HazardLevel | None, code_of(HazardLevel), BlankIsNone] = Field(
        default=None, title="隐患等级"
    )
    state: Annotated[HazardState | None, code_of(HazardState), BlankIsNone] = Field(
        default=None, title="状态"
    )
    part: Annotated[
        Literal["counted", "rectified", "left", "to_date", "open", "late"] | None, BlankIsNone
    ] = Field(default=None, title="只看")
    as_of: OptionalDay = Field(default=None, title="整改截至")


class HazardPageSearch(HazardSearch):
    """One page of what is asked for, the newest first."""

    limit: Annotated[int, BeforeValidator(read_whole)] = Field(
        50, ge=1, le=LONGEST_PAGE, title="每页条数"
    )
    cursor: Annotated[str | None, BlankIsNone] = Field(
        None, max_length=300, title="上一页给出的 next_cursor"
    )


class PatrolQuestion(Command):
    """巡查统计: which days, by what."""

    since: Day = Field(title="日期自")
    until: Day = Field(title="日期至")
    by: Literal["area", "unit", "kind", "level", "month"] = Field(default="area", title="分行")
