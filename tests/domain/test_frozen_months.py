"""A roll counts what it was made of, and two rolls tell which cases moved."""

from datetime import UTC, datetime
from fractions import Fraction

import pytest

from casetracker.domain.frozen.changes import (
    FigureLine,
    MonthChanges,
    ProfileChanges,
    rate_in_words,
)
from casetracker.domain.frozen.differences import (
    Move,
    case_moves,
    figure_changes,
    table_changes,
)
from casetracker.domain.frozen.notice import CorrectionHead, correction_content
from casetracker.domain.frozen.plain_rates import plain_rate, rate_from_plain
from casetracker.domain.frozen.roll import CaseRoll, Member, RollMark, Row
from casetracker.domain.rates import Rate

N, D, X, OUT = RollMark.NUMERATOR, RollMark.DENOMINATOR, RollMark.EXCLUDED, RollMark.OUTSIDE


def member(case_id: int, parts: str, unit: str | None = "a", **more: str | None) -> Member:
    return Member(case_id, 5, (unit,), more.get("excluded"), more.get("satisfaction"), parts)


def roll(*members: Member) -> CaseRoll:
    return CaseRoll(("unit",), ("received", "satisfaction"), members)


SIX = roll(
    member(1, "nn", satisfaction="satisfied"),
    member(2, "nn", "b", satisfaction="basically"),
    member(3, "nd", None, satisfaction="dissatisfied"),
    member(4, "xx", excluded="legacy", satisfaction="satisfied"),
    member(5, "x-", "b", excluded="misrouted"),
    member(6, "n-"),
)


def test_a_roll_is_read_back_as_it_was() -> None:
    assert CaseRoll.from_json(SIX.as_json()) == SIX


def test_every_part_of_a_figure_has_its_cases() -> None:
    assert SIX.behind("satisfaction", "numerator") == [1, 2]
    assert SIX.behind("satisfaction", "denominator") == [1, 2, 3]
    assert SIX.behind("satisfaction", "excluded") == [4]
    assert SIX.behind("received", "excluded", reason="misrouted") == [5]
    assert SIX.behind("received", "numerator", Row("unit", "b")) == [2]
    assert SIX.behind("received", "numerator", Row("unit", None)) == [3]
    assert SIX.mark_of(3, "satisfaction") is D
    assert SIX.mark_of(3, "satisfaction", Row("unit", "a")) is OUT
    with pytest.raises(ValueError, match="not in"):
        SIX.behind("fame", "numerator")


def test_a_recount_weighs_answers_and_leaves_out_what_was_excluded() -> None:
    whole = SIX.recount()[None, "satisfaction"]
    assert (whole.denominator, whole.excluded) == (3, {"legacy": 1})
    assert whole.credit(None) == 2
    weights = {"satisfied": Fraction(1), "basically": Fraction(9, 10)}
    assert whole.credit(weights) == Fraction(19, 10)
    rows = SIX.recount("unit")
    assert rows["a", "received"].numerator == 2
    assert rows[None, "satisfaction"].denominator == 1


def test_cases_come_in_go_out_and_change() -> None:
    later = roll(
        member(1, "nx", excluded="legacy", satisfaction="satisfied"),
        member(2, "nn", "c", satisfaction="satisfied"),
        *SIX.members[2:5],
        member(7, "n-"),
    )
    moves = {one.case_id: one for one in case_moves(SIX, later)}
    assert set(moves) == {1, 2, 6, 7}
    assert moves[1].moves == (Move("satisfaction", N, X),)
    assert (moves[2].moves, moves[2].rows) == ((), (("unit", "b", "c"),))
    assert moves[2].answers == ("basically", "satisfied")
    assert moves[6].moves == (Move("received", N, OUT),)
    assert moves[7].moves == (Move("received", OUT, N),)
    assert [one.is_new for one in moves.values()] == [False, False, False, True]
    assert list(case_moves(SIX, SIX)) == []


def rate(numerator: int, denominator: int | None, value: float | None = None) -> dict:
    return {
        "value": value, "numerator": numerator, "denominator": denominator, "excluded": {},
    }  # fmt: skip


