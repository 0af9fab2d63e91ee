"""Random steps on cases: allowed and refused ones, by anybody, at any time of day."""

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from casetracker.domain.errors import DomainError
from casetracker.domain.vocabulary import Action, Role
from casetracker.domain.workflow import Transition
from casetracker.domain.workflows import WORKFLOWS
from casetracker.persistence.case import Case
from casetracker.services.commands.answering import Evaluate, UrgeByResident
from casetracker.services.context import RESIDENT, Context
from casetracker.services.steps.actions import ACTIONS
from casetracker.services.steps.attachments import add_attachment
from casetracker.services.steps.follow_ups import evaluate_case
from casetracker.services.steps.oversight import urge_by_resident
from tests.factories.street import PEOPLE, Street

UNITS = ("东风社区", "新河社区", "公共管理办公室")
PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
PAUSES = (
    timedelta(0), timedelta(0), timedelta(seconds=1), timedelta(minutes=7), timedelta(hours=1),
    timedelta(hours=1), timedelta(hours=1), timedelta(hours=4), timedelta(days=1),
)  # fmt: skip
SET_BACK = (timedelta(seconds=2), timedelta(hours=1), timedelta(days=2))

ON_THE_WAY = (
    Action.DISPATCH, Action.SIGN_FOR, Action.CONTACT, Action.SUBMIT, Action.APPROVE,
    Action.FOLLOW_UP, Action.EVALUATE, Action.REDO, Action.RELEASE, Action.DECIDE_HOLD,
    Action.DECIDE_RETURN, Action.DECIDE_EXTENSION, Action.DECIDE_APPEAL,
)  # fmt: skip
AWAY = (
    Action.WITHDRAW, Action.REFER, Action.DECLINE, Action.ANSWER, Action.RETURN_UPSTREAM,
)  # fmt: skip
ANY_TIME = (
    Action.EXCLUDE, Action.SUPERVISE, Action.URGE, Action.RECLASSIFY,
    Action.ATTACH, Action.LOG, Action.INSTRUCT, Action.SUPERVISE_REPORT, Action.DECIDE_EXCLUSION,
)  # fmt: skip
LIKELY = {
    **dict.fromkeys(ON_THE_WAY, 40), **dict.fromkeys(ANY_TIME, 3), **dict.fromkeys(AWAY, 1),
}  # fmt: skip
"""How often a step is tried when its turn could come; others are in between."""
POSSIBLE = {*ACTIONS, Action.ATTACH, Action.EVALUATE}
TRIES = 4
"""A step that is refused is followed by another one at once."""


