"""A month is compared with what was published of another, not with what became of it since."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput, NotPermitted
from casetracker.domain.frozen.plain_rates import plain_rate
from casetracker.domain.permissions import Scope
from casetracker.domain.rates import Rate
from casetracker.domain.reports.behind import NUMERATOR, RECEIVED, at_point, before
from casetracker.domain.reports.facts import ReportFacts
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.vocabulary import ExcludeReason
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import reference
from casetracker.services.commands.reports import CorrectMonth
from casetracker.services.commands.searching import FigureQuestion, MonthlyQuestion
from casetracker.services.figures.cases import cases_of_figure
from casetracker.services.figures.monthly import monthly_figures, trend_of
from casetracker.services.frozen.comparing import compare_month
from casetracker.services.frozen.correcting import correct_month
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.reports.gathering import report_facts
from casetracker.stats.monthly import asked_of
from casetracker.stats.published import told
from casetracker.stats.tables import Reading
from tests.factories.frozen import print_blank
from tests.factories.street import Street
from tests.services.frozen.conftest import MARCH

APRIL = "2026-04"


@pytest.fixture(scope="module")
def moved_for_all(march_for_all: Street) -> Street:
    """March is frozen, then a third of its cases leave the rates; it is the 2nd of May."""
    with pytest.MonkeyPatch.context() as patch:
        print_blank(patch)
        freeze_month(march_for_all.ctx("leader"), MARCH)
    exclude_some(march_for_all, 3)
    march_for_all.wait(days=30)
    return march_for_all


@pytest.fixture
def street(moved_for_all: Street, session: Session, blank_paper: None) -> Street:
    return moved_for_all.again(session)


def exclude_some(street: Street, one_in: int) -> None:
    for case in street.session.query(Case):
        if case.id % one_in == 0:
            case.excluded = ExcludeReason.MISROUTED
    street.session.commit()


def correct(street: Street) -> None:
    seen = compare_month(street.ctx("leader"), MARCH).mark
    correct_month(street.ctx("leader"), MARCH, CorrectMonth(reason="复核。"), seen)


def figures(street: Street, month: str = APRIL, who: str = "leader", **more: str) -> dict[str, Any]:
    asked = MonthlyQuestion.model_validate({"month": month, **more})
    return monthly_figures(street.ctx(who), asked)


def april_report(street: Street) -> ReportFacts:
    return report_facts(street.ctx("leader"), report_period(Span.MONTH, APRIL))


def count_behind(street: Street, address: str | None) -> int:
    assert address is not None
    asked = {**dict(parse_qsl(urlsplit(address).query, keep_blank_values=True)), "limit": "200"}
    return len(cases_of_figure(street.ctx("leader"), FigureQuestion.model_validate(asked)).rows)


def test_the_base_is_what_was_frozen_then_what_was_corrected(street: Street) -> None:
    frozen = figures(street, MARCH, basis="frozen")["total"]["metrics"]
    assert figures(street, MARCH)["total"]["metrics"] != frozen
    told = figures(street)["previous"]
    assert (told["basis"], told["metrics"]) == ("frozen", frozen)
    assert figures(street)["last_year"]["basis"] == "live"
    assert figures(street, "2027-03")["last_year"] == told
    correct(street)
    corrected = figures(street, MARCH, basis="corrected")["total"]["metrics"]
    assert corrected != frozen
    told = figures(street)["previous"]
    assert (told["basis"], told["metrics"]) == ("corrected", corrected)
    assert figures(street, MARCH, basis="frozen")["total"]["metrics"] == frozen


def test_only_who_sees_the_street_and_asks_for_the_frozen_definitions_has_that_base(
    street: Street,
) -> None:
    assert figures(street, who="head")["previous"]["basis"] == "live"
    for profile, basis in {"XINFANG": "frozen", "BEIJING_DISTRICT": "live"}.items():
        assert figures(street, profile=profile)["previous"]["basis"] == basis


def test_a_frozen_month_keeps_the_base_it_was_published_with(street: Street) -> None:
    base = figures(street)["previous"]
    freeze_month(street.ctx("leader"), APRIL)
    correct(street)
    assert figures(street, basis="frozen")["previous"] == base
    assert figures(street)["previous"]["basis"] == "corrected"


def test_the_trend_tells_each_month_as_it_was_published(street: Street) -> None:
    asked = MonthlyQuestion.model_validate({"month": APRIL})
    months, told = trend_of(street.ctx("leader"), asked, 2)
    assert months == ["2026-02", MARCH]
    assert [one["basis"] for one in told] == ["live", "frozen"]
    assert told[1]["metrics"] == figures(street)["previous"]["metrics"]


def test_a_report_compares_with_what_was_printed_down_to_its_rows(street: Street) -> None:
    march = report_period(Span.MONTH, MARCH)
    now = report_facts(street.ctx("leader"), march)
    facts, kept = april_report(street), figures(street, MARCH, basis="frozen", by="channel")
    received = int(kept["total"]["metrics"][RECEIVED]["numerator"])
    assert facts.volume.received.previous == received > now.volume.received.now
    assert facts.trend[-2].received == received
    assert sum(part.previous for part in facts.volume.channels) <= received
    by_channel = {row["key"]: row["metrics"][RECEIVED]["numerator"] for row in kept["rows"]}
    for part in facts.volume.channels:
        assert part.among is not None
        assert part.previous == by_channel.get(part.among["key"], 0)
        assert part.now or part.previous, "a row of which nothing was received is none"
    assert (
        facts.petitions.received.previous
        == figures(street, MARCH, basis="frozen", profile="XINFANG")["total"]["metrics"][RECEIVED][
            "numerator"
        ]
    )
    words = "环比以通报公布的上月数字为基数，同比以现在统计的去年同月数字为基数。"
    assert facts.compared_words == facts.petitions.base_words == words


@pytest.mark.parametrize("by", ["unit", "unit_group", "category"])
def test_rows_of_a_published_month_are_the_kept_ones(street: Street, by: str) -> None:
    """Ranks of the month before are made of them."""
    asked = asked_of(reference(street.session).profiles.default(MARCH), MARCH, street.now)
    reading = Reading(Scope(sees_all=True), street.now, by)
    [shown] = told(street.session, reading, [], [asked]).before
    kept = figures(street, MARCH, basis="frozen", by=by)
    assert [
        {"key": row.key, "label": row.label, "metrics": plain(row.metrics)} for row in shown.rows
    ] == kept["rows"]
    assert plain(shown.total) == kept["total"]["metrics"]


def plain(rates: Mapping[str, Rate]) -> dict[str, Any]:
    return {code: plain_rate(rate) for code, rate in rates.items()}


@pytest.mark.parametrize("is_corrected", [False, True], ids=["frozen", "corrected"])
def test_a_published_count_leads_to_exactly_its_cases(street: Street, is_corrected: bool) -> None:
    if is_corrected:
        correct(street)
    facts = april_report(street)
    point = facts.trend[-2]
    assert count_behind(street, at_point(facts, point, RECEIVED, NUMERATOR)) == point.received > 0
    parts = [one for one in (*facts.volume.channels, *facts.volume.kinds) if one.previous]
    assert parts
    for part in parts:
        assert count_behind(street, before(facts, part.among)) == part.previous, part.name
    for part in facts.topics.lower:
        if part.previous and (address := before(facts, part.among)):
            assert count_behind(street, address) == part.previous, part.name


def test_corrected_figures_are_read_like_frozen_ones_and_refused_without_any(
    street: Street,
) -> None:
    with pytest.raises(InvalidInput):
        figures(street, MARCH, basis="corrected")
    correct(street)
    kept = figures(street, MARCH, basis="corrected", by="channel")
    assert (kept["basis"], kept["snapshot"]["corrections"][0]["number"]) == ("corrected", 1)
    assert kept["rows"] == figures(street, MARCH, by="channel")["rows"]
    with pytest.raises(NotPermitted):
        figures(street, MARCH, who="head", basis="corrected")
    with pytest.raises(InvalidInput):
        figures(street, "2026-02", basis="corrected")
