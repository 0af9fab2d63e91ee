"""What many cases say together: rising, seasons, and one matter told by several residents."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any

from casetracker.domain.insight.alike import Told, ties_among
from casetracker.domain.insight.clusters import clusters_of, persons_among
from casetracker.domain.insight.rising import RISING
from casetracker.domain.insight.season import courses

NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)
MIXER = (
    ("投诉丽发新城小区附近违建搅拌站噪音扰民", "我是丽发新城的业主，开发商在小区旁建大型搅拌站，"
     "机器不分昼夜地响，灰尘很大，孩子没法睡觉。"),
    ("丽发新城旁的搅拌站何时搬走", "丽发新城小区附近的搅拌站灰尘很大，机器日夜不停，"
     "老人孩子都睡不好，请环保部门来看看。"),
    ("丽发新城居民盼安宁", "小区附近的搅拌站灰尘很大，机器声让人受不了，孩子没法睡觉，请处理。"),
)  # fmt: skip
OTHERS = (
    ("路口红绿灯坏了", "学校门口的红绿灯坏了一个星期，上学时段很危险，请交警来维修。"),
    ("咨询居住证怎么办理", "外地户口，租房半年了，请问办居住证要带什么材料，去哪个窗口。"),
)


def told(*texts: tuple[str, str], **facts: Any) -> list[Told]:
    plain = {"category_id": None, "area_id": None, "place": None, "received_at": NOON, **facts}
    return [
        Told(case_id=at, title=title, content=content, **plain)
        for at, (title, content) in enumerate(texts)
    ]


def matters(cases: list[Told]) -> list[set[int]]:
    found = clusters_of(ties_among(cases), [one.category_id for one in cases])
    return [set(one.members) for one in found]


def test_a_topic_rises_with_enough_cases_and_three_times_the_mean_before() -> None:
    assert RISING.has_risen(6, [2, 2, 2, 2])
    assert not RISING.has_risen(5, [2, 2, 2, 2])
    assert not RISING.has_risen(4, [0, 0, 0, 0])
    assert RISING.has_risen(5, [0, 0, 0, 0])


def test_one_matter_in_different_words_is_found_among_others() -> None:
    assert matters(told(*MIXER, *OTHERS, category_id=4)) == [{0, 1, 2}]


def test_why_two_belong_together_names_what_both_say() -> None:
    ties = ties_among(told(*MIXER[:2]))
    assert "丽发新城" in ties[0, 1].name
    assert 0.1 < ties[0, 1].similarity < 1


def test_the_same_words_from_two_communities_are_two_matters() -> None:
    here, there = told(MIXER[0], area_id=1), told(MIXER[0], area_id=2)
    assert matters([*here, *there]) == []
    assert matters([*here, *told(MIXER[0], area_id=None)]) == [{0, 1}]


def test_an_address_brings_cases_together_whose_words_alone_would_not() -> None:
    dark, lamp = (
        ("晚上太黑", "三栋门口的灯不亮，走路看不见。"),
        ("灯坏了", "门口的灯不亮好几天了。"),
    )
    apart = told(dark, lamp)
    same_place = told(dark, lamp, place="东风路 3 号")
    assert matters(apart) == []
    assert matters(same_place) == [{0, 1}]


def test_what_lies_too_far_apart_in_time_is_not_one_matter() -> None:
    old, new = told(MIXER[0]), told(MIXER[1], received_at=NOON + timedelta(days=400))
    assert matters([*old, *new]) == []


def test_the_order_of_the_cases_does_not_change_what_belongs_together() -> None:
    cases = told(*MIXER, *OTHERS, category_id=4)
    turned = cases[::-1]
    by_id = [{turned[at].case_id for at in members} for members in matters(turned)]
    assert by_id == matters(cases)


def test_one_person_is_one_by_any_number_that_two_cases_share() -> None:
    who = persons_among([("p1",), ("p1", "i9"), ("i9",), ("p2",), ()])
    assert who[0] == who[1] == who[2]
    assert len({who[0], who[3], who[4]}) == 3


def test_a_season_rises_only_with_enough_years_and_cases() -> None:
    months = ["2023-06", "2023-07", "2024-06", "2024-07", "2025-06", "2025-07"]
    counts = {("water", month): 10 if month.endswith("06") else 25 for month in months}
    counts |= {("noise", month): 10 for month in months}
    counts |= {("rare", "2025-07"): 3}
    by_key = {one.key: one for one in courses(counts, "2026-07", months)}
    assert (by_key["water"].growth, by_key["water"].years) == (Fraction(5, 2), 3)
    assert [one.key for one in by_key.values() if one.rises] == ["water"]
    assert by_key["rare"].growth is None
    one_year = courses(counts, "2026-07", months[-2:])
    assert all(one.growth is None for one in one_year)


def test_january_is_compared_with_the_december_before() -> None:
    counts = {("heat", month): 10 for month in ("2023-12", "2024-12")}
    counts |= {("heat", month): 20 for month in ("2024-01", "2025-01")}
    [heat] = courses(counts, "2026-01", ["2023-12", "2024-01", "2024-12", "2025-01"])
    assert (heat.years, heat.growth) == (2, Fraction(2))
