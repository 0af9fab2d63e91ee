"""What goes on with petitions right now: each scene leads one to where it stands today.

The same steps tell the stories of 2019 (`petition_stories`). `hours` are office hours, as in
`scenes`; 6.5 of them are a working day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from casetracker.domain.petition_vocabulary import PaperKind, Subroute
from casetracker.domain.vocabulary import Channel, SourceLevel
from casetracker.services.demo.scenes import Do, do

PAPER, JUDGE = "paper", "judge"
"""Not actions of the table's API: a paper issued by hand, the petitioner's own evaluation."""

C, L = Channel, SourceLevel
SIX, SUGGESTION = Subroute.OPINION, None


@dataclass(frozen=True, slots=True)
class DayAfter:
    """Stands for the day that lies so many days after the step."""

    days: int


@dataclass(frozen=True, slots=True)
class HoursBefore:
    """Stands for the moment so many hours before the step."""

    hours: int


@dataclass(frozen=True, slots=True)
class PetitionScene:
    """`details` are those of the registration; `content` replaces the drawn words."""

    name: str
    rests: tuple[float, ...]
    steps: tuple[Do, ...] = ()
    route: Subroute | None = SIX
    channel: Channel = C.LETTER
    level: SourceLevel | None = L.STREET
    by: str = "clerk1"
    persons: int = 1
    important: bool = False
    details: Mapping[str, Any] = field(default_factory=dict)
    content: str | None = None
    title: str | None = None
    from_hotline: bool = False


CLASSIFY = do(4, "clerk1", "classify", petition_class="{class}", subroute="{route}",
              reason="经核对诉求内容和材料，按所选途径办理。")  # fmt: skip
ACCEPT = do(6, "clerk1", "accept", note="材料齐全，同意受理。")
TOLD_IN_WRITING = do(2, "clerk1", PAPER, kind=PaperKind.ACCEPTANCE_NOTICE, unit="{unit}")
NOTICE = do(8, "clerk1", "serve", receiver="{name}")
ASSIGN = do(4, "clerk1", "assign", unit="{unit}", recusal_checked=True,
            request="请实地核查、听取信访人陈述，按期提出处理意见。")  # fmt: skip
INTERVIEW = do(20, "handler", "log", kind="interview", participants="{name}、承办人", signed=True,
               text="听取信访人陈述，核对材料原件，信访人确认笔录无误并签字。",
               began_at=HoursBefore(2), ended_at=HoursBefore(1))  # fmt: skip
SITE = do(16, "handler", "log", kind="site_visit", place="现场", text="{facts}")
FOUR_PARTS = {
    "request": "{request}", "facts": "{facts}", "opinion": "{opinion}", "basis": "{basis}",
}  # fmt: skip
DRAFT = do(40, "handler", "draft", **FOUR_PARTS, outcome="explained")
SUPPORT = do(40, "handler", "draft", **FOUR_PARTS, outcome="supported", execute_by=DayAfter(60))
ADVICE = do(40, "handler", "draft", **FOUR_PARTS, advice="adopted")
CHECK = do(10, "adviser1", "legal_check", granted=True, note="事实清楚，依据适当，程序合法。")
SIGN = do(6, "deputy", "sign_off", granted=True, note="同意签发。")
SIGN_BY_HEAD = do(6, "leader1", "sign_off", granted=True, note="同意签发。")
SERVE = do(6, "clerk1", "serve", receiver="{name}")
EXTEND = (
    do(4, "handler", "request_extension", days=30, reason="several_departments",
       text="涉及多个部门，需会商后才能提出处理意见。"),
    do(3, "leader1", "decide_extension", granted=True, note="情况复杂，同意延长三十日。"),
)  # fmt: skip
REVIEW = do(50, "clerk1", "request_review", reason="对处理意见中的认定不服，请求复查。")
UPHELD = do(110, "clerk1", "decide_review", outcome="upheld", number="区政信复查〔2026〕11号",
            text="原处理意见认定事实清楚，适用依据正确，予以维持。")  # fmt: skip
FINAL = do(40, "clerk1", "request_final_review", reason="不服复查意见，请求复核。")
FINALLY_UPHELD = do(110, "clerk1", "decide_final_review", outcome="upheld",
                    number="市政信复核〔2026〕7号", text="复查意见适当，予以维持。")  # fmt: skip
CONCLUDE = do(10, "clerk1", "conclude", ground="final_review",
              text="复核意见已经送达信访人，同一事实和理由不再受理，程序终结。")  # fmt: skip
ARCHIVE = do(20, "clerk1", "archive")
UNCOUNT = do(6, "clerk1", "exclude", reason="beyond_powers", document_number="新街权责〔2026〕5号",
             text="征收补偿标准由区政府确定，街道只负责解释，附权责清单。")  # fmt: skip
APPEAL = do(8, "head", "appeal",
            text="处理意见依据充分，已三次当面解释，诉求没有政策依据。")  # fmt: skip
REDIRECT = do(6, "clerk1", "redirect", organ="{organ}", text="{opinion}")

ACCEPTED = (CLASSIFY, ACCEPT)
NOTIFIED = (*ACCEPTED, NOTICE)
AT_WORK = (*NOTIFIED, ASSIGN, INTERVIEW)
DRAFTED = (*AT_WORK, SITE, DRAFT)
SIGNED = (*DRAFTED, CHECK, SIGN)
SERVED = (*SIGNED, SERVE)
EXECUTING = (*AT_WORK, SUPPORT, CHECK, SIGN, SERVE)
REVIEWED = (*SERVED, REVIEW, UPHELD)
FINALLY_REVIEWED = (*REVIEWED, FINAL, FINALLY_UPHELD)
DIRECT = (CLASSIFY, ASSIGN)


def led(*steps: Do) -> tuple[Do, ...]:
    """The same with the head's own signature: of what is important, or of many people."""
    return tuple(SIGN_BY_HEAD if step is SIGN else step for step in steps)