@dataclass
class Walk:
    """One walk over a few cases of a street; `told` is what happened, for whoever must look."""

    street: Street
    draw: random.Random
    codes: dict[str, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    taken: int = 0
    clock_may_jump_back: bool = False
    likely: Mapping[Action, int] = field(default_factory=lambda: LIKELY)

    def begin(self, cases: int) -> None:
        for _ in range(cases):
            self.register()

    def register(self) -> None:
        upstream = {
            "external_number": f"WH{self.draw.randrange(10**9)}",
            "external_due_at": (self.street.now + timedelta(days=5)).isoformat(),
        }
        done = self.street.register(
            self.draw.choice(("operator", "dispatcher", "handler")),
            kind=self.draw.choice(("help", "consult", "complaint")),
            important=self.maybe(0.2),
            urgency=self.draw.choice(("normal", "urgent")),
            petitioner={
                "name": "张三",
                "phone": f"1381234567{self.draw.randrange(3)}",
                "no_calls": self.maybe(0.2),
            },
            **(upstream if self.maybe(0.3) else {}),
        )
        self.codes[done.number] = done.facts["query_code"]
        self.told.append(f"registered {done.number}")

    def step(self) -> str:
        """One attempt on one case; the number of the case."""
        if self.maybe(0.05) or not any(self.street.case(n).is_open for n in self.codes):
            self.register()
        number = self.draw.choice(sorted(self.codes)[-4:])
        self._let_time_pass(number)
        for _ in range(TRIES):
            action, who = self._choice(number)
            if self._is_taken(action, who, number):
                break
        return number

    def _is_taken(self, action: Action, who: str, number: str) -> bool:
        try:
            self._take(action, who, number)
        except DomainError as refusal:
            self._tell(action, who, number, f"refused {refusal.code}")
            return False
        self.taken += 1
        self._tell(action, who, number, "done")
        return True

    def maybe(self, chance: float = 0.5) -> bool:
        return self.draw.random() < chance

    def _tell(self, action: Action, who: str, number: str, what: str) -> None:
        self.told.append(f"{self.street.now:%m-%d %H:%M:%S} {who} {action} {number}: {what}")

    def _let_time_pass(self, number: str) -> None:
        due = self.street.case(number).next_due_at
        if due is not None and due > self.street.now and self.maybe(0.1):
            self.street.now = due + timedelta(seconds=self.draw.choice((-1, 0, 1)))
        elif self.clock_may_jump_back and self.maybe(0.1):
            self.street.now -= self.draw.choice(SET_BACK)
        else:
            self.street.now += timedelta(days=15) if self.maybe(0.02) else self.draw.choice(PAUSES)

    def _choice(self, number: str) -> tuple[Action, str]:
        """Mostly what the table allows to somebody with the role, now and then anything."""
        if self.maybe(0.1):
            return self.draw.choice([*ACTIONS, Action.ATTACH]), self.draw.choice(sorted(PEOPLE))
        case = self.street.case(number)
        rows = self._rows(case)
        weights = [self.likely.get(row.action, 10) for row in rows]
        row = self.draw.choices(rows, weights)[0]
        people = [who for who, (role, _) in PEOPLE.items() if role in row.roles]
        if self.maybe(0.8):
            people = [who for who in people if self._is_near(who, case)]
        if Role.RESIDENT in row.roles:
            people.append("resident")
        return row.action, self.draw.choice(sorted(people) or ["handler"])

    def _rows(self, case: Case) -> list[Transition]:
        """What the table allows here to anybody."""
        rows = WORKFLOWS[case.track].rows_from(case.state)
        return [row for row in rows if row.action in POSSIBLE]

    def _is_near(self, who: str, case: Case) -> bool:
        """Not of a community that has nothing to do with the case."""
        unit = self.street.units[PEOPLE[who][1]]
        return unit.kind != "community" or case.lead_unit_id in (None, unit.id)

    def _take(self, action: Action, who: str, number: str) -> None:
        if action is Action.SUBMIT and self.maybe(0.8):
            self._take(Action.ATTACH, who, number)
            if self.street.case(number).state == "handling":
                self.street.act(who, number, "contact", outcome="reached")
        if who == "resident":
            self._as_resident(action, number)
        elif action is Action.ATTACH:
            add_attachment(
                self.street.ctx(who), number, "证据.pdf", BytesIO(PDF),
                self.draw.choice(("request", "evidence", "evidence")),
            )  # fmt: skip
        else:
            self.street.act(who, number, action, **self._body(action, number))

    def _as_resident(self, action: Action, number: str) -> None:
        ctx = Context(RESIDENT, self.street.now, request_id="test", door="portal", ip="203.0.113.9")
        code = self.codes[number]
        if action is Action.URGE:
            urge_by_resident(ctx, number, UrgeByResident(query_code=code))
        elif action is Action.EVALUATE:
            body = {**self._answers(), "query_code": code}
            body.pop("contacted", None)
            evaluate_case(ctx, number, Evaluate.model_validate(body))
        else:
            raise DomainError("no such door")

    def _answers(self) -> dict[str, Any]:
        unhappy = self.maybe(0.4)
        return {
            "contacted": True,
            "resolved": not unhappy,
            "satisfaction": "dissatisfied" if unhappy else "satisfied",
        }

    def _body(self, action: Action, number: str) -> dict[str, Any]:
        made: Callable[[], dict[str, Any]] | None = getattr(self, f"_{action}", None)
        if made is not None:
            return made()
        if action is Action.GROUP:
            return {"into": self.draw.choice(sorted(self.codes))}
        return dict(ACTIONS[action].example)

    def _dispatch(self) -> dict[str, Any]:
        first, second = self.draw.sample(UNITS[:2], 2)
        lead = first if self.maybe(0.3) else "东风社区"
        return {"unit": lead, "assisting": [second] if second != lead and self.maybe(0.3) else []}

    def _assist(self) -> dict[str, Any]:
        return {
            "units": [self.draw.choice(UNITS)],
            "request": "请协助",
            "due_at": self._soon() if self.maybe(0.3) else None,
        }

    _whistle = _assist

    def _soon(self) -> str:
        moment: datetime = self.street.now + timedelta(hours=self.draw.choice((1, 30, 24 * 60)))
        return moment.isoformat()

    def _contact(self) -> dict[str, Any]:
        return {"outcome": self.draw.choice(("reached", "no_answer"))}

    def _granted(self) -> dict[str, Any]:
        return {"granted": self.maybe(0.6), "note": "已阅"}

    _decide_return = _decide_extension = _decide_hold = _decide_exclusion = _granted
    _decide_reinstatement = _confirm_judgement = _granted

    def _request_extension(self) -> dict[str, Any]:
        return {
            "days": self.draw.choice((1, 5, 10)),
            "reason": "construction_period",
            "text": "施工中",
        }

    def _release(self) -> dict[str, Any]:
        settled = self.maybe(0.3)
        return {"settled": settled, "note": "销账", "text": "已全部完工。" if settled else None}

    def _submit(self) -> dict[str, Any]:
        return {"result": "resolved", "text": f"已修好（{self.draw.randrange(10**9)}）。"}

    def _follow_up(self) -> dict[str, Any]:
        validity = self.draw.choice(("valid", "valid", "no_answer", "no_calls_wanted"))
        return {"validity": validity, **(self._answers() if validity == "valid" else {})}

    def _close(self) -> dict[str, Any]:
        return {"unreasonable": self.maybe(), "note": "已解释"}

    def _supervise_report(self) -> dict[str, Any]:
        return {"text": "反馈", "accepted": self.draw.choice((None, None, True, False))}

    def _decide_appeal(self) -> dict[str, Any]:
        return {"demand_reasonable": self.maybe(), "duty_done": self.maybe(), "note": "裁定"}

    def _upstream(self) -> dict[str, Any]:
        granted = self.draw.choice((None, None, True, False))
        return {"text": "说明", "granted": granted}

    _return_upstream = _upstream

    def _extend_upstream(self) -> dict[str, Any]:
        return {**self._upstream(), "new_due_at": self._soon()}

    def _reclassify(self) -> dict[str, Any]:
        return {
            "kind": self.draw.choice(("help", "consult", "complaint", None)),
            "urgency": self.draw.choice(("normal", "urgent", None)),
            "category": "路灯" if self.maybe() else None,
            "reason": "更正",
        }
