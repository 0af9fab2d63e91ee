"""Signs that a figure may say more than was done: found in what was recorded, never a verdict."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casetracker.domain.errors import NotPermitted
from casetracker.domain.honesty import BY_CODE, INDICATORS
from casetracker.domain.reports.conclusions import problem_lines, problems
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.text import likeness
from casetracker.persistence.working import Attachment
from casetracker.services.commands.appraising import CheckSign
from casetracker.services.desks.honesty_desk import cases_of_sign, check_sign, sign_tables
from casetracker.services.reports.gathering import report_facts
from casetracker.stats.honesty import SIGNS
from tests.factories.street import Street

MONTH = "2026-03"
HAPPY = {"validity": "valid", "contacted": True, "resolved": True, "satisfaction": "satisfied"}


def answered(street: Street, text: str = "", *, wait: timedelta = timedelta(hours=1)) -> str:
    """A case whose contact, evidence and reply lie well apart."""
    number = street.worked("handling")
    street.wait(hours=1)
    street.add_evidence(number)
    file = street.session.query(Attachment).order_by(Attachment.id.desc()).first()
    file.uploaded_by = street.people["handler"].account_id
    street.session.commit()
    street.wait(hours=wait / timedelta(hours=1))
    street.calls += 1
    words = text or f"您好！{'路灯井盖水管' * street.calls}已修好。"
    street.act("handler", number, "submit", result="resolved", text=words)
    street.act("head", number, "approve", via="phone")
    return number


def closed(street: Street, **call: object) -> str:
    number = answered(street)
    street.act("caller", number, "follow_up", **{**HAPPY, **call})
    return number


def shown(street: Street, code: str, who: str = "supervisor") -> set[str]:
    return {row.number for row in cases_of_sign(street.ctx(who), code, MONTH, None).rows}


def without_contact(street: Street) -> str:
    number = street.worked("signed")
    for _ in range(2):
        street.act("handler", number, "contact", outcome="no_answer")
        street.wait(hours=1)
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="已修好，照片附后。")
    street.act("head", number, "approve", via="phone")
    street.act("caller", number, "follow_up", **HAPPY)
    return number


def last_minute(street: Street) -> str:
    number = street.worked("handling")
    street.now = street.case(number).handle_due_at - timedelta(minutes=20)
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="最后时刻才修好。")
    street.act("head", number, "approve", via="phone")
    return number


def other_number(street: Street) -> str:
    return closed(street, number_called="13900000000")


def at_once(street: Street) -> str:
    number = street.worked("signed")
    street.wait(hours=2)
    street.act("handler", number, "contact", outcome="reached")
    street.wait(seconds=30)
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="当场修好。")
    street.act("head", number, "approve", via="phone")
    return number


def later_evidence(street: Street) -> str:
    number = answered(street)
    street.wait(hours=1)
    street.add_evidence(number)
    file = street.session.query(Attachment).order_by(Attachment.id.desc()).first()
    file.uploaded_by = street.people["handler"].account_id
    street.session.commit()
    street.wait(hours=1)
    street.act("caller", number, "follow_up", **HAPPY)
    return number


def nobody_answered(street: Street) -> str:
    number = answered(street)
    for _ in range(3):
        street.act("caller", number, "follow_up", validity="no_answer")
        street.wait(hours=1)
    return number


def withdrawn(street: Street) -> str:
    number = street.worked("handling")
    street.act("operator", number, "withdraw", text="问题已自行解决。")
    return number


ONE_BY_ONE: dict[str, Callable[[Street], str]] = {
    "no_contact": without_contact,
    "last_hour": last_minute,
    "other_number": other_number,
    "early_contact": at_once,
    "odd_evidence": later_evidence,
    "thin_answers": nobody_answered,
    "left_out": withdrawn,
}


@pytest.mark.parametrize("code", ONE_BY_ONE)
def test_a_sign_is_found_where_it_is_and_not_in_usual_work(street: Street, code: str) -> None:
    usual = closed(street, number_called="13812345678")
    number = ONE_BY_ONE[code](street)
    assert shown(street, code) == {number}
    table = next(
        t for t in sign_tables(street.ctx("supervisor"), MONTH) if t.indicator.code == code
    )
    assert (table.found, table.counted) == (1, 2), usual
    assert [row.unit_code for row in table.rows] == ["dongfeng"]


def test_replies_that_say_the_same_are_found_whatever_the_numbers_and_names(
    street: Street,
) -> None:
    one = answered(street, "张先生您好！3号楼路灯已于3月2日修复，请查看。")
    two = answered(street, "李女士，您好：12号楼路灯已于3月5日修复,请查看")
    answered(street, "您好！您反映的井盖问题已经处理。")
    assert shown(street, "same_reply") == {one, two}


def test_texts_are_alike_without_salutation_numbers_and_punctuation_alone() -> None:
    assert likeness("您好！已修复3处。") == likeness("王先生您好:已修复 12 处")
    assert likeness("已修复三处。") != likeness("已修复四处。")
    assert likeness("123 ABC") == ""


def test_many_happy_calls_of_one_person_in_an_hour_are_found(street: Street) -> None:
    numbers = [answered(street) for _ in range(8)]
    street.now = street.now.replace(minute=0) + timedelta(hours=1)
    for number in numbers[:7]:
        street.act("caller", number, "follow_up", **HAPPY)
    assert shown(street, "call_rush") == set()
    street.act("caller", numbers[7], "follow_up", **HAPPY)
    assert shown(street, "call_rush") == set(numbers)


def test_a_unit_sees_its_own_cases_alone(street: Street) -> None:
    number = withdrawn(street)
    assert shown(street, "left_out", "head") == {number}
    assert shown(street, "left_out", "other_head") == set()


def test_past_the_threshold_it_waits_until_a_supervisor_has_looked(street: Street) -> None:
    for _ in range(3):
        withdrawn(street)

    def row():
        tables = sign_tables(street.ctx("leader"), MONTH)
        return next(t for t in tables if t.indicator.code == "left_out")

    assert (row().waiting, row().rows[0].is_past, row().rows[0].check) == (1, True, None)
    found = CheckSign(note="三件均为诉求人来电撤回，录音属实。", in_report=False)
    with pytest.raises(NotPermitted):
        check_sign(street.ctx("leader"), "left_out", MONTH, "dongfeng", found)
    check_sign(street.ctx("supervisor"), "left_out", MONTH, "dongfeng", found)
    check_sign(
        street.ctx("supervisor"), "left_out", MONTH, "dongfeng", CheckSign(note="复核属实。")
    )
    assert row().waiting == 0
    assert row().rows[0].check.note == "复核属实。"
    looks = cases_of_sign(street.ctx("leader"), "left_out", MONTH, "dongfeng").checks
    assert [look.note for look in looks] == ["复核属实。", found.note]


def test_every_indicator_has_its_condition_and_its_source() -> None:
    assert set(SIGNS) == set(BY_CODE) == {one.code for one in INDICATORS}
    assert [one.source for one in INDICATORS] == [
        f"docs/rules/appraisal.md §5 H{place}" for place in range(1, len(INDICATORS) + 1)
    ]


@pytest.mark.parametrize("in_report", [True, False])
def test_the_report_speaks_of_a_sign_only_where_a_person_chose_it(
    street: Street, in_report: bool
) -> None:
    for _ in range(3):
        withdrawn(street)
    found = CheckSign(note="三件均未与诉求人核对。", in_report=in_report)
    check_sign(street.ctx("supervisor"), "left_out", MONTH, "dongfeng", found)
    facts = report_facts(street.ctx("leader"), report_period(Span.MONTH, MONTH))
    said = "东风社区“撤诉和剔除占比偏高”3件（占100.0%）：三件均未与诉求人核对。"
    assert (said in problems(facts)) is in_report
    leads = [link.to for line in problem_lines(facts) for link in line.links]
    to = f"/ops/statistics/honesty/left_out?month={MONTH}&unit=dongfeng"
    assert (to in leads) is in_report
