"""Where a matter was settled: the rows as they are asked, one after the other."""

import pytest

from casetracker.domain.settlement import settlement_of
from casetracker.domain.vocabulary import HOTLINE_STATES, Settlement, State, UnitKind

S, K = State, UnitKind


@pytest.mark.parametrize(
    ("state", "lead", "became_petition", "settlement"),
    [
        (S.CLOSED, K.COMMUNITY, False, "community"),
        (S.CLOSED, K.BRIGADE, False, "community"),
        (S.TO_FOLLOW_UP, K.GRID, False, "community"),
        (S.ARCHIVED, K.OFFICE, False, "street"),
        (S.CLOSED, K.CENTRE, False, "street"),
        (S.CLOSED, None, False, "street"),  # answered on the spot
        (S.CLOSED, K.DEPARTMENT, False, "handed_on"),
        (S.REFERRED, K.COMMUNITY, False, "handed_on"),
        (S.REFERRED, K.COMMUNITY, True, "street"),
        (S.REDO, K.COMMUNITY, False, "open"),
        (S.TO_DISPATCH, None, False, "open"),
        (S.DECLINED, None, False, "not_taken"),
        (S.WITHDRAWN, K.COMMUNITY, False, "not_taken"),
    ],
)
def test_a_case_stands_where_the_first_fitting_row_says(
    state: State, lead: UnitKind | None, became_petition: bool, settlement: str
) -> None:
    assert settlement_of(state, lead, became_petition=became_petition) == settlement


def test_every_state_of_the_hotline_stands_somewhere() -> None:
    found = {settlement_of(state, K.OFFICE, became_petition=False) for state in HOTLINE_STATES}
    assert found == set(Settlement) - {Settlement.COMMUNITY}
