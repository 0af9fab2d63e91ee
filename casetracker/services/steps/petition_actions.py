"""The actions of the petition track and of the confidential lane, as doors offer them."""

from casetracker.domain.vocabulary import Action
from casetracker.services.commands import petitions as say
from casetracker.services.steps.action_spec import spec
from casetracker.services.steps.lane import transferring
from casetracker.services.steps.petitions import (
    afterwards,
    investigating,
    opinions,
    reviews,
    serving,
    triage,
)

A = Action

PETITION_SPECS = (
    spec(
        A.CLASSIFY,
        say.ClassifyPetition,
        triage.classify,
        petition_class="appeal",
        subroute="6",
        reason="反映还建房漏水维修无人落实，不属于其他法定途径。",
    ),
    spec(A.ACCEPT, say.AcceptPetition, triage.accept, note="同意受理，交社区建设办公室办理。"),
    spec(
        A.FORWARD,
        say.ForwardPetition,
        triage.forward,
        organ="区住房和城市更新局",
        text="该事项属区住房和城市更新局职责，现予转送，请向该局查询办理情况。",
    ),
    spec(
        A.REDIRECT,
        say.RedirectPetition,
        triage.redirect,
        organ="区劳动人事争议仲裁委员会",
        text="劳动报酬争议请向区劳动人事争议仲裁委员会申请仲裁。",
    ),
    spec(
        A.REFUSE_AGAIN,
        say.RefuseAgain,
        triage.refuse_again,
        review_number="某政信复核〔2025〕8号",
        reviewed_on="2025-11-20",
        text="与复核认定的事实和理由相同，没有新的情况。",
    ),
    spec(
        A.RAISE_OBJECTION,
        say.RaiseObjection,
        triage.raise_objection,
        reason="该路段由区交通运输局管养，附管养范围图和移交协议。",
    ),
    spec(
        A.DECIDE_OBJECTION,
        say.DecideObjection,
        triage.decide_objection,
        granted=True,
        text="情况属实，同意退回，改送区交通运输局。",
    ),
    spec(
        A.TRANSFER_CONFIDENTIAL,
        say.TransferConfidential,
        transferring.transfer_confidential,
        reason="反映工作人员违纪，属检举控告。",
    ),
    spec(
        A.ASSIGN,
        say.AssignPetition,
        investigating.assign,
        unit="社区建设办公室",
        recusal_checked=True,
        request="请实地查看并约谈物业公司。",
    ),
    spec(
        A.DRAFT,
        say.DraftOpinion,
        opinions.draft,
        request="请求维修三号楼屋面漏水。",
        facts="经现场查看，三号楼屋面防水层老化，六户顶层住户渗漏。",
        opinion="支持您的请求：由物业公司使用维修资金于六月底前完成屋面防水维修。",
        basis="《住宅专项维修资金管理办法》第二十二条。",
        outcome="supported",
        execute_by="2099-06-30",
    ),
    spec(
        A.LEGAL_CHECK,
        say.CheckLegality,
        opinions.check_legality,
        granted=True,
        note="事实清楚，依据适当，程序合法。",
    ),
    spec(A.SIGN_OFF, say.SignOff, opinions.sign_off, granted=True, note="同意签发。"),
    spec(A.SERVE, say.ServePaper, serving.serve, method="in_person", receiver="本人"),
    spec(
        A.EXECUTE,
        say.ReportExecution,
        serving.execute,
        text="屋面防水已完工，六户签字确认。",
        done=True,
    ),
    spec(A.REQUEST_REVIEW, say.RequestReview, reviews.request_review, reason="认为维修范围不足。"),
    spec(
        A.DECIDE_REVIEW,
        say.DecideReview,
        reviews.decide_review,
        outcome="upheld",
        number="某政信复查〔2026〕3号",
        text="维持原处理意见。",
    ),
    spec(
        A.REQUEST_FINAL_REVIEW,
        say.RequestReview,
        reviews.request_final_review,
        reason="不服复查意见。",
    ),
    spec(
        A.DECIDE_FINAL_REVIEW,
        say.DecideReview,
        reviews.decide_final_review,
        outcome="upheld",
        number="某政信复核〔2026〕1号",
        text="维持复查意见。",
    ),
    spec(
        A.CONCLUDE,
        say.ConcludePetition,
        reviews.conclude,
        ground="final_review",
        text="复核意见已送达信访人，程序终结。",
    ),
    spec(
        A.MARK_SETTLED,
        say.MarkSettled,
        afterwards.mark_settled,
        text="信访人签署息诉承诺，回访表示满意。",
    ),
)
