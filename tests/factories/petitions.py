"""Petitions along their usual way, each by the people whose step it is."""

from typing import Any

from casetracker.persistence.petition import Petition
from casetracker.services.outcome import Outcome
from tests.factories.street import Street

OPINION = {
    "request": "请求维修三号楼屋面漏水。",
    "facts": "经现场查看，三号楼屋面防水层老化，六户顶层住户渗漏。",
    "opinion": "对维修请求予以支持，由物业公司使用维修资金完成屋面防水维修。",
    "basis": "《住宅专项维修资金管理办法》第二十二条。",
    "outcome": "explained",
}


def petition(street: Street, who: str = "clerk", **body: Any) -> Outcome:
    """Register a letter; `body` overrides its fields."""
    plain = {"track": "petition", "channel": "letter", "petitioner": {"name": "李四"}}
    return street.register(who, **{**plain, **body})


def row_of(street: Street, number: str) -> Petition:
    """The petition side as it stands in the database."""
    case = street.case(number)
    return street.session.query(Petition).filter_by(case_id=case.id).one()


def classify(street: Street, number: str, **body: Any) -> Outcome:
    plain = {"petition_class": "appeal", "subroute": "6", "reason": "反映房屋漏水无人维修。"}
    return street.act("clerk", number, "classify", **{**plain, **body})


def serve(street: Street, number: str, **body: Any) -> Outcome:
    return street.act("clerk", number, "serve", **{"receiver": "李四", **body})


def assign(street: Street, number: str, **body: Any) -> Outcome:
    plain = {"unit": "东风社区", "handler": "handler", "recusal_checked": True}
    return street.act("clerk", number, "assign", **{**plain, **body})


def draft(street: Street, number: str, who: str = "handler", **body: Any) -> Outcome:
    return street.act(who, number, "draft", **{**OPINION, **body})


WAY = (
    ("registered", classify),
    ("classified", lambda s, n: s.act("clerk", n, "accept")),
    ("accepted", serve),
    ("notified", assign),
    ("handling", draft),
    ("to_check", lambda s, n: s.act("adviser", n, "legal_check", granted=True, note="合法适当。")),
    ("to_sign_off", lambda s, n: s.act("leader", n, "sign_off", granted=True)),
    ("to_serve", serve),
    ("served", lambda s, n: s.act("clerk", n, "request_review", reason="不服。")),
    ("in_review", lambda s, n: s.act("clerk", n, "decide_review", outcome="upheld", text="维持。")),
    ("reviewed", lambda s, n: s.act("clerk", n, "request_final_review", reason="不服。")),
    (
        "in_final_review",
        lambda s, n: s.act("clerk", n, "decide_final_review", outcome="upheld", text="维持。"),
    ),
    (
        "finally_reviewed",
        lambda s, n: s.act("clerk", n, "conclude", ground="final_review", text="复核意见已送达。"),
    ),
    ("concluded", lambda s, n: s.act("clerk", n, "archive")),
)
"""What stands, and the step that leads on from there."""


def worked(street: Street, until: str, **body: Any) -> str:
    """A petition taken along the usual way up to where the word says; its number."""
    number = petition(street, **body).number
    for stage, step in WAY:
        if stage == until:
            return number
        step(street, number)
    return number
