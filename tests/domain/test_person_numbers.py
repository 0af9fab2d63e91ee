"""Telephone and identity numbers are brought to one spelling or refused with a stable code."""

import random
from datetime import date, timedelta

import pytest

from casetracker.domain.person_numbers import check_digit
from casetracker.domain.privacy import (
    BadIdNumber,
    BadNumber,
    BadPhone,
    normalise_id_number,
    normalise_phone,
)


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("13812345678", "13812345678"),
        ("13812345678\n", "13812345678"),
        (" 138 1234 5678 ", "13812345678"),
        ("138-1234-5678", "13812345678"),
        ("１３８１２３４５６７８", "13812345678"),
        ("+86 13812345678", "13812345678"),
        ("＋８６１３８１２３４５６７８", "13812345678"),
        ("008613812345678", "13812345678"),
        ("13800000086", "13800000086"),  # what looks like a country code inside is none
        ("13812340086", "13812340086"),
        ("8613812345678", "13812345678"),
        ("013812345678", "13812345678"),
        ("19912345678", "19912345678"),
        ("027-83210000", "02783210000"),
        ("(027)8321 0000", "02783210000"),
        ("（027）83210000", "02783210000"),
        ("+86 27 8321 0000", "02783210000"),
        ("010-62345678", "01062345678"),
        ("0712-8321000", "07128321000"),
        ("0755-83210000", "075583210000"),
        ("027-83210000转801", "02783210000-801"),
        ("027-83210000 ext. 801", "02783210000-801"),
        ("400-123-4567", "4001234567"),
        ("8001234567", "8001234567"),
        ("95588", "95588"),
        ("95105105", "95105105"),
        ("12345", "12345"),
        ("１２３１５", "12315"),
    ],
)
def test_a_telephone_number_in_any_spelling_has_one_form(typed: str, number: str) -> None:
    assert normalise_phone(typed) == number
    assert normalise_phone(number.replace("-", "转")) == number


@pytest.mark.parametrize(
    "typed",
    [
        *["", " ", "无", "1381234567", "138123456789", "12812345678", "10812345678", "1381234567X"],
        *["٣٨١٢٣٤٥٦٧٨", "1381234567٨", "²13812345678", "138\x0012345678", "13812345678'; --"],
        *["13812345678/13912345678", "+1 212 555 0100", "40012345678", "95", "110", "12345678901"],
        *["026-83210000", "027-13210000", "027-8321000", "0712-832100"],
        *["027-83210000转", "027-83210000转1234567"],
    ],
    ids=ascii,
)
def test_anything_else_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(BadPhone) as refused:
        normalise_phone(typed)
    assert refused.value.code == "bad_phone"


def test_a_local_number_is_completed_only_by_a_known_area_code() -> None:
    with pytest.raises(BadPhone) as refused:
        normalise_phone("8321 0000")
    assert refused.value.code == "phone_needs_area_code"
    assert normalise_phone("8321 0000", area_code="027") == "02783210000"
    with pytest.raises(BadPhone, match="bad_phone"):
        normalise_phone("8321000", area_code="027")  # Wuhan's numbers have eight digits


# 11010519491231002X is the worked example of GB 11643-1999.
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x\n", "11010519491231002X"),
        (" 110105 19491231 002X ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
        ("440524188001010014", "440524188001010014"),
        ("110105491231002", "11010519491231002X"),  # 15 digits, the number of before 1999
    ],
)
def test_an_identity_number_in_any_spelling_has_one_form(typed: str, number: str) -> None:
    assert normalise_id_number(typed) == number


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("110105194912310021", "bad_id_check_digit"),
        ("110105194912310020", "bad_id_check_digit"),
        ("110105194902300026", "bad_id_date"),  # 30 February
        ("110105490230002", "bad_id_date"),
        ("110105179912310029", "bad_id_date"),
        ("990105194912310021", "bad_id_area"),
        ("", "bad_id_format"),
        ("1101051949123100", "bad_id_format"),
        ("11010519491231002XX", "bad_id_format"),
        ("X10105194912310021", "bad_id_format"),
        ("11010519491231002٣", "bad_id_format"),
        ("11010519491231002Y", "bad_id_format"),
    ],
)
def test_an_impossible_identity_number_is_refused_with_what_is_wrong(typed: str, code: str) -> None:
    with pytest.raises(BadIdNumber) as refused:
        normalise_id_number(typed)
    assert refused.value.code == code
    assert isinstance(refused.value, BadNumber)
    assert isinstance(refused.value, ValueError)


def generated_id(source: random.Random) -> str:
    born = date(1925, 1, 1) + timedelta(days=source.randrange(36_000))
    first = f"4201{source.randrange(1, 99):02d}{born:%Y%m%d}{source.randrange(1000):03d}"
    return first + check_digit(first)


def test_of_ten_thousand_generated_identity_numbers_exactly_the_right_ones_are_accepted() -> None:
    source = random.Random(20260301)
    for _ in range(10_000):
        number = generated_id(source)
        assert normalise_id_number(number) == number
        wrong = source.choice([sign for sign in "0123456789X" if sign != number[-1]])
        with pytest.raises(BadIdNumber):
            normalise_id_number(number[:-1] + wrong)
