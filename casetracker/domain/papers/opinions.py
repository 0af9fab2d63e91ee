"""What ends a matter in writing: opinion, reply, reviews, and the answer to a hotline case.

Source: 《信访工作条例》(2022) art. 29, 31 to 36; 北京市信访条例 art. 43;
上海市信访条例 art. 38 to 40.
"""

from casetracker.domain.papers import common_fields as f
from casetracker.domain.papers.forms import Audience, Numbering, PaperForm
from casetracker.domain.petition_vocabulary import PaperKind

_DEMANDS = f.prose("demands", "投诉请求", source=f.RECORDED)
_FACTS = f.prose("facts", "查明的事实", source=f.RECORDED)
_DECISION = f.prose("decision", "处理意见（逐项）", source=f.RECORDED)
_BASIS = f.prose("basis", "法律法规依据", source=f.RECORDED)
_REMEDY = f.prose("remedy", "救济途径", source=f.RECORDED)
_ABOVE = (
    f.line("issuing_organ", "作出机关"),
    f.line("given_number", "文号"),
    f.named(f.PETITIONER, "申请人"),
    f.line("respondent", "被申请人", source=f.OFFERED),
    f.OPINION_NUMBER,
    f.prose("demands", "申请请求"),
    f.prose("facts", "查明的事实"),
    f.prose("decision", "复查（复核）意见"),
    f.prose("basis", "法律法规依据"),
)
"""An opinion of the organ above bears that organ's number and date."""

OPINION = PaperForm(
    kind=PaperKind.OPINION,
    title="信访事项处理意见书",
    basis="《信访工作条例》第三十一条第六项、第三十二条",
    fields=(
        f.PETITIONER, f.CASE_NUMBER, f.CHANNEL, f.RECEIVED_ON, f.ACCEPTED_ON,
        _DEMANDS, _FACTS, _DECISION, _BASIS, _REMEDY, f.CONTACT, f.PHONE,
    ),
    body=(
        "您（你们）于{received_on}以{channel}方式提出的信访事项（登记编号：{case_number}），本机关于"
        "{accepted_on}受理。经调查核实，现提出处理意见如下：",
        "# 投诉请求",
        "{demands}",
        "# 查明的事实和理由",
        "{facts}",
        "# 法律法规依据",
        "{basis}",
        "# 处理意见",
        "{decision}",
        "# 权利告知",
        "{remedy}",
    ),
    audience=Audience.PETITIONER,
    numbering=Numbering.SERIES,
    addressee="{petitioner}",
    note="联系人：{contact}，联系电话：{phone}",
    is_disclosed=True,
    is_served=True,
    by_step=True,
)  # fmt: skip

REPLY = PaperForm(
    kind=PaperKind.REPLY,
    title="信访事项答复意见书",
    basis="《信访工作条例》第二十九条、第三十一条第五项",
    fields=(
        f.PETITIONER, f.CASE_NUMBER, f.CHANNEL, f.RECEIVED_ON,
        _DEMANDS, _FACTS, _DECISION, _BASIS, f.may(_REMEDY), f.CONTACT, f.PHONE,
    ),
    body=(
        "您（你们）于{received_on}以{channel}方式提出的事项（登记编号：{case_number}），本机关已经研究"
        "办理。现答复如下：",
        "# 提出的建议或者请求",
        "{demands}",
        "# 了解和核实的情况",
        "{facts}",
        "# 依据",
        "{basis}",
        "# 答复意见",
        "{decision}",
        "{remedy}",
    ),
    audience=Audience.PETITIONER,
    numbering=Numbering.SERIES,
    addressee="{petitioner}",
    note="联系人：{contact}，联系电话：{phone}",
    is_disclosed=True,
    is_served=True,
    by_step=True,
)  # fmt: skip

REVIEW_OPINION = PaperForm(
    kind=PaperKind.REVIEW_OPINION,
    title="信访事项复查意见书",
    basis="《信访工作条例》第三十五条",
    fields=(*_ABOVE, f.prose("remedy", "申请复核的期限和机关")),
    body=(
        "申请人{petitioner}对{respondent}作出的处理意见（{opinion_number}）不服，向{issuing_organ}"
        "申请复查。",
        "# 申请请求",
        "{demands}",
        "# 查明的事实",
        "{facts}",
        "# 复查意见和依据",
        "{decision}",
        "{basis}",
        "# 权利告知",
        "{remedy}",
    ),
    audience=Audience.PETITIONER,
    numbering=Numbering.GIVEN,
    addressee="{petitioner}",
    is_disclosed=True,
    is_served=True,
)

FINAL_REVIEW_OPINION = PaperForm(
    kind=PaperKind.FINAL_REVIEW_OPINION,
    title="信访事项复核意见书",
    basis="《信访工作条例》第三十六条",
    fields=_ABOVE,
    body=(
        "申请人{petitioner}对{respondent}信访事项（{opinion_number}）的复查意见不服，向"
        "{issuing_organ}申请复核。",
        "# 申请请求",
        "{demands}",
        "# 查明的事实",
        "{facts}",
        "# 复核意见和依据",
        "{decision}",
        "{basis}",
        "根据《信访工作条例》第三十六条第三款的规定，对复核意见不服，仍然以同一事实和理由提出投诉请求的，"
        "不再受理。",
    ),
    audience=Audience.PETITIONER,
    numbering=Numbering.GIVEN,
    addressee="{petitioner}",
    is_disclosed=True,
    is_served=True,
)

HOTLINE_REPLY = PaperForm(
    kind=PaperKind.HOTLINE_REPLY,
    title="诉求答复单",
    basis="12345 热线办理规程（docs/rules/hotline.md 第 14 步）",
    fields=(
        f.named(f.PETITIONER, "诉求人"),
        f.CASE_NUMBER,
        f.RECEIVED_ON,
        f.named(f.MATTER, "诉求事项"),
        f.prose("facts", "核实情况", source=f.OFFERED),
        f.prose("measures", "办理措施和时间"),
        f.prose("not_done", "未能办理的事项和原因", required=False),
        f.prose("basis", "依据", required=False),
        f.line("result", "办理结果", source=f.OFFERED),
        f.line("satisfaction", "诉求人评价", required=False, source=f.OFFERED),
        f.UNIT,
        f.CONTACT,
        f.PHONE,
    ),
    body=(
        "您于{received_on}反映的诉求（{case_number}），由{unit}办理。现答复如下：",
        "# 诉求事项",
        "{matter}",
        "# 核实情况",
        "{facts}",
        "# 办理措施和时间",
        "{measures}",
        "办理结果：{result}。",
        "未能办理的事项和原因：{not_done}",
        "依据：{basis}",
        "您对办理结果的评价：{satisfaction}。",
    ),
    audience=Audience.PETITIONER,
    addressee="{petitioner}",
    note="联系人：{contact}，联系电话：{phone}",
)

OPINIONS = (OPINION, REPLY, REVIEW_OPINION, FINAL_REVIEW_OPINION, HOTLINE_REPLY)
