"""Forms that the office fills for its own file: registering, deciding, serving, closing.

Source: 《信访工作条例》(2022) art. 18 to 21, 33 to 36; docs/rules/papers.md §5.
"""

from casetracker.domain.papers import common_fields as f
from casetracker.domain.papers.forms import Fields, PaperField, PaperForm, Part, Signs
from casetracker.domain.petition_vocabulary import PaperKind


def _form(
    kind: PaperKind,
    title: str,
    basis: str,
    fields: tuple[PaperField, ...],
    *signs: str,
    words: tuple[Part, ...] = (),
) -> PaperForm:
    """A table of its fields, what has to be said below it, and lines to sign on."""
    table = Fields(tuple(field.name for field in fields))
    tail: tuple[Part, ...] = (Signs(signs),) if signs else ()
    return PaperForm(
        kind=kind,
        title=title,
        basis=basis,
        fields=fields,
        body=(table, *words, *tail),
    )


REGISTRATION_FORM = _form(
    PaperKind.REGISTRATION_FORM,
    "信访事项登记表",
    "《信访工作条例》第十九条至第二十一条",
    (
        f.CASE_NUMBER, f.CHANNEL,
        f.moment("received_at", "登记时间", source=f.RECORDED),
        f.line("source_level", "来源层级", required=False, source=f.RECORDED),
        f.PETITIONER, f.line("id_number", "证件号码（已脱敏）", required=False, source=f.RECORDED),
        f.PETITIONER_PHONE, f.PERSONS, f.REPRESENTATIVES,
        f.line("times", "初件或者重件", source=f.RECORDED),
        f.PETITIONER_ADDRESS,
        f.line("sent_number", "上级来文文号", required=False, source=f.OFFERED),
        f.named(f.MATTER, "请求、事实和理由"),
        f.prose("earlier", "以往信访情况", required=False, source=f.OFFERED),
        f.ANNEXES,
        f.line("registered_by", "登记人", source=f.RECORDED),
    ),
    "信访人（代表）", "登记人",
    words=("以上内容已向信访人宣读或者由信访人阅读，与其陈述一致。",),
)  # fmt: skip

EXTENSION_APPROVAL = _form(
    PaperKind.EXTENSION_APPROVAL,
    "信访事项延期审批表",
    "《信访工作条例》第三十四条",
    (
        f.CASE_NUMBER, f.UNIT, f.PETITIONER, f.HANDLER, f.ACCEPTED_ON,
        f.day("original_due_on", "原办理期限届满日", source=f.RECORDED), f.MATTER, f.REASON,
        f.line("extended_days", "申请延长天数", source=f.RECORDED),
        f.day("new_due_on", "延长后的届满日", required=False, source=f.OFFERED),
        f.line("applicant", "申请人", source=f.OFFERED),
        f.prose("decision", "本机关负责人审批意见", required=False, source=f.OFFERED),
    ),
    "申请人", "本机关负责人", "审批日期",
)  # fmt: skip

SERVICE_RECEIPT = _form(
    PaperKind.SERVICE_RECEIPT,
    "送达回证",
    "《信访工作条例》第二十三条、第三十二条；参照《中华人民共和国民事诉讼法》第八十七条至第九十五条",
    (
        f.CASE_NUMBER,
        f.line("paper_title", "送达文书", source=f.OFFERED),
        f.line("paper_number", "文书文号", required=False, source=f.OFFERED),
        f.named(f.PETITIONER, "受送达人"),
        f.line("method", "送达方式", source=f.OFFERED),
        f.line("place", "送达地点", required=False),
        f.moment("served_at", "送达时间", required=False, source=f.OFFERED),
        f.line("receiver", "收件人", required=False, source=f.OFFERED),
        f.line("witness", "见证人", required=False, source=f.OFFERED),
        f.prose("note", "备注（代收、拒收的情况）", required=False, source=f.OFFERED),
    ),
    "受送达人（收件人）", "送达人", "见证人", "签收日期",
)  # fmt: skip

