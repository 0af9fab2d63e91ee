"""`POST /cases/{number}/actions/{action}`: one documented path for every action there is."""

from collections.abc import Callable

from casetracker.api.operations import Answer, Call, Operation, Returned
from casetracker.api.representations import CaseAfter, outcome_answer
from casetracker.domain.permissions import Right
from casetracker.domain.vocabulary import Action
from casetracker.labels import label
from casetracker.services.commands.petitions import EvaluatePetition
from casetracker.services.people.api_clients import ApiScope
from casetracker.services.residents.petitioner_acts import evaluate_petition
from casetracker.services.steps.action_spec import ActionSpec
from casetracker.services.steps.action_spec import spec as spec_of
from casetracker.services.steps.actions import ACTIONS

_DONE = Returned("已办理", CaseAfter, headers=("ETag",))
_TEXT = (
    "办理环节、岗位或条件不符时应答 409 或 403；状态不允许时，`allowed` 列出您现在可以办理的事项。"
    "可用 If-Match 带上读取时的 ETag：工单已被他人更新则应答 409，并说明何人何时办理了什么。"
)


def _taking(spec: ActionSpec) -> Callable[[Call], Answer]:
    def take(call: Call) -> Answer:
        done = spec.run(call.ctx, call.path["number"], call.body, version=call.version)
        return outcome_answer(done)

    return take


def _operation(action: Action, spec: ActionSpec) -> Operation:
    return Operation(
        method="POST",
        path=f"/cases/{{number}}/actions/{action}",
        name=f"action_{action}",
        summary=label(action),
        description=_TEXT,
        tag="办理",
        scope=ApiScope.CASES_WRITE,
        rights=(Right.CASES_LIST,),
        view=_taking(spec),
        body=spec.command,
        example=dict(spec.example),
        returns={200: _DONE},
        takes_version=True,
        problems=(404, 409),
    )


EVALUATION = spec_of(
    Action.EVALUATE,
    EvaluatePetition,
    evaluate_petition,
    query_code="ABCDEFG2",
    office="satisfied",
    unit="basically",
)
"""The petitioner's own word, carried by whoever holds their query code; hotline: the portal."""

OPERATIONS = tuple(_operation(one.action, one) for one in (*ACTIONS.values(), EVALUATION))
