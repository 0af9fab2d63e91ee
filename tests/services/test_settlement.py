"""小事不出村，大事不出街: figures by community, and lists that hold exactly their cases."""

from fractions import Fraction

import pytest
from sqlalchemy import update

from casetracker.domain.settlement import settlement_of
from casetracker.domain.vocabulary import Settlement
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.services.commands.searching import FigureQuestion
from casetracker.services.commands.settlement import SettlementQuestion
from casetracker.services.context import Context
from casetracker.services.figures.cases import cases_of_figure
from casetracker.services.figures.settlement import PARTS, settlement_table
from tests.factories.street import Street

MARCH = {"since": "2026-03-01", "until": "2026-03-31"}
HERE = {"address": "东风社区三栋", "unit": "东风社区"}


def table(street: Street, who: str = "supervisor", **asked: str) -> dict[str, dict[str, int]]:
    """Label → the figures that are not nothing."""
    question = SettlementQuestion.model_validate({**MARCH, **asked})
    found = settlement_table(street.ctx(who), question)
    return {
        line.label: {str(one): count for one in Settlement if (count := line.figures[one])}
        for line in (*found.lines, found.total)
    }


def listed(ctx: Context, **asked: str) -> dict[str, tuple[str, ...]]:
    """Why each case is there, by number."""
    question = FigureQuestion.model_validate({"metric": "received", "limit": 200, **asked})
    found = cases_of_figure(ctx, question)
    return {row.number: found.reasons[row.id].words for row in found.rows}


def closed_by(street: Street, unit: str, **body: object) -> str:
    """A case that 东风社区 worked on to the end, led by another unit in the books."""
    number = street.worked("closed", **body)
    street.session.execute(
        update(Case).where(Case.number == number).values(lead_unit_id=street.units[unit].id)
    )
    street.session.commit()
    return number


@pytest.fixture
def busy(street: Street) -> Street:
    """Settled in the community, by the street, referred, open, and one that is nowhere."""
    street.worked("closed", location=HERE)
    closed_by(street, "public_works", location=HERE)
    referred = street.register(location=HERE).number
    street.act("dispatcher", referred, "refer", to="district", text="转区城管局。")
    street.worked("handling", location=HERE)
    street.register()
    return street


def test_three_figures_and_what_is_open_stand_by_community(busy: Street) -> None:
    assert table(busy) == {
        "东风社区": {"community": 1, "street": 1, "handed_on": 1, "open": 1},
        "未登记所在社区": {"open": 1},
        "合计": {"community": 1, "street": 1, "handed_on": 1, "open": 2},
    }
    assert set(table(busy, by="month")) == {"2026-03", "合计"}
    question = SettlementQuestion.model_validate(MARCH)
    total = settlement_table(busy.ctx("supervisor"), question).total.figures
    assert (total.in_community, total.in_street) == (Fraction(1, 3), Fraction(2, 3))
    assert total.settled == 3


@pytest.mark.parametrize("by", ["area", "month"])
def test_every_figure_lists_exactly_its_cases(busy: Street, by: str) -> None:
    ctx = busy.ctx("supervisor")
    found = settlement_table(ctx, SettlementQuestion.model_validate({**MARCH, "by": by}))
    for line in (*found.lines, found.total):
        for part, among in PARTS.items():
            asked = {"period": line.days.key, "settled": ",".join(among), **line.among}
            rows = listed(ctx, **asked)
            assert len(rows) == sum(line.figures[one] for one in among), (line.label, part)


def test_sql_and_the_rows_of_the_domain_say_the_same(busy: Street) -> None:
    units, ctx = {unit.id: unit.kind for unit in busy.units.values()}, busy.ctx("supervisor")
    for case in busy.session.query(Case):
        said = settlement_of(case.state, units.get(case.lead_unit_id), became_petition=False)
        rows = listed(ctx, period="2026-03-01--2026-03-31", settled=said)
        assert label(said) in rows[case.number]


def test_without_a_place_the_first_community_or_that_of_the_registrant_counts(
    street: Street,
) -> None:
    closed_by(street, "public_works")  # 东风社区 led it first
    street.register("other_handler", channel="community")
    assert table(street) == {
        "东风社区": {"street": 1}, "新河社区": {"open": 1}, "合计": {"street": 1, "open": 1},
    }  # fmt: skip


def test_a_matter_that_became_a_petition_stays_in_the_street(street: Street) -> None:
    number = street.register(location=HERE).number
    street.act("dispatcher", number, "refer", to="petition", text="转信访办理。")
    assert table(street)["东风社区"] == {"street": 1}


def test_a_head_counts_what_their_unit_sees_and_nobody_the_lane(
    busy: Street, street: Street
) -> None:
    assert table(busy, "other_head") == {"合计": {}}
    number = street.register(location=HERE).number
    street.act("dispatcher", number, "transfer_confidential", reason="涉嫌违纪")
    assert sum(table(busy)["东风社区"].values()) == 4
