"""Commands by which the petition office keeps its ledgers: docs/rules/ledgers.md.

A command of change brings every field of its form: what is left blank is blank from then on.
"""

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.petition_vocabulary import (
    PetitionClass,
    Purpose,
    ReceptionKind,
    UndertakingResult,
    VisitResult,
)
from casetracker.domain.vocabulary import Kind, Satisfaction
from casetracker.services.commands.fields import (
    BlankIsNone,
    Command,
    Line,
    OptionalInstant,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)
from casetracker.services.commands.people_lines import read_people
from casetracker.services.commands.persons import IdNumber, Phone
from casetracker.services.commands.searching import read_day

Day = Annotated[date, BeforeValidator(read_day)]
OptionalDay = Annotated[Day | None, BlankIsNone]
Short = Annotated[Line, Field(max_length=80)]
Place = Annotated[Line, Field(max_length=120)]
Persons = Annotated[int, Field(ge=1, le=9999, title="人数")]
MOST_NAMED = 50
_CLOCK = re.compile(r"([0-9]{1,2})[:：]([0-9]{2})(:00)?")
SAID_AT_ONCE = tuple(one for one in VisitResult if one is not VisitResult.REGISTERED)
"""Results that a clerk gives; REGISTERED comes and goes with the linked petition."""


def _read_clock(value: Any) -> Any:
    """`9:00` or `09:00` on the wall."""
    if isinstance(value, time):
        return value
    found = _CLOCK.fullmatch(value.strip()) if isinstance(value, str) else None
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise PydanticCustomError("bad_clock", "bad_clock")
    return time(int(found[1]), int(found[2]))


Clock = Annotated[time, BeforeValidator(_read_clock)]


class VisitorCommand(Command):
    """A visitor as they gave themselves."""

    name: Annotated[Short | None, BlankIsNone] = Field(default=None, title="姓名")
    phone: Annotated[Phone | None, BlankIsNone] = Field(default=None, title="联系电话")
    id_number: Annotated[IdNumber | None, BlankIsNone] = Field(default=None, title="身份证号")
    address: OptionalLine = Field(default=None, title="住址")


class RegisterVisit(Command):
    """来访登记: every reception of visitors, whether or not a petition follows."""

    visited_at: OptionalInstant = Field(
        default=None, title="来访时间", description="不填即现在；可补登此前的来访"
    )
    persons: Persons = 1
    visitor: VisitorCommand = Field(default=VisitorCommand(), title="来访人")
    others: Annotated[tuple[VisitorCommand, ...], BeforeValidator(read_people)] = Field(
        default=(), title="其他来访人", max_length=MOST_NAMED,
        description="每行一人：姓名 电话 身份证号，空格分开；集体访只登记推选的代表",
    )  # fmt: skip
    matter: OptionalProse = Field(
        default=None, title="反映事项", description="如实记录；来访人不愿说明的可不填"
    )
    said: OptionalProse = Field(default=None, title="接待情况", description="作了哪些答复和处理")
    result: Annotated[VisitResult | None, code_of(VisitResult, SAID_AT_ONCE), BlankIsNone] = Field(
        default=None, title="接待结果", description="需要登记信访件的，保存后在来访页面登记"
    )
    unit: OptionalLine = Field(default=None, title="责任单位", description="转责任单位的必填")
    place: Place = Field(title="接待地点")
    received_by: OptionalLine = Field(default=None, title="接待人")


class VisitSearch(Command):
    """查询来访: all conditions hold together."""

    since: OptionalDay = Field(default=None, title="日期自")
    until: OptionalDay = Field(default=None, title="日期至")
    who: OptionalLine = Field(default=None, title="来访人姓名、电话或身份证号")
    only: Annotated[Literal["collective", "linked", "unlinked"] | None, BlankIsNone] = Field(
        default=None, title="只看"
    )


class LedgerDays(Command):
    """What reports count in a ledger: of these days, from the first to the last."""

    since: OptionalDay = Field(default=None, title="日期自")
    until: OptionalDay = Field(default=None, title="日期至")

    @property
    def days(self) -> tuple[date, date] | None:
        """None unless both are given."""
        return (self.since, self.until) if self.since and self.until else None


class ReceptionSearch(LedgerDays):
    """领导接访: of one year, or those held in a span of days."""

    year: Annotated[int | None, Field(ge=1900, le=9998)] = Field(default=None, title="年份")


class LetterSearch(LedgerDays):
    """阅信批示: of one year or a span of days, or all that have no report yet."""

    year: Annotated[int | None, Field(ge=1900, le=9998)] = Field(default=None, title="年份")
    open: bool = Field(default=False, title="只看待落实")


class UndertakingSearch(LedgerDays):
    """包案: those that go on, or the finished ones, or all that began in a span of days."""

    finished: bool = Field(default=False, title="已结束")


class OldCaseSearch(LedgerDays):
    """信访积案: what is on the list, or what was struck off; in a span of days what was put on it,
    struck off, or left at its end."""

    struck_off: bool = Field(default=False, title="已销号")
    part: Annotated[Literal["listed", "struck_off", "left"] | None, BlankIsNone] = Field(
        default=None, title="期内"
    )


class DailyWatchQuestion(Command):
    """敏感时期每日清单: today's, whole."""


class LinkCase(Command):
    """关联信访件."""

    number: Line = Field(title="信访件编号")


class PetitionPart(Command):
    """What the law asks of a petition beside its matter."""

    purpose: Annotated[Purpose | None, code_of(Purpose), BlankIsNone] = Field(
        default=None, title="信访目的"
    )
    petition_class: Annotated[PetitionClass | None, code_of(PetitionClass), BlankIsNone] = Field(
        default=None,
        title="信访分类",
        description="一般留待甄别；明显属于检举控告的须选定，直接转入保密通道",
    )
    oral: bool = Field(default=False, title="口头提出")
    read_back: bool = Field(default=False, title="已向信访人宣读并确认")