def table(total: dict, **rows: dict) -> dict:
    lines = [{"key": key, "label": key, "metrics": {"m": one}} for key, one in rows.items()]
    return {"total": {"metrics": {"m": total}}, "rows": lines}


def test_figures_that_differ_are_told_and_empty_rows_are_none() -> None:
    before = table(rate(2, 3), a=rate(2, 3), gone=rate(0, 0))
    after = table(rate(3, 4), a=rate(2, 3), b=rate(1, 1))
    told = [(one.label, one.before, one.after) for one in figure_changes(before, after)]
    assert told == [(None, rate(2, 3), rate(3, 4)), ("b", None, rate(1, 1))]


def test_every_table_is_compared_and_one_of_a_single_row_says_no_more_than_the_total() -> None:
    before = {
        "unit": table(rate(2, 3), a=rate(2, 3), b=rate(0, 1)),
        "track": table(rate(2, 3), hotline=rate(2, 3)),
        "channel": table(rate(2, 3), visit=rate(2, 3)),
        "gone": table(rate(2, 3), x=rate(2, 3), y=rate(0, 1)),
    }
    after = {
        "unit": table(rate(1, 3), a=rate(1, 3), b=rate(0, 1)),
        "track": table(rate(1, 3), hotline=rate(1, 3)),
        "channel": table(rate(1, 3), visit=rate(1, 2), call=rate(0, 1)),
        "new": table(rate(1, 3), x=rate(1, 2), y=rate(0, 1)),
    }
    told = [(by, one.label) for by, one in table_changes(before, after)]
    assert told == [("unit", None), ("unit", "a"), ("channel", "call"), ("channel", "visit")]


def test_a_paper_prints_the_first_of_too_many_figures_and_says_so() -> None:
    lines = [FigureLine(f"行{n}", "受理量", "1件", "2件", "问题分类") for n in range(301)]
    of = ProfileChanges("P", "口径", "1", tuple(lines), (), 0)
    moment = datetime(2026, 4, 2, tzinfo=UTC)
    head = CorrectionHead("某街道办事处", 1, None, None, "复核。")
    paper = correction_content(head, MonthChanges("2026-03", 0, moment, moment, (of,)))
    [annex] = paper.annexes
    heading, grid, rest = annex.blocks
    assert (annex.title, heading.text) == ("分行指标更正表（口径）", "按问题分类")
    assert (len(grid.rows), rest.text) == (
        300, "共301项，以上为前300项，其余见系统中的更正页面。",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (None, "—"),
        (rate(12, None), "12件"),
        ({**rate(12, None), "excluded": {"legacy": 2}}, "12件（剔除2）"),
        (rate(2, 3, 2 / 3), "66.7%（2/3）"),
        ({**rate(1, 2, 0.8), "numerator": 1.6, "excluded": {"legacy": 1}}, "80.0%（1.6/2，剔除1）"),
        (rate(0, 0), "—（0/0）"),
    ],
)
def test_a_figure_in_words(given: dict | None, words: str) -> None:
    assert rate_in_words(given) == words


def test_a_figure_has_the_decimals_of_its_profile() -> None:
    assert rate_in_words(rate(2, 3, 2 / 3), decimals=2) == "66.67%（2/3）"


@pytest.mark.parametrize(
    "made",
    [
        Rate(None, Fraction(12), None, {"legacy": 1}),
        Rate(Fraction(2, 3), Fraction(2), 3),
        Rate(Fraction(53, 90), Fraction(53, 10), 9),
        Rate(None, Fraction(0), 0),
        Rate(Fraction(1, 3), Fraction(7), 9),
    ],
    ids=["a count", "a share", "with weights", "of nothing", "a mean of the units"],
)
def test_a_rate_is_the_same_after_it_was_kept(made: Rate) -> None:
    plain = plain_rate(made)
    again = rate_from_plain(plain)
    assert plain_rate(again) == plain
    assert again.numerator == made.numerator
    assert again.value == pytest.approx(made.value)
