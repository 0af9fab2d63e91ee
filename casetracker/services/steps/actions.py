"""Every action of both tracks with its command and its use case: what doors offer."""

from collections.abc import Mapping

from casetracker.domain.vocabulary import Action
from casetracker.services.commands import answering as say
from casetracker.services.commands import handling as do
from casetracker.services.commands import intake as take
from casetracker.services.steps import (
    answering,
    classifying,
    dispatching,
    follow_ups,
    handling,
    holding,
    oversight,
    settling,
    upstream,
    whistling,
)
from casetracker.services.steps.action_spec import ActionSpec, spec
from casetracker.services.steps.appraisal_actions import APPRAISAL_SPECS
from casetracker.services.steps.petition_actions import PETITION_SPECS

A = Action

_SPECS = (
    spec(
        A.ANSWER,
        take.AnswerCase,
        settling.answer_case,
        text="居住证到期前三十日内可到街道政务服务中心办理签注。",
        basis="《居住证暂行条例》第十条",
        via="phone",
    ),
    spec(
        A.DECLINE,
        take.DeclineCase,
        settling.decline_case,
        reason="statutory_channel",
        text="该事项已进入诉讼程序，请向受理法院反映。",
        via="phone",
    ),
    spec(A.GROUP, take.GroupCase, settling.group_case, into="RX2026-000012", reason="同一路灯不亮"),
    spec(
        A.DISPATCH,
        do.DispatchCase,
        dispatching.dispatch_case,
        unit="东风社区",
        assisting=["公共管理办公室"],
        reason="事发地在东风社区",
    ),
    spec(A.SIGN_FOR, do.SignForCase, dispatching.sign_for_case),
    spec(
        A.REQUEST_RETURN,
        do.RequestReturn,
        dispatching.request_return,
        reason="not_our_duty",
        basis="路灯由区城管执法局路灯所维护，见权责清单。",
    ),
    spec(
        A.DECIDE_RETURN,
        do.DecideReturn,
        dispatching.decide_return,
        granted=True,
        note="情况属实，重新派单。",
    ),
    spec(
        A.CONTACT,
        do.ContactResident,
        handling.contact_resident,
        channel="phone",
        outcome="reached",
        note="已电话了解情况，约定下午上门。",
    ),
    spec(
        A.LOG, do.LogProgress, handling.log_progress, text="已到现场查看，线路老化。", public=False
    ),
    spec(
        A.ASSIST,
        do.InviteAssistance,
        handling.invite_assistance,
        units=["综合执法中心"],
        request="请协助清理占道杂物。",
    ),
    spec(A.ASSIST_REPORT, do.ReportAssistance, handling.report_assistance, text="杂物已清理完毕。"),
    spec(
        A.WHISTLE,
        do.BlowWhistle,
        handling.blow_whistle,
        units=["区水务和湖泊局"],
        request="请派员到现场会商排水管网改造。",
    ),
    spec(A.ARRIVE, do.Arrive, whistling.arrive, came="水务局河道科 王科长"),
    spec(
        A.SETTLE_WHISTLE,
        do.SettleWhistle,
        whistling.settle_whistle,
        result="现场会商，由水务局三日内疏通管网。",
    ),
    spec(A.SCORE_UNIT, do.ScoreUnit, whistling.score_unit, score="5", words="按时到场，措施有力。"),
    spec(
        A.SCORE_STREET,
        do.ScoreStreet,
        whistling.score_street,
        score="4",
        words="事由清楚，属本部门职责。",
    ),
    spec(
        A.REQUEST_EXTENSION,
        do.RequestExtension,
        handling.request_extension,
        days=5,
        reason="construction_period",
        text="管网修复需五个工作日施工。",
    ),
    spec(
        A.DECIDE_EXTENSION,
        do.DecideRequest,
        handling.decide_extension,
        granted=True,
        note="同意延期五个工作日，请告知诉求人。",
    ),
    spec(
        A.REQUEST_HOLD,
        do.RequestHold,
        holding.request_hold,
        text="需纳入明年老旧小区改造计划。",
        plan="一季度立项，二季度进场，九月底完工。",
    ),
    spec(
        A.DECIDE_HOLD,
        do.DecideRequest,
        holding.decide_hold,
        granted=True,
        note="同意挂账，按月回看。",
    ),
    spec(
        A.RELEASE,
        do.ReleaseCase,
        holding.release_case,
        settled=False,
        note="工程已进场，恢复办理。",
    ),
    spec(
        A.SUBMIT,
        say.SubmitReply,
        answering.submit_reply,
        result="resolved",
        text="您反映的路灯不亮问题，社区已联系路灯所更换灯具，现已恢复照明。",
    ),
    spec(A.SEND_BACK, say.SendBackReply, answering.send_back_reply, note="请补充整改前后照片。"),
    spec(A.APPROVE, say.ApproveReply, answering.approve_reply, via="phone", note="同意回告。"),
    spec(
        A.FOLLOW_UP,
        say.CallBack,
        follow_ups.call_back,
        validity="valid",
        contacted=True,
        resolved=True,
        satisfaction="satisfied",
    ),
    spec(A.REDO, say.OrderRedo, follow_ups.order_redo, note="请单位负责人到场核实后再次答复。"),
    spec(
        A.CLOSE,
        say.CloseCase,
        follow_ups.close_case,
        unreasonable=True,
        note="诉求超出政策规定，已当面解释。",
    ),
    spec(A.ARCHIVE, say.ArchiveCase, follow_ups.archive_case),
    spec(
        A.REFER,
        do.ReferCase,
        settling.refer_case,
        to="petition",
        text="您的诉求属信访事项，已转信访部门登记。",
        via="phone",
    ),
    spec(
        A.WITHDRAW,
        take.WithdrawCase,
        settling.withdraw_case,
        text="问题已自行解决，诉求人来电撤回。",
    ),
    spec(A.URGE, say.Urge, oversight.urge_case, text="群众再次来电询问进度。"),
    spec(
        A.SUPERVISE,
        say.Supervise,
        oversight.supervise_case,
        level="notice",
        trigger="overdue",
        requirement="请于七日内办结并书面反馈。",
    ),
    spec(
        A.SUPERVISE_REPORT,
        say.SuperviseReport,
        oversight.supervise_report,
        text="已办结并答复群众。",
    ),
    spec(
        A.INSTRUCT, say.Instruct, oversight.instruct_case, text="请社区建设办牵头，本周内拿出方案。"
    ),
    spec(
        A.RECLASSIFY,
        take.ReclassifyCase,
        classifying.reclassify_case,
        category="0203",
        reason="应为路灯问题",
    ),
    spec(A.RETURN_UPSTREAM, do.ReturnUpstream, upstream.return_upstream, text="事发地不在本辖区。"),
    spec(A.EXTEND_UPSTREAM, do.ExtendUpstream, upstream.extend_upstream, text="需等待专业鉴定。"),
)

_ALL = (*_SPECS, *APPRAISAL_SPECS, *PETITION_SPECS)
ACTIONS: Mapping[Action, ActionSpec] = {one.action: one for one in _ALL}
"""By action. REGISTER, EVALUATE, ATTACH and the system's own steps have doors of their own."""
