"""Letters and slips between organs and units: forwarding, assigning, objecting, pressing.

Source: 《信访工作条例》(2022) art. 22, 23, 30, 40; docs/rules/papers.md §4.
"""

from casetracker.domain.papers import common_fields as f
from casetracker.domain.papers.forms import Audience, Fields, Numbering, PaperForm, Signs
from casetracker.domain.petition_vocabulary import PaperKind

CONTACT = "联系人：{contact}，联系电话：{phone}"
CONFIDENTIAL = "请严格保密，不得将信访材料和信访人的有关情况透露、转给被反映的人员或者单位。"
_CASE = (f.CASE_NUMBER, f.PETITIONER, f.PETITIONER_PHONE, f.PETITIONER_ADDRESS, f.CHANNEL,
         f.PERSONS, f.RECEIVED_ON)  # fmt: skip
_CASE_TABLE = Fields(tuple(field.name for field in (*_CASE, f.MATTER)))
_ORDER = (
    f.line("given_number", "督办编号", source=f.RECORDED),
    f.CASE_NUMBER,
    f.UNIT,
    f.line("level", "督办方式", source=f.RECORDED),
    f.line("trigger", "督办事由", source=f.RECORDED),
    f.named(f.MATTER, "事项"),
    f.prose("facts", "基本情况", source=f.OFFERED),
    f.prose("requirement", "督办要求", source=f.RECORDED),
    f.named(f.REPORT_DUE_ON, "反馈期限"),
    f.line("approver", "批准人", source=f.OFFERED),
    f.CONTACT,
    f.PHONE,
)

FORWARD_SLIP = PaperForm(
    kind=PaperKind.FORWARD_SLIP,
    title="信访事项转办单",
    basis="《信访工作条例》第二十三条第一款",
    fields=(f.TO_ORGAN, *_CASE, f.MATTER, f.REQUIREMENT, f.may(f.REPORT_DUE_ON), f.ANNEXES,
            f.CONTACT, f.PHONE),
    body=(
        "现将下列信访事项转你单位，请依照职责处理，自收到之日起十五日内书面告知信访人接收情况以及"
        "处理途径和程序，并答复信访人：",
        _CASE_TABLE,
        "办理要求：{requirement}",
        "反馈期限：{report_due_on}。",
        "不属于你单位职权范围的，请自收到之日起五个工作日内提出异议，详细说明理由，经核实同意后交还"
        "相关材料。",
        CONFIDENTIAL,
    ),
    audience=Audience.ORGANS,
    numbering=Numbering.SERIES,
    addressee="{to_organ}",
    note=CONTACT,
    attachments="{annexes}",
)  # fmt: skip

ASSIGNMENT_LETTER = PaperForm(
    kind=PaperKind.ASSIGNMENT_LETTER,
    title="信访事项交办函",
    basis="《信访工作条例》第二十二条第一款、第二十三条第一款",
    fields=(f.TO_ORGAN, *_CASE, f.MATTER, f.REQUIREMENT, f.REPORT_DUE_ON, f.ANNEXES, f.COPIES,
            f.CONTACT, f.PHONE),
    body=(
        "现将下列信访事项交你单位办理：",
        _CASE_TABLE,
        "# 办理要求",
        "{requirement}",
        "# 反馈期限和方式",
        "请于{report_due_on}前报送办结报告，内容包括调查核实的情况、处理意见、法律法规依据、答复和送达"
        "信访人的情况。不能按期办结的，请说明情况。",
        "# 保密要求",
        CONFIDENTIAL,
    ),
    audience=Audience.ORGANS,
    numbering=Numbering.SERIES,
    addressee="{to_organ}",
    note=CONTACT,
    attachments="{annexes}",
    copies="{copies}",
)  # fmt: skip

OBJECTION_LETTER = PaperForm(
    kind=PaperKind.OBJECTION_LETTER,
    title="信访事项转送异议函",
    basis="《信访工作条例》第二十三条第三款",
    fields=(
        f.named(f.TO_ORGAN, "转送机关"),
        f.line("sent_number", "来文文号", source=f.OFFERED),
        f.day("sent_on", "来文日期", required=False, source=f.OFFERED),
        f.CASE_NUMBER, f.PETITIONER, f.RECEIVED_ON, f.MATTER, f.REASON,
        f.line("law", "职权依据"),
        f.line("proper_organ", "建议的有权处理机关"),
        f.ANNEXES, f.CONTACT, f.PHONE,
    ),
    body=(
        "你单位转来的{petitioner}信访事项（来文文号：{sent_number}，登记编号：{case_number}），本机关于"
        "{received_on}收到。",
        "来文日期：{sent_on}。",
        "主要事项：{matter}",
        "经研究，该事项不属于本机关职权范围，现根据《信访工作条例》第二十三条第三款的规定提出异议。",
        "# 理由",
        "{reason}",
        "# 依据",
        "{law}",
        "# 建议",
        "建议由{proper_organ}处理。请核实；同意后，本机关即交还相关材料。",
    ),
    audience=Audience.ORGANS,
    numbering=Numbering.SERIES,
    addressee="{to_organ}",
    note=CONTACT,
    attachments="{annexes}",
)  # fmt: skip

