"""Notices to the petitioner (告知书): what was done with the petition, why, and what they can do.

Source: 《信访工作条例》(2022) art. 19, 23, 31, 34 to 36; docs/rules/papers.md §3.
"""

from casetracker.domain.papers import common_fields as f
from casetracker.domain.papers.forms import Audience, Numbering, PaperField, PaperForm, Part
from casetracker.domain.petition_vocabulary import PaperKind

ARRIVED = (
    "您（你们）于{received_on}以{channel}方式提出的信访事项，本机关已经收到，登记编号："
    "{case_number}。"
)
MATTER = "主要事项：{matter}"
PROGRESS = "您（你们）可以凭登记编号和查询码，在本机关公开的网上平台查询办理进度。"
KEEP_CODE = "查询码：{query_code}。请妥善保管，不要告诉他人。"
CONTACT = "联系人：{contact}，联系电话：{phone}"
HEAD = (f.PETITIONER, f.CASE_NUMBER, f.CHANNEL, f.RECEIVED_ON, f.MATTER)
TAIL = (f.CONTACT, f.PHONE)


def _notice(
    kind: PaperKind,
    title: str,
    basis: str,
    body: tuple[Part, ...],
    *fields: PaperField,
) -> PaperForm:
    """Every notice names petitioner, petition and contact, has a number and must be served."""
    return PaperForm(
        kind=kind,
        title=title,
        basis=basis,
        fields=(*HEAD, *fields, *TAIL),
        body=(ARRIVED, MATTER, *body),
        audience=Audience.PETITIONER,
        numbering=Numbering.SERIES,
        addressee="{petitioner}",
        note=CONTACT,
        is_disclosed=True,
        is_served=True,
    )


NOTICES = (
    _notice(
        PaperKind.ACCEPTANCE_NOTICE,
        "信访事项受理告知书",
        "《信访工作条例》第二十三条、第三十四条",
        (
            "经审查，根据《信访工作条例》第二十三条、第三十一条的规定，本机关决定自{accepted_on}起"
            "受理该事项，由{unit}具体办理。",
            "办理途径和程序：{route}",
            "办理期限为{limit_words}，即在{due_on}前作出处理意见，并书面答复您（你们）。",
            "对处理意见不服的，可以自收到书面答复之日起三十日内，向{review_organ}申请复查。",
            PROGRESS,
            KEEP_CODE,
        ),
        f.ACCEPTED_ON,
        f.UNIT,
        f.ROUTE,
        f.LIMIT_WORDS,
        f.DUE_ON,
        f.REVIEW_ORGAN,
        f.QUERY_CODE,
    ),
    _notice(
        PaperKind.RECEPTION_NOTICE,
        "信访事项接收情况告知书",
        "《信访工作条例》第二十三条",
        (
            "根据《信访工作条例》第二十三条的规定，现将接收情况以及处理途径和程序告知如下：",
            "{route}",
            PROGRESS,
            KEEP_CODE,
        ),
        f.ROUTE,
        f.QUERY_CODE,
    ),
    _notice(
        PaperKind.FORWARD_NOTICE,
        "信访事项转送告知书",
        "《信访工作条例》第二十三条第一款",
        (
            "经审查，该事项依照职责应当由{to_organ}处理。根据《信访工作条例》第二十三条第一款的"
            "规定，本机关已于{forwarded_on}将该事项转去，由其依法处理并答复您（你们）。",
            "请与{to_organ}联系，电话：{to_phone}。",
        ),
        f.named(f.TO_ORGAN, "转去机关"),
        f.day("forwarded_on", "转送日期", source=f.OFFERED),
        f.line("to_phone", "转去机关电话", required=False),
    ),
    _notice(
        PaperKind.REDIRECT_NOTICE,
        "法定途径告知书",
        "《信访工作条例》第三十一条第一项至第五项",
        (
            "经审查，该事项属于{law}规定的情形，应当通过{route}解决，不属于信访工作机构直接处理的"
            "范围。",
            "理由：{reason}",
            "请依照上述途径向{to_organ}提出，并注意法律规定的期限。{deadline_words}",
        ),
        f.LAW,
        f.named(f.ROUTE, "法定途径"),
        f.REASON,
        f.named(f.TO_ORGAN, "有权处理机关"),
        f.prose("deadline_words", "提出期限", required=False),
    ),
    _notice(
        PaperKind.REFUSAL_NOTICE,
        "信访事项不予受理告知书",
        "《信访工作条例》第十九条第三款、第二十三条第一款",
        (
            "经审查，本机关对该事项不予受理。",
            "理由：{reason}",
            "依据：{law}。",
            "您（你们）可以向{to_organ}提出。{guidance}",
            "此前已有的处理意见：{previous}。",
        ),
        f.REASON,
        f.LAW,
        f.named(f.may(f.TO_ORGAN), "有权处理机关"),
        f.prose("guidance", "提出的途径", required=False),
        f.line("previous", "此前的处理意见文号", required=False),
    ),
    _notice(
        PaperKind.REFUSED_AGAIN_NOTICE,
        "信访事项不再受理告知书",
        "《信访工作条例》第三十六条第三款",
        (
            "经查，该事项此前已经作出：{previous}。",
            "本次提出的事实和理由与此前相同：{same_facts}",
            "根据《信访工作条例》第三十六条第三款的规定，信访人对复核意见不服，仍然以同一事实和理由"
            "提出投诉请求的，各级党委和政府信访部门和其他机关、单位不再受理。本机关对该事项不再受理。",
            "生活确有困难的，可以依法申请社会救助，我们将协助办理。",
        ),
        f.prose("previous", "处理、复查、复核意见文号及日期", source=f.OFFERED),
        f.prose("same_facts", "同一事实和理由的认定"),
    ),
    _notice(
        PaperKind.EXTENSION_NOTICE,
        "延长办理期限告知书",
        "《信访工作条例》第三十四条",
        (
            "该事项原定于{original_due_on}前办结。因{reason}，根据《信访工作条例》第三十四条的规定，"
            "经{approver}批准，延长办理期限{extended_days}日，延长至{due_on}。",
            PROGRESS,
        ),
        f.day("original_due_on", "原办理期限届满日", source=f.RECORDED),
        f.REASON,
        f.line("approver", "批准人", source=f.RECORDED),
        f.line("extended_days", "延长天数", source=f.RECORDED),
        f.named(f.DUE_ON, "延长后的届满日"),
    ),
)

RECEIPT = PaperForm(
    kind=PaperKind.RECEIPT,
    title="信访登记回执",
    basis="《信访工作条例》第二十一条第二款、第二十三条",
    fields=(*HEAD, f.QUERY_CODE, *TAIL),
    body=(
        ARRIVED,
        MATTER,
        "本机关将自收到之日起十五日内书面告知接收情况以及处理途径和程序。",
        PROGRESS,
        KEEP_CODE,
    ),
    audience=Audience.PETITIONER,
    addressee="{petitioner}",
    note=CONTACT,
)