SENT = {"sender": "区信访局", "sent_on": DayAfter(-1)}
ACCUSED = {"petition_class": "accusation", "subroute": None,
           "reason": "反映工作人员违纪，属检举控告。"}  # fmt: skip
ACCUSE = do(1, "clerk1", "classify", **ACCUSED, accused="某工作人员", accused_unit="东风社区")
LOOK = do(12, "discipline1", "log", text="已登记线索，初步核对反映情况。")
HAND_ON = do(30, "discipline1", "transfer_confidential", reason="按管理权限移送。",
             organ="区纪委监委")  # fmt: skip
CLOSE_LINE = do(120, "discipline1", "conclude", text="区纪委监委已反馈办结情况，线索了结。")
WORDS_OF_ACCUSATION = (
    "反映东风社区某工作人员在老旧小区改造施工中收受施工方礼品礼金，请求查处。",
    "实名举报某干部亲属承揽社区工程，招投标走过场，附合同复印件。",
    "反映某窗口人员优亲厚友，为不符合条件的亲戚办理临时救助。",
    "举报大队会计虚报人数冒领补贴，账目与张榜公布的不一致。",
)


def accusation(name: str, which: int, rest: float, *steps: Do, **more: Any) -> PetitionScene:
    return PetitionScene(
        name, (rest,), steps, content=WORDS_OF_ACCUSATION[which], title="反映工作人员违纪问题",
        **more,
    )  # fmt: skip


