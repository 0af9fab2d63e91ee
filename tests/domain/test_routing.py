"""The most specific line of the dispatch catalogue wins, says why, and a gap stays a gap."""

import random
from datetime import date
from typing import Any

import pytest

from casetracker.domain.routing import Errand, RoutingRule, Suggestion, suggest
from casetracker.domain.vocabulary import Kind

DAY = date(2026, 3, 2)
LEAF, BRANCH, OTHER_LEAF = 101, 10, 102  # 油烟 under 市容环境
GRID, COMMUNITY, STREET = 33, 3, 1
OFFICE, BRIGADE, CENTRE = 50, 51, 52


def rule(unit_id: int, **facts: Any) -> RoutingRule:
    return RoutingRule(
        **{"source": "派单目录", "effective_from": date(2020, 1, 1), "unit_id": unit_id, **facts}
    )


def errand(**facts: Any) -> Errand:
    plain: dict[str, Any] = {
        "categories": (LEAF, BRANCH),
        "areas": (GRID, COMMUNITY, STREET),
        "kind": Kind.COMPLAINT,
        "day": DAY,
    }
    return Errand(**{**plain, **facts})


def asked(*rules: RoutingRule, **options: Any) -> Suggestion:
    return suggest(errand(), rules, **options)


def test_a_gap_is_a_result() -> None:
    assert asked() == Suggestion(None, ("no_rule",))
    assert asked(rule(OFFICE, category_id=OTHER_LEAF)).unit_id is None


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({}, ("general_rule",)),
        ({"category_id": LEAF}, ("matched_category",)),
        ({"category_id": BRANCH}, ("matched_parent_category",)),
        ({"area_unit_id": GRID}, ("matched_area",)),
        ({"area_unit_id": STREET}, ("matched_wider_area",)),
        ({"kind": Kind.COMPLAINT}, ("matched_kind",)),
        (
            {"category_id": LEAF, "area_unit_id": COMMUNITY, "kind": Kind.COMPLAINT},
            ("matched_category", "matched_wider_area", "matched_kind"),
        ),
    ],
)
def test_a_fitting_rule_gives_its_unit_and_says_what_fitted(
    facts: dict[str, Any], reasons: tuple[str, ...]
) -> None:
    only = rule(OFFICE, **facts)
    assert asked(only) == Suggestion(OFFICE, reasons, only)


@pytest.mark.parametrize(
    "facts",
    [
        {"category_id": OTHER_LEAF},
        {"area_unit_id": 99},
        {"kind": Kind.CONSULT},
        {"category_id": LEAF, "kind": Kind.CONSULT},
    ],
)
def test_a_rule_with_one_fact_that_does_not_fit_is_no_rule(facts: dict[str, Any]) -> None:
    assert asked(rule(OFFICE, **facts)).unit_id is None


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"category_id": LEAF}, {}),
        ({"category_id": LEAF}, {"category_id": BRANCH}),
        ({"category_id": LEAF, "area_unit_id": STREET}, {"category_id": LEAF}),
        ({"category_id": BRANCH, "kind": Kind.COMPLAINT}, {"category_id": LEAF}),
        ({"area_unit_id": COMMUNITY}, {"area_unit_id": STREET}),
        ({"area_unit_id": GRID}, {"area_unit_id": COMMUNITY}),
        ({"category_id": BRANCH}, {"area_unit_id": GRID}),
        ({"category_id": BRANCH}, {"kind": Kind.COMPLAINT}),
    ],
)
def test_the_more_specific_rule_wins_in_either_order_and_against_a_later_one(
    better: dict[str, Any], worse: dict[str, Any]
) -> None:
    winner = rule(BRIGADE, **better)
    loser = rule(OFFICE, effective_from=date(2026, 1, 1), **worse)
    assert asked(winner, loser).unit_id == asked(loser, winner).unit_id == BRIGADE


def test_of_equal_rules_the_latest_wins_and_says_so() -> None:
    old = rule(OFFICE, category_id=LEAF)
    new = rule(BRIGADE, category_id=LEAF, effective_from=date(2025, 7, 1))
    assert asked(old, new) == Suggestion(BRIGADE, ("matched_category", "later_rule_won"), new)
    same_unit = rule(BRIGADE, category_id=LEAF)
    assert asked(same_unit, new).reasons == ("matched_category",)


def test_the_order_of_rows_never_decides() -> None:
    rules = [rule(unit, category_id=LEAF) for unit in (OFFICE, BRIGADE, CENTRE)]
    source = random.Random(1)
    found = set()
    for _ in range(20):
        source.shuffle(rules)
        found.add(asked(*rules).unit_id)
    assert found == {OFFICE}


@pytest.mark.parametrize(
    ("day", "unit"),
    [
        (date(2025, 6, 30), None),
        (date(2025, 7, 1), OFFICE),
        (date(2025, 12, 31), OFFICE),
        (date(2026, 1, 1), None),
    ],
)
def test_a_rule_holds_from_its_first_day_to_the_day_before_its_end(
    day: date, unit: int | None
) -> None:
    half_year = rule(OFFICE, effective_from=date(2025, 7, 1), effective_to=date(2026, 1, 1))
    assert suggest(errand(day=day), [half_year]).unit_id == unit


def test_a_community_does_not_lead_a_matter_outside_its_list() -> None:
    to_community = rule(COMMUNITY, category_id=LEAF, area_unit_id=COMMUNITY)
    to_office = rule(OFFICE, category_id=LEAF)
    communities = frozenset({COMMUNITY})
    found = asked(to_community, to_office, communities=communities)
    assert (found.unit_id, found.reasons) == (
        OFFICE,
        ("matched_category", "community_outside_list"),
    )
    alone = asked(to_community, communities=communities)
    assert (alone.unit_id, alone.reasons) == (None, ("no_rule", "community_outside_list"))


def test_a_community_leads_what_stands_on_its_list() -> None:
    listed = rule(COMMUNITY, category_id=LEAF, area_unit_id=COMMUNITY, on_community_list=True)
    found = asked(listed, rule(OFFICE, category_id=LEAF), communities=frozenset({COMMUNITY}))
    assert found.unit_id == COMMUNITY
    assert "community_outside_list" not in found.reasons


def test_a_community_passed_over_is_mentioned_only_where_it_would_have_won() -> None:
    found = asked(
        rule(COMMUNITY), rule(OFFICE, category_id=LEAF), communities=frozenset({COMMUNITY})
    )
    assert (found.unit_id, found.reasons) == (OFFICE, ("matched_category",))


def test_an_errand_without_category_and_area_fits_general_rules_only() -> None:
    bare = errand(categories=(), areas=(), kind=None)
    rules = [rule(OFFICE, category_id=LEAF), rule(BRIGADE, kind=Kind.OTHER), rule(CENTRE)]
    assert suggest(bare, rules) == Suggestion(CENTRE, ("general_rule",), rules[2])
