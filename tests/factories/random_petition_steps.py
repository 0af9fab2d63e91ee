"""Random steps on petitions: by anybody, in any order, entered late, some into the lane."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from casetracker.domain.days import local_date
from casetracker.domain.errors import DomainError
from casetracker.domain.petition_vocabulary import ConcludeGround, PaperKind, RecordKind
from casetracker.domain.vocabulary import Action
from casetracker.domain.workflow import Transition
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.services.commands.petitions import (
    EvaluatePetition,
    ReviewByPetitioner,
    WithdrawByPetitioner,
)
from casetracker.services.context import RESIDENT, Context
from casetracker.services.residents.petitioner_acts import (
    ask_for_review,
    evaluate_petition,
    withdraw_petition,
)
from casetracker.services.steps.actions import ACTIONS
from tests.factories.random_steps import Walk

A = Action
ON_THE_WAY = (
    A.CLASSIFY, A.ACCEPT, A.ASSIGN, A.DRAFT, A.LEGAL_CHECK, A.SIGN_OFF, A.SERVE, A.EXECUTE,
    A.REQUEST_REVIEW, A.DECIDE_REVIEW, A.REQUEST_FINAL_REVIEW, A.DECIDE_FINAL_REVIEW,
    A.DECIDE_EXTENSION, A.DECIDE_OBJECTION,
)  # fmt: skip
SELDOM = (A.WITHDRAW, A.TRANSFER_CONFIDENTIAL, A.ARCHIVE, A.DECLINE, A.REFUSE_AGAIN)
OFTEN = (A.CONCLUDE, A.EVALUATE, A.MARK_SETTLED, A.LOG, A.REQUEST_EXTENSION)
LIKELY = {
    **dict.fromkeys(ON_THE_WAY, 40), **dict.fromkeys(OFTEN, 6), **dict.fromkeys(SELDOM, 1),
}  # fmt: skip
"""The rest, oversight and files, is tried now and then."""
OF_ITS_OWN = (ConcludeGround.FINAL_REVIEW, ConcludeGround.MEDIATED, ConcludeGround.WINDOW_LAPSED)
"""Ends that ask for something; the others are there for the taking."""
ROUTES = ("6", "6", "6", "6", "5", "4", "2")


@dataclass
class PetitionWalk(Walk):
    """One walk over a few petitions of a street."""

    likely: Any = field(default_factory=lambda: {**dict.fromkeys(ACTIONS, 3), **LIKELY})

    def register(self) -> None:
        details: dict[str, Any] = {}
        if self.maybe(0.4):
            details |= {"sender": "区信访局"}
        if self.maybe(0.2):
            details |= {"against_unit": "新河社区"}
        if self.maybe(0.1):
            details |= {"petition_class": "accusation"}
        body: dict[str, Any] = {
            "track": "petition",
            "channel": self.draw.choice(("letter", "visit", "forwarded", "petition_online")),
            "important": self.maybe(0.2),
            "petitioner": {"name": "李四", "phone": f"1391234567{self.draw.randrange(3)}"},
            "petition": details,
        }
        if self.maybe(0.3):
            body["received_at"] = self.street.now - timedelta(days=self.draw.choice((1, 6, 20)))
        done = self.street.register(self.draw.choice(("clerk", "operator", "handler")), **body)
        self.codes[done.number] = done.facts["query_code"]
        self.told.append(f"registered {done.number}")

    def _rows(self, case: Case) -> list[Transition]:
        """Each way on counts once: no class given twice, no further papers but now and then."""
        rows = super()._rows(case)
        if self.maybe(0.1):
            return rows
        done = {A.ATTACH}
        if case.state == "classified":
            done.add(A.CLASSIFY)
        if case.state not in ("to_notify", "to_serve") and side_of(self, case.number).notified_at:
            done.add(A.SERVE)
        return [row for row in rows if row.action not in done and row.outcome != "again"]

    def _as_resident(self, action: Action, number: str) -> None:
        ctx = Context(RESIDENT, self.street.now, request_id="test", door="portal", ip="203.0.113.9")
        code = self.codes[number]
        if action is A.EVALUATE:
            said = {
                party: self.draw.choice((None, "满意", "不满意")) for party in ("office", "unit")
            }
            told = EvaluatePetition.model_validate({"query_code": code, **said})
            evaluate_petition(ctx, number, told)
        elif action in (A.REQUEST_REVIEW, A.REQUEST_FINAL_REVIEW):
            ask_for_review(ctx, number, ReviewByPetitioner(query_code=code, reason="不服。"))
        elif action is A.WITHDRAW:
            withdraw_petition(ctx, number, WithdrawByPetitioner(query_code=code, text="撤回。"))
        else:
            raise DomainError("no such door")

    def _earlier(self) -> str | None:
        """Now and then a step is entered days after it happened."""
        if self.maybe(0.6):
            return None
        moment = self.street.now - timedelta(hours=self.draw.choice((1, 20, 80, 400)))
        return moment.isoformat()

    def _in_days(self, *days: int) -> str:
        return (local_date(self.street.now) + timedelta(days=self.draw.choice(days))).isoformat()

    def _granted(self) -> dict[str, Any]:
        return {"granted": self.maybe(0.8), "note": "已阅"}

    _legal_check = _sign_off = _decide_extension = _granted

    def _classify(self) -> dict[str, Any]:
        which = self.draw.choices(("appeal", "suggestion", "accusation"), (80, 15, 5))[0]
        route = self.draw.choice(ROUTES) if which == "appeal" else None
        return {"petition_class": which, "subroute": route, "reason": "经核对材料。"}

    def _accept(self) -> dict[str, Any]:
        return {"simple": self.maybe(0.2), "accepted_at": self._earlier()}

    def _forward(self) -> dict[str, Any]:
        due = self._in_days(-1, 10, 30) if self.maybe() else None
        return {"organ": "区水务和湖泊局", "report_due_on": due, "text": "请按职责办理。"}

    def _decline(self) -> dict[str, Any]:
        reason = self.draw.choice(("not_ours", "in_petition", "emergency_line"))
        return {"reason": reason, "organ": "相邻街道", "text": "请向该机关提出。"}

    def _decide_objection(self) -> dict[str, Any]:
        return {"granted": self.maybe(0.3), "text": "核实意见。"}

    def _assign(self) -> dict[str, Any]:
        return {
            "unit": self.draw.choice(("东风社区", "东风社区", "新河社区")),
            "handler": self.draw.choice((None, "handler")),
            "recusal_checked": self.maybe(0.9),
            "recused": self.draw.choice((None, None, None, "second_handler")),
            "recusal_reason": "与信访人有亲属关系",
            "due_on": self._in_days(-1, 40) if self.maybe(0.1) else None,
        }

    def _draft(self) -> dict[str, Any]:
        mark = self.draw.randrange(10**9)
        return {
            "request": "请求维修屋面。",
            "facts": f"经现场查看，屋面渗漏属实（{mark}）。",
            "opinion": f"{'由物业公司维修' * self.draw.randint(1, 6)}，编号{mark}。",
            "basis": "《物业管理条例》。",
            "outcome": self.draw.choice(("supported", "explained", "not_supported", "partly")),
            "advice": self.draw.choice(("adopted", None)),
            "execute_by": self._in_days(5, 60),
        }

    def _serve(self) -> dict[str, Any]:
        kinds = (None, None, None, None, PaperKind.ACCEPTANCE_NOTICE, PaperKind.EXTENSION_NOTICE,
                 PaperKind.OPINION)  # fmt: skip
        return {
            "kind": self.draw.choice(kinds),
            "receiver": "李四",
            "served_at": self._earlier(),
            "method": self.draw.choice(("in_person", "post", "left", "not_owed")),
        }

    def _execute(self) -> dict[str, Any]:
        return {"text": "执行中。", "done": self.maybe()}

    def _asked(self) -> dict[str, Any]:
        return {"reason": "不服。", "requested_at": self._earlier()}

    _request_review = _request_final_review = _asked

    def _decide_review(self) -> dict[str, Any]:
        outcome = self.draw.choice(("upheld", "changed", "rehandle"))
        return {"outcome": outcome, "text": "意见摘要。", "served_at": self._earlier()}

    _decide_final_review = _decide_review

    def _conclude(self) -> dict[str, Any]:
        grounds = [None, *ConcludeGround] if self.maybe(0.1) else [None, *OF_ITS_OWN]
        return {"ground": self.draw.choice(grounds), "text": "说明。"}

    def _mark_settled(self) -> dict[str, Any]:
        return {"granted": self.draw.choice((None, True, False)), "text": "回访属实。"}

    def _log(self) -> dict[str, Any]:
        began = self.street.now - timedelta(hours=self.draw.choice((2, 30, 100)))
        return {
            "text": "办理记录。",
            "kind": self.draw.choice(list(RecordKind)),
            "began_at": began.isoformat(),
            "ended_at": (began + timedelta(hours=self.draw.choice((1, 26)))).isoformat(),
            "signed": self.maybe(),
        }

    def _request_extension(self) -> dict[str, Any]:
        return {"days": self.draw.choice((1, 15, 30)), "reason": "expert_opinion", "text": "鉴定"}

    def _transfer_confidential(self) -> dict[str, Any]:
        return {
            "reason": "反映违纪。",
            "accused_unit": self.draw.choice((None, "东风社区")),
            "organ": self.draw.choice((None, "区纪委监委", "东风社区")),
        }


def side_of(walk: Walk, number: str) -> Petition:
    """The petition row as it stands in the database."""
    case = walk.street.case(number)
    return walk.street.session.query(Petition).filter_by(case_id=case.id).one()
