"""Papers of the hearing of people: records of talks and hearings, agreements, the review request.

Source: 《信访工作条例》(2022) art. 31(6), 33, 35, 36; docs/rules/papers.md §6.
"""

from casetracker.domain.papers import common_fields as f
from casetracker.domain.papers.forms import Audience, Fields, Numbering, PaperForm, Signs
from casetracker.domain.petition_vocabulary import PaperKind

READ_BACK = "以上笔录经本人阅读（或者向本人宣读），与本人所说一致。"
_MEETING = (
    f.CASE_NUMBER,
    f.moment("began_at", "开始时间", source=f.OFFERED),
    f.moment("ended_at", "结束时间", required=False, source=f.OFFERED),
    f.line("place", "地点", source=f.OFFERED),
)
_AGREEMENT = (
    f.CASE_NUMBER,
    f.prose("parties", "当事人", source=f.OFFERED),
    f.prose("dispute", "争议事项", source=f.OFFERED),
    f.prose("terms", "协议内容"),
    f.day("perform_by", "履行期限"),
)
_AGREEMENT_BODY = (
    "# 当事人",
    "{parties}",
    "# 争议事项",
    "{dispute}",
    "# 协议内容",
    "{terms}",
    "履行期限：{perform_by}前。",
)

INTERVIEW_RECORD = PaperForm(
    kind=PaperKind.INTERVIEW_RECORD,
    title="谈话笔录",
    basis="《信访工作条例》第三十一条第六项",
    fields=(
        *_MEETING,
        f.line("interviewer", "谈话人", source=f.OFFERED),
        f.line("recorder", "记录人"),
        f.line("interviewee", "被谈话人", source=f.OFFERED),
        f.prose("text", "谈话内容", source=f.OFFERED),
    ),
    body=(
        Fields(("case_number", "place", "began_at", "ended_at", "interviewer", "recorder",
                "interviewee")),
        "{text}",
        READ_BACK,
        Signs(("被谈话人", "谈话人", "记录人", "日期")),
    ),
    is_signed=False,
)  # fmt: skip

HEARING_RECORD = PaperForm(
    kind=PaperKind.HEARING_RECORD,
    title="听证笔录",
    basis="《信访工作条例》第三十一条第六项、第三十六条第二款",
    fields=(
        *_MEETING,
        f.line("host", "主持人"),
        f.line("recorder", "记录人"),
        f.prose("parties", "参加人", source=f.OFFERED),
        f.prose("issues", "听证事项"),
        f.prose("text", "陈述和质证情况", source=f.OFFERED),
        f.prose("evidence", "证据", required=False),
        f.prose("conclusion", "听证结论", source=f.OFFERED),
    ),
    body=(
        Fields(("case_number", "place", "began_at", "ended_at", "host", "recorder", "parties")),
        "# 听证事项",
        "{issues}",
        "# 陈述和质证情况",
        "{text}",
        "证据：{evidence}",
        "# 听证结论",
        "{conclusion}",
        READ_BACK,
        Signs(("信访人", "主持人", "听证员", "记录人")),
    ),
    is_signed=False,
)  # fmt: skip

HEARING_NOTICE = PaperForm(
    kind=PaperKind.HEARING_NOTICE,
    title="听证公告",
    basis="《信访工作条例》第三十一条第六项",
    fields=(
        f.CASE_NUMBER,
        f.prose("issues", "听证事项"),
        f.moment("began_at", "听证时间"),
        f.line("place", "听证地点"),
        f.line("host", "主持人"),
        f.prose("attending", "参加和旁听办法", required=False),
        f.CONTACT,
        f.PHONE,
    ),
    body=(
        "本机关定于{began_at}在{place}，就信访事项（登记编号：{case_number}）公开举行听证。",
        "听证事项：{issues}",
        "主持人：{host}。",
        "参加和旁听办法：{attending}",
        "联系人：{contact}，联系电话：{phone}。",
        "特此公告。",
    ),
    numbering=Numbering.SERIES,
)

MEDIATION_AGREEMENT = PaperForm(
    kind=PaperKind.MEDIATION_AGREEMENT,
    title="调解协议书",
    basis="《信访工作条例》第三十三条",
    fields=(*_AGREEMENT, f.line("mediator", "调解人")),
    body=(
        "经{mediator}主持调解，当事人就信访事项（登记编号：{case_number}）自愿达成如下协议：",
        *_AGREEMENT_BODY,
        "本协议自各方签名之日起生效，各方应当按照约定履行。",
        Signs(("当事人", "当事人", "调解人", "签订日期")),
    ),
    audience=Audience.PETITIONER,
    is_served=True,
    is_signed=False,
)

SETTLEMENT_AGREEMENT = PaperForm(
    kind=PaperKind.SETTLEMENT_AGREEMENT,
    title="和解协议书",
    basis="《信访工作条例》第三十三条",
    fields=_AGREEMENT,
    body=(
        "当事人就信访事项（登记编号：{case_number}）自愿和解，达成如下协议：",
        *_AGREEMENT_BODY,
        "本协议自各方签名之日起生效，各方应当按照约定履行。",
        Signs(("当事人", "当事人", "见证人", "签订日期")),
    ),
    audience=Audience.PETITIONER,
    is_served=True,
    is_signed=False,
)

REVIEW_REQUEST = PaperForm(
    kind=PaperKind.REVIEW_REQUEST,
    title="信访事项复查复核申请书",
    basis="《信访工作条例》第三十五条、第三十六条",
    fields=(
        f.named(f.TO_ORGAN, "受理申请的机关"),
        f.named(f.PETITIONER, "申请人"),
        f.PETITIONER_PHONE,
        f.PETITIONER_ADDRESS,
        f.CASE_NUMBER,
        f.line("respondent", "被申请人", source=f.OFFERED),
        f.OPINION_NUMBER,
        f.named(f.SERVED_ON, "收到书面答复的日期"),
        f.prose("demands", "申请请求"),
        f.prose("reason", "事实和理由", source=f.OFFERED),
        f.ANNEXES,
    ),
    body=(
        Fields(("petitioner", "petitioner_phone", "petitioner_address", "case_number",
                "respondent", "opinion_number", "served_on")),
        "# 申请请求",
        "{demands}",
        "# 事实和理由",
        "{reason}",
        Signs(("申请人", "申请日期")),
    ),
    audience=Audience.PETITIONER,
    addressee="{to_organ}",
    attachments="{annexes}",
    is_signed=False,
)  # fmt: skip

PROCEEDINGS = (
    INTERVIEW_RECORD, HEARING_RECORD, HEARING_NOTICE, MEDIATION_AGREEMENT, SETTLEMENT_AGREEMENT,
    REVIEW_REQUEST,
)  # fmt: skip
