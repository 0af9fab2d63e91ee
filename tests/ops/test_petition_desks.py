"""Register, calendars and signing desk of the petition track, and who sees what waits for them."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from flask.testing import FlaskClient

from tests.factories.petitions import classify, petition, serve, worked
from tests.factories.street import Street
from tests.pages import Page, visit

SignIn = Callable[[str], FlaskClient]


def rows_of(page: Page) -> list[str]:
    return [row.text for row in page.root.all("tr") if "data-row" in row.attributes]


def numbers_on(client: FlaskClient, path: str) -> set[str]:
    words = " ".join(rows_of(visit(client, path)))
    return {word for word in words.replace("XF", " XF").split() if word.startswith("XF2026")}


def entry(page: Page, name: str) -> str:
    lines = [link.text for link in page.root.all("a") if link.get("data-nav") == name]
    return lines[0] if lines else ""


def test_the_register_counts_petitions_and_persons_apart(
    street: Street, sign_in_as: SignIn
) -> None:
    petition(street)
    petition(street, channel="letter", persons=60)
    street.register()
    page = visit(sign_in_as("clerk"), "/ops/petitions")
    assert "2 件次 · 61 人次" in page.text
    assert "等 60 人" in page.text


@pytest.mark.parametrize(
    ("asked", "fits"),
    [
        ("state=registered", "plain"), ("petition_class=suggestion", "advice"),
        ("subroute=6", "appeal"), ("source_level=district", "sent"), ("channel=visit", "many"),
        ("collective=yes", "many"), ("repeated=yes", "again"), ("q=路灯", "advice"),
        ("received_from=2026-03-02&subroute=6", "appeal"),
    ],
)  # fmt: skip
def test_the_register_is_narrowed_by_what_petitions_are(
    street: Street, sign_in_as: SignIn, asked: str, fits: str
) -> None:
    people = {"people": [{"name": "王一", "representative": True}]}
    words = {"content": "反映房屋漏水。"}
    made = {
        "plain": petition(street, **words).number,
        "advice": petition(street, content="建议增设路灯。").number,
        "appeal": petition(street, **words).number,
        "sent": petition(street, source_level="district", **words).number,
        "many": petition(street, channel="visit", persons=9, petition=people, **words).number,
    }
    made["again"] = petition(street, repeat_of=made["plain"], **words).number
    classify(street, made["advice"], petition_class="suggestion", subroute=None)
    classify(street, made["appeal"])
    found = numbers_on(sign_in_as("clerk"), f"/ops/petitions?{asked}")
    assert made[fits] in found
    assert len(found) < len(made)


def test_each_desk_has_its_own_piles_with_counts(street: Street, sign_in_as: SignIn) -> None:
    petition(street)
    worked(street, "accepted")
    worked(street, "to_check")
    worked(street, "to_sign_off")
    worked(street, "to_serve")
    worked(street, "in_review")
    clerk = sign_in_as("clerk")
    page = visit(clerk, "/ops/")
    for name, words in (
        ("to_classify", "待甄别1"), ("to_notify", "待送达告知书1"), ("to_assign", "待交办1"),
        ("to_serve", "待送达意见1"), ("in_review", "复查复核中1"),
    ):  # fmt: skip
        assert words in entry(page, name), name
        assert len(rows_of(visit(clerk, f"/ops/petitions?queue={name}"))) == 1
    assert "待合法性审核1" in entry(visit(sign_in_as("adviser"), "/ops/"), "to_check")
    assert "信访待签发1" in entry(visit(sign_in_as("leader"), "/ops/"), "to_sign_off")
    assert not entry(visit(sign_in_as("handler"), "/ops/"), "to_classify")


def test_a_served_notice_leaves_the_pile_of_notices(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "accepted")
    clerk = sign_in_as("clerk")
    assert number in numbers_on(clerk, "/ops/petitions?queue=to_notify")
    assert number in visit(clerk, "/ops/petitions/notices?month=2026-03").text
    serve(street, number)
    assert not numbers_on(clerk, "/ops/petitions?queue=to_notify")
    assert number not in visit(clerk, "/ops/petitions/notices?month=2026-03").text


def test_the_notices_stand_on_their_day(street: Street, sign_in_as: SignIn) -> None:
    number = petition(street).number
    clerk = sign_in_as("clerk")
    page = visit(clerk, "/ops/petitions/notices")
    assert "3月待到期 1 件" in page.text
    assert number in visit(clerk, "/ops/petitions/notices?day=2026-03-17").text
    empty = visit(clerk, "/ops/petitions/notices?day=2026-03-18")
    assert number not in empty.text
    assert "没有到期的信访件" in empty.text


def test_both_dates_of_an_opinion_stand_side_by_side_over_a_holiday(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    number = worked(street, "accepted")  # 2 March + 60 days = 1 May, a holiday until 5 May
    clerk = sign_in_as("clerk")
    by_law = visit(clerk, "/ops/petitions/opinions?day=2026-05-06")
    assert number in by_law.text
    assert "5月1日(周五) 未顺延" in by_law.text
    assert number in visit(clerk, "/ops/petitions/opinions?day=2026-05-01").text


def test_what_is_late_stands_on_top_in_whatever_month(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    number = petition(street).number
    clock.move_to(datetime(2026, 3, 20, 1, 30, tzinfo=UTC))
    page = visit(sign_in_as("clerk"), "/ops/petitions/notices?month=2026-06")
    assert "已超期 1 件" in page.text
    assert number in page.text


@pytest.mark.parametrize("asked", ["month=2026-13", "month=x", "day=2026-02-30", "day=0001-01-01"])
def test_a_day_that_is_none_shows_this_month(
    sign_in_as: SignIn, street: Street, asked: str
) -> None:
    assert "2026年3月" in visit(sign_in_as("clerk"), f"/ops/petitions/opinions?{asked}").text


def test_a_unit_does_not_read_the_calendars(sign_in_as: SignIn) -> None:
    visit(sign_in_as("handler"), "/ops/petitions/notices", status=403)


def test_the_signing_desk_holds_drafts_extensions_and_settlements(
    street: Street, sign_in_as: SignIn
) -> None:
    draft = worked(street, "to_sign_off")
    late, settled = worked(street, "handling"), worked(street, "served")
    street.act("handler", late, "request_extension", days=20, reason="expert_opinion", text="鉴定")
    street.act("clerk", settled, "mark_settled", text="签署息诉承诺。")
    head = visit(sign_in_as("leader"), "/ops/petitions/signing")
    for number in (draft, late, settled):
        assert number in head.text
    assert "延至" in head.text
    deputy = visit(sign_in_as("deputy"), "/ops/petitions/signing")
    assert draft in deputy.text
    assert late not in deputy.text  # only the head of the organ extends (art. 34)


def test_what_falls_due_today_is_signed_first(
    street: Street, sign_in_as: SignIn, clock: time_machine.Traveller
) -> None:
    worked(street, "to_sign_off")
    leader = sign_in_as("leader")
    assert "今日须签发 0 件" in visit(leader, "/ops/petitions/signing").text
    clock.move_to(datetime(2026, 5, 6, 1, 30, tzinfo=UTC))
    assert "今日须签发 1 件" in visit(sign_in_as("leader"), "/ops/petitions/signing").text


def test_a_collective_visit_waits_for_the_head_alone(street: Street, sign_in_as: SignIn) -> None:
    people = {"people": [{"name": "王一", "representative": True}]}
    number = worked(street, "to_sign_off", channel="visit", persons=9, petition=people)
    page = visit(sign_in_as("deputy"), "/ops/petitions/signing")
    assert "须由他人签发" in page.text
    assert number in page.text
    assert not rows_of(page)


def test_extensions_of_petitions_stay_off_the_hotline_desk(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "handling")
    street.act("handler", number, "request_extension", days=9, reason="expert_opinion", text="鉴定")
    for who in ("leader", "deputy"):
        assert number not in visit(sign_in_as(who), "/ops/approvals").text
