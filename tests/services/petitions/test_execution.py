"""What an opinion supported is carried out, whatever becomes of the opinion meanwhile."""

from datetime import date

import pytest

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.vocabulary import ClockStatus, State
from tests.factories.petitions import draft, serve, worked
from tests.factories.street import Street
from tests.services.petitions.test_the_way import clock, findings

PROMISED = {"outcome": "supported", "execute_by": date(2026, 6, 30).isoformat()}


def supported(street: Street) -> str:
    """A petition whose opinion supported the demand and was served."""
    number = worked(street, "handling")
    draft(street, number, **PROMISED)
    street.act("adviser", number, "legal_check", granted=True, note="同意")
    street.act("leader", number, "sign_off", granted=True)
    serve(street, number)
    return number


def reviewed_to_the_end(street: Street, number: str) -> None:
    street.act("clerk", number, "request_review", reason="不服。")
    street.act("clerk", number, "decide_review", outcome="upheld", text="维持。")
    street.act("clerk", number, "request_final_review", reason="不服。")
    street.act("clerk", number, "decide_final_review", outcome="upheld", text="维持。")


def test_what_was_promised_is_reported_also_after_the_review(street: Street) -> None:
    number = supported(street)
    assert street.case(number).state is State.EXECUTING
    reviewed_to_the_end(street, number)
    assert clock(street, number, "execute").status is ClockStatus.RUNNING
    street.act("handler", number, "execute", text="已完工。", done=True)
    assert clock(street, number, "execute").status is ClockStatus.MET
    assert findings(street) == []


def test_the_procedure_does_not_end_before_the_promise_is_kept(street: Street) -> None:
    number = supported(street)
    reviewed_to_the_end(street, number)
    ending = {"ground": "final_review", "text": "复核意见已送达。"}
    with pytest.raises(GuardRefused) as refused:
        street.act("clerk", number, "conclude", **ending)
    assert refused.value.code == "execution_outstanding"
    street.act("handler", number, "execute", text="已完工。", done=True)
    street.act("clerk", number, "conclude", **ending)
    assert street.case(number).state is State.CONCLUDED
    assert findings(street) == []


def test_an_opinion_made_anew_is_judged_within_a_window_of_its_own(street: Street) -> None:
    number = worked(street, "in_review")
    first = clock(street, number, "evaluate").due_at
    street.wait(days=40)
    street.act("clerk", number, "decide_review", outcome="rehandle", text="重新办理。")
    draft(street, number, opinion="经重新调查，原认定不当，由物业公司赔偿损失并完成全部维修。")
    street.act("adviser", number, "legal_check", granted=True, note="同意")
    street.act("leader", number, "sign_off", granted=True)
    serve(street, number)
    assert clock(street, number, "evaluate").due_at > first
    assert findings(street) == []


def test_a_final_review_is_not_asked_for_before_the_review_was_told(street: Street) -> None:
    number = worked(street, "served")
    asked = street.now
    street.act("clerk", number, "request_review", reason="不服。")
    street.wait(days=5)
    street.act("clerk", number, "decide_review", outcome="upheld", text="维持。")
    with pytest.raises(InvalidInput) as refused:
        street.act("clerk", number, "request_final_review", requested_at=asked.isoformat())
    assert "requested_at" in refused.value.problems
