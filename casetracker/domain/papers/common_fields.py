"""Fields that many forms share, so that one matter has one name.

Source: docs/rules/papers.md §2.
"""

from dataclasses import replace

from casetracker.domain.papers.forms import PaperField, Shape, Source

PERSONAL = frozenset(
    {
        "petitioner", "petitioner_phone", "petitioner_address", "representatives", "accused",
        "receiver", "witness", "parties", "interviewee",
    }
)  # fmt: skip
"""Fields that a form does not show beforehand: they are filled when the paper is made."""

L, P, D, M, T = Shape.LINE, Shape.PROSE, Shape.DAY, Shape.MOMENT, Shape.TABLE
TYPED, OFFERED, RECORDED = Source.TYPED, Source.OFFERED, Source.RECORDED


def may(field: PaperField, label: str = "") -> PaperField:
    """The same field where a form can do without it, under another name if given."""
    return replace(field, required=False, label=label or field.label)


def named(field: PaperField, label: str) -> PaperField:
    """The same field under the name that this form gives it."""
    return replace(field, label=label)


def line(name: str, label: str, *, required: bool = True, source: Source = TYPED) -> PaperField:
    return PaperField(name, label, required, L, source)


def prose(name: str, label: str, *, required: bool = True, source: Source = TYPED) -> PaperField:
    return PaperField(name, label, required, P, source)


def day(name: str, label: str, *, required: bool = True, source: Source = TYPED) -> PaperField:
    return PaperField(name, label, required, D, source)


def moment(name: str, label: str, *, required: bool = True, source: Source = TYPED) -> PaperField:
    return PaperField(name, label, required, M, source)


CASE_NUMBER = line("case_number", "登记编号", source=RECORDED)
PETITIONER = line("petitioner", "信访人", source=OFFERED)
PETITIONER_PHONE = line("petitioner_phone", "信访人电话", required=False, source=OFFERED)
PETITIONER_ADDRESS = line("petitioner_address", "信访人住址", required=False, source=OFFERED)
PERSONS = line("persons", "人数", source=RECORDED)
REPRESENTATIVES = line("representatives", "代表人", required=False, source=OFFERED)
CHANNEL = line("channel", "信访形式", source=RECORDED)
RECEIVED_ON = day("received_on", "收到日期", source=RECORDED)
MATTER = prose("matter", "信访事项", source=OFFERED)
ACCEPTED_ON = day("accepted_on", "受理日期", source=RECORDED)
LIMIT_WORDS = line("limit_words", "办理期限", source=RECORDED)
DUE_ON = day("due_on", "办理期限届满日", source=RECORDED)
UNIT = line("unit", "承办单位", source=OFFERED)
ROUTE = prose("route", "办理途径和程序", source=OFFERED)
CONTACT = line("contact", "联系人", source=OFFERED)
PHONE = line("phone", "联系电话", source=OFFERED)
QUERY_CODE = line("query_code", "查询码", required=False)
TO_ORGAN = line("to_organ", "主送机关", source=OFFERED)
REQUIREMENT = prose("requirement", "办理要求", source=OFFERED)
REPORT_DUE_ON = day("report_due_on", "反馈期限", source=OFFERED)
ANNEXES = line("annexes", "附件", required=False, source=OFFERED)
REASON = prose("reason", "理由", source=OFFERED)
LAW = line("law", "法律依据", source=OFFERED)
REVIEW_ORGAN = line("review_organ", "复查机关", source=OFFERED)
FINAL_REVIEW_ORGAN = line("final_review_organ", "复核机关", source=OFFERED)
HANDLER = line("handler", "承办人", required=False, source=OFFERED)
COPIES = line("copies", "抄送", required=False)
OPINION_NUMBER = line("opinion_number", "处理意见书文号", source=RECORDED)
SERVED_ON = day("served_on", "送达日期", source=RECORDED)
