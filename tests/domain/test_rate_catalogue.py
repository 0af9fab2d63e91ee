"""Every rate is a complete row, and its conditions are true or false, never unknown."""

from typing import Any

import pytest

from casetracker.domain.rates import PROFILES, WUHAN_DEFAULT, CountedCase, Profile
from casetracker.domain.rates.metric import Metric
from casetracker.domain.rates.terms import (
    AS_OF,
    EVERY,
    AtLeast,
    Expr,
    Is,
    IsSet,
    Not,
    NotAfter,
    OneOf,
    both,
    either,
)
from tests.factories.counted_cases import (
    AS_READ,
    CODES,
    HOTLINE_PROFILES,
    case,
    figure,
    surveyed,
)


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.code)
def test_every_profile_defines_every_code_once_with_its_source(profile: Profile) -> None:
    codes = [row.code for row in profile.metrics]
    of_petitions = {"online", "satisfaction_office", "answer_office"}
    expected = (
        CODES
        if profile.track == "hotline"
        else CODES - {"redo", "return", "return_granted"} | of_petitions
    )
    assert sorted(codes) == sorted(expected)
    for row in profile.metrics:
        assert row.source.startswith("docs/rules/rates.md ")
        assert row.definition_zh
        assert row.name_zh


def test_no_profile_gives_weight_to_dissatisfied() -> None:
    for profile in HOTLINE_PROFILES:
        weights = profile.metric("satisfaction").weights
        assert weights is not None
        assert "dissatisfied" not in weights
        assert weights["satisfied"] == 1


def test_a_mapping_and_an_object_give_the_same_figure() -> None:
    facts = surveyed("satisfied")
    as_mapping = {name: getattr(facts, name) for name in CountedCase.__dataclass_fields__}
    assert figure("satisfaction", [as_mapping]) == figure("satisfaction", [facts])


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        (IsSet("satisfaction"), False),
        (Is("resolved"), False),
        (OneOf("satisfaction", frozenset({"fair"})), False),
        (AtLeast("redo_count", 1), False),
        (NotAfter("replied_at", "handle_due_at"), False),
        (NotAfter("handle_due_at", AS_OF), False),
        (NotAfter("received_at", AS_OF), True),
        (EVERY, True),
        (both(EVERY, Is("resolved")), False),
        (either(EVERY, Is("resolved")), True),
        (either(), False),
    ],
)
def test_a_missing_fact_is_false_and_its_opposite_true(term: Expr, expected: bool) -> None:
    bare = case()
    assert term.holds(bare, AS_READ) is expected
    assert Not(term).holds(bare, AS_READ) is not expected


def test_a_misspelt_fact_or_one_of_the_wrong_kind_is_refused_when_written() -> None:
    for wrong in (
        lambda: IsSet("repliedat"),
        lambda: Is("satisfaction"),
        lambda: OneOf("replied_at", frozenset()),
        lambda: AtLeast("resolved", 1),
        lambda: NotAfter("replied_at", "state"),
    ):
        with pytest.raises(ValueError, match="no such fact"):
            wrong()


def test_a_row_that_cannot_count_is_refused_when_written() -> None:
    good: dict[str, Any] = {
        "code": "x",
        "name_zh": "某率",
        "numerator": EVERY,
        "denominator": EVERY,
        "window": "closed_at",
        "source": "docs/rules/rates.md X",
        "definition_zh": "某",
    }
    assert Metric(**good).code == "x"
    for change_of, message in (
        ({"window": "state"}, "no instant"),
        ({"numerator": None}, "numerator or weights"),
        ({"weights": {}}, "numerator or weights"),
        ({"numerator": None, "weights": {}, "denominator": None}, "weights need"),
    ):
        with pytest.raises(ValueError, match=message):
            Metric(**{**good, **change_of})


def test_an_unknown_code_has_no_row() -> None:
    with pytest.raises(KeyError):
        WUHAN_DEFAULT.metric("connection")
