"""The actions of the appraisal (剔除、恢复考核、申诉、第三方评价) with their commands."""

from casetracker.domain.vocabulary import Action
from casetracker.services.commands import appraising as judge
from casetracker.services.commands import handling as do
from casetracker.services.steps import appraisal, judging
from casetracker.services.steps.action_spec import spec

A = Action

APPRAISAL_SPECS = (
    spec(
        A.EXCLUDE,
        judge.ApplyExclusion,
        appraisal.apply_exclusion,
        reason="beyond_powers",
        text="事项属区级权限，附权责清单截图。",
        document_number="新街权责〔2026〕3号",
    ),
    spec(
        A.DECIDE_EXCLUSION,
        do.DecideRequest,
        appraisal.decide_exclusion,
        granted=True,
        note="证据充分。",
    ),
    spec(
        A.APPEAL,
        judge.AppealAssessment,
        appraisal.appeal_assessment,
        text="已三次上门，诉求超出政策。",
    ),
    spec(
        A.DECIDE_APPEAL,
        judge.DecideAppeal,
        appraisal.decide_appeal,
        demand_reasonable=False,
        duty_done=True,
        note="履职到位，诉求无政策依据。",
    ),
    spec(
        A.REINSTATE,
        judge.Reinstate,
        appraisal.apply_reinstatement,
        text="经核查，该事项在街道权责清单之内，应恢复计入考核。",
    ),
    spec(
        A.DECIDE_REINSTATEMENT,
        do.DecideRequest,
        appraisal.decide_reinstatement,
        granted=True,
        note="情况属实，恢复计入考核。",
    ),
    spec(
        A.JUDGE,
        judge.EnterJudgement,
        judging.enter_judgement,
        held_on="2026-03-02",
        votes=[
            {
                "evaluator": "01号",
                "demand_reasonable": False,
                "duty_done": True,
                "grounds": "政策没有规定，社区已当面解释两次。",
            },
            {
                "evaluator": "02号",
                "demand_reasonable": False,
                "duty_done": True,
                "grounds": "答复依据充分，联系及时。",
            },
            {
                "evaluator": "03号",
                "demand_reasonable": True,
                "duty_done": True,
                "grounds": "诉求可以理解，承办单位已尽责。",
            },
        ],
        text="三名评价员现场查阅案卷并电话询问双方。",
        document_number="新街评〔2026〕1号",
    ),
    spec(
        A.CONFIRM_JUDGEMENT,
        do.DecideRequest,
        judging.confirm_judgement,
        granted=True,
        note="程序合规，确认评价结果。",
    ),
)
