"""四全 in figures: every count is the total of the list it leads to.

Source: 新沟镇街道 2019 年工作总结, "四全"工作法.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from urllib.parse import urlencode

from casetracker.domain.days import at, local_date
from casetracker.domain.vocabulary import State
from casetracker.labels import label
from casetracker.ops.navigation import CASES, queue_url
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.listing import count_cases
from casetracker.services.context import Context
from casetracker.services.desks.worklists import QUEUES, queue_filter


@dataclass(frozen=True, slots=True)
class Figure:
    """A count in words and the list of exactly these cases."""

    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """One of the four with its main figure and those beside it."""

    title: str
    main: Figure
    more: tuple[Figure, ...]


def four_alls(ctx: Context) -> tuple[Heading, ...]:
    today = local_date(ctx.now)
    return (
        _heading(
            "问题诉求全收集",
            _received(ctx, "本月受理", today.replace(day=1)),
            _received(ctx, "今日受理", today),
        ),
        _heading(
            "工作力量全进入", _in_state(ctx, State.TO_SIGN), _in_state(ctx, State.TO_DISPATCH)
        ),
        _heading(
            "分级分类全解决",
            _counted(ctx, "在办", CaseFilter(is_open=True), open="1"),
            *_queues(ctx, "overdue", "due_soon", "on_hold"),
        ),
        _heading(
            "服务过程全评价", _in_state(ctx, State.TO_FOLLOW_UP), *_queues(ctx, "dissatisfied")
        ),
    )


def _heading(title: str, main: Figure, *more: Figure) -> Heading:
    return Heading(title, main, more)


def _received(ctx: Context, words: str, since: date) -> Figure:
    asked = CaseFilter(received_from=at(since, time.min))
    return _counted(ctx, words, asked, received_from=since.isoformat())


def _in_state(ctx: Context, state: State) -> Figure:
    return _counted(ctx, label(state), CaseFilter(states=frozenset({state})), state=state.value)


def _counted(ctx: Context, words: str, asked: CaseFilter, **address: str) -> Figure:
    return Figure(words, count_cases(ctx, asked), f"{CASES}?{urlencode(address)}")


def _queues(ctx: Context, *names: str) -> Iterator[Figure]:
    for name in names:
        if not QUEUES[name].roles & ctx.actor.roles:
            continue
        count = count_cases(ctx, queue_filter(ctx, name))
        yield Figure(QUEUES[name].title, count, queue_url(name))
