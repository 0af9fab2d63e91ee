"""The figures of the insight pages, each by one definition that counts it and finds its cases.

Figures of a window, and figures of now, which have none. Source: docs/rules/insight.md.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_

from casetracker.domain.deadlines import Standing
from casetracker.domain.rates import Profile, Window
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_filter import IS_OPEN
from casetracker.stats.behind import cases_in_window
from casetracker.stats.conditions import condition
from casetracker.stats.dispatches import cases_dispatched
from casetracker.stats.narrowing import Row, of_row
from casetracker.stats.placing import within


@dataclass(frozen=True, slots=True)
class Asked:
    """What is counted: by which definitions, over which window, read when."""

    profile: Profile
    window: Window
    as_of: datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its name, its definition in words, and the cases that it counts."""

    code: str
    name_zh: str
    definition_zh: str
    cases: Callable[[Asked], ColumnElement[bool]]
    is_of_now: bool = False


def received_cases(asked: Asked) -> ColumnElement[bool]:
    """What the profile counts as received in the window."""
    return cases_in_window(asked.profile, "received", "numerator", asked.window, asked.as_of)


def _judged(part: str) -> Callable[[Asked], ColumnElement[bool]]:
    return lambda asked: cases_in_window(
        asked.profile, "satisfaction", part, asked.window, asked.as_of
    )


def answered_cases(asked: Asked) -> ColumnElement[bool]:
    """The cases whose handling is measured: first answered in the window, not excluded."""
    return and_(
        within(Case.replied_at, asked.window),
        condition(asked.profile.population, asked.as_of),
        Case.excluded.is_(None) | Case.excluded.not_in(sorted(asked.profile.exclusions)),
    )


def standing_now(standing: Standing, now: datetime) -> ColumnElement[bool]:
    """Open cases whose nearest limit stands like that, as the lists of open cases say it."""
    runs = and_(IS_OPEN, Case.state != State.ON_HOLD)
    if standing is Standing.OVERDUE:
        return and_(runs, Case.next_due_at < now)
    return and_(runs, Case.next_due_at >= now, Case.next_warn_at <= now)


CASE_FIGURES: Mapping[str, Figure] = {
    figure.code: figure
    for figure in (
        Figure(
            "received",
            "受理量",
            "登记时间在期内的热线件；并入他单的、剔除的不计",
            received_cases,
        ),
        Figure("open", "在办", "现在未办结的工单和信访件", lambda _: IS_OPEN, is_of_now=True),
        Figure(
            "due_soon",
            "临期",
            "在办，最近一个时限已到提醒时间、尚未到期；挂账的不计",
            lambda asked: standing_now(Standing.DUE_SOON, asked.as_of),
            is_of_now=True,
        ),
        Figure(
            "overdue",
            "已超期",
            "在办，最近一个时限已过；挂账的不计",
            lambda asked: standing_now(Standing.OVERDUE, asked.as_of),
            is_of_now=True,
        ),
        Figure(
            "closed",
            "办结",
            "办结时间在期内的工单和信访件",
            lambda asked: within(Case.closed_at, asked.window),
        ),
        Figure(
            "answered",
            "答复",
            "首次答复群众的时间在期内的热线件；并入他单的、剔除的不计",
            answered_cases,
        ),
        Figure(
            "judged",
            "有效评价",
            "办结在期内、有有效评价的热线件；剔除的不计",
            _judged("denominator"),
        ),
        Figure("satisfied", "满意", "有效评价中计入满意的件", _judged("numerator")),
    )
}  # fmt: skip
DISPATCH_FIGURES: Mapping[str, tuple[str, str]] = {
    "dispatched": ("派单", "期内派给主办单位的热线件，每件计一次"),
    "kept": ("派单准确", "期内派出、没有经审定退回的"),
    "returned": ("审定退回", "期内派出、后来经审定同意退单的"),
    "advised": ("有建议单位", "派单时派单目录给出了建议单位的"),
    "taken": ("采纳建议", "每次都派给了建议单位的"),
}
"""Figures of dispatches: name and definition; their cases are found by `stats.dispatches`."""


def cases_of(code: str, asked: Asked, row: Row) -> ColumnElement[bool]:
    """The cases behind a figure in a row; the scope is the caller's.

    Raises KeyError for an unknown figure, or a row that its tables do not have.
    """
    if code in DISPATCH_FIGURES:
        return cases_dispatched(code, asked.window, row)
    return and_(CASE_FIGURES[code].cases(asked), *of_row(row))
