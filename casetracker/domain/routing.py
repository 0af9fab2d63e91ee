"""Category, area and kind → the unit that should handle it, with the reasons; rules are data.

The rules are the dispatch catalogue (派单目录) of 国办函〔2025〕66号(五). A gap is a result, not an
error: the dispatcher decides.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from casetracker.domain.vocabulary import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class RoutingRule:
    """One line of the dispatch catalogue; None fits anything.

    In force from `effective_from` to the day before `effective_to`. `on_community_list`: the matter
    stands on the communities' own list; without it a community may assist, not lead
    (北京市接诉即办工作条例 art. 17(2)).
    """

    unit_id: int
    source: str
    effective_from: date
    effective_to: date | None = None
    category_id: int | None = None
    area_unit_id: int | None = None
    kind: Kind | None = None
    on_community_list: bool = False

    def is_in_force(self, day: date) -> bool:
        return self.effective_from <= day and (self.effective_to is None or day < self.effective_to)


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be routed on `day` (Asia/Shanghai).

    `categories` and `areas` run from the nearest upwards: leaf before branch, grid before community
    before street; both may be empty.
    """

    categories: tuple[int, ...]
    areas: tuple[int, ...]
    kind: Kind | None
    day: date


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The unit, or None for a gap; `reasons` are stable codes, `rule` the line that won."""

    unit_id: int | None
    reasons: tuple[str, ...]
    rule: RoutingRule | None = None


def suggest(
    errand: Errand, rules: Iterable[RoutingRule], *, communities: frozenset[int] = frozenset()
) -> Suggestion:
    """The unit of the most specific rule in force; of equals the latest.

    Reasons: matched_category, matched_parent_category, matched_area, matched_wider_area,
    matched_kind, general_rule; later_rule_won where an older equal one says otherwise;
    community_outside_list where a community was passed over; no_rule for a gap.
    """
    fitting = sorted(
        (rule for rule in rules if rule.is_in_force(errand.day) and _fits(rule, errand)),
        key=lambda rule: _rank(rule, errand),
        reverse=True,
    )
    allowed = [
        rule for rule in fitting if rule.on_community_list or rule.unit_id not in communities
    ]
    passed_over = () if fitting[:1] == allowed[:1] else ("community_outside_list",)
    if not allowed:
        return Suggestion(None, ("no_rule", *passed_over))
    best = allowed[0]
    return Suggestion(
        best.unit_id, _reasons(best, errand) + _contested(allowed, errand) + passed_over, best
    )


def _fits(rule: RoutingRule, errand: Errand) -> bool:
    return (
        (rule.category_id is None or rule.category_id in errand.categories)
        and (rule.area_unit_id is None or rule.area_unit_id in errand.areas)
        and (rule.kind is None or rule.kind is errand.kind)
    )


def _specificity(rule: RoutingRule, errand: Errand) -> tuple[int, int, int]:
    """How many facts the rule names, and how near its category and area are."""
    category = _nearness(rule.category_id, errand.categories)
    area = _nearness(rule.area_unit_id, errand.areas)
    named = sum(fact is not None for fact in (rule.category_id, rule.area_unit_id, rule.kind))
    return named, category, area


def _nearness(wanted: int | None, path: tuple[int, ...]) -> int:
    return 0 if wanted is None else len(path) - path.index(wanted)


def _rank(rule: RoutingRule, errand: Errand) -> tuple[tuple[int, int, int], date, int]:
    # The unit last: two rules that are equal in all else must not depend on the order of rows.
    return _specificity(rule, errand), rule.effective_from, -rule.unit_id


def _reasons(rule: RoutingRule, errand: Errand) -> tuple[str, ...]:
    reasons = []
    if rule.category_id is not None:
        leaf = rule.category_id == errand.categories[0]
        reasons.append("matched_category" if leaf else "matched_parent_category")
    if rule.area_unit_id is not None:
        nearest = rule.area_unit_id == errand.areas[0]
        reasons.append("matched_area" if nearest else "matched_wider_area")
    if rule.kind is not None:
        reasons.append("matched_kind")
    return tuple(reasons) or ("general_rule",)


def _contested(allowed: list[RoutingRule], errand: Errand) -> tuple[str, ...]:
    best, *others = allowed
    rival = any(
        rule.unit_id != best.unit_id and _specificity(rule, errand) == _specificity(best, errand)
        for rule in others
    )
    return ("later_rule_won",) if rival else ()
