"""Plain words for where a petition stands: who has it, by when, what was decided, what to ask for.

Source: 《信访工作条例》 art. 35, 36; docs/rules/petition.md §8.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Standing
from casetracker.domain.petition_vocabulary import EvaluatedParty, ReviewStage
from casetracker.domain.vocabulary import State
from casetracker.labels import label
from casetracker.portal.words import PROVISIONAL, SOME_UNIT, THE_STREET, by_when, event_of
from casetracker.services.residents.petition_disclosures import Disclosed, Disclosure
from casetracker.services.residents.public_petition import PublicPetition, ReviewOffer
from casetracker.services.residents.public_reading import PublicCase
from casetracker.services.residents.public_stations import Station
from casetracker.web.templating import date_cn

HEADLINES: Mapping[State, str] = {
    State.REGISTERED: "已登记，正在甄别由谁办理",
    State.CLASSIFIED: "已登记，正在甄别由谁办理",
    State.OBJECTION_PENDING: "已登记，正在核实由哪个机关办理",
    State.TO_NOTIFY: "已有决定，正在书面告知您",
    State.AWAITING_REPORT: "已交{organ}办理",
    State.FORWARDED: "已转送{organ}",
    State.REDIRECTED: "已告知法定途径",
    State.REFUSED: "不予受理",
    State.REFUSED_AGAIN: "不再受理",
    State.REFERRED: "已退回转送机关",
    State.WITHDRAWN: "已按您的要求撤回",
    State.ACCEPTED: "已受理，正在交承办单位",
    State.HANDLING: "{unit}正在办理",
    State.TO_CHECK: "{unit}已提出处理意见，正在审核",
    State.TO_SIGN_OFF: "{unit}已提出处理意见，正在签发",
    State.TO_SERVE: "书面答复已签发，正在送达您",
    State.SERVED: "已答复",
    State.EXECUTING: "已答复，正在落实",
    State.IN_REVIEW: "{reviewer}正在复查",
    State.REVIEWED: "已有复查意见",
    State.IN_FINAL_REVIEW: "{reviewer}正在复核",
    State.FINALLY_REVIEWED: "已有复核意见",
    State.CONCLUDED: "信访程序已终结",
    State.ARCHIVED: "已办结归档",
}
STATIONS: Mapping[Station, str] = {
    Station.REGISTERED: "已登记",
    Station.ACCEPTED: "已受理",
    Station.HANDLING: "办理中",
    Station.ANSWERED: "已答复",
}
ENDINGS: Mapping[State, str] = {
    State.AWAITING_REPORT: "已交办",
    State.FORWARDED: "已转送",
    State.REDIRECTED: "已告知法定途径",
    State.REFUSED: "不予受理",
    State.REFUSED_AGAIN: "不再受理",
    State.REFERRED: "已退回转送机关",
    State.WITHDRAWN: "已撤回",
}
ENDED = "已终结"
DUES: Mapping[State, str] = {
    State.REGISTERED: "最迟书面告知",
    State.CLASSIFIED: "最迟书面告知",
    State.OBJECTION_PENDING: "最迟书面告知",
    State.TO_NOTIFY: "最迟书面告知",
    State.AWAITING_REPORT: "承办机关最迟报告",
    State.EXECUTING: "最迟落实",
    State.IN_REVIEW: "复查机关最迟答复",
    State.IN_FINAL_REVIEW: "复核机关最迟答复",
}
ANSWER_DUE = "最迟答复"
FACTS: Mapping[Disclosed, str] = {
    Disclosed.SENT_HERE: "{organ}转送、交办到本街道",
    Disclosed.REGISTERED: "登记",
    Disclosed.TOLD: "书面告知已送达",
    Disclosed.ACCEPTED: "受理",
    Disclosed.FORWARDED: "转送{organ}，告知书已送达",
    Disclosed.ASSIGNED_DOWN: "交{organ}办理，告知书已送达",
    Disclosed.REDIRECTED: "告知法定途径，请向{organ}提出",
    Disclosed.REFUSED: "不予受理，告知书已送达",
    Disclosed.REFUSED_AGAIN: "不再受理，告知书已送达",
    Disclosed.RETURNED: "材料退回{organ}",
    Disclosed.ASSIGNED: "交{organ}承办",
    Disclosed.EXTENDED: "办理期限延长至{until}",
    Disclosed.ANSWERED: "书面答复已送达",
    Disclosed.EXECUTED: "处理意见已落实",
    Disclosed.REVIEW_ASKED: "向{organ}申请复查",
    Disclosed.REVIEW_DECIDED: "复查意见：{outcome}",
    Disclosed.FINAL_REVIEW_ASKED: "向{organ}申请复核",
    Disclosed.FINAL_REVIEW_DECIDED: "复核意见：{outcome}",
    Disclosed.CONCLUDED: "信访程序终结",
    Disclosed.WITHDRAWN: "按您的要求撤回",
}
RIGHT_PLACE = "请向{organ}提出"
PARTIES: Mapping[EvaluatedParty, str] = {
    EvaluatedParty.OFFICE: "信访部门（登记、转送、告知）",
    EvaluatedParty.UNIT: "责任单位（办理、答复）",
}
IN_TIME = "可以在{until}前向{organ}书面申请{stage}，也可以在这里申请，由街道转交。"
LATE = "申请期限（{until}）已过。您仍可以申请，会注明逾期，是否受理由{organ}决定。"
CLOSED = "申请期限已于{until}届满，按本地规定不再接受申请。"
ARTICLES = {ReviewStage.REVIEW: "第三十五条", ReviewStage.FINAL_REVIEW: "第三十六条"}
NOT_YET_KNOWN = "街道信访工作人员"
THEIR_OWN = "有关机关"


@dataclass(frozen=True, slots=True)
class ReviewWords:
    """复查 or 复核 in words; `is_closed` leaves no way to ask for it."""

    stage: str
    text: str
    article: str
    is_closed: bool


@dataclass(frozen=True, slots=True)
class PetitionProgress:
    """One petition in words, for portal/petition.html."""

    case: PublicCase
    headline: str
    holder: str
    due: tuple[str, str] | None
    is_late: bool
    note: str | None
    stations: tuple[dict[str, Any], ...]
    facts: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    review: ReviewWords | None
    judgements: tuple[tuple[str, str], ...]

    @property
    def petition(self) -> PublicPetition:
        assert self.case.petition is not None
        return self.case.petition


def petition_progress(case: PublicCase) -> PetitionProgress:
    petition = case.petition
    assert petition is not None
    limit = case.answer_by
    told = by_when(limit)
    given = petition.evaluations.given
    return PetitionProgress(
        case=case,
        headline=_headline(case, petition),
        holder=_holder(case, petition),
        due=(DUES.get(case.state, ANSWER_DUE), told) if told else None,
        is_late=limit is not None and limit.standing is Standing.OVERDUE,
        note=PROVISIONAL if limit is not None and limit.provisional else None,
        stations=_stations(case),
        facts=tuple(_fact(one) for one in petition.disclosures),
        events=tuple(event_of(one) for one in case.events),
        review=_review(petition.review) if petition.review else None,
        judgements=tuple((PARTIES[one], label(given[one])) for one in PARTIES if one in given),
    )


def _headline(case: PublicCase, petition: PublicPetition) -> str:
    return HEADLINES.get(case.state, label(case.state)).format(
        unit=case.unit or SOME_UNIT,
        organ=petition.organ or THEIR_OWN,
        reviewer=petition.reviewer or THEIR_OWN,
    )


def _holder(case: PublicCase, petition: PublicPetition) -> str:
    """Who has it now, above, elsewhere, or here."""
    if petition.reviewer is not None:
        return petition.reviewer
    if case.state in (State.FORWARDED, State.AWAITING_REPORT, State.REFERRED):
        return petition.organ or THEIR_OWN
    if case.is_open:
        return case.unit or NOT_YET_KNOWN
    return THE_STREET


def _stations(case: PublicCase) -> tuple[dict[str, Any], ...]:
    words = {**STATIONS, Station.ENDED: ENDINGS.get(case.state, ENDED)}
    return tuple(
        {"name": words[stop.station], "status": stop.passed.value, "at": stop.at, "note": None}
        for stop in case.stops
    )


def _fact(one: Disclosure) -> dict[str, Any]:
    words = FACTS[one.what].format(
        organ=one.organ or THEIR_OWN,
        until=date_cn(one.until) if one.until else "",
        outcome=label(one.outcome) if one.outcome else "",
    )
    if one.what is Disclosed.REFUSED and one.organ:
        words = f"{words}，{RIGHT_PLACE.format(organ=one.organ)}"
    return {"on": _day(one.on), "words": words, "number": one.number}


def _day(on: datetime | date) -> date:
    return local_date(on) if isinstance(on, datetime) else on


def _review(offer: ReviewOffer) -> ReviewWords:
    stage = label(offer.stage)
    words = CLOSED if offer.is_closed else LATE if offer.is_late else IN_TIME
    until = date_cn(offer.until) if offer.until else "规定期限"
    text = words.format(until=until, organ=offer.organ, stage=stage)
    return ReviewWords(stage, text, ARTICLES[offer.stage], offer.is_closed)
