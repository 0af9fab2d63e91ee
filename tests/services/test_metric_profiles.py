"""The office's own definitions: copied, changed, looked at, put in force for months to come."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from casetracker.domain.errors import Conflict, DomainError, InvalidInput, NotFound, NotPermitted
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import WUHAN_DEFAULT
from casetracker.persistence.account import AccessRecord
from casetracker.services.commands.profiles import (
    CopyProfile,
    EditCount,
    EditProfile,
    EditRate,
    EditWeightedRate,
    PutInForce,
)
from casetracker.services.office.metric_profiles import find_version, version_lines
from casetracker.services.office.profile_drafts import copy_profile, edit_metric, edit_profile
from casetracker.services.office.profile_effect import effect_of
from casetracker.services.office.profile_release import put_in_force, withdraw_profile
from casetracker.stats.monthly import monthly_table
from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street

ALL = Scope(sees_all=True)
BY_SHARE = EditCount.model_validate(
    {"name": "受理量", "numerator": "every", "window": "received_at", "points": "9"}
)
WEIGHTS = {"satisfied": "1", "basically": "0.9"}


def copied(street: Street, source: str = "WUHAN_DEFAULT/2026.1", code: str | None = None) -> Any:
    command = CopyProfile(source=source, code=code, name="本街道口径")
    return copy_profile(street.ctx("admin"), command).key.split("/")


def satisfaction(**more: Any) -> EditWeightedRate:
    plain = {
        "name": "满意率", "numerator": "weighted", "denominator": "answered", "window": "closed_at",
        **WEIGHTS,
    }  # fmt: skip
    return EditWeightedRate.model_validate({**plain, **more})


def released(street: Street, key: list[str], month: str, *, as_default: bool = False) -> None:
    put_in_force(street.ctx("admin"), *key, PutInForce(month=month, as_default=as_default))


def problems(deed: Any, *args: Any) -> dict[str, str]:
    with pytest.raises(InvalidInput) as refused:
        deed(*args)
    return refused.value.problems


def test_a_copy_is_changed_and_put_in_force_for_a_month_to_come(street: Street) -> None:
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=7, count=200)
    admin = street.ctx("admin")
    key = copied(street)
    assert key == ["WUHAN_DEFAULT", "2026.2"]
    edit_metric(admin, *key, "satisfaction", satisfaction(basis="区办法〔2026〕3号"))
    march = monthly_table(street.session, ALL, street.now, month="2026-03")
    assert march.profile == WUHAN_DEFAULT, "a draft changes nothing"
    released(street, key, "2026-04")
    april = monthly_table(street.session, ALL, street.now, month="2026-04").profile
    assert april.version == "2026.2"
    assert april.metric("satisfaction").source == "区办法〔2026〕3号"
    assert april.metric("response") == WUHAN_DEFAULT.metric("response")
    assert monthly_table(street.session, ALL, street.now, month="2026-03") == march
    told = street.session.scalars(
        select(AccessRecord.detail).where(AccessRecord.what == "profile_changed")
    ).all()
    assert any(
        "满意×1+基本满意×1" not in (one or "") and "草稿 → 已发布" in (one or "") for one in told
    )
    assert any("→ 满意率：(满意×1+基本满意×0.9) ÷" in (one or "") for one in told), told


def test_a_profile_of_its_own_becomes_what_the_office_counts_by(street: Street) -> None:
    key = copied(street, "BEIJING_DISTRICT/2025.1", "JIEDAO")
    assert key == ["JIEDAO", "2026.1"]
    # its March began in February and its April begins on 19 March: not begun, but 2026-03 has
    released(street, key, "2026-04", as_default=True)
    assert monthly_table(street.session, ALL, street.now, month="2026-04").profile.code == "JIEDAO"
    assert monthly_table(street.session, ALL, street.now, month="2026-03").profile == WUHAN_DEFAULT
    again = copied(street, "JIEDAO/2026.1")
    assert again == ["JIEDAO", "2026.2"]
    other = copied(street, code="SECOND")
    assert problems(released, street, again, "2026-04") == {"month": "profile_month_taken"}
    command = PutInForce(month="2026-04", as_default=True)
    taken = problems(put_in_force, street.ctx("admin"), *other, command)
    assert taken == {"as_default": "default_month_taken"}


def test_petitions_have_a_profile_of_the_office_as_well(street: Street) -> None:
    key = copied(street, "XINFANG/2022.1", "XINFANG_JIEDAO")
    rate = EditRate(name="化解率", numerator="settled", denominator="every", window="received_at")
    edit_metric(street.ctx("admin"), *key, "resolution", rate)
    silent = EditRate(
        name="x", numerator="office_judged_or_over", denominator="every", window="closed_at"
    )
    refused = problems(edit_metric, street.ctx("admin"), *key, "satisfaction_office", silent)
    assert refused == {"numerator": "unasked_counted"}
    released(street, key, "2026-05", as_default=True)
    may = street.ctx("leader")
    table = monthly_table(street.session, ALL, may.now, month="2026-05", profile="XINFANG_JIEDAO")
    assert (
        table.profile.metric("resolution").definition_zh == "认定化解 ÷ 全部信访件；按登记时间归月"
    )
    assert monthly_table(street.session, ALL, may.now, month="2026-05").profile == WUHAN_DEFAULT


@pytest.mark.parametrize("month", ["2025-12", "2026-02", "2026-03"])
def test_no_month_that_has_begun_is_counted_otherwise(street: Street, month: str) -> None:
    key = copied(street)
    with pytest.raises(InvalidInput) as refused:
        released(street, key, month)
    assert refused.value.problems == {"month": "month_has_begun"}
    assert refused.value.facts["earliest"] == "2026-04"


def test_a_month_that_began_by_the_definitions_in_force_is_taken_as_begun(street: Street) -> None:
    """Beijing's April begins on 19 March: on the 20th its units are judged already."""
    street.now = datetime(2026, 3, 20, tzinfo=UTC)
    key = copied(street, "BEIJING_DISTRICT/2025.1")
    edit_profile(
        street.ctx("admin"), *key,
        EditProfile(name="改为自然月", month_start_day=1, decimals=2, aggregation="mean"),
    )  # fmt: skip
    assert problems(released, street, key, "2026-04") == {"month": "month_has_begun"}
    released(street, key, "2026-05")
    line = find_version(street.ctx("admin"), *key)
    assert (line.profile.decimals, line.profile.aggregation) == (2, "mean")
    assert line.profile.exclusions == frozenset()


