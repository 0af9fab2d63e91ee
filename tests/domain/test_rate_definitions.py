"""A profile is data: written and read back the same, refused where it says what none may say."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates import (
    PROFILES,
    WUHAN_DEFAULT,
    XINFANG,
    Default,
    Metric,
    Profile,
    Profiles,
    Score,
    credit,
)
from casetracker.domain.rates.definitions import definition_of, profile_from
from casetracker.domain.rates.soundness import require_sound
from casetracker.domain.rates.terms import EVERY, Expr, IsSet, OneOf, either
from casetracker.domain.vocabulary import Aggregation, Satisfaction, Track
from tests.factories.counted_cases import AS_READ, closed

OWN = replace(
    PROFILES["BEIJING_DISTRICT"],
    code="OWN",
    version="2026.3",
    effective_from=date(2026, 6, 1),
    aggregation=Aggregation.MEAN,
    decimals=2,
    exclusions=frozenset({"repeat"}),
)


@pytest.mark.parametrize("profile", [*PROFILES.values(), OWN], ids=lambda one: one.code)
def test_a_definition_written_as_json_is_read_back_the_same(profile: Profile) -> None:
    again = profile_from(json.loads(json.dumps(definition_of(profile))))
    assert again == profile
    assert again.metric("satisfaction").weights == profile.metric("satisfaction").weights


def changed(path: str, value: Any) -> dict[str, Any]:
    """The definition of OWN with another value at one place."""
    plain = definition_of(OWN)
    *way, last = path.split("/")
    place: Any = plain
    for step in way:
        if step in ("satisfaction", "response"):
            place = next(row for row in place if row["code"] == step)
        else:
            place = place[step]
    place[last] = value
    return plain


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("metrics/response/numerator", {"is": "called_back"}, "metrics.response.numerator"),
        ("metrics/response/numerator", {"sql": "1=1"}, "metrics.response.numerator"),
        ("metrics/response/numerator", {"is_set": "judged_at"}, "metrics.response.numerator"),
        ("metrics/response/window", "state", "metrics.response.window"),
        ("metrics/response/window", "judged_at", "metrics.response.window"),
        ("metrics/satisfaction/weights", {"happy": "1"}, "metrics.satisfaction.weights"),
        ("metrics/satisfaction/weights", {"satisfied": "3/2"}, "metrics.satisfaction.weights"),
        ("metrics/satisfaction/weights", {"dissatisfied": "1/2"}, "metrics.satisfaction.weights"),
        ("metrics/satisfaction/empty", "1", "metrics.satisfaction.empty"),
        ("metrics", [], "metrics"),
        ("population", {"all": []}, "population"),
        ("track", "letters", "track"),
        ("month_start_day", 31, "month_start_day"),
        ("cut_off_hour", 24, "cut_off_hour"),
        ("decimals", 7, "decimals"),
        ("aggregation", "median", "aggregation"),
        ("exclusions", ["whim"], "exclusions"),
        ("score/weights", {"overdue": "110"}, "score"),
        ("score/weights", {"received": "10"}, "score"),
        ("score/weights", {}, "score"),
    ],
)
def test_what_no_profile_may_say_is_refused_by_the_name_of_its_field(
    path: str, value: Any, field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        profile_from(changed(path, value))
    assert field in refused.value.problems


def with_numerator(profile: Profile, code: str, numerator: Expr) -> Profile:
    def changed(row: Metric) -> Metric:
        return replace(row, numerator=numerator, weights=None) if row.code == code else row

    return replace(profile, metrics=tuple(changed(row) for row in profile.metrics))


ATTEMPTS: dict[str, Callable[[], Profile]] = {
    "everybody": lambda: with_numerator(WUHAN_DEFAULT, "satisfaction", EVERY),
    "whoever got a reply": lambda: with_numerator(
        WUHAN_DEFAULT, "satisfaction", IsSet("replied_at")
    ),
    "the satisfied and whoever did not complain": lambda: with_numerator(
        WUHAN_DEFAULT,
        "satisfaction",
        either(OneOf("satisfaction", frozenset({"satisfied"})), IsSet("closed_at")),
    ),
    "whoever answered, dissatisfied or not": lambda: with_numerator(
        WUHAN_DEFAULT, "satisfaction", IsSet("satisfaction")
    ),
    "petitioners who let the window pass": lambda: with_numerator(
        XINFANG, "satisfaction_office", IsSet("office_judged_at")
    ),
    "the silent as having taken part": lambda: with_numerator(
        WUHAN_DEFAULT, "answer", IsSet("surveyable")
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_no_profile_can_count_as_satisfied_who_was_not_asked(attempt: str) -> None:
    with pytest.raises(InvalidInput):
        require_sound(ATTEMPTS[attempt]())


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda one: one.code)
def test_every_shipped_profile_is_sound_and_credits_nothing_to_silence(profile: Profile) -> None:
    require_sound(profile)
    silent = closed(judged_at=AS_READ, office_judged_at=AS_READ)
    for code in ("satisfaction", "satisfaction_office", "answer", "answer_office"):
        row = next((one for one in profile.metrics if one.code == code), None)
        assert row is None or credit(row, silent, AS_READ) == 0
        assert row is None or not row.empty


def test_a_score_needs_a_rate_that_can_be_ranked() -> None:
    flat = Score(weights={}, flat={"response": Fraction(20)}, source="x", definition_zh="x")
    with pytest.raises(InvalidInput) as refused:
        require_sound(replace(OWN, score=flat))
    assert refused.value.problems == {"score": "score_needs_rates"}


# --- which version holds ------------------------------------------------------------------------

SECOND = replace(WUHAN_DEFAULT, version="2026.2", effective_from=date(2026, 6, 1))
REGISTRY = Profiles().with_more([SECOND, OWN], [Default("2026-08", "OWN")])


@pytest.mark.parametrize(
    ("month", "version"),
    [("2018-01", "2026.1"), ("2026-05", "2026.1"), ("2026-06", "2026.2"), ("2027-01", "2026.2")],
)
def test_a_month_keeps_the_version_that_holds_for_it(month: str, version: str) -> None:
    assert REGISTRY.named("WUHAN_DEFAULT", month).version == version


def test_the_office_counts_by_its_own_profile_from_the_month_it_chose() -> None:
    assert REGISTRY.default("2026-05") == WUHAN_DEFAULT
    assert REGISTRY.default("2026-07") == SECOND
    assert REGISTRY.default("2026-08") == OWN
    assert REGISTRY.chosen(None, "2026-08") == OWN
    assert REGISTRY.chosen("WUHAN_DEFAULT", "2026-08") == SECOND
    assert REGISTRY.default("2026-08", Track.PETITION) == XINFANG
    assert REGISTRY.default("2019-03", Track.PETITION) == XINFANG


def test_a_profile_that_nobody_made_is_refused_with_those_there_are() -> None:
    with pytest.raises(InvalidInput) as refused:
        REGISTRY.named("X", "2026-06")
    assert refused.value.problems == {"profile": "unknown_profile"}
    assert "WUHAN_DEFAULT" in refused.value.facts["known"]
    assert "OWN" in refused.value.facts["known"]
    assert Satisfaction.SATISFIED in OWN.metric("satisfaction").weights  # type: ignore[operator]
