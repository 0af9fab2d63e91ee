"""The petition side of a case as JSON: what was decided when, by whom above, and how it was judged.

No person but those of the office stands in it; how many there are, the case itself says.
"""

from typing import Any

from typing_extensions import TypedDict

from casetracker.api.plain import plain
from casetracker.domain.petition_vocabulary import (
    AdviceOutcome,
    ConcludeGround,
    Disposal,
    EvaluatedParty,
    OpinionOutcome,
    PetitionClass,
    Purpose,
    ReviewOutcome,
    ReviewStage,
    Subroute,
)
from casetracker.domain.vocabulary import DeclineReason, Satisfaction
from casetracker.services.case_reading.petition_file import PetitionView


class ReviewJson(TypedDict):
    """A 复查 or 复核; `outcome` null while the organ above has it."""

    stage: ReviewStage
    round: int
    organ: str
    requested_at: str
    is_late: bool
    requested_by_petitioner: bool
    decided_at: str | None
    outcome: ReviewOutcome | None
    number: str | None


class EvaluationJson(TypedDict):
    """What the petitioner thinks of 信访部门 (office) or 责任单位 (unit)."""

    party: EvaluatedParty
    satisfaction: Satisfaction
    at: str


class PetitionJson(TypedDict):
    """Dates are those of the acts. 办结 `served_at`, 化解 `settled_at` and 终结 `concluded_at` are
    three facts; `outcome` and `advice` are those of the opinion or reply that was served last.
    """

    purpose: Purpose | None
    petition_class: PetitionClass | None
    subroute: Subroute | None
    law: str | None
    disposal: Disposal | None
    refusal_reason: DeclineReason | None
    organ: str | None
    is_collective: bool
    is_joint: bool
    is_oral: bool
    is_simple: bool
    named_persons: int
    representatives: int
    sender: str | None
    sent_number: str | None
    sent_on: str | None
    report_due_on: str | None
    reported_at: str | None
    objected_at: str | None
    classified_at: str | None
    notify_due_at: str | None
    notified_at: str | None
    accepted_at: str | None
    assigned_at: str | None
    served_at: str | None
    opinion_number: str | None
    outcome: OpinionOutcome | None
    advice: AdviceOutcome | None
    execute_by: str | None
    executed_at: str | None
    settled_at: str | None
    concluded_at: str | None
    conclude_ground: ConcludeGround | None
    from_hotline: str | None
    reviews: list[ReviewJson]
    evaluations: list[EvaluationJson]


def petition_json(view: PetitionView | None) -> dict[str, Any] | None:
    """As PetitionJson describes it; null for a case of the hotline."""
    if view is None:
        return None
    served = view.served
    worked_out: dict[str, Any] = {
        "named_persons": len(view.people) + 1,
        "representatives": sum(one.is_representative for one in view.people),
        "outcome": served.outcome if served else None,
        "advice": served.advice if served else None,
        "reviews": [_chosen(ReviewJson, one) for one in view.reviews],
        "evaluations": [_chosen(EvaluationJson, one) for one in view.evaluations],
    }
    names = PetitionJson.__annotations__
    return {n: worked_out[n] if n in worked_out else plain(getattr(view, n)) for n in names}


def _chosen(shape: Any, view: Any) -> dict[str, Any]:
    return {name: plain(getattr(view, name)) for name in shape.__annotations__}
