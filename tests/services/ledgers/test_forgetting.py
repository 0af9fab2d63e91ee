"""When a petition goes into the confidential lane the ledgers forget it."""

from sqlalchemy import func, select

from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    Undertaking,
    UndertakingMilestone,
)
from casetracker.persistence.petition import ConfidentialMatter
from casetracker.services.commands.ledgers import (
    AddMilestone,
    LinkCase,
    NoteLetter,
    PetitionFromLedger,
    VisitSearch,
)
from casetracker.services.ledgers.letters import letter_lines, note_letter
from casetracker.services.ledgers.old_cases import old_case_lines
from casetracker.services.ledgers.reception_entries import link_entry
from casetracker.services.ledgers.reception_reading import open_entry
from casetracker.services.ledgers.undertaking_reading import open_undertaking, undertaking_lines
from casetracker.services.ledgers.undertakings import add_milestone
from casetracker.services.ledgers.visit_reading import list_visits, open_visit
from casetracker.services.ledgers.visits import link_visit
from casetracker.services.receiving.from_ledgers import petition_from_visit
from tests.factories.ledgers import entry, old_case, reception, undertaking, visit
from tests.factories.petitions import petition
from tests.factories.street import Street

SECRET = "独角兽收受红包"


def seal(street: Street, number: str) -> None:
    street.act("clerk", number, "transfer_confidential", reason="反映干部收受红包。")


def rows_of(street: Street, table: type) -> int:
    return street.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_visit_stays_counted_without_matter_result_and_link(street: Street) -> None:
    case_number = petition(street).number
    number = visit(street, matter=SECRET, said=SECRET, persons=3)
    link_visit(street.ctx("clerk"), number, LinkCase(number=case_number))
    seal(street, case_number)
    line = open_visit(street.ctx("clerk"), number).line
    assert (line.matter, line.said, line.result, line.case) == (None, None, None, None)
    assert line.people == ()
    totals = list_visits(street.ctx("clerk"), VisitSearch()).totals
    assert (totals.visits, totals.persons) == (1, 3)


def test_a_reception_entry_stays_without_what_it_was_about(street: Street) -> None:
    case_number = petition(street).number
    row_id = reception(street)
    street.wait(days=1)
    entry_id = entry(street, row_id, matter=SECRET, cause=SECRET, unit="东风社区",
                     due_on="2026-03-10", instruction=SECRET)  # fmt: skip
    link_entry(street.ctx("clerk"), entry_id, LinkCase(number=case_number))
    seal(street, case_number)
    file, line = open_entry(street.ctx("clerk"), entry_id)
    assert file.line.entries == 1
    told = (line.matter, line.cause, line.instruction, line.unit, line.due_on, line.case)
    assert told == (None,) * 6


def test_notes_old_cases_and_undertakings_of_it_alone_are_gone(street: Street) -> None:
    number = petition(street).number
    note_letter(street.ctx("leader"), NoteLetter(number=number, note=SECRET))
    old_case(street, number=number, description=SECRET)
    row_id = undertaking(street, numbers=number, title=SECRET)
    step = AddMilestone.model_validate({"what": SECRET, "day": "2026-03-10"})
    add_milestone(street.ctx("clerk"), row_id, step)
    seal(street, number)
    for table in (LetterReading, OldCase, Undertaking, UndertakingMilestone):
        assert rows_of(street, table) == 0
    assert letter_lines(street.ctx("leader"), 2026) == ()
    assert old_case_lines(street.ctx("clerk")) == ()
    assert undertaking_lines(street.ctx("clerk")) == ()


def test_an_undertaking_with_other_petitions_goes_on_without_it(street: Street) -> None:
    sealed, other = petition(street).number, petition(street).number
    row_id = undertaking(street, numbers=f"{sealed} {other}")
    seal(street, sealed)
    cases = open_undertaking(street.ctx("clerk"), row_id).line.cases
    assert [case.number for case in cases] == [other]


def test_the_lane_keeps_the_words_that_the_ledgers_lost(street: Street) -> None:
    case_number = petition(street).number
    number = visit(street, matter=SECRET)
    link_visit(street.ctx("clerk"), number, LinkCase(number=case_number))
    seal(street, case_number)
    kept = street.session.scalars(select(ConfidentialMatter)).one()
    assert SECRET in (kept.notes or "")


def test_an_accusation_that_is_known_for_one_at_the_visit_leaves_nothing_there(
    street: Street,
) -> None:
    number = visit(street, matter=SECRET)
    accusation = {"content": SECRET, "petition": {"petition_class": "accusation"}}
    command = PetitionFromLedger.model_validate(accusation)
    done = petition_from_visit(street.ctx("clerk"), number, command)
    assert done.state == "in_lane"
    line = open_visit(street.ctx("clerk"), number).line
    assert (line.matter, line.result, line.case) == (None, None, None)
    kept = street.session.scalars(select(ConfidentialMatter)).one()
    assert SECRET in (kept.notes or "")
