"""Numbers have one form; a query code betrays a slip of the hand before anyone looks it up."""

import secrets
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.numbering import (
    ALPHABET,
    case_number,
    is_well_formed_query_code,
    new_query_code,
    normalise_case_number,
    normalise_query_code,
    order_number,
)

codes = st.binary(min_size=7, max_size=7).map(lambda raw: new_query_code(lambda _: raw))


def test_numbers_of_cases_and_orders() -> None:
    assert case_number(2026, 123) == "RX2026-000123"
    assert case_number(2026, 123, prefix="HJ") == "HJ2026-000123"
    assert case_number(2026, 1_000_000) == "RX2026-1000000"
    assert order_number(2026, 12) == "DB2026-0012"


@pytest.mark.parametrize("number", [case_number, order_number])
@pytest.mark.parametrize(("year", "sequence"), [(2026, 0), (2026, -1), (26, 1), (10_000, 1)])
def test_there_is_no_number_without_a_year_and_a_positive_sequence(
    number: object, year: int, sequence: int
) -> None:
    assert callable(number)
    with pytest.raises(ValueError, match="no number"):
        number(year, sequence)


@pytest.mark.parametrize(
    "typed", ["RX2026-000123", " rx2026-000123\n", "ｒｘ２０２６－０００１２３", "RX 2026 – 000123"]
)
def test_a_case_number_is_found_however_it_is_typed(typed: str) -> None:
    assert normalise_case_number(typed) == "RX2026-000123"


def test_the_alphabet_has_32_symbols_and_none_that_are_misread_for_a_digit() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 32
    assert not set("0O1I") & set(ALPHABET)


@given(codes)
def test_a_code_has_eight_symbols_and_passes_its_own_check(code: str) -> None:
    assert len(code) == 8
    assert is_well_formed_query_code(code)
    assert normalise_query_code(code) == code


@given(codes)
def test_no_single_wrong_symbol_passes(code: str) -> None:
    for place, symbol in product(range(8), ALPHABET):
        if symbol != code[place]:
            assert not is_well_formed_query_code(code[:place] + symbol + code[place + 1 :])


@given(codes, st.integers(0, 7), st.integers(0, 7))
def test_no_two_symbols_that_changed_places_pass(code: str, one: int, other: int) -> None:
    symbols = list(code)
    symbols[one], symbols[other] = symbols[other], symbols[one]
    swapped = "".join(symbols)
    assert is_well_formed_query_code(swapped) == (swapped == code)


@given(codes)
def test_a_code_is_understood_in_lower_case_with_spaces_and_look_alikes(code: str) -> None:
    typed = f" {code[:4].lower()} - {code[4:]}\n".replace("L", "1").replace("l", "I")
    assert normalise_query_code(typed) == code
    full_width = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    assert normalise_query_code(full_width) == code


@pytest.mark.parametrize(
    "text", ["", "2222222", "222222222", "2222222O", "22222220", "甲乙丙丁戊己庚辛"]
)
def test_what_cannot_have_been_issued_is_malformed(text: str) -> None:
    assert not is_well_formed_query_code(text)


def test_codes_use_the_random_source_evenly_and_do_not_repeat() -> None:
    drawn = [new_query_code(secrets.token_bytes) for _ in range(4000)]
    assert len(set(drawn)) == len(drawn)
    seen = Counter("".join(drawn))
    assert set(seen) == set(ALPHABET)
    assert max(seen.values()) < 1.4 * min(seen.values())  # 1000 each on average


def test_the_random_source_is_asked_for_one_byte_a_symbol() -> None:
    asked: list[int] = []

    def source(size: int) -> bytes:
        asked.append(size)
        return bytes(range(size))

    assert new_query_code(source).startswith("2345678")
    assert asked == [7]
