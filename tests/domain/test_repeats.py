"""Likely repeats are found by person, place, matter and words, and unlike cases are left alone."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from casetracker.domain.repeats import (
    RULES,
    Candidate,
    Likeness,
    Matter,
    grams,
    likely_repeats,
    score,
    similarity,
)
from tests.effort import effort

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
TEXT = "前进社区幸福花园楼下烧烤店每晚油烟扰民,噪音到凌晨两点,请尽快处理。"
REWORDED = "幸福花园小区楼下的烧烤店油烟很大,噪音吵到凌晨,老人孩子无法休息"
UNLIKE = "咨询七十岁以上老人办理公交卡需要带哪些材料,到哪里办理"


def matter(**facts: Any) -> Matter:
    return Matter(**{"text": TEXT, "category_id": 16, "received_at": NOON, **facts})


def candidate(**facts: Any) -> Candidate:
    plain: dict[str, Any] = {
        "case_id": 1,
        "same_person": False,
        "text": UNLIKE,
        "received_at": NOON - timedelta(days=3),
    }
    return Candidate(**{**plain, **facts})


def likeness(**facts: Any) -> Likeness:
    return score(matter(place="幸福花园 3栋"), candidate(**facts))


def test_the_same_text_by_anybody_is_a_likely_repeat() -> None:
    found = likeness(text=TEXT)
    assert found.similarity == 1.0
    assert found.is_likely
    assert found.reasons == ("similar_text",)


def test_punctuation_space_case_and_full_width_do_not_make_a_text_unlike() -> None:
    assert similarity("KTV噪音,12点", "ｋｔｖ 噪音！１２点。") == 1.0


def test_an_unlike_text_is_no_repeat_even_from_the_same_person_in_the_same_category() -> None:
    found = likeness(same_person=True, category_id=16)
    assert not found.is_likely
    assert found.reasons == ("same_person", "same_category")


@pytest.mark.parametrize(
    ("facts", "rule"),
    [
        ({"same_person": True}, "person_and_text"),
        ({"same_person": True, "category_id": 16}, "person_and_category"),
        ({"same_person": True, "place": "幸福花园３栋"}, "person_and_place"),
        ({"category_id": 16, "place": "幸福花园3栋"}, "place_and_category"),
        ({"place": "幸福花园3栋"}, "place_and_text"),
    ],
)
def test_a_reworded_matter_is_recognised_by_what_it_shares(
    facts: dict[str, Any], rule: str
) -> None:
    assert 0.2 <= likeness(text=REWORDED).similarity < 0.3
    assert not likeness(text=REWORDED).is_likely
    assert rule in likeness(text=REWORDED, **facts).reasons


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_ends_with_its_days(rule: Any) -> None:
    shared: dict[str, Any] = {"text": TEXT, "same_person": rule.same_person}
    shared |= {"category_id": 16} if rule.same_category else {}
    shared |= {"place": "幸福花园3栋"} if rule.same_place else {}
    last_day = NOON - timedelta(days=rule.within_days)
    assert rule.code in likeness(received_at=last_day, **shared).reasons
    day_after = last_day - timedelta(seconds=1)
    assert rule.code not in likeness(received_at=day_after, **shared).reasons


LACKING: dict[str, dict[str, Any]] = {
    "same_person": {"same_person": False},
    "same_category": {"category_id": None},
    "same_place": {"place": None},
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_needs_each_of_its_facts(rule: Any) -> None:
    whole: dict[str, Any] = {
        "text": TEXT,
        "same_person": True,
        "category_id": 16,
        "place": "幸福花园3栋",
    }
    assert rule.code in likeness(**whole).reasons
    for fact, without in LACKING.items():
        needed = getattr(rule, fact)
        assert (rule.code in likeness(**{**whole, **without}).reasons) is not needed


def test_the_best_come_first_and_no_more_than_asked_for() -> None:
    candidates = [
        candidate(case_id=1, text=REWORDED, same_person=True),
        candidate(case_id=2, text=TEXT, same_person=True),
        candidate(case_id=3),
        candidate(case_id=4, text=TEXT),
        candidate(case_id=5, text=TEXT),
    ]
    found = likely_repeats(matter(), candidates)
    assert [likeness.case_id for likeness in found] == [2, 4, 5, 1]
    assert [f.case_id for f in likely_repeats(matter(), candidates, limit=2)] == [2, 4]
    assert all(0 < f.score <= 1 for f in found)


def test_unknown_categories_and_places_are_not_the_same() -> None:
    found = score(
        Matter(text=TEXT, received_at=NOON, place=" "), candidate(text=REWORDED, place="。")
    )
    assert found.reasons == ()


@pytest.mark.parametrize("text", ["", "灯", "!!!", "😀"])
def test_a_text_too_short_to_compare_is_like_nothing(text: str) -> None:
    assert similarity(text, text) == 0.0
    assert not score(matter(text=text), candidate(text=text)).is_likely


def test_200_candidates_are_compared_while_somebody_types() -> None:
    source = random.Random(3)
    signs = [chr(code) for code in range(0x4E00, 0x4E00 + 1500)]
    candidates = [
        candidate(case_id=number, text="".join(source.choices(signs, k=200)))
        for number in range(200)
    ]
    asked = matter(text=TEXT * 6)
    reading = effort(lambda: [grams(one.text) for one in candidates])
    comparing = effort(lambda: likely_repeats(asked, candidates))
    assert comparing < 5 * reading, "hardly more than reading what is compared"


def test_a_megabyte_of_text_is_not_read_to_its_end() -> None:
    def pair(signs: int) -> tuple[Matter, Candidate]:
        return matter(text="油烟" * signs), candidate(text="噪音" * signs)

    long, short = pair(500_000), pair(500)
    assert effort(lambda: score(*long)) < 20 * effort(lambda: score(*short))
