"""Commands of the petition track (信访), one for each action of its own."""

from datetime import date
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from casetracker.domain.petition_vocabulary import (
    OFFERED_TO_PETITIONERS,
    AdviceOutcome,
    ConcludeGround,
    OpinionOutcome,
    PaperKind,
    PetitionClass,
    Purpose,
    ReviewOutcome,
    ServiceMethod,
    Subroute,
)
from casetracker.domain.vocabulary import Satisfaction
from casetracker.services.commands.fields import (
    YEARS,
    BlankIsNone,
    Command,
    Line,
    OptionalInstant,
    OptionalLine,
    OptionalProse,
    Prose,
    code_of,
)
from casetracker.services.commands.people_lines import read_signers
from casetracker.services.commands.persons import PersonCommand

MOST_PEOPLE = 500


def _read_day(value: Any) -> Any:
    if isinstance(value, date) or not isinstance(value, str):
        return value
    try:
        day = date.fromisoformat(value.strip().replace("/", "-"))
    except ValueError:
        raise PydanticCustomError("bad_day", "bad_day") from None
    if day.year not in YEARS:
        raise PydanticCustomError("bad_day", "bad_day")
    return day


Day = Annotated[date, BeforeValidator(_read_day)]
OptionalDay = Annotated[Day | None, BlankIsNone]
OptionalClass = Annotated[PetitionClass | None, code_of(PetitionClass), BlankIsNone]
OptionalSubroute = Annotated[Subroute | None, code_of(Subroute), BlankIsNone]


class PersonOfPetition(PersonCommand):
    """One more person of the same petition."""

    name: Line = Field(title="姓名")
    representative: bool = Field(default=False, title="推选的代表")


class PetitionDetails(Command):
    """What is asked of a petition when it is registered, beside the case."""

    purpose: Annotated[Purpose | None, code_of(Purpose), BlankIsNone] = Field(
        default=None, title="信访目的"
    )
    petition_class: OptionalClass = Field(
        default=None,
        title="信访分类",
        description="明显属于检举控告的，登记时即选定，直接转入保密通道。",
    )
    people: Annotated[tuple[PersonOfPetition, ...], BeforeValidator(read_signers)] = Field(
        default=(), title="其他信访人", max_length=MOST_PEOPLE
    )
    joint: bool = Field(default=False, title="联名")
    representative: bool = Field(default=False, title="信访人为推选的代表")
    oral: bool = Field(default=False, title="口头提出")
    read_back: bool = Field(default=False, title="已向信访人宣读并确认")
    against_unit: OptionalLine = Field(default=None, title="被反映单位")
    against: OptionalLine = Field(default=None, title="被反映人")
    sender: OptionalLine = Field(default=None, title="转送、交办机关")
    sent_on: OptionalDay = Field(default=None, title="转送、交办日期")
    report_due_on: OptionalDay = Field(default=None, title="要求报结日期")


class ClassifyPetition(Command):
    """甄别分类: one of the three classes; an appeal with its sub-route."""

    petition_class: Annotated[PetitionClass, code_of(PetitionClass)] = Field(title="信访分类")
    subroute: OptionalSubroute = Field(
        default=None, title="申诉求决途径", description="申诉求决类须选定六种途径之一。"
    )
    reason: Prose = Field(title="甄别理由")
    law: OptionalLine = Field(
        default=None, title="法律依据", description="不填则引用《信访工作条例》相应条款。"
    )
    accused: OptionalLine = Field(default=None, title="被检举控告人")
    accused_unit: OptionalLine = Field(default=None, title="被检举控告单位")


class AcceptPetition(Command):
    """受理: from here on sixty days, or ten working days by the simple procedure."""

    simple: bool = Field(default=False, title="简易办理")
    accepted_at: OptionalInstant = Field(
        default=None, title="受理时间", description="补录的填实际受理时间，不填即为现在。"
    )
    note: OptionalProse = Field(default=None, title="受理意见")


class ForwardPetition(Command):
    """转送、交办: to the organ whose matter it is; the petitioner is told where."""

    organ: Line = Field(title="转往机关")
    report_due_on: OptionalDay = Field(
        default=None, title="要求报结日期", description="填写即为交办，须按期报告办理结果。"
    )
    text: Prose = Field(title="转办要求与告知内容")


class RedirectPetition(Command):
    """导入法定程序: which statutory way is the petitioner's, and at which organ."""

    organ: Line = Field(title="应向何机关提出")
    text: Prose = Field(title="法定途径与告知内容")


class RefuseAgain(Command):
    """不再受理: the same facts and reasons after the final review."""

    prior: OptionalLine = Field(default=None, title="前次信访件编号")
    review_number: OptionalLine = Field(default=None, title="复核意见书文号")
    reviewed_on: OptionalDay = Field(default=None, title="复核意见日期")
    text: Prose = Field(title="认定理由")


class RaiseObjection(Command):
    """转送异议: not ours, within five working days, with detailed reasons."""

    reason: Prose = Field(title="异议理由与依据")


class DecideObjection(Command):
    """What the sender answered to the objection."""

    granted: bool = Field(title="转送机关是否同意")
    text: Prose = Field(title="核实意见")


