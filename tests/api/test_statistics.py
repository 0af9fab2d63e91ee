"""Monthly figures by the API: equal to the definitions, led to their cases, within one's scope."""

import pytest
from sqlalchemy import update

from casetracker.persistence.case import Case
from casetracker.services.frozen.freezing import freeze_month
from tests.api.conftest import problem
from tests.factories.frozen import print_blank
from tests.factories.rate_cases import add_random_cases, add_random_petitions

CODES = {
    "received", "sign_on_time", "response", "completion", "completion_on_time", "resolution",
    "satisfaction", "answer", "redo", "return", "return_granted", "repeat", "overdue",
}  # fmt: skip


@pytest.fixture
def month(street) -> str:
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=11, count=120)
    add_random_petitions(street.session, units, seed=12, count=40)
    street.wait(days=23)
    return "2026-03"


def test_the_month_tells_every_metric_by_row_and_in_all(program, month):
    told = program("leader").get("/statistics/monthly", month=month).json
    assert (told["month"], told["profile"]) == (month, "WUHAN_DEFAULT")
    assert told["as_of"] == "2026-03-25T09:30:00+08:00"
    assert set(told["total"]["metrics"]) == CODES
    assert set(told["definition"]["metrics"]) == CODES
    assert told["snapshot"] is None
    assert told["definition_version"]
    for row in told["rows"]:
        assert set(row["metrics"]) == CODES
    received = [row["metrics"]["received"]["numerator"] for row in told["rows"]]
    assert sum(received) == told["total"]["metrics"]["received"]["numerator"] > 0
    rate = told["total"]["metrics"]["completion"]
    assert rate["value"] == pytest.approx(rate["numerator"] / rate["denominator"])
    assert told["previous"]["metrics"]["received"]["numerator"] > 0
    assert told["last_year"]["metrics"]["received"]["numerator"] == 0
    assert told["last_year"]["metrics"]["completion"]["value"] is None


def test_as_many_cases_stand_behind_a_figure_as_it_says(program, month):
    leader = program("leader")
    told = leader.get("/statistics/monthly", month=month).json
    for row in told["rows"]:
        rate = row["metrics"]["completion"]
        for part in ("numerator", "denominator"):
            asked = {"month": month, "metric": "completion", "part": part, "limit": 200}
            page = leader.get("/statistics/monthly/cases", **asked, key=row["key"] or "").json
            assert len(page["items"]) == rate[part], (row["label"], part)
    asked = {"month": month, "metric": "completion", "part": "excluded", "limit": 200}
    page = leader.get("/statistics/monthly/cases", **asked).json
    assert len(page["items"]) == sum(told["total"]["metrics"]["completion"]["excluded"].values())


def test_the_cases_behind_a_figure_come_page_by_page(program, month):
    leader, seen, cursor = program("leader"), [], None
    asked = {"month": month, "metric": "received", "limit": 7}
    while True:
        page = leader.get(
            "/statistics/monthly/cases", **asked, **({"cursor": cursor} if cursor else {})
        ).json
        seen += [row["number"] for row in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    total = leader.get("/statistics/monthly", month=month).json["total"]["metrics"]["received"]
    assert len(seen) == len(set(seen)) == total["numerator"]


@pytest.mark.parametrize("by", ["unit", "unit_group", "source_level"])
@pytest.mark.parametrize(
    "profile", ["WUHAN_DEFAULT", "BEIJING_DISTRICT", "SHANGHAI_TOWN", "XINFANG"]
)
def test_every_profile_and_every_way_of_rows_is_answered(program, month, by, profile):
    response = program("leader").get("/statistics/monthly", month=month, by=by, profile=profile)
    assert response.status_code == 200
    assert response.json["by"] == by
    assert response.json["rows"]


def test_a_head_of_a_unit_counts_only_what_the_unit_has(program, month):
    rows = program("head").get("/statistics/monthly", month=month).json["rows"]
    assert [row["key"] for row in rows] == ["dongfeng"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({}, "month"), ({"month": "2026-13"}, "month"), ({"month": "202603"}, "month"),
        ({"month": "2026-03", "by": "handler"}, "by"),
        ({"month": "2026-03", "profile": "MINE"}, "profile"),
    ],
)  # fmt: skip
def test_a_question_without_sense_is_refused_by_field(program, asked, field):
    told = problem(program("leader").get("/statistics/monthly", **asked), 400, "invalid_input")
    assert field in {e["field"] for e in told["errors"]}
    assert all(e["message"] != "填写有误" for e in told["errors"])


