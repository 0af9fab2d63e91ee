"""The figures of the year's paragraph come from the registers, within what the reader sees."""

from dataclasses import replace
from html import unescape

import pytest
from sqlalchemy.orm import Session

from casetracker.domain.errors import NotPermitted
from casetracker.persistence.case import Case
from casetracker.services.channels import channels, use_channels
from casetracker.services.commands.searching import AnnualQuestion
from casetracker.services.reports.making import paper_file
from casetracker.services.reports.year import YearReport, year_report
from tests.factories.ledgers import entry, old_case, reception, visit
from tests.factories.papers import part_of
from tests.factories.petitions import petition
from tests.factories.street import Street

THIS_YEAR = AnnualQuestion.model_validate({"year": 2026})


def report(street: Street, who: str = "supervisor") -> YearReport:
    return year_report(street.ctx(who), THIS_YEAR)


def test_each_register_gives_its_part(street: Street) -> None:
    street.register()
    street.register(channel="district_line")
    street.register(channel="window")
    visit(street, persons=6)
    petition(street, source_level="national")
    petition(street)
    held = reception(street)
    old_case(street)
    street.wait(days=1, hours=1)
    entry(street, held, persons=2)
    figures = report(street).figures
    assert (figures.hotline.total, figures.hotline.lines, figures.hotline.other) == (3, 2, 1)
    assert figures.hotline.by_channel == {"市长专线": 1, "区长热线": 1, "综合窗口": 1}
    assert figures.hotline.months == 3
    assert (figures.visits.visits, figures.visits.persons) == (1, 6)
    assert figures.visits.collective_visits == 1
    assert figures.petitions.total == 2
    assert figures.petitions.by_level["national"] == 1  # type: ignore[index]
    assert (figures.receptions.sessions, figures.receptions.matters) == (1, 1)
    assert (figures.old_cases.listed, figures.old_cases.left) == (1, 1)
    assert figures.patrol is None, "nobody kept that register"
    assert (
        year_report(
            street.ctx("supervisor"), AnnualQuestion.model_validate({"year": 2025})
        ).figures.hotline.total
        == 0
    )


def test_a_sealed_case_is_in_no_figure(street: Street, session: Session) -> None:
    number = petition(street).number
    before = report(street).figures.petitions.total
    row = session.query(Case).filter_by(number=number).one()
    row.is_open, row.is_sealed = False, True
    session.commit()
    assert (before, report(street).figures.petitions.total) == (1, 0)


@pytest.mark.parametrize("who", ["head", "handler", "clerk", "admin", "discipline", "deputy"])
def test_whoever_sees_a_part_of_the_street_gets_no_report(street: Street, who: str) -> None:
    with pytest.raises(NotPermitted):
        report(street, who)


def test_its_file_leads_to_the_desk_from_outside(street: Street) -> None:
    street.register()
    before = channels()
    use_channels(replace(before, public_url="https://desk.example"))
    try:
        file = paper_file(report(street).content(), "docx")
    finally:
        use_channels(before)
    relations = unescape(part_of(file, "word/_rels/document.xml.rels"))
    assert "https://desk.example/ops/statistics/cases?period=2026&" in relations
    assert "https://desk.example/ops/visits?since=2026-01-01&until=2026-12-31" in relations
