"""Changes are worded from the figures: 环比 for the period before, 同比 for the year before."""

from fractions import Fraction

import pytest

from casetracker.domain.peer_groups import GROUPS
from casetracker.domain.rates import BEIJING_DISTRICT, WUHAN_DEFAULT, Rate
from casetracker.domain.reports.facts import Compared, Figure, Part
from casetracker.domain.reports.ranking import rank_words, ranks_of
from casetracker.domain.reports.wording import (
    Comparison,
    both_changes,
    count_change,
    joined,
    percent_of,
    rate_change,
    rate_words,
    signed,
    signed_points,
)
from casetracker.domain.vocabulary import UnitKind

P, Y = Comparison.PREVIOUS, Comparison.LAST_YEAR


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (1234, 1140, "上升8.2%"),
        (969, 1000, "下降3.1%"),
        (7, 7, "持平"),
        (0, 0, "—"),
        (5, 0, "—"),
        (0, 5, "下降100.0%"),
        (3, 1, "上升200.0%"),
        (10001, 10000, "持平"),
        (2001, 2000, "上升0.1%"),
    ],
)
def test_a_count_rises_falls_stays_or_has_no_base(now: int, before: int, words: str) -> None:
    assert count_change(P, now, before) == f"环比{words}"
    assert count_change(Y, now, before) == f"同比{words}"


def test_last_month_is_never_called_last_year() -> None:
    assert both_changes(Compared(1234, 1140, 1273)) == "环比上升8.2%，同比下降3.1%"


@pytest.mark.parametrize(
    ("now", "before", "words", "points"),
    [
        (0.923, 0.911, "上升1.2个百分点", "+1.2"),
        (0.85, 0.885, "下降3.5个百分点", "-3.5"),
        (0.9, 0.9, "持平", "0.0"),
        (None, 0.9, "—", "—"),
        (0.9, None, "—", "—"),
        (0.0, 0.0, "持平", "0.0"),
        (2 / 3, 0.66675, "持平", "0.0"),
    ],
)
def test_a_rate_moves_in_points(
    now: float | None, before: float | None, words: str, points: str
) -> None:
    assert rate_change(P, now, before) == f"环比{words}"
    assert signed_points(now, before) == points


def test_a_rate_is_said_with_its_fraction_and_no_base_is_a_dash() -> None:
    assert rate_words(Figure("x", "满意率", 120 / 130, 120, 130, 0)) == "92.3%（120/130）"
    assert rate_words(Figure("x", "满意率", None, 0, 0, 0)) == "—（0/0）"
    assert rate_words(Figure("x", "满意率", 0.7375, 58.5, 80, 0)) == "73.8%（58.5/80）"
    assert percent_of(0.9225) == "92.3%", "half up from the exact fraction"
    assert [signed(Part("甲", 3, one)) for one in (1, 5, 3)] == ["+2", "-2", "0"]
    assert joined(list("甲乙丙丁"), 2, "个单位") == "甲、乙等4个单位"


def rates(on_time: tuple[int, int], satisfied: tuple[int, int], received: int) -> dict[str, Rate]:
    def rate(top: int, below: int) -> Rate:
        return Rate(Fraction(top, below) if below else None, Fraction(top), below)

    return {
        "received": Rate(None, Fraction(received), None),
        "completion_on_time": rate(*on_time),
        "satisfaction": rate(*satisfied),
    }


def test_small_denominators_are_not_ranked_and_equals_share_a_rank() -> None:
    units = {
        "甲": rates((10, 10), (8, 10), 12),
        "乙": rates((9, 9), (9, 9), 9),
        "丙": rates((18, 20), (20, 20), 22),
        "丁": rates((10, 10), (9, 10), 12),
        "戊": rates((0, 0), (0, 0), 0),
        "己": rates((18, 20), (20, 20), 22),
    }
    assert ranks_of(WUHAN_DEFAULT, units) == {"丁": 1, "甲": 2, "丙": 3, "己": 3}


def test_a_score_ranks_where_the_profile_has_one_and_needs_all_its_denominators() -> None:
    def scored(score: int, *below: int) -> dict[str, Rate]:
        codes = ("response", "resolution", "satisfaction")
        parts = {c: Rate(Fraction(1), Fraction(n), n) for c, n in zip(codes, below, strict=True)}
        total = Rate(Fraction(score, 100), Fraction(score), 100)
        return {"received": Rate(None, Fraction(30), None), "score": total, **parts}

    units = {
        "甲": scored(80, 20, 20, 20),
        "乙": scored(99, 20, 20, 9),
        "丙": scored(90, 10, 11, 12),
    }
    assert ranks_of(BEIJING_DISTRICT, units) == {"丙": 1, "甲": 2}
    assert "综合成绩" in rank_words(BEIJING_DISTRICT)
    assert "按时办结率" in rank_words(WUHAN_DEFAULT)


def test_every_kind_of_unit_has_its_group() -> None:
    kinds = [kind for among in GROUPS.values() for kind in among]
    assert sorted(kinds) == sorted(UnitKind)
