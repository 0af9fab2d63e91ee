"""What the petitioner says afterwards, and what the rates make of it."""

import pytest

from casetracker.domain.errors import GuardRefused
from casetracker.domain.petition_vocabulary import EvaluatedParty
from casetracker.domain.vocabulary import ClockStatus, Satisfaction
from casetracker.services.context import RESIDENT, Context
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.petitions.afterwards import evaluate
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import use_case
from tests.factories.petitions import row_of, worked
from tests.factories.street import Street
from tests.services.petitions.test_the_way import clock, findings


@use_case
def judge(ctx: Context, session: object, number: str, party: str, satisfaction: str) -> None:
    work = CaseWork.open(Context(ctx.actor, ctx.now), session, number)  # type: ignore[arg-type]
    work.ctx = Context(RESIDENT, ctx.now)
    evaluate(PetitionWork.of(work), EvaluatedParty(party), Satisfaction(satisfaction), None)


def test_both_parties_are_judged_apart_and_once(street: Street) -> None:
    number = worked(street, "served")
    row = row_of(street, number)
    window = clock(street, number, "evaluate").due_at
    assert row.judged_at == row.office_judged_at == window
    judge(street.ctx("clerk"), number, "unit", "dissatisfied")
    case, row = street.case(number), row_of(street, number)
    assert (case.satisfaction, row.judged_at) == ("dissatisfied", street.now)
    assert (row.office_satisfaction, row.office_judged_at) == (None, window)
    assert clock(street, number, "evaluate").status is ClockStatus.RUNNING
    judge(street.ctx("clerk"), number, "office", "satisfied")
    assert row_of(street, number).office_satisfaction == "satisfied"
    assert clock(street, number, "evaluate").status is ClockStatus.MET
    with pytest.raises(GuardRefused) as refused:
        judge(street.ctx("clerk"), number, "office", "dissatisfied")
    assert refused.value.code in ("evaluated_already", "evaluation_too_late")
    assert findings(street) == []


def test_after_the_window_nobody_is_judged_any_more(street: Street) -> None:
    number = worked(street, "served")
    street.wait(days=31)
    with pytest.raises(GuardRefused) as refused:
        judge(street.ctx("clerk"), number, "unit", "satisfied")
    assert refused.value.code == "evaluation_too_late"
    assert street.case(number).satisfaction is None


def test_the_end_of_the_procedure_takes_no_vote_away(street: Street) -> None:
    number = worked(street, "concluded")
    assert clock(street, number, "evaluate").status is ClockStatus.RUNNING
    judge(street.ctx("clerk"), number, "unit", "satisfied")
    assert street.case(number).satisfaction == "satisfied"
    street.act("clerk", number, "archive")
    assert clock(street, number, "evaluate").status is ClockStatus.ENDED
    assert findings(street) == []
