"""What the ledgers of the demonstration street lead to."""

from casetracker.services.commands.ledgers import VisitSearch
from casetracker.services.demo.ledger_links import link_ledgers
from casetracker.services.ledgers.old_cases import find_old_case
from casetracker.services.ledgers.reception_reading import open_entry
from casetracker.services.ledgers.undertaking_reading import open_undertaking
from casetracker.services.ledgers.visit_reading import list_visits, open_visit
from tests.factories.ledgers import entry, old_case, reception, undertaking, visit
from tests.factories.petitions import petition, worked
from tests.factories.street import Street


def test_petitions_that_came_by_a_visit_take_the_place_of_one(street: Street) -> None:
    number = visit(street, matter="随便问问。")
    case_number = petition(
        street, channel="visit", persons=7, petition={"representative": True}
    ).number
    link_ledgers(street.ctx("clerk"))
    line = open_visit(street.ctx("clerk"), number).line
    assert line.case is not None
    assert line.case.number == case_number
    assert (line.persons, line.is_collective, line.result) == (7, True, "registered")
    assert [person.name for person in line.people] == ["李*"]
    assert list_visits(street.ctx("clerk"), VisitSearch()).totals.visits == 1


def test_petitions_of_a_reception_take_the_place_of_a_matter(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    entry_id = entry(street, row_id)
    case_number = petition(street, channel="leader_reception").number
    link_ledgers(street.ctx("clerk"))
    _, line = open_entry(street.ctx("clerk"), entry_id)
    assert line.case is not None
    assert (line.case.number, line.person.name) == (case_number, "李*")


def test_an_undertaking_is_about_a_petition_in_its_leaders_line(street: Street) -> None:
    row_id, listed = undertaking(street), old_case(street)
    number = worked(street, "to_check")  # 东风社区 works on it
    link_ledgers(street.ctx("clerk"))
    line = open_undertaking(street.ctx("deputy"), row_id).line
    assert [case.number for case in line.cases] == [number]
    found = find_old_case(street.ctx("deputy"), listed).case
    assert found is not None
    assert found.number == number
