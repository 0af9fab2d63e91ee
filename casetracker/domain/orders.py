"""Orders of supervision (督办): rows that stand in both tables.

An order is issued with its number and its limit, answered by who is to answer it, and struck off
(销号) or sent back. Source: 《信访工作条例》 art. 40; docs/rules/supervision.md.
"""

from casetracker.domain import guards as g
from casetracker.domain.vocabulary import Action, Role, State
from casetracker.domain.workflow import Transition, roles

A, R = Action, Role


def order_rows(
    issued_in: frozenset[State],
    answered_in: frozenset[State],
    answered_by: frozenset[Role],
    *,
    issuing: str,
    answering: str,
) -> tuple[Transition, ...]:
    """`issuing` and `answering` name the rows of the track's document and what stands behind."""
    return (
        Transition(
            A.SUPERVISE,
            issued_in,
            None,
            roles(R.SUPERVISOR, R.SYSTEM),
            issuing,
            starts=("supervise",),
        ),
        Transition(
            A.SUPERVISE_REPORT,
            answered_in,
            None,
            answered_by,
            f"{answering}; feedback within the limit",
            outcome="feedback",
            guards=(g.has_open_order,),
        ),
        Transition(
            A.SUPERVISE_REPORT,
            answered_in,
            None,
            roles(R.SUPERVISOR),
            f"{answering}; 销号",
            outcome="accepted",
            guards=(g.has_open_order,),
            stops=("supervise",),
        ),
        Transition(
            A.SUPERVISE_REPORT,
            answered_in,
            None,
            roles(R.SUPERVISOR),
            f"{answering}; feedback sent back",
            outcome="sent_back",
            guards=(g.has_open_order,),
        ),
    )
