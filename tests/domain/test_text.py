"""What people paste comes out storable in both databases, or is refused with a stable code."""

import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.text import MAX_MARKS, BadText, clean_text, half_width
from tests.effort import effort


def cleaned(text: Any, *, max_length: int = 1000, multiline: bool = True) -> str:
    return clean_text(text, max_length=max_length, multiline=multiline)


def refusal(text: Any, **options: Any) -> str:
    with pytest.raises(BadText) as refused:
        cleaned(text, **options)
    return refused.value.code


@pytest.mark.parametrize(
    "text",
    [
        "路灯\x00坏了",
        "\ud800",
        "a\udfffb",
        "\ufffe",
        "\uffff",
        "\ufdd0",
        "\U0001ffff",
        "\U0010fffe",
    ],
    ids=ascii,
)
def test_characters_that_a_database_cannot_hold_are_refused(text: str) -> None:
    assert refusal(text) == "unsaveable_characters"


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("invoice\u202egpj.exe", "invoicegpj.exe"),  # right-to-left override
        ("\u2066甲\u2069\u200f乙\u061c", "甲乙"),
        ("张\u200b三\ufeff\u2060", "张三"),  # zero-width
        ("路\u00ad灯", "路灯"),  # soft hyphen
        ("路\x07灯\x1b[31m\x7f\x9b", "路灯[31m"),  # controls of a terminal
        ("\U000e0041甲\U000e007f", "甲"),  # tag characters
        ("甲\u200d乙", "甲乙"),  # a joiner where nothing joins
    ],
    ids=ascii,
)
def test_what_cannot_be_seen_is_taken_out(text: str, stored: str) -> None:
    assert cleaned(text) == stored


@pytest.mark.parametrize(
    "text",
    ["👨‍👩‍👧", "👍🏽", "❤️‍🔥", "𠀀𪚥", "㐂〇", "\ue000", "Ürümqi", "ⅷ ㎡ ½", "＝1+1", "１２３"],
    ids=ascii,
)
def test_rare_characters_emoji_and_full_width_signs_stay(text: str) -> None:
    assert cleaned(text) == text


def test_composed_and_decomposed_letters_are_stored_alike() -> None:
    assert cleaned("U\u0308ru\u0308mqi") == cleaned("Ürümqi") == "Ürümqi"


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_every_line_end_becomes_one_newline_or_a_blank(end: str) -> None:
    assert cleaned(f"甲 {end}乙") == "甲\n乙"
    assert cleaned(f"甲{end}乙", multiline=False) == "甲 乙"


def test_space_around_is_dropped_and_on_one_line_also_within() -> None:
    assert cleaned("\u3000 甲 \t 乙 \n\n 丙 \n") == "甲 \t 乙\n\n 丙"
    assert cleaned("\u3000 甲 \t 乙 \n\n 丙 \n", multiline=False) == "甲 乙 丙"


@pytest.mark.parametrize("empty", ["", " ", "\n", "\u3000\u200b"])
def test_nothing_visible_is_the_empty_text(empty: str) -> None:
    assert cleaned(empty) == ""


def test_the_limit_counts_characters_after_cleaning() -> None:
    assert cleaned(" 𠀀甲\u200b乙 ", max_length=3) == "𠀀甲乙"
    assert refusal("𠀀甲乙丙", max_length=3) == "text_too_long"
    with pytest.raises(BadText) as refused:
        cleaned("甲" * 11, max_length=10)
    assert refused.value.limit == 10


@pytest.mark.parametrize("value", [None, 12, b"text", ["text"], 1e999])
def test_anything_but_text_is_refused(value: Any) -> None:
    assert refusal(value) == "not_text"


@pytest.mark.parametrize(
    "signs",
    ["字", "\u200b", "\u0327\u0301", "\x00"],
    ids=["ideographs", "zero width", "marks", "nul"],
)
def test_a_megabyte_is_refused_at_once(signs: str) -> None:
    text, short = signs * 500_000, signs * 5_000
    assert refusal(text, max_length=5000) == "text_too_long"
    grown = effort(lambda: refusal(text, max_length=500)) / effort(
        lambda: refusal(short, max_length=500)
    )
    assert grown < 30, "a hundred times the text is not read a hundred times as long"


def test_marks_piled_up_to_slow_the_server_down_are_refused_and_accents_are_not() -> None:
    assert refusal("e" + "\u0327\u0301" * 9000, max_length=5000) == "unsaveable_characters"
    assert cleaned("e" + "\u0301" * MAX_MARKS + "x").endswith("x")


@given(st.text(), st.booleans())
def test_cleaned_text_is_storable_and_cleaning_it_again_changes_nothing(
    text: str, multiline: bool
) -> None:
    try:
        once = clean_text(text, max_length=500, multiline=multiline)
    except BadText:
        return
    assert clean_text(once, max_length=500, multiline=multiline) == once
    assert once == once.strip()
    assert unicodedata.is_normalized("NFC", once)
    assert not {"\x00", "\r", "\u202e", "\u200b", "\ufeff"} & set(once)
    assert once.encode("utf-8").decode("utf-8") == once


def test_full_width_signs_become_plain_only_where_asked() -> None:
    assert half_width("１３８\u3000ＡＢｃ－（８０１）") == "138 ABc-(801)"
    assert half_width("武汉,。٣") == "武汉,。٣"