TRANSFER_SLIP = PaperForm(
    kind=PaperKind.TRANSFER_SLIP,
    title="检举控告移送单",
    basis="《信访工作条例》第二十二条第二款、第三十条",
    fields=(f.TO_ORGAN, f.CASE_NUMBER, f.RECEIVED_ON, f.CHANNEL,
            f.line("accused", "被反映人（单位）", source=f.OFFERED),
            f.named(f.MATTER, "反映的主要问题"), f.ANNEXES, f.CONTACT, f.PHONE),
    body=(
        "现将下列检举控告材料按照管理权限移送你单位，请依规依纪依法处理：",
        Fields(("case_number", "received_on", "channel", "accused", "matter")),
        "根据《信访工作条例》第三十条第三款的规定，不得将检举控告材料及有关情况披露或者转给被检举控告的"
        "人员或者单位。",
        Signs(("移送人", "接收人", "接收时间")),
    ),
    audience=Audience.ORGANS,
    addressee="{to_organ}",
    note=CONTACT,
    attachments="{annexes}",
    mark="保密件",
    is_sealed=True,
)  # fmt: skip

HANDLING_SLIP = PaperForm(
    kind=PaperKind.HANDLING_SLIP,
    title="信访事项交办单",
    basis="《信访工作条例》第二十八条第三款、第三十四条",
    fields=(*_CASE, f.UNIT, f.HANDLER, f.MATTER, f.REQUIREMENT, f.ACCEPTED_ON, f.DUE_ON,
            f.may(f.REPORT_DUE_ON, "提交处理意见稿的期限")),
    body=(
        Fields(("case_number", "channel", "petitioner", "persons", "petitioner_phone",
                "received_on", "petitioner_address", "unit", "handler", "accepted_on", "due_on",
                "report_due_on", "matter", "requirement")),
        "承办人与该事项或者信访人有直接利害关系的，应当回避。",
        Signs(("交办人", "签收人", "签收时间")),
    ),
)  # fmt: skip

SUPERVISION_ORDER = PaperForm(
    kind=PaperKind.SUPERVISION_ORDER,
    title="督办单",
    basis="《信访工作条例》第四十条",
    fields=(*_ORDER, f.may(f.named(f.PETITIONER, "信访人（诉求人）")),
            f.prose("feedback", "办理反馈", required=False, source=f.OFFERED),
            f.prose("closure", "销号意见", required=False)),
    body=(
        Fields(("case_number", "unit", "level", "trigger", "petitioner", "report_due_on", "matter",
                "facts", "requirement", "approver")),
        "请按照要求办理，在反馈期限前书面反馈办理情况和采纳改进建议的情况。",
        Fields(("feedback", "closure")),
        Signs(("承办单位负责人", "督办人", "销号时间")),
    ),
    audience=Audience.ORGANS,
    numbering=Numbering.GIVEN,
    addressee="{unit}",
    note=CONTACT,
)  # fmt: skip

URGING_NOTICE = PaperForm(
    kind=PaperKind.URGING_NOTICE,
    title="催办通知书",
    basis="《信访工作条例》第四十条；市民服务热线督办办法",
    fields=(f.UNIT, f.CASE_NUMBER, f.MATTER, f.DUE_ON,
            f.prose("facts", "目前进度", source=f.OFFERED), f.REQUIREMENT, f.REPORT_DUE_ON,
            f.CONTACT, f.PHONE),
    body=(
        "你单位承办的事项（{case_number}），办理期限为{due_on}，至今尚未办结。",
        "主要事项：{matter}",
        "目前进度：{facts}",
        "请抓紧办理：{requirement}",
        "并于{report_due_on}前书面反馈办理情况。逾期仍未反馈的，将予以督办、通报。",
    ),
    audience=Audience.ORGANS,
    numbering=Numbering.SERIES,
    addressee="{unit}",
    note=CONTACT,
)  # fmt: skip

INSTRUCTION_COPY = PaperForm(
    kind=PaperKind.INSTRUCTION_COPY,
    title="领导批示抄告单",
    basis="《信访工作条例》第十八条第二款",
    fields=(f.UNIT, f.CASE_NUMBER, f.MATTER,
            f.line("leader", "批示领导", source=f.OFFERED),
            f.day("instructed_on", "批示日期", source=f.OFFERED),
            f.prose("instruction", "批示内容", source=f.OFFERED), f.REQUIREMENT, f.REPORT_DUE_ON,
            f.CONTACT, f.PHONE),
    body=(
        "现将领导批示抄告你单位，请认真落实：",
        Fields(("case_number", "leader", "instructed_on", "report_due_on", "matter", "instruction",
                "requirement")),
        Signs(("签收人", "签收时间")),
    ),
    audience=Audience.ORGANS,
    addressee="{unit}",
    note=CONTACT,
)  # fmt: skip

LETTERS = (FORWARD_SLIP, ASSIGNMENT_LETTER, OBJECTION_LETTER, TRANSFER_SLIP, HANDLING_SLIP,
           SUPERVISION_ORDER, URGING_NOTICE, INSTRUCTION_COPY)  # fmt: skip
