"""Why a case counts or not is told from the definition that counts it, in the field's words."""

import random
from datetime import datetime, timedelta
from typing import Any

import pytest

from casetracker.domain.rates import PROFILES, WUHAN_DEFAULT, Profile, credit, membership, period_of
from casetracker.domain.rates.facts import FACTS, INSTANTS
from casetracker.domain.rates.reasons import deciding, facts_in, reason_of
from casetracker.labels.of_the_facts import Reading
from casetracker.labels.of_the_reasons import reason_words
from tests.factories.counted_cases import AS_READ, at, case, closed, surveyed
from tests.factories.rate_cases import random_case

MARCH = period_of(WUHAN_DEFAULT, "2026-03")


def words(code: str, one: Any, profile: Profile = WUHAN_DEFAULT) -> str:
    metric = profile.metric(code)
    reason = reason_of(metric, profile, one, window=period_of(profile, "2026-03"), as_of=AS_READ)
    return " · ".join(reason_words(Reading(one, AS_READ, metric.window), metric, profile, reason))


@pytest.mark.parametrize(
    ("code", "one", "expected"),
    [
        (
            "completion_on_time",
            case(handle_due_at=at(10, 17), replied_at=at(9, 16)),
            "办理期限 3月10日(周二) 17:00 · 3月9日 16:00 答复，在期限内",
        ),
        (
            "completion_on_time",
            case(handle_due_at=at(10)),
            "办理期限 3月10日(周二) 10:00 · 未答复，已过期限",
        ),
        (
            "overdue",
            case(handle_due_at=at(10), replied_at=at(12), state="closed"),
            "办理期限 3月10日(周二) 10:00 · 3月12日 10:00 答复，超过期限",
        ),
        (
            "overdue",
            case(handle_due_at=at(10), state="handling"),
            "办理期限 3月10日(周二) 10:00 · 未答复，已过期限 · 状态：办理中",
        ),
        (
            "response",
            case(contact_due_at=at(4), dispatched_at=at(3)),
            "先行联系期限 3月4日(周三) 10:00 · 3月3日 10:00 派单 · 未联系群众，已过期限",
        ),
        (
            "response",
            case(contact_due_at=at(4)),
            "先行联系期限 3月4日(周三) 10:00 · 未派单 · 不在本指标的统计范围",
        ),
        ("completion", case(), "没有办理期限，不计入任何一个月"),
        (
            "completion",
            case(handle_due_at=at(2, month=4)),
            "办理期限 4月2日(周四) 10:00，属于 2026-04",
        ),
        (
            "received",
            case(grouped_into_id=7),
            "3月2日 10:00 登记 · 已并入其他工单，随该工单计数 · 不在本指标的统计范围",
        ),
        (
            "satisfaction",
            surveyed("basically"),
            "3月10日 10:00 办结 · 有效回访 · 满意度评价：基本满意 · 按 1 计",
        ),
        (
            "satisfaction",
            closed(),
            "3月10日 10:00 办结 · 没有有效回访 · 没有满意度评价 · 不在本指标的统计范围",
        ),
        ("redo", closed(redo_count=2), "3月10日 10:00 办结 · 重办 2 次"),
    ],
)  # fmt: skip
def test_the_reason_is_what_is_true_of_the_case(code: str, one: Any, expected: str) -> None:
    assert words(code, one) == expected


def test_a_weight_is_told_with_what_it_adds() -> None:
    told = words("satisfaction", surveyed("basically"), PROFILES["BEIJING_DISTRICT"])
    assert told.endswith("满意度评价：基本满意 · 按 0.9 计")


def test_an_instant_of_another_month_names_the_month_of_the_profile() -> None:
    told = words("satisfaction", closed(received_at=at(20)), PROFILES["BEIJING_DISTRICT"])
    assert "属于 2026-04" in told


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.code)
def test_the_reason_agrees_with_the_count_for_any_case_and_is_never_empty(profile: Profile) -> None:
    draw = random.Random(5)
    window = period_of(profile, "2026-03")
    for place in range(60):
        one = _any_case(draw, place, profile)
        for metric in profile.metrics:
            reason = reason_of(metric, profile, one, window=window, as_of=AS_READ)
            assert reason.membership is membership(
                metric, profile, one, window=window, as_of=AS_READ
            )
            reading = Reading(one, AS_READ, metric.window)
            assert all(reason_words(reading, metric, profile, reason))
            if reason.membership == "counted":
                assert reason.credit == credit(metric, one, AS_READ)


def test_the_conditions_that_decide_change_the_outcome_when_their_facts_change() -> None:
    """Nothing is told that did not matter: an open conjunction names what fails alone."""
    late = case(handle_due_at=at(10), replied_at=at(9))
    leaves = list(deciding(WUHAN_DEFAULT.metric("overdue").numerator, late, AS_READ))
    assert [facts_in(leaf) for leaf in leaves] == [frozenset({"replied_at", "handle_due_at"})]


def _any_case(draw: random.Random, place: int, profile: Profile) -> dict[str, Any]:
    row = random_case(draw, place, [1, 2], 1, profile.track)
    facts = {name: getattr(row, name, None) for name in FACTS}
    for name in INSTANTS:
        if facts[name] is None and draw.random() < 0.5:
            facts[name] = _instant(draw)
    return facts


def _instant(draw: random.Random) -> datetime:
    return at(1) + timedelta(hours=draw.randrange(24 * 40))
