"""Two people take a step on the same case at the same moment: one order of the two holds."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import pytest

from casetracker.domain.errors import DomainError
from casetracker.domain.vocabulary import Action
from casetracker.persistence.database import db
from casetracker.services.commands.answering import Evaluate
from casetracker.services.context import RESIDENT, ClientKey, Context
from casetracker.services.steps.actions import ACTIONS
from casetracker.services.steps.follow_ups import evaluate_case
from casetracker.services.verifying.running import verify
from tests.databases import Databases, environment
from tests.factories.at_once import at_once
from tests.factories.petitions import OPINION, row_of
from tests.factories.petitions import worked as petition_at
from tests.factories.processes import SharedStreet, shared_street
from tests.factories.street import Street

Act = Callable[[Street, str], Any]


@pytest.fixture(scope="module")
def shared(
    databases: Databases,
    engine_name: str,
    tmp_path_factory: pytest.TempPathFactory,
    papers_not_laid_out: None,
) -> Iterator[SharedStreet]:
    """One street for all of them: each takes cases of its own."""
    url = databases.new(engine_name)
    with shared_street(environment(url, tmp_path_factory.mktemp("data"))) as street:
        yield street
    databases.drop(url)


def step(who: str, action: str, /, **body: Any) -> Act:
    return lambda street, number: street.act(who, number, action, **body)


def judged(satisfaction: str) -> Act:
    def judge(street: Street, number: str) -> Any:
        ctx = Context(RESIDENT, street.now, door="portal", ip="203.0.113.9")
        code = street.codes[number]  # type: ignore[attr-defined]
        return evaluate_case(
            ctx, number, Evaluate.model_validate({"query_code": code, "satisfaction": satisfaction})
        )

    return judge


ROUNDS = 3
APPEAL = {"petition_class": "appeal", "subroute": "6", "reason": "反映房屋漏水无人维修。"}
SATISFIED = {"validity": "valid", "resolved": True, "satisfaction": "satisfied"}
UNHAPPY = {"validity": "valid", "resolved": False, "satisfaction": "dissatisfied"}
DECIDED = {"granted": True, "note": "同意"}
RETURN = step("head", "request_return", reason="not_our_area", basis="不在辖区")
HOLD = step("head", "request_hold", text="待立项", plan="九月完工")
EXTEND = step("head", "request_extension", days=2, reason="party_cause", text="约定")

ONE_WINS = {
    "both sign": ("to_sign", (), step("handler", "sign_for"), step("second_handler", "sign_for")),
    "dispatch or decline": (
        "to_dispatch", (), step("dispatcher", "dispatch", unit="东风社区"),
        step("second_operator", "decline", reason="beyond_powers", text="请向区里反映"),
    ),
    "return granted or refused": (
        "to_sign", (RETURN,), step("dispatcher", "decide_return", **DECIDED),
        step("deputy", "decide_return", granted=False, note="指定"),
    ),
    "extension granted twice": (
        "handling", (EXTEND,), step("deputy", "decide_extension", **DECIDED),
        step("leader", "decide_extension", **DECIDED),
    ),
    "two extensions asked for": ("handling", (), EXTEND, EXTEND),
    "hold granted or refused": (
        "handling", (HOLD,), step("deputy", "decide_hold", **DECIDED),
        step("leader", "decide_hold", granted=False, note="不同意"),
    ),
    "approved or sent back": (
        "to_review", (), step("head", "approve"), step("deputy", "send_back", note="补照片"),
    ),
    "called back twice": (
        "to_follow_up", (), step("caller", "follow_up", **SATISFIED),
        step("caller", "follow_up", **UNHAPPY),
    ),
    "redone or closed": (
        "to_follow_up", (step("caller", "follow_up", **UNHAPPY),),
        step("supervisor", "redo", note="再办"),
        step("supervisor", "close", unreasonable=False, note="已解释"),
    ),
    "judged twice": ("to_follow_up", (), judged("satisfied"), judged("satisfied")),
    "withdrawn or answered": (
        "to_review", (), step("head", "approve"), step("operator", "withdraw", text="撤回"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ONE_WINS)
def test_one_of_two_wins_or_both_hold_in_some_order(shared: SharedStreet, name: str) -> None:
    state, before, *both = ONE_WINS[name]
    street = shared.street
    for _ in range(ROUNDS):
        number = worked(street, state)
        for act in before:
            act(street, number)
        told = both_at_once(street, number, both)
        assert all(one is None or isinstance(one, DomainError) for one in told), told
        assert None in told, "somebody gets through"
    assert findings(street) == []


OPINION_AGAIN = {**OPINION, "opinion": "另一种意见：由物业公司赔偿损失。"}
PASSED = {"granted": True, "note": "同意"}
BACK = {"granted": False, "note": "补充依据"}

PETITIONS = {
    "classified twice": (
        "registered", step("clerk", "classify", **APPEAL),
        step("second_clerk", "classify", **{**APPEAL, "subroute": "2"}),
    ),
    "an accusation or an appeal": (
        "registered", step("clerk", "classify", **APPEAL),
        step("second_clerk", "classify", petition_class="accusation", reason="反映违纪"),
    ),
    "accepted or sent into the lane": (
        "classified", step("clerk", "accept"),
        step("second_clerk", "transfer_confidential", reason="反映违纪"),
    ),
    "accepted twice": (
        "classified", step("clerk", "accept"), step("leader", "accept", simple=True),
    ),
    "accepted or refused": (
        "classified", step("leader", "accept"),
        step("second_clerk", "decline", reason="in_petition", text="已由上级受理"),
    ),
    "the notice served twice": (
        "accepted", step("clerk", "serve", receiver="李四"),
        step("second_clerk", "serve", receiver="李四"),
    ),
    "given to two units": (
        "accepted", step("clerk", "assign", unit="东风社区", recusal_checked=True),
        step("leader", "assign", unit="新河社区", recusal_checked=True),
    ),
    "drafted twice": (
        "handling", step("handler", "draft", **OPINION), step("head", "draft", **OPINION_AGAIN),
    ),
    "drafted while it is given to another": (
        "handling", step("handler", "draft", **OPINION),
        step("clerk", "assign", unit="新河社区", recusal_checked=True),
    ),
    "signed or sent back": (
        "to_sign_off", step("leader", "sign_off", **PASSED), step("deputy", "sign_off", **BACK),
    ),
    "signed twice": (
        "to_sign_off", step("leader", "sign_off", **PASSED), step("deputy", "sign_off", **PASSED),
    ),
    "served twice": (
        "to_serve", step("clerk", "serve", receiver="李四"),
        step("second_clerk", "serve", receiver="李四"),
    ),
    "served or taken back": (
        "to_serve", step("clerk", "serve", receiver="李四"),
        step("second_clerk", "withdraw", text="撤回"),
    ),
    "a review asked for twice": (
        "served", step("clerk", "request_review", reason="不服"),
        step("second_clerk", "request_review", reason="不服"),
    ),
    "reviewed two ways": (
        "in_review", step("clerk", "decide_review", outcome="upheld", text="维持"),
        step("second_clerk", "decide_review", outcome="rehandle", text="重办"),
    ),
    "concluded or accused": (
        "finally_reviewed", step("clerk", "conclude", ground="final_review", text="终结"),
        step("second_clerk", "transfer_confidential", reason="反映违纪"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PETITIONS)
def test_one_of_two_wins_on_a_petition(shared: SharedStreet, name: str) -> None:
    state, *both = PETITIONS[name]
    street = shared.street
    for _ in range(ROUNDS):
        number = petition_at(street, state)
        told = both_at_once(street, number, both)
        assert all(one is None or isinstance(one, DomainError) for one in told), told
        assert None in told, "somebody gets through"
    assert findings(street) == []


@pytest.mark.parametrize(
    ("state", "who", "action", "body"),
    [("to_sign", "handler", "sign_for", {}),
     ("to_dispatch", "dispatcher", "dispatch", {"unit": "东风社区"})],
)  # fmt: skip
def test_one_press_that_arrives_twice_at_once_is_done_once_and_answered_alike(
    shared: SharedStreet, state: str, who: str, action: str, body: dict[str, Any]
) -> None:
    """The second waits for the first, and would be refused what that has just done."""
    street, spec = shared.street, ACTIONS[Action(action)]
    for _ in range(ROUNDS):
        number = worked(street, state)
        version = street.case(number).version
        ctx = street.ctx(who, key=ClientKey(f"{action} {number}", "h"))
        press = partial(spec.run, ctx, number, spec.command.model_validate(body))
        assert at_once(press, press) == [None, None]
        assert street.case(number).version == version + 1
    assert findings(street) == []


def test_two_opinions_that_are_signed_at_once_have_numbers_of_their_own(
    shared: SharedStreet,
) -> None:
    street = shared.street
    first, second = (petition_at(street, "to_sign_off") for _ in range(2))
    signed = both_at_once(
        street, first,
        (step("leader", "sign_off", **PASSED),
         lambda s, _: s.act("deputy", second, "sign_off", **PASSED)),
    )  # fmt: skip
    assert signed == [None, None]
    numbers = [row_of(street, number).opinion_number for number in (first, second)]
    assert None not in numbers
    assert len(set(numbers)) == 2
    assert findings(street) == []


def test_two_cases_are_not_grouped_into_each_other(shared: SharedStreet) -> None:
    street = shared.street
    for _ in range(ROUNDS):
        first, second = street.register().number, street.register().number
        told = both_at_once(
            street, first,
            (step("operator", "group", into=second),
             lambda s, _, a=second, b=first: s.act("second_operator", a, "group", into=b)),
        )  # fmt: skip
        assert sum(one is None for one in told) == 1, told
    assert findings(street) == []


def test_a_reply_reaches_who_is_grouped_at_that_moment(shared: SharedStreet) -> None:
    """Approving locks the parent first and then its children, grouping the other way round."""
    street = shared.street
    for _ in range(ROUNDS):
        first, second = worked(street, "to_review"), street.register().number
        told = both_at_once(
            street, first,
            (step("head", "approve"),
             lambda s, _, a=second, b=first: s.act("operator", a, "group", into=b)),
        )  # fmt: skip
        assert told == [None, None]
        assert street.case(second).replied_at is not None
    assert findings(street) == []


def worked(street: Street, until: str) -> str:
    """A case at that state whose query code the test knows."""
    codes = street.__dict__.setdefault("codes", {})
    made = street.register

    def registering(*args: Any, **body: Any) -> Any:
        done = made(*args, **body)
        codes[done.number] = done.facts["query_code"]
        return done

    street.register = registering  # type: ignore[method-assign]
    try:
        return street.worked(until)
    finally:
        del street.__dict__["register"]


def both_at_once(street: Street, number: str, both: Iterable[Act]) -> list[Exception | None]:
    """What came of each when both start together; None where it was done."""
    return at_once(*(partial(act, street, number) for act in both))


def findings(street: Street) -> list[str]:
    """Without the files, which this street only pretends to have."""
    db.session.rollback()
    found = (finding for _, finding in verify(street.ctx("auditor")))
    return [f"{one.case} {one.kind}" for one in found if one is not None and one.invariant != "I6"]