def test_unknown_parts_of_a_figure_are_refused_by_field(program):
    for more, field in (
        ({"metric": "fame"}, "metric"),
        ({"metric": "received", "part": "all"}, "part"),
        ({"metric": "received", "key": "no such unit"}, "key"),
        ({"metric": "received", "cursor": "x"}, "cursor"),
    ):
        response = program("leader").get("/statistics/monthly/cases", month="2026-03", **more)
        told = problem(response, 400, "invalid_input")
        assert [e["field"] for e in told["errors"]] == [field]


def test_figures_need_the_right_and_the_scope(program):
    problem(program("operator").get("/statistics/monthly", month="2026-03"), 403, "no_right")
    without = program("leader", "cases:read")
    problem(without.get("/statistics/monthly", month="2026-03"), 403, "insufficient_scope")


def test_the_year_is_its_months_and_their_sums(program, month):
    leader = program("leader")
    year = leader.get("/statistics/annual", year=2026).json
    assert [one["month"] for one in year["months"]] == [f"2026-{n:02d}" for n in range(1, 13)]
    by_month = {one["month"]: one["metrics"] for one in year["months"]}
    for asked in ("2026-02", month):
        told = leader.get("/statistics/monthly", month=asked).json
        assert by_month[asked] == told["total"]["metrics"]
    for code, rate in year["total"]["metrics"].items():
        for part in ("numerator", "denominator"):
            parts = [metrics[code][part] for metrics in by_month.values()]
            assert rate[part] == (
                None if code == "received" and part == "denominator" else sum(parts)
            )
    assert by_month["2026-12"]["completion"]["value"] is None
    refused = leader.get("/statistics/annual", year="二〇二六")
    assert [one["field"] for one in problem(refused, 400, "invalid_input")["errors"]] == ["year"]


def test_a_frozen_month_is_told_and_read_by_those_who_make_reports(
    program, month, street, store, monkeypatch
):
    print_blank(monkeypatch)
    leader, asked = program("leader"), {"month": "2026-02", "metric": "completion"}
    refused = leader.get("/statistics/monthly", month="2026-02", basis="frozen")
    assert [e["field"] for e in problem(refused, 400, "invalid_input")["errors"]] == ["month"]
    live = leader.get("/statistics/monthly", month="2026-02").json
    freeze_month(street.ctx("leader"), "2026-02")
    street.session.execute(update(Case).values(excluded="misrouted"))
    street.session.commit()
    told = leader.get("/statistics/monthly", month="2026-02").json
    assert told["snapshot"]["frozen_by"] == street.people["leader"].name
    assert told["snapshot"]["corrections"] == []
    assert (told["basis"], told["total"] == live["total"]) == ("live", False)
    kept = leader.get("/statistics/monthly", month="2026-02", basis="frozen").json
    assert (kept["basis"], kept["total"], kept["rows"]) == ("frozen", live["total"], live["rows"])
    page = leader.get("/statistics/monthly/cases", **asked, basis="frozen", limit=200).json
    assert len(page["items"]) == live["total"]["metrics"]["completion"]["denominator"]
    assert {one["why"]["part"] for one in page["items"]} == {"excluded"}, "as they stand now"
    head = program("head").get("/statistics/monthly", month="2026-02")
    assert head.json["snapshot"] is None
    problem(
        program("head").get("/statistics/monthly/cases", **asked, basis="frozen"), 403, "no_right"
    )
