"""`POST /deadlines`: the calculator of limits; it changes nothing."""

from typing_extensions import TypedDict

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.domain.deadlines import ExtensionBeyondCap
from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import Right
from casetracker.services.office.deadline_calculator import DeadlineQuestion, calculate
from casetracker.services.people.api_clients import ApiScope


class StepJson(TypedDict):
    """One line of the explanation, and the day or moment that it speaks of."""

    on: str
    text: str


class DeadlineJson(TypedDict):
    """When the limit runs out; `due_legal` is what lateness is judged by."""

    due_raw: str
    due_legal: str
    provisional: bool
    steps: list[StepJson]


def _calculate(call: Call) -> Answer:
    question: DeadlineQuestion = call.body
    try:
        return Answer(calculate(call.ctx, question))
    except ExtensionBeyondCap:
        raise InvalidInput({"extend": "beyond_cap"}) from None


OPERATIONS = (
    Operation(
        method="POST",
        path="/deadlines",
        name="calculate_deadline",
        summary="推算时限",
        description=(
            "`limit` 为时限名称（如 `handle:help`），或 `calendar:N`、`working:N`、"
            "`office_hours:N`、`natural_hours:N`。只作推算，不留存。"
        ),
        tag="时限",
        scope=ApiScope.REFERENCE_READ,
        rights=(Right.REFERENCE_READ,),
        view=_calculate,
        body=DeadlineQuestion,
        example={"limit": "handle:help", "from": "2026-09-28T16:00:00+08:00", "extend": 0},
        returns={200: Returned("到期时间与逐日说明", DeadlineJson)},
    ),
)
