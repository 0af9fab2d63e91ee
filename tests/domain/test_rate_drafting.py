"""A copied profile is changed by choosing; its words follow, and what may not be is refused."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import (
    BEIJING_DISTRICT,
    PROFILES,
    SHANGHAI_TOWN,
    WUHAN_DEFAULT,
    Profile,
    credit,
)
from casetracker.domain.rates.choices import (
    CONDITIONS,
    WEIGHTED,
    WINDOWS,
    code_of_term,
    top_code,
)
from casetracker.domain.rates.drafting import MetricDraft, Scoring, copy_of, scoring_of, with_metric
from casetracker.domain.vocabulary import Satisfaction
from tests.factories.counted_cases import AS_READ, closed

NINE_TENTHS = {Satisfaction.SATISFIED: Fraction(1), Satisfaction.BASICALLY: Fraction(9, 10)}
OWN = copy_of(
    WUHAN_DEFAULT, code="OWN", version="2026.1", name="本街道口径", start=date(2026, 6, 1)
)


def as_it_is(profile: Profile, code: str) -> MetricDraft:
    metric = profile.metric(code)
    way, points = scoring_of(profile, code)
    return MetricDraft(
        name=metric.name_zh,
        numerator=top_code(profile.track, metric) or "",
        denominator=code_of_term(profile.track, metric.denominator),
        window=metric.window,
        weights=metric.weights or {},
        empty=metric.empty,
        scoring=way,
        points=points,
    )


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda one: one.code)
def test_every_shipped_definition_can_be_chosen_and_stays_as_it_is(profile: Profile) -> None:
    for metric in profile.metrics:
        assert metric.window in WINDOWS[profile.track]
        again = with_metric(profile, metric.code, as_it_is(profile, metric.code))
        assert again.metrics == profile.metrics


def test_what_is_chosen_is_counted_and_said() -> None:
    draft = replace(
        as_it_is(OWN, "satisfaction"),
        denominator="valid",
        weights=NINE_TENTHS,
        window="received_at",
        basis="区考核办法〔2026〕3号",
    )
    metric = with_metric(OWN, "satisfaction", draft).metric("satisfaction")
    beijing = BEIJING_DISTRICT.metric("satisfaction")
    assert (metric.denominator, metric.weights, metric.window) == (
        beijing.denominator, beijing.weights, beijing.window,
    )  # fmt: skip
    assert metric.definition_zh == "(满意×1+基本满意×0.9) ÷ 有效回访；按登记时间归月"
    assert metric.source == "区考核办法〔2026〕3号"
    unnamed = with_metric(OWN, "satisfaction", replace(draft, basis=None))
    assert unnamed.metric("satisfaction").source == "本街道自定"
    untouched = [one for one in OWN.metrics if one.code != "satisfaction"]
    assert all(one in with_metric(OWN, "satisfaction", draft).metrics for one in untouched)


def test_points_make_a_score_and_taking_the_last_away_ends_it() -> None:
    by_rate = replace(as_it_is(OWN, "satisfaction"), scoring=Scoring.RATE, points=Fraction(60))
    scored = with_metric(OWN, "satisfaction", by_rate)
    by_share = replace(as_it_is(OWN, "received"), scoring=Scoring.SHARE, points=Fraction(5))
    scored = with_metric(scored, "received", by_share)
    assert scored.score is not None
    assert scored.score.definition_zh == "综合成绩 = 满意率×60 + 受理量占本组比重×5"
    with pytest.raises(InvalidInput) as refused:
        with_metric(scored, "satisfaction", as_it_is(OWN, "satisfaction"))
    assert refused.value.problems == {"points": "score_needs_rates"}
    less = with_metric(scored, "received", as_it_is(OWN, "received"))
    assert with_metric(less, "satisfaction", as_it_is(OWN, "satisfaction")).score is None
    assert scoring_of(SHANGHAI_TOWN, "resolution") == (Scoring.FLAT, 20)


@pytest.mark.parametrize(
    ("code", "changes", "field"),
    [
        ("response", {"numerator": "whatever"}, "numerator"),
        ("response", {"denominator": None}, "denominator"),
        ("response", {"window": "replied_at"}, "window"),
        ("response", {"numerator": WEIGHTED, "weights": NINE_TENTHS}, "numerator"),
        ("satisfaction", {"weights": {}}, "satisfied"),
        ("satisfaction", {"weights": {Satisfaction.SATISFIED: Fraction(2)}}, "satisfied"),
        ("satisfaction", {"empty": Fraction(1)}, "empty"),
        ("response", {"scoring": Scoring.RATE}, "points"),
        ("response", {"scoring": Scoring.RATE, "points": Fraction(101)}, "points"),
        ("received", {"scoring": Scoring.RATE, "points": Fraction(10)}, "points"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    code: str, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        with_metric(OWN, code, replace(as_it_is(OWN, code), **changes))
    assert field in refused.value.problems


@pytest.mark.parametrize("code", ["satisfaction", "answer"])
@pytest.mark.parametrize("condition", CONDITIONS["hotline"])
def test_whatever_is_chosen_nobody_who_kept_silent_is_satisfied(code: str, condition: str) -> None:
    silent = closed(dispatched_at=AS_READ, result="resolved", return_count=1)
    draft = replace(as_it_is(OWN, code), numerator=condition)
    drafted = attempted(code, draft)
    assert drafted is None or credit(drafted.metric(code), silent, AS_READ) == 0


def attempted(code: str, draft: MetricDraft) -> Profile | None:
    try:
        return with_metric(OWN, code, draft)
    except InvalidInput:
        return None