class PetitionFromLedger(Command):
    """登记信访件 from a visit or a reception: persons, number and time come from the ledger."""

    content: Prose = Field(title="请求、事实和理由", description="口头提出的如实记录")
    title: OptionalLine = Field(default=None, title="标题")
    kind: Annotated[Kind, code_of(Kind)] = Field(default=Kind.HELP, title="诉求类型")
    category: OptionalLine = Field(default=None, title="问题分类")
    petition: PetitionPart = Field(default=PetitionPart(), title="信访登记")


class PlanSession(Command):
    """安排接访: with all that is published of it (五公开)."""

    leader: Line = Field(title="接访领导")
    post: Short = Field(title="职务", description="如：街道党工委书记")
    duty: Line = Field(title="分管工作")
    day: Day = Field(title="日期")
    starts: Clock = Field(title="开始时间")
    ends: Clock = Field(title="结束时间")
    place: Place = Field(title="地点")
    kind: Annotated[ReceptionKind, code_of(ReceptionKind)] = Field(
        default=ReceptionKind.ON_SITE, title="接访类型"
    )
    accompanying: OptionalLine = Field(default=None, title="陪同人员")


class CancelSession(Command):
    """取消接访: what was published stays, with the reason."""

    reason: Line = Field(title="取消原因", description="已公布的会连同原因在网上公开")


class KeepEntry(Command):
    """接访登记: one matter that a leader received."""

    visitor: VisitorCommand = Field(default=VisitorCommand(), title="来访人")
    persons: Persons = 1
    matter: OptionalProse = Field(default=None, title="反映问题", description="如实记录")
    matter_place: OptionalLine = Field(default=None, title="问题发生地")
    cause: OptionalProse = Field(default=None, title="产生原因")
    instruction: OptionalProse = Field(default=None, title="接待处理意见（批示）")
    unit: OptionalLine = Field(default=None, title="责任单位")
    due_on: OptionalDay = Field(default=None, title="办理期限")
    report: OptionalProse = Field(default=None, title="办理结果")
    satisfaction: Annotated[Satisfaction | None, code_of(Satisfaction), BlankIsNone] = Field(
        default=None, title="满意度"
    )


class NoteLetter(Command):
    """阅信批示: a leader read a petition and says what is to be done."""

    number: Line = Field(title="信访件编号")
    leader: OptionalLine = Field(default=None, title="阅信领导", description="领导本人登记的不必选")
    read_on: OptionalDay = Field(default=None, title="阅信日期", description="不填即今天")
    note: Prose = Field(title="批示内容")
    unit: OptionalLine = Field(default=None, title="责任单位")
    due_on: OptionalDay = Field(default=None, title="反馈期限")


class RecordReport(Command):
    """登记落实情况 of a leader's note."""

    report: Prose = Field(title="落实情况")


class BeginUndertaking(Command):
    """包案: who, what, with which plan, until when."""

    title: Line = Field(title="包案事项")
    numbers: OptionalLine = Field(
        default=None, title="信访件编号", description="可填多个，用空格分开"
    )
    leader: Line = Field(title="包案领导")
    post: Short = Field(title="职务")
    unit: Line = Field(title="责任单位（首位主办）")
    plan: Prose = Field(title="化解方案")
    began_on: Day = Field(title="包案日期")
    expected_on: Day = Field(title="预计化解日期")
    next_action_on: OptionalDay = Field(default=None, title="下次行动日期")


class ReportProgress(Command):
    """登记进展: what was done, how far it is, what comes next."""

    what: Prose = Field(title="工作进展")
    day: OptionalDay = Field(default=None, title="日期", description="不填即今天")
    progress: Annotated[int, Field(ge=0, le=100)] = Field(title="进度（%）")
    next_action_on: OptionalDay = Field(default=None, title="下次行动日期")


class AddMilestone(Command):
    """添加节点: what is to be done by a day."""

    what: Prose = Field(title="节点任务")
    day: Day = Field(title="计划日期")


class FinishUndertaking(Command):
    """结束包案, with its result."""

    result: Annotated[UndertakingResult, code_of(UndertakingResult)] = Field(title="化解结果")
    words: Prose = Field(title="结果说明")
    day: OptionalDay = Field(default=None, title="实际日期", description="不填即今天")


class ListOldCase(Command):
    """列入积案: a petition, or what is only described."""

    number: OptionalLine = Field(default=None, title="信访件编号", description="系统内没有的可不填")
    description: Prose = Field(title="积案情况")
    listed_on: Day = Field(title="列入日期")
    category: OptionalLine = Field(default=None, title="问题分类")
    source_list: Place = Field(title="清单来源", description="如：区信访局2026年第一批交办")
    unit: Line = Field(title="责任单位")
    owner: Short = Field(title="责任人")
    plan: OptionalProse = Field(default=None, title="化解计划")
    next_action_on: OptionalDay = Field(default=None, title="下次行动日期")


class AskStrike(Command):
    """申请销号 with evidence."""

    evidence: Prose = Field(title="销号依据", description="化解协议、处理意见书、回访记录等")


class DecideStrike(Command):
    """审核销号 by another person."""

    granted: bool = Field(title="审核意见")
    note: OptionalProse = Field(default=None, title="说明", description="不同意的必填")


class SavePeriod(Command):
    """敏感时期: its days and what is done in them."""

    name: Short = Field(title="名称")
    starts_on: Day = Field(title="起始日期")
    ends_on: Day = Field(title="结束日期")
    measures: Prose = Field(title="工作措施")
