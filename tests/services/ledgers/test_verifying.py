"""`verify` proves what holds of the ledgers, and finds what was changed behind their back."""

import pytest
from sqlalchemy import update

from casetracker.persistence.case import Case
from casetracker.persistence.ledgers import OldCase, Visit
from casetracker.services.commands.ledgers import LinkCase
from casetracker.services.ledgers.visits import link_visit
from casetracker.services.verifying.running import verify
from tests.factories.ledgers import old_case, visit
from tests.factories.petitions import petition
from tests.factories.street import Street

pytestmark = pytest.mark.usefixtures("store")


def found(street: Street) -> list[tuple[str, str]]:
    """Code and detail of each breach in a ledger."""
    street.session.commit()
    findings = (finding for _, finding in verify(street.ctx("auditor")) if finding is not None)
    return [(one.invariant, one.detail) for one in findings if one.invariant.startswith("L")]


def linked_visit(street: Street) -> str:
    number = visit(street)
    link_visit(street.ctx("clerk"), number, LinkCase(number=petition(street).number))
    return number


def test_ledgers_that_were_kept_hold(street: Street) -> None:
    linked_visit(street)
    visit(street, visited_at="2025-12-01 09:00")
    old_case(street)
    assert found(street) == []


def test_a_visit_that_was_taken_away_leaves_a_gap(street: Street) -> None:
    visit(street)
    visit(street)
    street.session.execute(
        update(Visit).where(Visit.number == "LF2026-000001").values(number="LF2026-000003")
    )
    assert found(street) == [("L1", "LF2026")]


def test_a_link_that_was_cut_behind_the_back_is_found(street: Street) -> None:
    number = linked_visit(street)
    street.session.execute(update(Visit).values(case_id=None))
    assert found(street) == [("L1", number)]


def test_a_row_that_names_a_sealed_case_is_found_without_its_number(street: Street) -> None:
    linked_visit(street)
    street.session.execute(update(Case).values(is_sealed=True, is_open=False))
    assert found(street) == [("L2", "来访登记")]


def test_one_person_alone_strikes_nothing_off(street: Street) -> None:
    row_id, clerk = old_case(street), street.people["clerk"].account_id
    street.session.execute(
        update(OldCase).values(
            evidence="息访协议。", strike_asked_by=clerk, struck_off_by=clerk,
            struck_off_on=street.now.date(),
        )
    )  # fmt: skip
    assert found(street) == [("L3", f"积案 {row_id}")]
