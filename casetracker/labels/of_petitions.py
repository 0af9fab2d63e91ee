"""Chinese words for what belongs to petitions (信访) alone."""

from collections.abc import Mapping
from enum import StrEnum

from casetracker.domain import petition_vocabulary as v
from casetracker.domain.papers.catalogue import FORMS

WORDS: Mapping[type[StrEnum], Mapping[str, str]] = {
    v.PetitionClass: {
        v.PetitionClass.SUGGESTION: "建议意见",
        v.PetitionClass.ACCUSATION: "检举控告",
        v.PetitionClass.APPEAL: "申诉求决",
    },
    v.Subroute: {
        v.Subroute.LITIGATION: "诉讼复议检察等涉法涉诉途径",
        v.Subroute.ARBITRATION: "仲裁途径",
        v.Subroute.PARTY_APPEAL: "党员申诉、申请复审",
        v.Subroute.ADMINISTRATIVE: "行政复议、裁决、确认、许可、处罚等途径",
        v.Subroute.DUTY: "履行职责或者答复",
        v.Subroute.OPINION: "听取陈述、调查核实、出具处理意见",
    },
    v.Purpose: {
        v.Purpose.APPEAL: "申诉",
        v.Purpose.DEMAND: "求决",
        v.Purpose.ACCUSATION: "揭发控告",
        v.Purpose.SUGGESTION: "意见建议",
        v.Purpose.OTHER: "其他",
    },
    v.Disposal: {
        v.Disposal.FORWARDED: "转送",
        v.Disposal.ASSIGNED_DOWN: "交办",
        v.Disposal.REDIRECTED: "导入法定程序",
        v.Disposal.REFUSED: "不予受理",
        v.Disposal.REFUSED_AGAIN: "不再受理",
        v.Disposal.ACCEPTED: "受理",
        v.Disposal.ACCEPTED_SIMPLE: "简易办理",
        v.Disposal.DIRECT: "直接办理",
        v.Disposal.RETURNED: "退回转送机关",
        v.Disposal.MOVED_TO_LANE: "移送纪检",
    },
    v.OpinionOutcome: {
        v.OpinionOutcome.SUPPORTED: "支持",
        v.OpinionOutcome.EXPLAINED: "解释说明",
        v.OpinionOutcome.NOT_SUPPORTED: "不予支持",
        v.OpinionOutcome.PARTLY: "部分支持",
    },
    v.AdviceOutcome: {
        v.AdviceOutcome.ADOPTED: "采纳",
        v.AdviceOutcome.PARTLY_ADOPTED: "部分采纳",
        v.AdviceOutcome.NOT_ADOPTED: "不采纳",
    },
    v.RecordKind: {
        v.RecordKind.NOTE: "办理记录",
        v.RecordKind.INTERVIEW: "谈话笔录",
        v.RecordKind.SITE_VISIT: "走访核查",
        v.RecordKind.EVIDENCE: "调查取证",
        v.RecordKind.HEARING: "听证",
        v.RecordKind.MEDIATION: "调解",
        v.RecordKind.SETTLEMENT: "和解",
    },
    v.ReviewStage: {
        v.ReviewStage.REVIEW: "复查",
        v.ReviewStage.FINAL_REVIEW: "复核",
    },
    v.ReviewOutcome: {
        v.ReviewOutcome.UPHELD: "维持",
        v.ReviewOutcome.CHANGED: "变更",
        v.ReviewOutcome.REHANDLE: "撤销并责令重新办理",
    },
    v.ConcludeGround: {
        v.ConcludeGround.FINAL_REVIEW: "复核意见已作出",
        v.ConcludeGround.WINDOW_LAPSED: "逾期未申请复查复核",
        v.ConcludeGround.WITHDRAWN: "信访人撤回申请",
        v.ConcludeGround.MEDIATED: "达成调解或者和解协议",
        v.ConcludeGround.DEATH: "信访人死亡且无人承继",
        v.ConcludeGround.LANE_FINISHED: "保密件办结",
    },
    v.ServiceMethod: {
        v.ServiceMethod.IN_PERSON: "直接送达",
        v.ServiceMethod.LEFT: "留置送达",
        v.ServiceMethod.POST: "邮寄送达",
        v.ServiceMethod.ENTRUSTED: "委托送达",
        v.ServiceMethod.ELECTRONIC: "电子送达",
        v.ServiceMethod.ANNOUNCEMENT: "公告送达",
        v.ServiceMethod.NOT_OWED: "姓名、住址不清，依法无须告知",
    },
    v.EvaluatedParty: {
        v.EvaluatedParty.OFFICE: "信访部门",
        v.EvaluatedParty.UNIT: "责任单位",
    },
    v.PaperKind: {kind: form.title for kind, form in FORMS.items()},
    v.ReceptionKind: {
        v.ReceptionKind.ON_SITE: "现场接访",
        v.ReceptionKind.GOING_DOWN: "带案下访",
        v.ReceptionKind.BY_APPOINTMENT: "预约接访",
    },
    v.UndertakingResult: {
        v.UndertakingResult.SETTLED: "已化解",
        v.UndertakingResult.PARTLY: "部分化解",
        v.UndertakingResult.NOT_SETTLED: "未化解",
        v.UndertakingResult.IN_COURT: "转入司法程序",
    },
    v.VisitResult: {
        v.VisitResult.ANSWERED: "当场答复",
        v.VisitResult.DIRECTED: "引导法定途径",
        v.VisitResult.HANDED_OVER: "转责任单位",
        v.VisitResult.REGISTERED: "登记为信访件",
    },
    v.SessionStatus: {
        v.SessionStatus.PLANNED: "待公布",
        v.SessionStatus.PUBLISHED: "已公布",
        v.SessionStatus.HELD: "已接访",
        v.SessionStatus.CANCELLED: "已取消",
    },
}
