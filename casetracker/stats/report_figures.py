"""Figures of reports that are no metric of a profile, each by one definition that counts it and
finds its cases.

Most are a part of what was received; the others are placed in time by an instant of their own, or
are of now. Source: docs/rules/reports.md 1(6), 3(4).
"""

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, String, and_, func, not_, select, type_coerce
from sqlalchemy.orm import Session

from casetracker.domain.rates import Window
from casetracker.domain.vocabulary import RequestKind, RequestStatus, RiskTag, State
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import DecisionRequest
from casetracker.stats.behind import cases_in_window
from casetracker.stats.breakdowns import Breakdown
from casetracker.stats.conditions import condition
from casetracker.stats.insights import CASE_FIGURES, Asked, Figure, received_cases
from casetracker.stats.placing import within
from casetracker.stats.tallies import Received, Tally

ANSWERED, HELD, ON_HOLD = "answered", "held", "on_hold"
INVALID, TOGETHER = "invalid", "collective_visit"
NOT_TAKEN = sorted({State.DECLINED, State.WITHDRAWN})
"""无效诉求: not taken up, or taken back."""

Condition = ColumnElement[bool]


def _bears(tag: RiskTag) -> Condition:
    return type_coerce(Case.risk_tags, String).like(f"%,{tag},%")


OF_RECEIVED: Mapping[str, Condition] = {
    "valid": Case.state.not_in(NOT_TAKEN),
    INVALID: Case.state.in_(NOT_TAKEN),
    "repeated": Case.repeat_of_id.is_not(None),
    "collective": _bears(RiskTag.COLLECTIVE),
    "threat": _bears(RiskTag.THREAT),
    "finished": Case.is_open.is_(False),
    "unfinished": Case.is_open.is_(True),
    TOGETHER: Case.id.in_(select(Petition.case_id).where(Petition.is_collective)),
}
"""What makes a case that was received one of this part of it."""


def _part(code: str) -> Callable[[Asked], Condition]:
    return lambda asked: and_(received_cases(asked), OF_RECEIVED[code])


def _first_time(asked: Asked) -> Condition:
    again = cases_in_window(asked.profile, "repeat", "numerator", asked.window, asked.as_of)
    return and_(received_cases(asked), not_(again))


def _held(asked: Asked) -> Condition:
    population = condition(asked.profile.population, asked.as_of)
    held = select(DecisionRequest.case_id).where(is_hold_granted(asked.window))
    return and_(Case.id.in_(held), population)


def is_hold_granted(window: Window) -> Condition:
    """A request by which a case was put on hold in the window, by those who decided so."""
    return and_(
        DecisionRequest.kind == RequestKind.HOLD,
        DecisionRequest.status == RequestStatus.GRANTED,
        within(DecisionRequest.decided_at, window),
    )


def _on_hold(asked: Asked) -> Condition:
    population = condition(asked.profile.population, asked.as_of)
    return and_(IS_OPEN, Case.state == State.ON_HOLD, population)


REPORT_FIGURES: Mapping[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure("valid", "有效诉求", "受理量中，不是不予受理、撤诉的", _part("valid")),
        Figure(INVALID, "无效诉求", "受理量中，不予受理、撤诉的", _part(INVALID)),
        Figure("repeated", "重复诉求", "受理量中，登记为重复反映的", _part("repeated")),
        Figure("collective", "集体诉求", "受理量中，标注为集体的", _part("collective")),
        Figure("threat", "扬言诉求", "受理量中，标注为扬言的", _part("threat")),
        Figure("finished", "办理完毕", "受理量中，现在已办结的", _part("finished")),
        Figure("unfinished", "正在办理", "受理量中，现在还在办理的", _part("unfinished")),
        Figure(TOGETHER, "集体访", "登记的信访件中的集体访", _part(TOGETHER)),
        Figure("first_time", "初件", "登记的信访件中，不是重件的", _first_time),
        Figure(HELD, "批准挂账", "期内批准挂账的热线件；并入他单的不计", _held),
        Figure(ON_HOLD, "在挂", "现在挂账的热线件；并入他单的不计", _on_hold, is_of_now=True),
        CASE_FIGURES[ANSWERED],
    )
}
"""By code; an address names them where others name a metric."""


def count_figure(session: Session, code: str, received: Received, window: Window) -> int:
    """How many cases a figure counts, as far as the reader of what was received sees them."""
    asked = Asked(received.profile, window, received.as_of)
    found = REPORT_FIGURES[code].cases(asked)
    return session.scalar(select(func.count(Case.id)).where(found, visible(received.scope))) or 0


def in_part(came_in: Mapping[str, Breakdown], code: str) -> Tally:
    """件次 and 人次 of a part of what came in in the first window, which it was broken down by."""
    return came_in[code][0].get(True, Tally())