PETITION_SCENES: tuple[PetitionScene, ...] = (
    PetitionScene("已登记", (1, 12, 60), channel=C.VISIT),
    PetitionScene("网上来件已登记", (6,), channel=C.PETITION_ONLINE, level=L.NATIONAL),
    PetitionScene("已甄别", (4, 30), (CLASSIFY,)),
    PetitionScene("异议待核", (5,), (do(8, "clerk1", "raise_objection",
                  reason="该路段由区交通运输局管养，附管养移交协议。"),), channel=C.FORWARDED,
                  level=L.DISTRICT, details=SENT),
    PetitionScene("异议获同意", (20,), (do(8, "clerk1", "raise_objection",
                  reason="信访人户籍和事发地均不在本街道。"), do(20, "clerk1", "decide_objection",
                  granted=True, text="情况属实，同意退回，改送相邻街道。")), channel=C.FORWARDED,
                  level=L.DISTRICT, details=SENT),
    PetitionScene("导入法定途径待告知", (3,), (CLASSIFY, REDIRECT), route=Subroute.ADMINISTRATIVE),
    PetitionScene("已导入法定途径", (12,), (CLASSIFY, REDIRECT, NOTICE),
                  route=Subroute.ARBITRATION),
    PetitionScene("已转送", (30,), (CLASSIFY, do(5, "clerk1", "forward", organ="区水务和湖泊局",
                  text="该事项属区水务和湖泊局职责，现予转送，请向该局查询。"), NOTICE)),
    PetitionScene("交办待报", (15, 200), (CLASSIFY, do(5, "clerk1", "forward",
                  organ="区住房保障和城市更新局", report_due_on=DayAfter(30),
                  text="请于三十日内报告办理结果。"), NOTICE)),
    PetitionScene("不予受理", (25,), (do(6, "clerk1", "decline", reason="other_district",
                  organ="相邻街道办事处", text="事项发生地不在本街道辖区，请向事发地街道提出。"),
                  NOTICE), by="operator1"),
    PetitionScene("已受理未告知", (2,), ACCEPTED),
    PetitionScene("已受理待交办", (6,), NOTIFIED, channel=C.LEADER_RECEPTION),
    PetitionScene("简易办理中", (8,), (CLASSIFY, do(4, "clerk1", "accept", simple=True,
                  note="事实清楚、争议不大，适用简易办理。"), NOTICE, ASSIGN)),
    PetitionScene("办理中", (10, 60, 130), AT_WORK, level=L.MUNICIPAL, channel=C.FORWARDED,
                  details={"sender": "市信访局"}),
    PetitionScene("办理超期", (330,), (*NOTIFIED, ASSIGN)),
    PetitionScene("延期获批", (150,), (*AT_WORK, *EXTEND, do(4, "clerk1", "serve",
                  kind="extension_notice", receiver="{name}"))),
    PetitionScene("延期待批", (5,), (*AT_WORK, EXTEND[0])),
    PetitionScene("建议意见办理中", (30,), DIRECT, route=SUGGESTION),
    PetitionScene("履行职责办理中", (20, 200), DIRECT, route=Subroute.DUTY),
    PetitionScene("集体访办理中", (40,), (*NOTIFIED, ASSIGN), channel=C.VISIT, persons=12,
                  details={"representative": True}),
    PetitionScene("待合法性审核", (5, 30), DRAFTED),
    PetitionScene("审核退回", (8,), (*DRAFTED, do(8, "adviser1", "legal_check", granted=False,
                  note="请补充原丈量记录和现场影像作为依据。"))),
    PetitionScene("待签发", (3,), (*DRAFTED, CHECK)),
    PetitionScene("答复待签发", (4,), (*DIRECT, ADVICE), route=SUGGESTION),
    PetitionScene("待送达", (3,), (*NOTIFIED, ASSIGN, DRAFT, CHECK, SIGN)),
    PetitionScene("已送达", (30,), (*AT_WORK, DRAFT, CHECK, SIGN, SERVE,
                  do(30, "petitioner", JUDGE, office="满意", unit="基本满意"))),
    PetitionScene("申请不计考核", (5,), (*SERVED, UNCOUNT)),
    PetitionScene("不计考核获批", (20,), (*SERVED, UNCOUNT, do(8, "leader1", "decide_exclusion",
                  granted=True, note="属区级权限，同意不计考核。"))),
    PetitionScene("不满意评价申诉", (6,), (*SERVED, do(20, "petitioner", JUDGE, office="满意",
                  unit="不满意"), APPEAL)),
    PetitionScene("评价不满意", (12,), (*SERVED, do(20, "petitioner", JUDGE, office="基本满意",
                  unit="不满意"))),
    PetitionScene("执行中", (60,), EXECUTING),
    PetitionScene("执行超期", (420,), EXECUTING),
    PetitionScene("复查中", (40,), (*SERVED, REVIEW), level=L.DISTRICT, channel=C.FORWARDED),
    PetitionScene("已复查", (30,), REVIEWED),
    PetitionScene("复核中", (60,), (*REVIEWED, FINAL, do(20, "clerk1", "log", kind="hearing",
                  text="复核机关举行听证，双方到场陈述。", began_at=HoursBefore(72),
                  ended_at=HoursBefore(24)))),
    PetitionScene("已复核", (10,), FINALLY_REVIEWED),
    PetitionScene("程序终结", (40,), led(*FINALLY_REVIEWED, CONCLUDE), important=True,
                  level=L.PROVINCIAL, channel=C.FORWARDED),
    PetitionScene("撤回", (20,), (*NOTIFIED, do(20, "clerk1", "withdraw",
                  text="信访人来街道书面撤回，已向其宣读确认。"))),
    PetitionScene("督办", (30,), (*AT_WORK, do(40, "supervisor1", "supervise", level="order",
                  trigger="overdue", requirement="请七日内报告办理进展。"))),
    PetitionScene("领导批示", (15,), (*AT_WORK, do(6, "leader1", "instruct",
                  text="请征收办牵头，两周内拿出方案，向信访人说明。"))),
    PetitionScene("热线转信访", (30,), AT_WORK, from_hotline=True),
    accusation("线索待处理", 0, 4, ACCUSE),
    accusation("线索核对中", 1, 12, ACCUSE, LOOK, channel=C.VISIT),
    accusation("线索已移送", 2, 60, ACCUSE, LOOK, HAND_ON, channel=C.PETITION_ONLINE),
    accusation("线索已了结", 3, 30, ACCUSE, HAND_ON, CLOSE_LINE),
    PetitionScene("不再受理", (30,), (do(8, "leader1", "refuse_again",
                  review_number="市政信复核〔2025〕19号", reviewed_on="2025-06-20",
                  text="与复核认定的事实和理由相同，没有新的情况。"), NOTICE), by="operator1"),
    PetitionScene("已归档", (30,), (CLASSIFY, REDIRECT, NOTICE, ARCHIVE),
                  route=Subroute.LITIGATION),
    PetitionScene("受理告知书", (4,), (*ACCEPTED, TOLD_IN_WRITING, NOTICE)),
)  # fmt: skip
