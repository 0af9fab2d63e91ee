"""What the case page shows of a petition: the three facts, what was decided, opinions, reviews."""

from typing import Any

from casetracker.domain.petition_vocabulary import ReviewStage
from casetracker.domain.vocabulary import State
from casetracker.labels import label
from casetracker.ops.petition_words import class_words, route_name
from casetracker.services.case_reading.case_file import CaseFile
from casetracker.services.case_reading.petition_file import (
    OpinionView,
    PetitionView,
    ReviewView,
    SignerView,
)
from casetracker.web.templating import date_cn, datetime_cn

TOLD = frozenset({State.REFUSED, State.REFUSED_AGAIN, State.REDIRECTED, State.FORWARDED})
Facts = list[tuple[str, Any]]


def petition_of(
    file: CaseFile, revealed: tuple[SignerView, ...] | None = None
) -> dict[str, Any] | None:
    """Context of the petition parts of the page; None for a case of the hotline."""
    petition = file.petition
    if petition is None:
        return None
    return {
        "view": petition,
        "three": _three_facts(file, petition),
        "what": _what_it_is(file, petition),
        "sent": _sent(petition),
        "dates": _dates(petition),
        "people": petition.people if revealed is None else revealed,
        "opinions": [(one, *_standing(one)) for one in reversed(petition.opinions)],
        "reviews": [(one, _review_words(one)) for one in petition.reviews],
        "speakers": sum(one.is_representative for one in petition.people),
    }


def tags_of(file: CaseFile, petition: PetitionView) -> list[str]:
    head = file.head
    tags = [
        (True, "重件" if _is_repeat(file) else "初件"),
        (petition.is_collective, f"集体访 {head.persons} 人"),
        (petition.is_joint, "联名"),
        (petition.is_simple, "简易办理"),
        (head.is_important, "重要件"),
        (head.urge_count > 0, f"催办 {head.urge_count} 次"),
        (head.repeat_count > 0, f"后有重件 {head.repeat_count} 件"),
        (head.excluded is not None, "不计考核"),
        (head.round > 1, f"第 {head.round} 次办理"),
    ]
    return [words for holds, words in tags if holds]


def _is_repeat(file: CaseFile) -> bool:
    return any(link.relation == "repeat_of" for link in file.links)


def _three_facts(file: CaseFile, petition: PetitionView) -> list[dict[str, Any]]:
    """办结, 化解, 终结: none of them follows from another."""
    return [
        {
            "name": "办结",
            "done": petition.served_at is not None or file.head.state in TOLD,
            "words": _finished(file, petition),
        },
        {
            "name": "化解",
            "done": petition.settled_at is not None,
            "words": _day(petition.settled_at, "领导认定", "未认定"),
        },
        {
            "name": "终结",
            "done": petition.concluded_at is not None,
            "words": _concluded(petition),
        },
    ]


def _finished(file: CaseFile, petition: PetitionView) -> str:
    if petition.served_at is not None:
        return f"{datetime_cn(petition.served_at)} 送达"
    if file.head.state in TOLD:
        return _day(petition.notified_at, f"告知{label(file.head.state)}", label(file.head.state))
    return "未办结"


def _concluded(petition: PetitionView) -> str:
    if petition.concluded_at is None:
        return "未终结"
    ground = label(petition.conclude_ground) if petition.conclude_ground else ""
    return f"{date_cn(petition.concluded_at)} {ground}"


def _day(moment: Any, done: str, still: str) -> str:
    return f"{date_cn(moment)} {done}" if moment else still


def _what_it_is(file: CaseFile, petition: PetitionView) -> Facts:
    head = file.head
    return [
        ("信访目的", label(petition.purpose) if petition.purpose else None),
        ("信访分类", class_words(petition.petition_class, petition.subroute)),
        ("途径", route_name(petition.subroute) if petition.subroute else None),
        ("甄别理由", petition.class_reason),
        ("法律依据", petition.law),
        ("处置", label(petition.disposal) if petition.disposal else None),
        ("不予受理理由", label(petition.refusal_reason) if petition.refusal_reason else None),
        ("机关", petition.organ),
        ("告知内容", petition.disposal_words),
        ("问题分类", head.category),
        ("来源层级", label(head.source_level) if head.source_level else None),
        ("人次", f"{head.persons} 人"),
        ("口头提出", "已如实记录并宣读" if petition.is_oral else None),
        ("被反映单位", petition.against_unit),
        ("被反映人", petition.against),
        ("由热线转来", petition.from_hotline),
    ]


def _sent(petition: PetitionView) -> Facts:
    """Where another organ sent it; nothing for what came straight to the street."""
    if petition.sender is None:
        return []
    return [
        ("转送、交办机关", petition.sender),
        ("文号", petition.sent_number),
        ("转送日期", date_cn(petition.sent_on) if petition.sent_on else None),
        ("要求报结", date_cn(petition.report_due_on) if petition.report_due_on else None),
        ("已报结", date_cn(petition.reported_at) if petition.reported_at else None),
        ("提出异议", datetime_cn(petition.objected_at) if petition.objected_at else None),
    ]


def _dates(petition: PetitionView) -> Facts:
    """What happened when; days of the acts, not of their entries."""
    days: tuple[tuple[str, Any], ...] = (
        ("甄别", petition.classified_at),
        ("受理", petition.accepted_at),
        ("告知书送达", petition.notified_at),
        ("交承办单位", petition.assigned_at),
        ("意见送达", petition.served_at),
        ("执行完毕", petition.executed_at),
    )
    found: Facts = [(name, datetime_cn(at)) for name, at in days if at is not None]
    if petition.execute_by and petition.executed_at is None:
        found.append(("执行期限", date_cn(petition.execute_by)))
    if petition.opinion_number:
        found.append(("意见书文号", petition.opinion_number))
    return found


def _standing(one: OpinionView) -> tuple[str, str]:
    """How far a version has come, in words, and the tone of its sheet."""
    if one.served_at is not None:
        return f"{datetime_cn(one.served_at)} 送达", "done"
    if one.is_signed:
        return "已签发，待送达", "soon"
    if one.is_signed is False:
        return "签发时退回", "plain"
    if one.check_passed is False:
        return "合法性审核退回", "plain"
    return ("待签发" if one.is_reply or one.check_passed else "待合法性审核"), "soon"


def _review_words(one: ReviewView) -> str:
    """`复查维持 街复查〔2026〕3号`, or that the organ has not answered yet."""
    if one.outcome is None:
        return f"{one.organ}{'复核' if one.stage is ReviewStage.FINAL_REVIEW else '复查'}中"
    return " ".join(filter(None, (one.organ, label(one.outcome), one.number)))
