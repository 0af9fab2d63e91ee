"""The rates say what their definitions say: vectors, rows, exclusions, no satisfied ghosts."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from casetracker.domain.rates import (
    BEIJING_DISTRICT,
    SHANGHAI_TOWN,
    WUHAN_DEFAULT,
    Profile,
    Rate,
    percent,
    score_of,
)
from tests.factories.counted_cases import (
    CODES,
    HOTLINE_PROFILES,
    at,
    case,
    closed,
    figure,
    fraction_of,
    survey_of_90,
    surveyed,
)

# --- the vectors of the field -------------------------------------------------------------------


def test_the_beijing_vector_of_80_valid_call_backs() -> None:
    answers = ["satisfied"] * 50 + ["basically"] * 10 + ["dissatisfied"] * 20
    cases = [
        surveyed(
            answer, callback_contacted=index < 78, resolved=index < 60, received_at=at(1, month=3)
        )
        for index, answer in enumerate(answers)
    ]
    rates = {
        code: figure(code, cases, profile=BEIJING_DISTRICT)
        for code in ("response", "resolution", "satisfaction")
    }
    assert [percent(rate.value, 2) for rate in rates.values() if rate.value is not None] == [
        Decimal("97.50"),
        Decimal("75.00"),
        Decimal("73.75"),
    ]
    score = score_of(BEIJING_DISTRICT, rates)
    assert score is not None
    assert score.value == Fraction(7675, 10000)
    assert percent(score.value, 1) == Decimal("76.8")


@pytest.mark.parametrize(
    ("profile", "numerator", "shown"),
    [
        (BEIJING_DISTRICT, 68, "75.56"),
        (SHANGHAI_TOWN, 69, "76.67"),
        (WUHAN_DEFAULT, 70, "77.78"),  # 基本满意 counts whole, as on the 信访 platform
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_the_same_100_cases_under_each_profile(
    profile: Profile, numerator: int, shown: str
) -> None:
    rate = figure("satisfaction", survey_of_90(), profile=profile)
    assert fraction_of(rate) == (numerator, 90)
    assert rate.value is not None
    assert percent(rate.value, 2) == Decimal(shown)


@pytest.mark.parametrize("profile", HOTLINE_PROFILES, ids=lambda profile: profile.code)
def test_90_of_100_surveyable_residents_answered(profile: Profile) -> None:
    assert fraction_of(figure("answer", survey_of_90(), profile=profile)) == (90, 100)


def test_the_shanghai_vector() -> None:
    satisfied = [surveyed("satisfied"), surveyed("fair"), surveyed("dissatisfied")]
    rate = figure("satisfaction", satisfied, profile=SHANGHAI_TOWN)
    assert (rate.numerator, rate.denominator) == (Fraction(16, 10), 3)
    assert rate.value is not None
    assert percent(rate.value, 2) == Decimal("53.33")
    ends = [closed(result="resolved")] * 2 + [closed(result="explained")] * 6
    assert figure("resolution", ends, profile=SHANGHAI_TOWN).value == Fraction(1, 4)
    contacted = [surveyed(None, callback_contacted=True)] * 3 + [surveyed(None), closed()]
    assert fraction_of(figure("response", contacted, profile=SHANGHAI_TOWN)) == (3, 3)


def test_the_shanghai_points_add_share_contact_solving_and_satisfaction() -> None:
    rates = {
        "received": Rate(None, Fraction(20), None),
        "response": Rate(Fraction(1), Fraction(3), 3),
        "resolution": Rate(Fraction(1, 4), Fraction(2), 8),
        "satisfaction": Rate(Fraction(1, 2), Fraction(3, 2), 3),
    }
    score = score_of(SHANGHAI_TOWN, rates, group={"received": Fraction(100)})
    assert score is not None
    assert score.numerator == 5 * Fraction(20, 100) + 30 + 20 + 20
    whole_group = score_of(SHANGHAI_TOWN, rates)
    assert whole_group is not None
    assert whole_group.numerator == 5 + 30 + 20 + 20


# --- the rows of WUHAN_DEFAULT ------------------------------------------------------------------


def test_received_counts_what_was_registered_in_the_month_and_has_no_rate() -> None:
    cases = [
        case(received_at=at(1)),
        case(received_at=at(31, 23)),
        case(received_at=at(1, month=4)),
    ]
    rate = figure("received", cases)
    assert (rate.value, rate.numerator, rate.denominator) == (None, 2, None)


@pytest.mark.parametrize(
    ("code", "due", "done"),
    [
        ("sign_on_time", "sign_due_at", "signed_at"),
        ("response", "contact_due_at", "contacted_at"),
    ],
)
def test_timeliness_of_the_first_steps_is_counted_by_their_due_date(
    code: str, due: str, done: str
) -> None:
    cases = [
        case(dispatched_at=at(2), **{due: at(5), done: at(5)}),  # at the last instant: in time
        case(dispatched_at=at(2), **{due: at(5), done: at(5, 11)}),  # late
        case(dispatched_at=at(2), **{due: at(5)}),  # never
        case(**{due: at(5), done: at(4)}),  # never dispatched: worked by who received it
        case(dispatched_at=at(2), **{due: at(5, month=4), done: at(5)}),  # due next month
    ]
    assert fraction_of(figure(code, cases)) == (1, 3)


def test_completion_asks_for_any_reply_and_on_time_for_one_by_the_due_date() -> None:
    cases = [
        case(handle_due_at=at(9), replied_at=at(9)),
        case(handle_due_at=at(9), replied_at=at(12)),
        case(handle_due_at=at(9), state="handling"),
        case(handle_due_at=at(9), replied_at=at(9, month=4)),  # after the moment of reading
    ]
    assert fraction_of(figure("completion", cases)) == (2, 4)
    assert fraction_of(figure("completion_on_time", cases)) == (1, 4)


@pytest.mark.parametrize(
    ("facts", "overdue"),
    [
        ({"replied_at": at(9), "state": "closed"}, False),  # at the last instant
        ({"replied_at": at(9, 11), "state": "closed"}, True),  # late
        ({"state": "handling"}, True),  # still open past due
        ({"state": "withdrawn"}, False),  # nobody waits any longer
        ({"state": "handling", "handle_due_at": at(30, month=3)}, True),
    ],
)
def test_overdue_means_late_or_still_open_past_due(facts: dict[str, Any], overdue: bool) -> None:
    rate = figure("overdue", [case(**{"handle_due_at": at(9), **facts})])
    assert fraction_of(rate) == (int(overdue), 1)


def test_an_open_case_is_not_overdue_before_its_due_date_has_passed() -> None:
    running = [case(handle_due_at=at(20), state="handling")]
    assert fraction_of(figure("overdue", running, as_of=at(20))) == (0, 1)
    assert fraction_of(figure("overdue", running, as_of=at(20, 11))) == (1, 1)


def test_resolution_asks_only_residents_who_answered_the_question() -> None:
    cases = [
        surveyed(None, resolved=True),
        surveyed(None, resolved=False),
        surveyed("satisfied"),  # said nothing about it
        closed(callback_valid=False, resolved=True),  # the call was not valid
    ]
    assert fraction_of(figure("resolution", cases)) == (1, 2)


def test_satisfaction_is_windowed_by_closing_and_needs_a_valid_answer() -> None:
    cases = [
        surveyed("satisfied"),
        surveyed("dissatisfied"),
        surveyed("satisfied", closed_at=at(1, month=4)),
        closed(callback_valid=False, satisfaction="satisfied"),
        surveyed(None),
    ]
    assert fraction_of(figure("satisfaction", cases)) == (1, 2)


def test_residents_who_asked_to_be_left_alone_do_not_lower_the_answer_rate() -> None:
    cases = [surveyed("fair"), closed(), closed(surveyable=False), closed(surveyable=None)]
    assert fraction_of(figure("answer", cases)) == (1, 2)


def test_redo_return_and_repeat_count_cases_not_times() -> None:
    assert fraction_of(figure("redo", [closed(redo_count=3), closed()])) == (1, 2)
    returned = [case(dispatched_at=at(3), return_count=2), case(dispatched_at=at(3)), case()]
    assert fraction_of(figure("return", returned)) == (1, 2)
    asked = [
        case(dispatched_at=at(3), return_count=2, return_granted_count=granted)
        for granted in (0, 1, 2)
    ]
    assert fraction_of(figure("return_granted", [*asked, case(dispatched_at=at(3))])) == (2, 3)
    assert fraction_of(figure("repeat", [case(repeat_of_id=7), case()])) == (1, 2)


@pytest.mark.parametrize("profile", HOTLINE_PROFILES, ids=lambda profile: profile.code)
@pytest.mark.parametrize("code", sorted(CODES))
def test_petitions_and_grouped_cases_are_in_no_figure(profile: Profile, code: str) -> None:
    full = surveyed(
        "satisfied",
        **{name: at(3) for name in ("dispatched_at", "sign_due_at", "contact_due_at")},
        handle_due_at=at(9),
        result="resolved",
        resolved=True,
        callback_contacted=True,
        return_count=1,
    )
    inside = figure(code, [full], profile=profile)
    assert (inside.denominator or inside.numerator) == 1
    outside = [replace(full, track="petition"), replace(full, grouped_into_id=5)]
    rate = figure(code, outside, profile=profile)
    assert (rate.numerator, rate.denominator or 0, rate.excluded) == (0, 0, {})