EXECUTION_RECORD = _form(
    PaperKind.EXECUTION_RECORD,
    "处理意见执行情况",
    "《信访工作条例》第三十二条第二款",
    (
        f.CASE_NUMBER, f.PETITIONER, f.OPINION_NUMBER, f.UNIT,
        f.day("execute_by", "承诺的执行期限", required=False, source=f.OFFERED),
        f.prose("decision", "支持的请求", source=f.OFFERED),
        f.prose("progress", "执行情况"),
        f.day("executed_on", "执行完毕日期", required=False, source=f.OFFERED),
    ),
    "承办单位负责人", "信访人确认", "督促执行人",
)  # fmt: skip

CONCLUSION_RECORD = _form(
    PaperKind.CONCLUSION_RECORD,
    "信访事项终结登记表",
    "《信访工作条例》第三十六条第三款",
    (
        f.CASE_NUMBER, f.PETITIONER, f.RECEIVED_ON, f.UNIT, f.MATTER, f.may(f.OPINION_NUMBER),
        f.may(f.SERVED_ON),
        f.line("review_number", "复查意见书文号", required=False, source=f.OFFERED),
        f.line("final_review_number", "复核意见书文号", required=False, source=f.OFFERED),
        f.line("ground", "终结事由", source=f.RECORDED),
        f.day("concluded_on", "终结日期", source=f.RECORDED),
        f.prose("afterwards", "疏导教育和帮扶措施", required=False),
    ),
    "登记人", "信访工作负责人",
)  # fmt: skip

SETTLED_RECORD = _form(
    PaperKind.SETTLED_RECORD,
    "信访事项化解认定表",
    "《信访工作条例》第三十三条、第三十七条",
    (
        f.CASE_NUMBER, f.PETITIONER, f.UNIT,
        f.day("settled_on", "化解日期", source=f.OFFERED), f.MATTER,
        f.prose("measures", "化解措施", source=f.OFFERED),
        f.prose("evidence", "息诉承诺、回访等依据"),
        f.line("approver", "认定领导", source=f.OFFERED),
    ),
    "承办人", "信访人", "认定领导",
)  # fmt: skip

RECEPTION_RECORD = _form(
    PaperKind.RECEPTION_RECORD,
    "领导接访登记表",
    "《信访工作条例》第十八条第二款",
    (
        f.day("held_on", "接访日期", source=f.OFFERED),
        f.line("reception_kind", "接访类型", source=f.OFFERED),
        f.line("leader", "接访领导及职务", source=f.OFFERED),
        f.line("companions", "陪同人员", required=False, source=f.OFFERED),
        f.named(f.PETITIONER, "来访人"), f.named(f.PETITIONER_ADDRESS, "单位或者住址"),
        f.line("place", "问题发生地", required=False, source=f.OFFERED),
        f.may(f.CASE_NUMBER),
        f.named(f.MATTER, "反映的问题"),
        f.prose("cause", "产生原因", required=False, source=f.OFFERED),
        f.prose("instruction", "接待处理意见", source=f.OFFERED),
        f.named(f.UNIT, "责任单位"),
        f.may(f.REPORT_DUE_ON, "承办期限"),
        f.prose("result", "办理结果", required=False, source=f.OFFERED),
        f.line("satisfaction", "来访人评价", required=False, source=f.OFFERED),
    ),
    "接访领导", "来访人", "记录人",
)  # fmt: skip

UNDERTAKING_FORM = _form(
    PaperKind.UNDERTAKING_FORM,
    "领导包案登记表",
    "《信访工作条例》第十八条第二款",
    (
        f.may(f.CASE_NUMBER), f.may(f.PETITIONER),
        f.line("leader", "包案领导及职务", source=f.OFFERED),
        f.named(f.UNIT, "责任单位"),
        f.named(f.MATTER, "包案事项"),
        f.prose("plan", "化解方案", source=f.OFFERED),
        f.day("expected_on", "预计化解日期", required=False, source=f.OFFERED),
        f.day("settled_on", "实际化解日期", required=False, source=f.OFFERED),
        f.line("progress", "进度", required=False, source=f.OFFERED),
        f.line("result", "化解结果", required=False, source=f.OFFERED),
        f.prose("milestones", "推进情况", required=False, source=f.OFFERED),
    ),
    "包案领导", "责任单位负责人",
)  # fmt: skip

