"""Petition rates: by the platform's days, two judged parties, and nobody silent is satisfied."""

from dataclasses import replace

import pytest

from casetracker.domain.rates import PROFILES, XINFANG, CountedCase, Rate
from tests.factories.counted_cases import at, case, figure, fraction_of


def petition(**facts: object) -> CountedCase:
    return replace(case(track="petition", state="served"), **facts)  # type: ignore[arg-type]


def rate(code: str, *cases: CountedCase) -> Rate:
    return figure(code, cases, profile=XINFANG)


def test_the_office_is_in_time_within_fifteen_days_and_the_unit_within_thirty() -> None:
    told, late, untold = (
        petition(notice_limit_at=at(17), notified_at=moment) for moment in (at(17), at(18), None)
    )
    assert fraction_of(rate("sign_on_time", told, late, untold)) == (1, 3)
    taken = petition(take_limit_at=at(30), taken_at=at(12))
    elsewhere = petition(take_limit_at=None)
    assert fraction_of(rate("response", taken, elsewhere)) == (1, 1)


def test_an_answer_is_in_time_when_it_was_served_in_time() -> None:
    served, late, open_still = (
        petition(handle_due_at=at(20), replied_at=moment, state=state)
        for moment, state in ((at(20), "served"), (at(21), "served"), (None, "handling"))
    )
    cases = (served, late, open_still)
    assert fraction_of(rate("completion_on_time", *cases)) == (1, 3)
    assert fraction_of(rate("completion", *cases)) == (2, 3)
    assert fraction_of(rate("overdue", *cases)) == (2, 3)


@pytest.mark.parametrize(
    ("answer", "satisfaction", "fact", "moment"),
    [
        ("answer", "satisfaction", "satisfaction", "judged_at"),
        ("answer_office", "satisfaction_office", "office_satisfaction", "office_judged_at"),
    ],
)
def test_who_let_the_window_pass_did_not_answer_and_is_not_satisfied(
    answer: str, satisfaction: str, fact: str, moment: str
) -> None:
    content = petition(**{fact: "basically", moment: at(10)})
    unhappy = petition(**{fact: "dissatisfied", moment: at(11)})
    silent = petition(**{moment: at(28)})  # its window ended
    waiting = petition(**{moment: at(5, month=4)})  # may still answer
    cases = (content, unhappy, silent, waiting)
    assert fraction_of(rate(answer, *cases)) == (2, 3)
    assert fraction_of(rate(satisfaction, *cases)) == (1, 2)


def test_settled_is_counted_among_the_answered_and_is_not_the_answer() -> None:
    settled = petition(replied_at=at(9), closed_at=at(9), settled_at=at(12))
    only_answered = petition(replied_at=at(9), closed_at=at(9))
    assert fraction_of(rate("resolution", settled, only_answered)) == (1, 2)


def test_hotline_and_petition_figures_are_never_mixed() -> None:
    hotline, letter = case(), petition()
    for profile in PROFILES.values():
        both = figure("received", [hotline, letter], profile=profile)
        assert both.numerator == 1
