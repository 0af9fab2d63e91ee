"""Excluded cases leave a rate visibly; nobody who was not asked is counted as satisfied."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casetracker.domain.rates import (
    BEIJING_DISTRICT,
    SHANGHAI_TOWN,
    WUHAN_DEFAULT,
    CountedCase,
    Profile,
    score_of,
)
from casetracker.domain.vocabulary import ExcludeReason
from tests.factories.counted_cases import (
    CODES,
    HOTLINE_PROFILES,
    at,
    case,
    closed,
    figure,
    fraction_of,
    surveyed,
)


def test_an_excluded_case_leaves_the_rate_and_is_counted_by_its_reason() -> None:
    cases = [
        surveyed("satisfied"),
        surveyed("dissatisfied", excluded="unreasonable"),
        surveyed("dissatisfied", excluded="unreasonable"),
        surveyed("satisfied", excluded="legacy"),
        closed(excluded="repeat"),  # would not be in the denominator anyway
        surveyed("satisfied", excluded="repeat", closed_at=at(1, month=4)),  # other month
    ]
    rate = figure("satisfaction", cases)
    assert fraction_of(rate) == (1, 1)
    assert rate.excluded == {"unreasonable": 2, "legacy": 1}


def test_an_excluded_case_leaves_a_count_too() -> None:
    rate = figure("received", [case(), case(excluded="misrouted")])
    assert (rate.numerator, rate.excluded) == (1, {"misrouted": 1})


@pytest.mark.parametrize("reason", list(ExcludeReason))
def test_every_reason_excludes(reason: ExcludeReason) -> None:
    assert figure("received", [case(excluded=reason.value)]).excluded == {reason.value: 1}


def test_a_profile_may_keep_a_reason_in_its_rates() -> None:
    strict = replace(WUHAN_DEFAULT, exclusions=frozenset({"repeat"}))
    cases = [case(excluded="repeat"), case(excluded="legacy")]
    rate = figure("received", cases, profile=strict)
    assert (rate.numerator, rate.excluded) == (1, {"repeat": 1})


# --- empty and unsurveyed -----------------------------------------------------------------------


@pytest.mark.parametrize("profile", HOTLINE_PROFILES, ids=lambda profile: profile.code)
@pytest.mark.parametrize("code", sorted(CODES))
def test_nothing_counted_gives_no_value_rather_than_zero_or_all(
    profile: Profile, code: str
) -> None:
    rate = figure(code, [], profile=profile)
    assert (rate.value, rate.numerator, rate.denominator) == (
        None,
        0,
        None if code == "received" else 0,
    )


@pytest.mark.parametrize("profile", [BEIJING_DISTRICT, SHANGHAI_TOWN], ids=lambda p: p.code)
def test_a_unit_without_call_backs_has_no_score_and_so_no_rank(profile: Profile) -> None:
    rates = {row.code: figure(row.code, [], profile=profile) for row in profile.metrics}
    score = score_of(profile, rates)
    assert score is not None
    assert score.value is None


def test_a_profile_without_points_has_no_score() -> None:
    assert score_of(WUHAN_DEFAULT, {}) is None


answers = st.sampled_from([None, "satisfied", "basically", "fair", "dissatisfied"])
residents = st.builds(
    lambda valid, answer: closed(callback_valid=valid, satisfaction=answer if valid else None),
    st.booleans(),
    answers,
)


@given(st.lists(residents, max_size=12), st.integers(1, 5), st.booleans())
def test_an_unsurveyed_resident_never_counts_as_satisfied(
    asked: list[CountedCase], silent: int, reachable: bool
) -> None:
    ghosts = [closed(callback_valid=False if reachable else None)] * silent
    for profile in HOTLINE_PROFILES:
        before = figure("satisfaction", asked, profile=profile)
        assert figure("satisfaction", asked + ghosts, profile=profile) == before
        answered = figure("answer", asked + ghosts, profile=profile)
        assert answered.denominator == len(asked) + silent
        assert answered.numerator <= len(asked)


@given(st.lists(residents, max_size=12))
def test_a_rate_lies_between_none_and_all_and_ignores_the_order(asked: list[CountedCase]) -> None:
    for profile in HOTLINE_PROFILES:
        for code in CODES - {"received"}:
            rate = figure(code, asked, profile=profile)
            assert rate == figure(code, reversed(asked), profile=profile)
            assert rate.value is None or 0 <= rate.value <= 1
