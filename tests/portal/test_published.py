"""看公开 and 办事须知: figures with their parts, nobody recognisable, promises as configured."""

import re
from datetime import UTC, date, datetime

import pytest

from casetracker.domain.vocabulary import DayUnit
from casetracker.persistence.calendar_day import LimitRow
from casetracker.persistence.queries.reference import touch
from casetracker.portal.published import FEWEST, last_full_months


def cells(page):
    """The limits of the guidance page by kind."""
    return dict(re.findall(r"<td[^>]*>([^<]+)</td><td[^>]*>([^<]+)</td><td", page))


def settled(street, how_many):
    for n in range(how_many):
        number = street.worked("to_follow_up", petitioner={"phone": f"1381234{n:04}"})
        happy = n % 4 != 0
        street.act(
            "caller", number, "follow_up", validity="valid", contacted=True, resolved=happy,
            satisfaction="satisfied" if happy else "dissatisfied",
        )  # fmt: skip
        if not happy:
            street.act("supervisor", number, "close", unreasonable=False, note="已说明")


def test_a_full_month_is_published_with_numerator_and_denominator(visitor, street, wait):
    settled(street, FEWEST + 2)
    wait(days=35)
    page = visitor.get("/statistics").text
    assert "2026年3月" in page
    assert "12 件" in page
    assert "<b>75.0%</b><small>9/12</small>" in page
    assert "<b>100.0%</b><small>12/12</small>" in page
    assert "(满意+基本满意)件数" in page


def test_a_month_with_few_cases_tells_that_and_no_more(visitor, street, wait):
    settled(street, FEWEST - 1)
    wait(days=35)
    page = visitor.get("/statistics").text
    assert f"少于 {FEWEST} 件" in page
    assert "不公布</span>" in page
    assert "/" not in "".join(re.findall("<small>(.+?)</small>", page))


def test_the_month_that_still_runs_is_not_published(visitor, street):
    settled(street, FEWEST)
    page = visitor.get("/statistics").text
    assert "2026年3月" not in page
    assert "还没有可以公布的数字" in page


@pytest.mark.parametrize(
    ("moment", "months"),
    [
        (datetime(2026, 2, 28, 15, 59, tzinfo=UTC), ["2025-12", "2026-01"]),
        (datetime(2026, 2, 28, 16, 0, tzinfo=UTC), ["2026-01", "2026-02"]),
    ],
)
def test_months_end_at_midnight_in_shanghai(moment, months):
    assert last_full_months(moment, 2) == months


def test_the_number_of_statements_does_not_grow_with_the_cases(
    visitor, street, wait, count_queries
):
    street.register()
    wait(days=35)
    visitor.get("/statistics")
    with count_queries() as few:
        visitor.get("/statistics")
    settled(street, 3)
    with count_queries() as more:
        visitor.get("/statistics")
    assert len(few) == len(more)


def test_guidance_gives_the_limits_that_are_in_force(visitor, street):
    visitor.get("/guidance")
    assert cells(visitor.page)["求助"] == "5 个工作日"
    street.session.add(
        LimitRow(
            code="handle:help",
            amount=3,
            unit=DayUnit.WORKING,
            effective_from=date(2026, 1, 1),
            source="街道公告",
            changed_at=street.now,
        )
    )
    touch(street.session, street.now)
    street.session.commit()
    visitor.get("/guidance")
    assert cells(visitor.page)["求助"] == "3 个工作日"
    assert "工作日 9:00–12:00、14:00–17:30" in visitor.page


def test_the_three_doors_lead_where_they_say(visitor):
    page = visitor.get("/").text
    for path in ("/submit", "/track", "/statistics", "/guidance"):
        assert f'href="{path}"' in page
        assert visitor.get(path).status_code == 200


def test_guidance_tells_petitioners_their_limits_and_the_organs_above(visitor, street):
    visitor.get("/guidance")
    for words in ("15 日内书面告知", "60 日内书面答复", "10 个工作日内答复", "30 日内向"):
        assert words in visitor.page
    assert "申请复核" in visitor.page