def test_what_is_to_come_may_be_taken_back_and_what_counts_may_not(street: Street) -> None:
    key, second = copied(street), copied(street)
    released(street, key, "2026-04")
    withdraw_profile(street.ctx("admin"), *key)
    assert monthly_table(street.session, ALL, street.now, month="2026-04").profile == WUHAN_DEFAULT
    released(street, second, "2026-04")
    street.now = datetime(2026, 4, 2, tzinfo=UTC)
    for deed in (
        lambda: withdraw_profile(street.ctx("admin"), *second),
        lambda: withdraw_profile(street.ctx("admin"), *key),
        lambda: edit_metric(street.ctx("admin"), *second, "satisfaction", satisfaction()),
        lambda: withdraw_profile(street.ctx("admin"), "WUHAN_DEFAULT", "2026.1"),
    ):
        with pytest.raises(Conflict):
            deed()
    statuses = {line.profile.version: line.status for line in version_lines(street.ctx("admin"))
                if line.profile.code == "WUHAN_DEFAULT"}  # fmt: skip
    assert statuses == {"2026.1": "in_force", "2026.2": "withdrawn", "2026.3": "in_force"}


def test_whoever_saves_over_somebody_else_s_change_is_told(street: Street) -> None:
    key = copied(street)
    edit_metric(street.ctx("admin"), *key, "satisfaction", satisfaction(version=1))
    with pytest.raises(Conflict) as refused:
        edit_metric(street.ctx("admin"), *key, "satisfaction", satisfaction(version=1))
    assert refused.value.code == "profile_changed"


@pytest.mark.parametrize(
    ("metric", "command", "field"),
    [
        ("satisfaction", satisfaction(empty="1"), "empty"),
        ("satisfaction", satisfaction(satisfied="2"), "satisfied"),
        ("satisfaction", satisfaction(numerator="every"), "numerator"),
        ("satisfaction", satisfaction(window="replied_at"), "window"),
        ("satisfaction", satisfaction(scoring="rate"), "points"),
        ("received", BY_SHARE, "points"),
    ],
)
def test_a_change_that_may_not_be_is_refused_beside_its_field(
    street: Street, metric: str, command: Any, field: str
) -> None:
    assert field in problems(edit_metric, street.ctx("admin"), *copied(street), metric, command)


def test_the_effect_is_the_last_month_by_both_definitions(street: Street) -> None:
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=7, count=300)
    street.now = datetime(2026, 4, 5, tzinfo=UTC)
    key = copied(street)
    edit_metric(street.ctx("admin"), *key, "satisfaction", satisfaction())
    effect = effect_of(street.ctx("admin"), *key)
    march = monthly_table(street.session, ALL, street.now, month="2026-03")
    assert (effect.month, effect.before) == ("2026-03", WUHAN_DEFAULT)
    assert effect.total[0] == march.total.metrics
    assert effect.changed == ("satisfaction",)
    assert [(name, before) for name, before, _ in effect.units] == [
        (row.label, row.metrics) for row in march.rows
    ]
    before, after = (total["satisfaction"] for total in effect.total)
    assert after.denominator == before.denominator
    assert after.numerator < before.numerator


def test_only_who_keeps_the_rules_may(street: Street) -> None:
    key = copied(street)
    deeds: list[Any] = [
        lambda who: copy_profile(who, CopyProfile(source="XINFANG/2022.1", name="x")),
        lambda who: effect_of(who, *key),
        lambda who: put_in_force(who, *key, PutInForce(month="2026-09")),
        lambda who: withdraw_profile(who, *key),
    ]
    for deed in deeds:
        for who in ("leader", "security", "supervisor"):
            with pytest.raises(NotPermitted):
                deed(street.ctx(who))
    for wrong in (["WUHAN_DEFAULT", "2026.9"], ["NOBODY", "2026.1"]):
        with pytest.raises(NotFound):
            find_version(street.ctx("admin"), *wrong)
        with pytest.raises(DomainError):
            withdraw_profile(street.ctx("admin"), *wrong)
    taken = CopyProfile(source="XINFANG/2022.1", code="SHANGHAI_TOWN", name="x")
    assert problems(copy_profile, street.ctx("admin"), taken) == {"code": "profile_code_taken"}
