"""Stories of 2019 that are told step by step, each from its own day on.

Those of STORIES are among the 95 that the founding report counts; ACCUSATIONS are not: the report
knows nothing of them, nor does any list but that of the discipline officers.
"""

from dataclasses import dataclass, replace
from datetime import date

from casetracker.domain.vocabulary import Channel, SourceLevel
from casetracker.services.demo import petition_scenes as s
from casetracker.services.demo.petition_scenes import PetitionScene
from casetracker.services.demo.scenes import Do, do

C, L = Channel, SourceLevel


@dataclass(frozen=True, slots=True)
class Story:
    """A scene that begins on a day instead of ending today."""

    begins: date
    scene: PetitionScene


def _in_2019(step: Do, number: str) -> Do:
    """A paper of the organ above, with its number of that year."""
    return replace(step, body={**step.body, "number": number})


REVIEW_2019 = _in_2019(s.UPHELD, "区政信复查〔2019〕4号")
FINAL_2019 = _in_2019(s.FINALLY_UPHELD, "市政信复核〔2019〕9号")
ANEW = (
    do(110, "clerk1", "decide_review", outcome="rehandle", number="区政信复查〔2019〕6号",
       text="原处理意见认定过渡费发放情况的事实不清，撤销原意见，责令重新办理。"),
    do(60, "handler", "draft", request="{request}", facts="重新核对发放台账和银行回单，{facts}",
       opinion="撤销原意见。经重新调查核实，欠发部分由征收单位于十五日内补足，街道逐户回访确认到账。",
       basis="{basis}", outcome="explained"),
    s.CHECK,
    s.SIGN_BY_HEAD,
    s.SERVE,
)  # fmt: skip
SETTLED = (
    do(60, "handler", "execute", text="还建房交付手续办理完毕，信访人已签收钥匙。", done=True),
    do(20, "clerk1", "mark_settled", text="信访人签署息诉罢访承诺书，两次回访均表示满意。"),
    do(6, "deputy1", "mark_settled", granted=True, text="情况属实，认定化解。"),
)  # fmt: skip
MEDIATED = (
    do(30, "handler", "log", kind="mediation", text="组织双方调解，达成协议并当场履行。",
       participants="信访人、物业公司、社区居委会", signed=True, began_at=s.HoursBefore(3),
       ended_at=s.HoursBefore(1)),
    do(6, "clerk1", "conclude", ground="mediated", text="双方签订调解协议并履行完毕，终结。"),
)  # fmt: skip
SIXTY = {
    "representative": True,
    "people": [
        {"name": name, "phone": f"1390000{place:04}", "representative": True}
        for place, name in enumerate(("周建国", "吴秀英", "徐志强", "孙丽华"), start=1001)
    ],
    "purpose": "demand",
}
NOTICED = (
    *s.ACCEPTED, s.TOLD_IN_WRITING, s.NOTICE, s.ASSIGN, s.INTERVIEW, s.SITE, s.DRAFT, s.CHECK,
    s.SIGN_BY_HEAD, s.SERVE,
)  # fmt: skip

STORIES: tuple[Story, ...] = (
    Story(date(2019, 1, 14), PetitionScene("复核后终结", (), (*NOTICED, s.REVIEW, REVIEW_2019,
          s.FINAL, FINAL_2019, s.CONCLUDE, s.ARCHIVE), level=L.MUNICIPAL, channel=C.FORWARDED,
          important=True, details={"sender": "市信访局"})),
    Story(date(2019, 3, 11), PetitionScene("六十人集体访", (), s.led(*s.SERVED), level=L.STREET,
          channel=C.VISIT, persons=60, details=SIXTY)),
    Story(date(2019, 2, 18), PetitionScene("复查后重新办理", (), (*s.SERVED, s.REVIEW, *ANEW),
          level=L.NATIONAL, channel=C.PETITION_ONLINE, details={"sender": "国家信访局"})),
    Story(date(2019, 4, 8), PetitionScene("支持并化解", (), (*s.EXECUTING, *SETTLED),
          level=L.DISTRICT, channel=C.FORWARDED, details={"sender": "区信访局"})),
    Story(date(2019, 6, 3), PetitionScene("调解终结", (), (*s.AT_WORK, *MEDIATED), level=None,
          channel=C.LETTER)),
    Story(date(2019, 7, 8), PetitionScene("撤回", (), (*s.NOTIFIED, do(30, "clerk1", "withdraw",
          text="问题已经解决，信访人书面撤回，已宣读确认。")), level=L.STREET, channel=C.VISIT)),
    Story(date(2019, 9, 25), PetitionScene("异议退回", (), (do(10, "clerk1", "raise_objection",
          reason="信访事项发生在相邻街道，附地界图。"), do(20, "clerk1", "decide_objection",
          granted=True, text="同意退回。")), level=L.DISTRICT, channel=C.FORWARDED,
          details={"sender": "区信访局"})),
    Story(date(2019, 9, 9), PetitionScene("延期后送达", (), (*s.AT_WORK, *s.EXTEND, s.SITE,
          s.DRAFT, s.CHECK, s.SIGN, s.SERVE), level=L.PROVINCIAL, channel=C.FORWARDED,
          details={"sender": "省信访局"})),
)  # fmt: skip

ACCUSATIONS: tuple[Story, ...] = (
    Story(date(2019, 3, 4), s.accusation("2019年线索一", 0, 0, s.ACCUSE, s.LOOK, s.HAND_ON,
          s.CLOSE_LINE)),
    Story(date(2019, 5, 20), s.accusation("2019年线索二", 3, 0, s.ACCUSE, s.HAND_ON, s.CLOSE_LINE,
          channel=C.VISIT)),
    Story(date(2019, 8, 12), s.accusation("2019年线索三", 2, 0, s.ACCUSE, s.LOOK)),
)  # fmt: skip
