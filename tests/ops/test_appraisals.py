"""The desk of the appraisal: what waits and was decided, and what a unit may still appeal."""

from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.petitions import petition
from tests.factories.street import Street
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]
DESK = "/ops/appraisals"


def unhappy(street: Street) -> str:
    """A case closed though its resident stayed dissatisfied."""
    number = street.worked("to_follow_up")
    answer = {"validity": "valid", "contacted": True, "resolved": False}
    street.act("caller", number, "follow_up", **answer, satisfaction="dissatisfied")
    street.act("supervisor", number, "close", unreasonable=False, note="已尽责办理")
    return number


def test_a_request_waits_with_its_grounds_until_another_person_decides_it(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("closed")
    street.act(
        "supervisor", number, "exclude", reason="beyond_powers", text="属区级权限。",
        document_number="新街权责〔2026〕3号", until="2026-12-31",
    )  # fmt: skip
    own = visit(sign_in_as("supervisor"), DESK)
    assert "您的申请，须由另一人审定" in own.text
    client = sign_in_as("leader")
    waiting = visit(client, DESK)
    for words in ("超政府职责", "属区级权限。", "新街权责〔2026〕3号", "12月31日", "审批不计考核"):
        assert words in waiting.text
    form = visit(client, f"/ops/cases/{number}/actions/decide_exclusion")
    assert "新街权责〔2026〕3号" in form.text
    submit(client, form, "/decide_exclusion", granted="true", note="属实")
    assert "没有等待审定的申请" in visit(client, DESK).text
    decided = visit(client, f"{DESK}?status=decided&month=2026-03&kind=exclusion")
    assert "属实" in decided.text
    [reason] = [
        link for link in decided.root.all("a") if "reason=beyond_powers" in link.get("href")
    ]
    assert number in visit(client, reason.get("href")).text
    assert number not in visit(client, reason.get("href").replace("beyond_powers", "legacy")).text


def test_a_petition_is_left_out_on_its_page_and_leads_from_the_desk_to_its_figure(
    street: Street, sign_in_as: SignIn
) -> None:
    number = petition(street).number
    clerk, leader = sign_in_as("clerk"), sign_in_as("leader")
    form = visit(clerk, f"/ops/cases/{number}/actions/exclude")
    assert "复查复核和群众评价一律照旧" in form.text
    assert "同人同事重复" not in form.text
    submit(clerk, form, "/exclude", reason="legacy", text="已列积案。", document_number="新信3号")
    assert number in visit(clerk, DESK).text
    decision = visit(leader, f"/ops/cases/{number}/actions/decide_exclusion")
    submit(leader, decision, "/decide_exclusion", granted="true", note="属实")
    assert "不计考核" in visit(clerk, f"/ops/cases/{number}").text
    decided = visit(leader, f"{DESK}?status=decided&month=2026-03")
    [reason] = [link for link in decided.root.all("a") if "reason=legacy" in link.get("href")]
    assert number in visit(leader, reason.get("href")).text


def test_a_unit_sees_what_it_may_appeal_and_for_how_long(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    number = unhappy(street)
    street.wait(days=4)
    clock.move_to(street.now)
    page = visit(sign_in_as("head"), DESK)
    assert number in page.text
    assert "还剩 6 天" in page.text
    assert number not in visit(sign_in_as("other_head"), DESK).text
    street.act("head", number, "appeal", text="诉求没有政策依据。")
    panel = visit(sign_in_as("head"), DESK)
    assert "没有可以申诉的" in panel.text
    assert "诉求没有政策依据。" in panel.text


def test_a_judgement_is_entered_on_the_page_and_counted_when_it_is_confirmed(
    street: Street, sign_in_as: SignIn
) -> None:
    number = unhappy(street)
    client = sign_in_as("supervisor")
    url = f"/ops/cases/{number}/actions/judge"
    bad = submit(
        client, visit(client, url), "/judge", held_on="2026-03-02", votes="张三 合理", text="x"
    )
    assert "四项都要有" in bad.text
    votes = "张三 合理 不到位 没有上门\n02号 合理 不到位 只打了电话\n03号 不合理 到位 已解释"
    submit(
        client, visit(client, url), "/judge", held_on="2026-03-02", votes=votes, text="查阅案卷。"
    )
    leader = sign_in_as("leader")
    form = visit(leader, f"/ops/cases/{number}/actions/confirm_judgement")
    for words in ("张*：诉求合理，履职不到位。没有上门", "02号", "诉求合理、履职不到位"):
        assert words in form.text
    assert "张三" not in form.text
    submit(leader, form, "/confirm_judgement", granted="true", note="程序合规")
    desk = visit(client, f"{DESK}?status=decided&month=2026-03")
    assert "建议二次督办" in desk.text
    assert "诉求合理率 100.0%(1/1)" in desk.text
    assert "履职到位率 0.0%(0/1)" in desk.text
    assert number in visit(client, f"{DESK}?status=decided&month=2026-03&finding=reasonable").text
    assert number not in visit(client, f"{DESK}?status=decided&month=2026-03&finding=done").text
    assert "多数意见" in visit(client, f"/ops/cases/{number}").text


@pytest.mark.parametrize("who", ["operator", "caller", "admin"])
def test_the_desk_is_closed_to_those_who_have_nothing_to_judge(
    sign_in_as: SignIn, who: str
) -> None:
    visit(sign_in_as(who), DESK, status=403)


def test_nonsense_is_named_and_what_waits_is_shown_instead(sign_in_as: SignIn) -> None:
    assert visit(sign_in_as("supervisor"), f"{DESK}?kind=hold2", status=400).errors


def test_the_desk_costs_the_same_statements_whatever_waits(
    street: Street, sign_in_as: SignIn, count_queries: Callable
) -> None:
    client = sign_in_as("leader")
    for _ in range(2):
        street.act("head", street.worked("closed"), "exclude", reason="legacy", text="历史遗留")
    with count_queries() as few:
        visit(client, DESK)
    for _ in range(3):
        street.act("head", street.worked("closed"), "exclude", reason="legacy", text="历史遗留")
    with count_queries() as many:
        visit(client, DESK)
    assert len(few) == len(many)