class TransferConfidential(Command):
    """移送: into the confidential lane; from there on to who may manage the accused."""

    reason: Prose = Field(title="移送理由")
    accused: OptionalLine = Field(default=None, title="被检举控告人")
    accused_unit: OptionalLine = Field(default=None, title="被检举控告单位")
    organ: OptionalLine = Field(
        default=None, title="移送机关", description="由纪工委按管理权限移送时填写。"
    )
    organ_unit: OptionalLine = Field(default=None, title="移送的本街道单位")


class AssignPetition(Command):
    """交承办科室: after it was checked whether somebody must keep out of it."""

    unit: Line = Field(title="承办单位")
    handler: OptionalLine = Field(default=None, title="承办人")
    recusal_checked: bool = Field(default=False, title="已核查承办单位和承办人无须回避")
    recused: OptionalLine = Field(
        default=None, title="应当回避的人员", description="填账号，多人用顿号隔开。"
    )
    recusal_reason: OptionalLine = Field(default=None, title="回避理由")
    request: OptionalProse = Field(default=None, title="办理要求")
    due_on: OptionalDay = Field(
        default=None, title="法定履职期限", description="第五种途径，有关法律法规另有期限的填写。"
    )


class DraftOpinion(Command):
    """拟写: demands, facts, opinion and law, the four parts of art. 32, and the remedy."""

    request: Prose = Field(title="投诉请求")
    facts: Prose = Field(title="查明的事实和理由")
    opinion: Prose = Field(title="处理意见", description="逐项回应每一条请求。")
    basis: Prose = Field(title="法律法规依据")
    outcome: Annotated[OpinionOutcome | None, code_of(OpinionOutcome), BlankIsNone] = Field(
        default=None, title="意见类型"
    )
    advice: Annotated[AdviceOutcome | None, code_of(AdviceOutcome), BlankIsNone] = Field(
        default=None, title="建议采纳情况"
    )
    execute_by: OptionalDay = Field(
        default=None, title="执行期限", description="支持或者部分支持的，须写明何时落实。"
    )
    remedy: OptionalProse = Field(
        default=None, title="救济途径", description="不填则按规定写明复查机关和三十日期限。"
    )


class CheckLegality(Command):
    """合法性审核 of the draft by the legal adviser."""

    granted: bool = Field(title="是否通过")
    note: Prose = Field(title="审核意见")


class SignOff(Command):
    """签发 by the leader, or sent back."""

    granted: bool = Field(title="是否签发")
    note: OptionalProse = Field(default=None, title="签发意见")


class ServePaper(Command):
    """送达: which paper reached whom, how and when; only this stops a limit."""

    kind: Annotated[PaperKind | None, code_of(PaperKind), BlankIsNone] = Field(
        default=None, title="文书", description="不选即为当前环节应当送达的文书。"
    )
    method: Annotated[ServiceMethod, code_of(ServiceMethod)] = Field(
        default=ServiceMethod.IN_PERSON, title="送达方式"
    )
    receiver: Line = Field(title="签收人")
    served_at: OptionalInstant = Field(
        default=None, title="送达时间", description="按回证上的时间填，不填即为现在。"
    )
    witness: OptionalLine = Field(default=None, title="见证人")
    note: OptionalProse = Field(default=None, title="备注")


class ReportExecution(Command):
    """执行情况 of an opinion that supported a demand."""

    text: Prose = Field(title="执行情况")
    done: bool = Field(default=False, title="已执行完毕")


class RequestReview(Command):
    """信访人申请复查、复核, with the day on which it was asked."""

    reason: OptionalProse = Field(default=None, title="申请理由")
    requested_at: OptionalInstant = Field(default=None, title="申请时间")
    organ: OptionalLine = Field(
        default=None, title="复查复核机关", description="不填则为本街道设定的机关。"
    )


class DecideReview(Command):
    """What the organ above decided, recorded from its paper."""

    outcome: Annotated[ReviewOutcome, code_of(ReviewOutcome)] = Field(title="结论")
    number: OptionalLine = Field(default=None, title="意见书文号")
    served_at: OptionalInstant = Field(
        default=None, title="送达信访人时间", description="责令重办的，填收到决定的时间。"
    )
    text: Prose = Field(title="意见摘要")


class ConcludePetition(Command):
    """程序终结, or the report on an assignment that went out."""

    ground: Annotated[ConcludeGround | None, code_of(ConcludeGround), BlankIsNone] = Field(
        default=None, title="终结情形", description="交办件报结时不选。"
    )
    text: Prose = Field(title="说明")


class MarkSettled(Command):
    """化解认定: proposed by the clerk with evidence, found by a leader."""

    granted: bool | None = Field(default=None, title="是否认定化解")
    text: Prose = Field(title="息诉罢访、回访等依据")


OptionalJudgement = Annotated[
    Satisfaction | None, code_of(Satisfaction, OFFERED_TO_PETITIONERS), BlankIsNone
]


class EvaluatePetition(Command):
    """群众评价 of the two parties, each once, with number and query code."""

    query_code: Line = Field(title="查询码")
    office: OptionalJudgement = Field(default=None, title="对信访部门的评价")
    unit: OptionalJudgement = Field(default=None, title="对责任单位的评价")
    note: OptionalProse = Field(default=None, title="想说的话")


class ReviewByPetitioner(Command):
    """申请复查、复核 by the petitioner, with number and query code."""

    query_code: Line = Field(title="查询码")
    reason: Prose = Field(title="申请理由")


class WithdrawByPetitioner(Command):
    """撤回 by the petitioner, with number and query code."""

    query_code: Line = Field(title="查询码")
    text: Prose = Field(title="撤回说明")
