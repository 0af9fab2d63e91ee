"""Forms of the petition track: of each action only the fields that make sense where it stands.

`shaped` works on the controls that follow from the command; `start` gives what a form begins with;
`read` turns the fields that exist on the page alone back into those of the command.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from casetracker.domain import petition_law as law
from casetracker.domain.exclusions import REASONS
from casetracker.domain.petition_vocabulary import (
    ConcludeGround,
    PaperKind,
    PetitionClass,
    ServiceMethod,
    Subroute,
)
from casetracker.domain.vocabulary import LANE_STATES, Action, State, Track
from casetracker.labels import label
from casetracker.ops.controls import Control
from casetracker.ops.petition_words import route_name
from casetracker.services.case_reading.case_file import CaseFile, Offer
from casetracker.services.case_reading.petition_file import PetitionView
from casetracker.services.desks.petition_help import PetitionHelp

A = Action
WAY = "way"
"""The field in which class and route are chosen at once: `suggestion`, `appeal:6` …"""
Shape = Callable[[CaseFile, PetitionHelp, dict[str, Control]], Iterable[Control]]

HINTS: Mapping[Action, str] = {
    A.CLASSIFY: "先看属于哪一类、哪一条途径。只有途径六适用六十日办理期限。",
    A.ACCEPT: "受理之日起六十日内办结（《信访工作条例》第三十四条）；事实清楚、争议不大的可以简易"
    "办理，十个工作日内答复。受理后还须送达受理告知书，十五日告知期限才停止。",
    A.FORWARD: "不属于本街道、属于其他机关职权的，转送并书面告知信访人转往何处"
    "（第二十三条第一款）。填了报结日期就是交办。",
    A.REDIRECT: "写明是哪一种法定途径、应向哪个机关提出、怎么提（第三十一条第(一)至(五)项）。",
    A.DECLINE: "不予受理须有理由和条文，送达告知书后结束；登记人本人不能决定。",
    A.REFUSE_AGAIN: "复核后以同一事实和理由再次提出的，不再受理（第三十六条第三款）。",
    A.RAISE_OBJECTION: "收到转送、交办之日起五个工作日内提出，写明详细理由"
    "（第二十三条第三款）。转送机关同意之前材料不退回。",
    A.TRANSFER_CONFIDENTIAL: "移送后只有纪检人员能看到，本页和所有列表中都不再出现"
    "（第三十条第三款）。",
    A.ASSIGN: "先核查承办单位、承办人与信访事项、信访人有无利害关系（第二十八条第三款）。",
    A.DRAFT: "四项内容缺一不可（第三十二条第一款）：投诉请求、事实和理由、处理意见、法律依据。",
    A.LEGAL_CHECK: "看事实是否清楚、依据是否适当、程序是否合法、是否逐项回应请求。",
    A.SIGN_OFF: "签发后自动编文号，由信访专干送达。退回的须写明理由。",
    A.SERVE: "按送达回证填写；只有送达才停止期限。补登的填实际送达时间。",
    A.EXECUTE: "支持请求的意见须督促执行（第三十二条第二款）。",
    A.REQUEST_EXTENSION: "情况复杂的，经本机关负责人批准可以延长，合计不超过三十日，并书面告知"
    "信访人理由（第三十四条）。新期限从原期限起算。",
    A.DECIDE_EXTENSION: "同意后从原期限（未顺延的日期）起延长，并须送达延长办理期限告知书"
    "（第三十四条）。",
    A.REQUEST_REVIEW: "申请之日起算，三十日内由复查机关答复（第三十五条）。逾期申请会如实注明。",
    A.REQUEST_FINAL_REVIEW: "申请之日起算，三十日内由复核机关答复，听证时间不计（第三十六条）。",
    A.DECIDE_REVIEW: "按复查机关的意见书登记。责令重办的，从收到决定之日起重新计算六十日。",
    A.DECIDE_FINAL_REVIEW: "按复核机关的意见书登记。责令重办的，从收到决定之日起重新计算六十日。",
    A.CONCLUDE: "终结只表示程序走完，不等于化解。",
    A.MARK_SETTLED: "化解是单独的事实：由信访专干提出、领导认定，须有息诉承诺或者回访依据。",
    A.EXCLUDE: "只影响考核指标：期限、告知、答复、复查复核和群众评价一律照旧。",
    A.APPEAL: "对“不满意”评价的考核申诉，不改变群众的评价，也不影响复查复核。",
    A.WITHDRAW: "信访人自愿撤回，须向其宣读确认。",
    A.LOG: "谈话、取证、听证、调解按笔录登记；调解、和解须各方签字才能据以终结（第三十三条）。",
}


def shaped(
    file: CaseFile, offer: Offer | None, action: Action, controls: list[Control], hand: PetitionHelp
) -> list[Control]:
    """The fields of the form in the order in which they are filled."""
    shape = _shapes_of(file).get(action)
    if shape is None:
        return controls
    found = list(shape(file, hand, {control.name: control for control in controls}))
    return [_open_answers(control, action, offer) for control in found]


def _open_answers(control: Control, action: Action, offer: Offer | None) -> Control:
    """Grounds and answers that the state leaves open to this person."""
    if offer is None:
        return control
    if control.name == "ground":
        options = [one for one in control.options if one[0] in offer.outcomes]
        return replace(control, options=options)
    if action is A.SIGN_OFF and control.name == "granted" and "signed" not in offer.outcomes:
        return replace(control, options=[one for one in control.options if one[0] == "false"])
    return control


def _classify(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    of = law.OF_CLASS
    secret = f"立即转入保密通道，本页和列表中不再出现 · {of[PetitionClass.ACCUSATION]}"
    ways = [
        ("suggestion", "建议意见", f"研究后答复 · {of[PetitionClass.SUGGESTION]}"),
        *(
            (f"appeal:{one}", f"申诉求决 {route_name(one)}", _route_explained(one))
            for one in reversed(Subroute)
        ),
        ("accusation", "检举控告", secret),
    ]
    yield Control(WAY, "信访分类和途径", "rows", False, ways)
    yield replace(by["reason"], hint="写明判断的事实依据，不超过几句话。")
    yield by["law"]
    yield replace(by["accused"], hint="检举控告填写，只有纪检人员能看到。")
    yield by["accused_unit"]


def _route_explained(route: Subroute) -> str:
    what = {
        Subroute.LITIGATION: "已在或者应由法院、检察院、公安、复议机关依法办理的",
        Subroute.ARBITRATION: "劳动争议、农村土地承包等应当仲裁的",
        Subroute.PARTY_APPEAL: "对党纪政务处分不服、党员申诉的",
        Subroute.ADMINISTRATIVE: "可以申请行政复议、裁决、确认、许可、处罚的",
        Subroute.DUTY: "要求本街道履行职责、查处违法、保护人身财产权的，履职或者答复",
        Subroute.OPINION: "以上都不是：调查核实后出具处理意见，六十日",
    }[route]
    return f"{what} · {law.OF_SUBROUTE[route]}"


def _decline(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    options = [(one.value, label(one), article) for one, article in law.OF_REFUSAL.items()]
    yield replace(by["reason"], text="不予受理理由", kind="rows", options=options)
    yield replace(by["organ"], hint="不属于本街道职权、非本辖区的必填：应当找哪个机关。")
    yield replace(by["text"], hint="写入告知书：为什么不予受理，应当去哪里、怎么提出。")


def _refuse_again(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    yield replace(by["prior"], hint="在本系统复核过的填编号；否则填下面的文号和日期。")
    yield from (by[name] for name in ("review_number", "reviewed_on", "text"))


def _only(*names: str) -> Shape:
    def shape(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
        return (by[name] for name in names if name in by)

    return shape


def _assign(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    against = hand.against_unit
    yield replace(
        by["unit"],
        options=hand.units,
        hint=f"被反映单位{against}应当回避，不能承办。" if against else None,
    )
    yield replace(by["handler"], kind="select", options=hand.handlers)
    yield by["recusal_checked"]
    yield replace(by["recused"], hint="有应当回避的才填：账号，多人用顿号隔开。")
    yield by["recusal_reason"]
    yield by["request"]
    is_duty = file.petition is not None and file.petition.subroute is Subroute.DUTY
    if is_duty and file.head.state is State.CLASSIFIED:
        yield by["due_on"]


def _log(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    names = (
        "kind", "text", "began_at", "ended_at", "place", "participants", "conclusion", "signed",
        "public",
    )  # fmt: skip
    found = [by[name] for name in names]
    found[2] = replace(found[2], hint="不填为现在。")
    found[3] = replace(found[3], hint="复核期间的听证必填，听证时间不计入期限。")
    return found


def _draft(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    petition = file.petition
    assert petition is not None
    is_suggestion = petition.petition_class is PetitionClass.SUGGESTION
    yield replace(by["request"], hint="逐项列明，一行一项。")
    yield by["facts"]
    if is_suggestion:
        yield replace(by["advice"], optional=False)
    else:
        yield replace(by["outcome"], optional=False)
    words = "答复意见" if petition.is_repliable else "处理意见"
    new_words = "须与前次意见不同，逐项回应请求。" if file.head.round > 1 else by["opinion"].hint
    yield replace(by["opinion"], text=words, hint=new_words)
    yield by["basis"]
    if not petition.is_repliable:
        yield by["execute_by"]
    yield by["remedy"]


def _sign_off(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    hint = "集体访、重要件和重新办理的须由主要领导签发。" if hand.needs_the_head else None
    return (replace(by["granted"], hint=hint), replace(by["note"], hint="退回的必填。"))


def _serve(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    if hand.expected_paper is not None:
        yield replace(by["kind"], options=_papers(hand.expected_paper), optional=False, hint=None)
    methods = [(one.value, label(one)) for one in ServiceMethod]
    yield replace(by["method"], kind="select", optional=False, options=methods)
    yield replace(by["receiver"], hint="信访人本人签收的填“本人”；代收的写姓名和关系。")
    yield by["served_at"]
    yield replace(by["witness"], hint="留置送达的填写。")
    yield by["note"]


def _papers(expected: PaperKind) -> list[tuple[str, str]]:
    first = (expected.value, f"{label(expected)}（当前应当送达）")
    return [first, *((kind.value, label(kind)) for kind in SERVED if kind is not expected)]


SERVED = (
    PaperKind.ACCEPTANCE_NOTICE, PaperKind.RECEPTION_NOTICE, PaperKind.FORWARD_NOTICE,
    PaperKind.REDIRECT_NOTICE, PaperKind.REFUSAL_NOTICE, PaperKind.REFUSED_AGAIN_NOTICE,
    PaperKind.EXTENSION_NOTICE, PaperKind.HEARING_NOTICE, PaperKind.OPINION, PaperKind.REPLY,
    PaperKind.REVIEW_OPINION, PaperKind.FINAL_REVIEW_OPINION, PaperKind.MEDIATION_AGREEMENT,
    PaperKind.SETTLEMENT_AGREEMENT,
)  # fmt: skip
"""Papers that have to reach the petitioner."""


def _review(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    yield replace(by["requested_at"], hint="以信访人申请之日为准，不填为现在。")
    yield by["reason"]
    yield by["organ"]


def _conclude(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    if file.head.state is State.AWAITING_REPORT:
        return (replace(by["text"], text="办理结果", hint="按接收机关的报结报告填写。"),)
    options = [(one.value, label(one), law.OF_ENDING[one]) for one in ConcludeGround]
    ground = replace(by["ground"], kind="rows", optional=False, options=options, hint=None)
    return (ground, by["text"])


def _extension(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    days = replace(by["days"], hint="日历日，合计不超过三十日。")
    return ({**by, "days": days}).values()


def _reclassify(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    return (
        replace(control, text="重要件（须主要领导签发）")
        if control.name == "important"
        else control
        for control in by.values()
    )


def _exclude(file: CaseFile, hand: PetitionHelp, by: dict[str, Control]) -> Iterable[Control]:
    options = [one for one in by["reason"].options if one[0] in REASONS[Track.PETITION]]
    return {**by, "reason": replace(by["reason"], options=options)}.values()


_PETITION: Mapping[Action, Shape] = {
    A.CLASSIFY: _classify,
    A.DECLINE: _decline,
    A.REFUSE_AGAIN: _refuse_again,
    A.TRANSFER_CONFIDENTIAL: _only("reason", "accused", "accused_unit"),
    A.ASSIGN: _assign,
    A.LOG: _log,
    A.DRAFT: _draft,
    A.SIGN_OFF: _sign_off,
    A.SERVE: _serve,
    A.REQUEST_REVIEW: _review,
    A.REQUEST_FINAL_REVIEW: _review,
    A.CONCLUDE: _conclude,
    A.REQUEST_EXTENSION: _extension,
    A.RECLASSIFY: _reclassify,
    A.EXCLUDE: _exclude,
    A.MARK_SETTLED: _only("text", "granted"),
}
_HOTLINE: Mapping[Action, Shape] = {
    A.DECLINE: _only("reason", "text", "via"),
    A.LOG: _only("text", "public"),
    A.TRANSFER_CONFIDENTIAL: _only("reason", "accused", "accused_unit"),
}
_LANE: Mapping[Action, Shape] = {
    A.LOG: _only("text"),
    A.CONCLUDE: _only("text"),
    A.TRANSFER_CONFIDENTIAL: _only("organ", "organ_unit", "reason"),
}


def _shapes_of(file: CaseFile) -> Mapping[Action, Shape]:
    """By track, and apart for what lies in the confidential lane."""
    if file.head.state in LANE_STATES:
        return _LANE
    return _PETITION if file.petition else _HOTLINE


def start(file: CaseFile, action: Action, hand: PetitionHelp) -> dict[str, str]:
    """What the form begins with beside the defaults of its command."""
    petition = file.petition
    if petition is None:
        return {}
    if action is A.CLASSIFY and petition.petition_class is not None:
        return {WAY: _way(petition), "reason": petition.class_reason or ""}
    if action is A.SERVE:
        kind = {"kind": hand.expected_paper.value} if hand.expected_paper else {}
        return {"receiver": "本人", **kind}
    if action is A.DRAFT:
        return _first_draft(file, petition, hand)
    earlier = next((link for link in file.links if link.relation == "repeat_of"), None)
    return {"prior": earlier.number} if action is A.REFUSE_AGAIN and earlier else {}


def _way(petition: PetitionView) -> str:
    return ":".join(filter(None, (petition.petition_class, petition.subroute)))


def _first_draft(file: CaseFile, petition: PetitionView, hand: PetitionHelp) -> dict[str, str]:
    """The version that was sent back, or the petitioner's own words and the usual remedy."""
    latest = petition.latest
    if latest is None or latest.round != file.head.round:
        return {"request": file.head.content, "remedy": hand.remedy}
    names = ("request", "facts", "opinion", "basis", "remedy", "outcome", "advice", "execute_by")
    given = {name: getattr(latest, name) for name in names}
    return {name: str(value) for name, value in given.items() if value is not None}


def read(action: Action, source: MultiDict[str, str]) -> dict[str, str]:
    """Fields of the command that the page asks for in another way."""
    way = source.get(WAY, "")
    if action is not A.CLASSIFY or not way:
        return {}
    petition_class, _, route = way.partition(":")
    return {"petition_class": petition_class, "subroute": route}


def errors_on_page(action: Action, errors: dict[str, list[str]]) -> dict[str, list[str]]:
    """Errors of fields that the page asks for in another way, where it asks for them."""
    if action is not A.CLASSIFY:
        return errors
    return {WAY if name in ("petition_class", "subroute") else name: told
            for name, told in errors.items()}  # fmt: skip
