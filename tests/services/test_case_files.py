"""One case opened: what is shown to whom, what may be done, why the dates are so, and reveals."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import select

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import (
    GuardRefused,
    IllegalTransition,
    InvalidInput,
    NotFound,
    NotPermitted,
    TooManyAttempts,
)
from casetracker.domain.hotline import HOTLINE
from casetracker.domain.vocabulary import Action, RequestKind, State
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.database import transaction
from casetracker.persistence.queries.reference import touch
from casetracker.services.case_reading.offers import OF_A_WHISTLE
from casetracker.services.case_reading.opening import explain_deadlines, open_case_file
from casetracker.services.case_reading.revealing import reveal_person
from casetracker.services.steps.casework import CaseWork
from tests.factories.street import Street

Counter = Callable[[], AbstractContextManager[list[str]]]


def test_the_file_holds_what_happened_in_the_order_it_happened(street: Street) -> None:
    number = street.worked("to_follow_up")
    file = open_case_file(street.ctx("operator"), number)
    assert file.head.state is State.TO_FOLLOW_UP
    assert [entry.action for entry in file.timeline][:4] == [
        Action.REGISTER, Action.DISPATCH, Action.SIGN_FOR, Action.CONTACT,
    ]  # fmt: skip
    assert file.head.unit == "东风社区"
    assert file.head.handler == "handler先生"
    assert file.reply is not None
    assert file.reply.text.startswith("已修好")
    assert file.draft is None
    assert [part.unit for part in file.parts] == ["东风社区"]
    assert len(file.files) == 1
    handled = next(clock for clock in file.clocks if clock.limit == "handle")
    assert handled.standing is Standing.MET


def test_the_resident_is_masked_and_other_cases_of_the_same_number_are_named(
    street: Street,
) -> None:
    first = street.register(petitioner={"name": "张三丰", "phone": "13812345678"}).number
    second = street.register(petitioner={"name": "张先生", "phone": "13812345678"}).number
    file = open_case_file(street.ctx("operator"), second)
    assert (file.person.name, file.person.phone) == ("张*", "138****5678")
    assert [link.number for link in file.history] == [first]


def test_a_resident_who_asked_for_confidence_is_covered(street: Street) -> None:
    person = {"name": "张三", "phone": "13812345678", "confidential": True}
    number = street.register(petitioner=person).number
    shown = open_case_file(street.ctx("operator"), number).person
    assert (shown.name, shown.phone) == ("保密", "保密")


def test_history_and_links_stop_at_the_edge_of_ones_reach(street: Street) -> None:
    elsewhere = street.register().number
    number = street.worked("to_sign", repeat_of=elsewhere)
    assert [link.number for link in open_case_file(street.ctx("operator"), number).links] == [
        elsewhere
    ]
    file = open_case_file(street.ctx("head"), number)
    assert file.links == ()
    assert file.history == ()


def test_a_case_out_of_reach_does_not_exist(street: Street) -> None:
    number = street.worked("to_sign")
    for who in ("other_head", "other_handler", "admin", "auditor", "discipline"):
        with pytest.raises(NotFound):
            open_case_file(street.ctx(who), number)
        with pytest.raises(NotFound):
            explain_deadlines(street.ctx(who), number)


@pytest.mark.parametrize(
    ("state", "who", "primary"),
    [
        ("to_dispatch", "dispatcher", Action.DISPATCH),
        ("to_dispatch", "operator", None),
        ("to_sign", "handler", Action.SIGN_FOR),
        ("signed", "handler", Action.CONTACT),
        ("handling", "handler", Action.SUBMIT),
        ("to_review", "head", Action.APPROVE),
        ("to_review", "handler", None),
        ("to_follow_up", "caller", Action.FOLLOW_UP),
        ("closed", "operator", None),
    ],
)
def test_each_person_is_asked_for_the_one_step_that_is_theirs(
    street: Street, state: str, who: str, primary: Action | None
) -> None:
    assert open_case_file(street.ctx(who), street.worked(state)).primary is primary


def test_what_cannot_be_done_says_why_and_what_is_not_theirs_is_absent(street: Street) -> None:
    number = street.worked("signed")
    file = open_case_file(street.ctx("handler"), number)
    submit = file.offer(Action.SUBMIT)
    assert submit is not None
    assert submit.refusal == "contact_first"
    assert file.offer(Action.APPROVE) is None
    assert file.offer(Action.DECIDE_EXTENSION) is None
    own = street.worked("to_review", important=True)
    approve = open_case_file(street.ctx("head"), own).offer(Action.APPROVE)
    assert approve is not None
    assert approve.refusal == "leader_must_sign"


@pytest.mark.parametrize("state", ["to_dispatch", "to_sign", "signed", "to_review", "to_follow_up"])
def test_offers_are_exactly_what_the_table_would_let_the_person_do(
    street: Street, state: str
) -> None:
    number = street.worked(state)
    for who in ("operator", "dispatcher", "handler", "head", "deputy", "supervisor", "caller"):
        try:
            offers = open_case_file(street.ctx(who), number).offers
        except NotFound:
            continue
        allowed = {(o.action, outcome) for o in offers if o.is_allowed for outcome in o.outcomes}
        assert allowed == _accepted(street, who, number), who


def _accepted(street: Street, who: str, number: str) -> set[tuple[Action, str]]:
    """Every row of the table that may be taken, asked one by one."""
    found = set()
    with transaction() as session:
        work = CaseWork.open(street.ctx(who), session, number)
        for row in HOTLINE.rows:
            try:
                work.require(row.action, row.outcome)
            except (IllegalTransition, NotPermitted, GuardRefused):
                continue
            # Only consultations are answered at once, and no department was whistled for here.
            if row.action is not Action.ANSWER and row.action not in OF_A_WHISTLE:
                found.add((row.action, row.outcome))
    return found


def test_a_waiting_request_comes_before_the_usual_step(street: Street) -> None:
    number = street.worked("signed")
    street.act("handler", number, "request_extension", days=3, reason="construction_period",
               text="需三天施工")  # fmt: skip
    file = open_case_file(street.ctx("deputy"), number)
    assert file.primary is Action.DECIDE_EXTENSION
    request = file.pending(RequestKind.EXTENSION)
    assert request is not None
    assert (request.days, request.requested_by) == (3, "handler先生")


def test_dates_are_explained_day_by_day_and_agree_with_those_kept(street: Street) -> None:
    number = street.worked("signed")
    clocks = {clock.limit: clock for clock in explain_deadlines(street.ctx("handler"), number)}
    handle = clocks["handle"]
    assert handle.rule == "handle:help"
    assert len(handle.steps) >= 5
    assert handle.steps[-1].text
    assert handle.source
    assert clocks["dispatch"].standing is Standing.MET


def test_the_upstream_limit_is_told_apart_from_the_one_counted(street: Street) -> None:
    number = street.worked("signed", external_number="12345-1",
                           external_due_at="2026-03-20 12:00")  # fmt: skip
    file = open_case_file(street.ctx("handler"), number)
    handle = next(clock for clock in file.clocks if clock.limit == "handle")
    assert handle.from_upstream
    assert handle.due_at != handle.due_legal


def test_opening_costs_the_same_however_long_the_history(
    street: Street, count_queries: Counter
) -> None:
    def cost(number: str) -> int:
        street.session.expunge_all()
        with count_queries() as statements:
            open_case_file(street.ctx("handler"), number)
        return len(statements)

    short = street.worked("signed")
    before = cost(short)
    for index in range(40):
        street.act("handler", short, "log", text=f"第{index}次查看现场")
        street.register()
    assert cost(short) == before
    assert before <= 24


def test_a_reveal_needs_a_reason_and_is_written_down(street: Street) -> None:
    number = street.worked("to_sign")
    with pytest.raises(InvalidInput):
        reveal_person(street.ctx("handler"), number, "  ")
    person = reveal_person(street.ctx("handler"), number, "上门前联系")
    assert (person.name, person.phone, person.is_revealed) == ("张三", "13812345678", True)
    record = street.session.scalars(select(AccessRecord)).one()
    assert (record.what, record.case_number, record.detail) == (
        "person_revealed", number, "上门前联系",
    )  # fmt: skip
    assert record.success


def test_nobody_reveals_a_person_beyond_their_rights_or_reach(street: Street) -> None:
    number = street.worked("to_sign")
    with pytest.raises(NotPermitted):
        reveal_person(street.ctx("supervisor"), number, "看看")
    with pytest.raises(NotFound):
        reveal_person(street.ctx("other_handler"), number, "看看")
    assert street.session.scalars(select(AccessRecord)).all() == []


def test_reveals_stop_at_the_offices_hourly_limit_and_the_stop_is_written_down(
    street: Street,
) -> None:
    street.session.add(Setting(name="reveals_per_hour", value="2", changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    number = street.worked("to_sign")
    reveal_person(street.ctx("handler"), number, "联系")
    reveal_person(street.ctx("handler"), number, "联系")
    with pytest.raises(TooManyAttempts) as refused:
        reveal_person(street.ctx("handler"), number, "联系")
    assert refused.value.code == "reveal_limit"
    assert refused.value.facts["retry_after_s"] > 0
    kept = street.session.scalars(select(AccessRecord.success).order_by(AccessRecord.id)).all()
    assert kept == [True, True, False]
    reveal_person(street.ctx("head"), number, "核实")
    street.wait(hours=1, seconds=1)
    reveal_person(street.ctx("handler"), number, "联系")