DISPATCH_SLIP = _form(
    PaperKind.DISPATCH_SLIP,
    "派单单",
    "12345 热线办理规程（docs/rules/hotline.md 第 4 步）",
    (
        f.CASE_NUMBER, f.line("urgency", "紧急程度", source=f.RECORDED), f.UNIT,
        f.line("helpers", "协办单位", required=False, source=f.OFFERED),
        f.RECEIVED_ON, f.moment("due_at", "办理期限", source=f.RECORDED),
        f.named(f.PETITIONER, "诉求人"),
        f.line("masked_phone", "联系电话（已脱敏）", required=False, source=f.RECORDED),
        f.named(f.MATTER, "诉求事项"),
        f.may(f.REQUIREMENT), f.prose("special", "特别提示", required=False),
    ),
    "派单人", "签收人", "签收时间",
)  # fmt: skip

EXTENSION_REQUEST = _form(
    PaperKind.EXTENSION_REQUEST,
    "延期申请表",
    "12345 热线办理规程（docs/rules/hotline.md 第 11 步）",
    (
        f.CASE_NUMBER, f.UNIT, f.named(f.MATTER, "诉求事项"),
        f.line("reason_code", "延期事由", source=f.RECORDED), f.REASON,
        f.prose("basis", "依据", required=False),
        f.line("extended_days", "申请延长天数", source=f.RECORDED),
        f.moment("due_at", "现办理期限", source=f.RECORDED),
        f.line("applicant", "申请人", source=f.OFFERED),
        f.prose("decision", "审批意见", required=False, source=f.OFFERED),
        f.line("approver", "审批人", required=False, source=f.OFFERED),
    ),
    "申请人", "审批人", "审批日期",
)  # fmt: skip

RETURN_REQUEST = _form(
    PaperKind.RETURN_REQUEST,
    "退单申请表",
    "12345 热线办理规程（docs/rules/hotline.md 第 6 步）",
    (
        f.CASE_NUMBER, f.UNIT, f.named(f.MATTER, "诉求事项"),
        f.line("reason_code", "退单事由", source=f.RECORDED), f.REASON,
        f.prose("basis", "职责依据", required=False),
        f.line("next_unit", "建议承办单位", required=False, source=f.OFFERED),
        f.line("applicant", "申请人", source=f.OFFERED),
        f.prose("decision", "审定意见", required=False, source=f.OFFERED),
        f.line("approver", "审定人", required=False, source=f.OFFERED),
    ),
    "申请人", "审定人", "审定日期",
)  # fmt: skip

CONTENTS_LIST = PaperForm(
    kind=PaperKind.CONTENTS_LIST,
    title="卷内目录",
    basis="《归档文件整理规则》（DA/T 22）",
    fields=(
        f.CASE_NUMBER,
        f.PETITIONER,
        PaperField(
            "items", "卷内文件", True, f.T, f.OFFERED,
            (("序号", 2), ("文号", 6), ("责任者", 5), ("题名", 10), ("日期", 5), ("备注", 4)),
        ),
    ),
    body=(Fields(("case_number", "petitioner")), Fields(("items",)), Signs(("立卷人", "检查人"))),
    is_signed=False,
)  # fmt: skip

DESK_FORMS = (
    REGISTRATION_FORM, EXTENSION_APPROVAL, SERVICE_RECEIPT, EXECUTION_RECORD, CONCLUSION_RECORD,
    SETTLED_RECORD, RECEPTION_RECORD, UNDERTAKING_FORM, DISPATCH_SLIP, EXTENSION_REQUEST,
    RETURN_REQUEST, CONTENTS_LIST,
)  # fmt: skip
