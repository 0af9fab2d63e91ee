"""Plain words for where a case stands; the only prose of the portal outside its templates."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import Action, State
from casetracker.labels import label
from casetracker.services.residents.public_history import PublicEvent
from casetracker.services.residents.public_limits import AnswerBy
from casetracker.services.residents.public_reading import Judgement, PublicCase
from casetracker.services.residents.public_stations import Station, Stop
from casetracker.web.forms import C, Form
from casetracker.web.templating import date_cn, due_text

HEADLINES: Mapping[State, str] = {
    State.TO_DISPATCH: "已登记，正在确定由谁办理",
    State.TO_SIGN: "已派给{unit}",
    State.HANDLING: "{unit}正在办理",
    State.RETURN_PENDING: "正在核定由谁办理",
    State.TO_REVIEW: "{unit}已办理，正在审核答复",
    State.REPLIED: "已答复",
    State.TO_FOLLOW_UP: "已答复，请您评价",
    State.REDO: "{unit}正在重新办理",
    State.ON_HOLD: "暂时还办不了，已列入长期办理",
    State.DECLINED: "这件事不在受理范围内",
    State.REFERRED: "已转给主管的部门或渠道",
    State.WITHDRAWN: "已按您的要求撤回",
    State.CLOSED: "已答复，已办结",
    State.ARCHIVED: "已答复，已办结",
}
STATIONS: Mapping[Station, str] = {
    Station.REGISTERED: "已登记",
    Station.DISPATCHED: "已派单",
    Station.HANDLING: "办理中",
    Station.ANSWERED: "已答复",
}
ENDINGS: Mapping[State, str] = {
    State.DECLINED: "不受理",
    State.REFERRED: "已转出",
    State.WITHDRAWN: "已撤回",
}
EVENTS: Mapping[Action, str] = {
    Action.REGISTER: "已登记",
    Action.ANSWER: "已答复",
    Action.APPROVE: "已答复",
    Action.DECLINE: "告知不受理",
    Action.REFER: "转给主管的部门或渠道",
    Action.DIRECT_ON: "告知这件事由哪里办理",
    Action.GROUP: "与他人反映的同一件事合并办理",
    Action.LOG: "办理情况",
    Action.DECIDE_EXTENSION: "办理期限延长",
    Action.DECIDE_HOLD: "列入长期办理",
    Action.REDO: "决定重新办理",
    Action.EVALUATE: "评价",
    Action.URGE: "催办",
    Action.WITHDRAW: "撤回",
    Action.ATTACH: "补充照片或材料",
}
MISSING: Mapping[str, str] = {
    "content": "请说说是什么事",
    "kind": "请选一类，拿不准就选“其他”",
    "resolved": "请选“解决了”或“没有解决”",
    "satisfaction": "请选一项",
    "office": "请至少评价一方",
    "unit": "请至少评价一方",
    "reason": "请写明为什么不服",
    "text": "请写一句为什么撤回",
    "number": "请填写受理编号",
    "code": "请填写查询码",
}
YOU = "您"
UNDER_REVIEW = "已答复，正在复核您的评价"
THE_STREET = "街道"
SOME_UNIT = "承办单位"
NOT_YET_KNOWN = "民呼我应指挥中心正在确定承办单位"
PAUSED = "暂停计时，恢复办理后接着算"
PROVISIONAL = "暂定：该年的放假安排公布后可能微调"


def asked_plainly(form: Form[C]) -> Form[C]:
    """What was left empty is asked for in the words of this page."""
    for name, words in MISSING.items():
        if name in form.errors and not str(form.data.get(name, "")).strip():
            form.errors[name] = [words]
    return form


@dataclass(frozen=True, slots=True)
class Progress:
    """One case in words, for portal/progress.html and portal/evaluate.html."""

    case: PublicCase
    headline: str
    holder: str
    answer_by: str | None
    is_late: bool
    note: str | None
    stations: tuple[dict[str, Any], ...]
    events: tuple[dict[str, Any], ...]
    judgement: str | None


def progress_of(case: PublicCase) -> Progress:
    late = case.answer_by is not None and case.answer_by.standing is Standing.OVERDUE
    provisional = case.answer_by is not None and case.answer_by.provisional
    return Progress(
        case=case,
        headline=_headline(case),
        holder=case.unit or (NOT_YET_KNOWN if case.is_open else THE_STREET),
        answer_by=by_when(case.answer_by),
        is_late=late,
        note=PROVISIONAL if provisional else None,
        stations=tuple(_station(stop, case) for stop in case.stops),
        events=tuple(event_of(one) for one in case.events),
        judgement=_judged(case.judgement),
    )


def _headline(case: PublicCase) -> str:
    if case.state is State.TO_FOLLOW_UP and case.judgement is not None:
        return UNDER_REVIEW
    return HEADLINES.get(case.state, label(case.state)).format(unit=case.unit or SOME_UNIT)


def receipt_of(case: PublicCase) -> dict[str, Any]:
    """The facts on the receipt: when it came in, who will answer, by when."""
    due = by_when(case.answer_by) or ""
    if case.answer_by is not None and case.answer_by.provisional:
        due = f"{due}（{PROVISIONAL}）"
    return {"kind": case.kind, "received_at": case.received_at, "answer_by": due}


def by_when(limit: AnswerBy | None) -> str | None:
    """The date with what is left of it, or that it stands still; None where there is none."""
    if limit is None:
        return None
    return PAUSED if limit.standing is Standing.PAUSED else due_text(limit)


def _station(stop: Stop, case: PublicCase) -> dict[str, Any]:
    name = STATIONS.get(stop.station) or ENDINGS[case.state]
    is_units = stop.station is Station.DISPATCHED and stop.at is not None and case.unit
    note = f"由{case.unit}办理" if is_units else None
    return {"name": name, "status": stop.passed.value, "at": stop.at, "note": note}


def event_of(one: PublicEvent) -> dict[str, Any]:
    """One entry of the history for the timeline."""
    from_whom = YOU if one.by_resident else one.unit or THE_STREET
    facts = [("答复期限改为", date_cn(one.due_at))] if one.due_at else None
    return {
        "at": one.at,
        "actor": from_whom,
        "action": one.action,
        "words": EVENTS.get(one.action),
        "text": one.text,
        "facts": facts,
    }


def _judged(judgement: Judgement | None) -> str | None:
    if judgement is None or judgement.satisfaction is None:
        return None
    solved = {True: "问题已解决", False: "问题没有解决", None: ""}[judgement.resolved]
    return "，".join(part for part in (label(judgement.satisfaction), solved) if part)
