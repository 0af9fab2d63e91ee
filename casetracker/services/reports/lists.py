"""Lists of the annex and examples: numbers, masked titles and units, no person.

Source: docs/rules/reports.md 7.
"""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, select
from sqlalchemy.orm import aliased

from casetracker.domain.days import local_date
from casetracker.domain.privacy import mask_name, mask_text
from casetracker.domain.rates import Profile, Window
from casetracker.domain.reports.facts import Example, Listed
from casetracker.domain.vocabulary import Kind, Satisfaction
from casetracker.labels import label
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import SupervisionOrder
from casetracker.services.reports.asking import Asking
from casetracker.stats.behind import cases_in_window
from casetracker.stats.conditions import condition
from casetracker.stats.placing import within

MOST = 2000
"""Rows that a list holds; the papers print the first of them and say so."""

EXAMPLES = 2
LONGEST = 40
OVERDUE = (("序号", 4), ("编号", 11), ("事项", 13), ("承办单位", 8), ("限办期限", 6), ("答复", 6),
           ("超期", 4))  # fmt: skip
REPEATS = (("序号", 4), ("编号", 11), ("原工单", 11), ("事项", 13), ("承办单位", 9), ("累计", 4))
ORDERS = (
    ("序号", 4), ("督办编号", 11), ("工单编号", 11), ("承办单位", 8), ("方式", 6), ("事由", 8),
    ("办结", 6),
)  # fmt: skip


def overdue_list(asking: Asking, profile: Profile, window: Window) -> Listed:
    """Exactly the cases of the numerator of 超期率, due first."""
    where = cases_in_window(profile, "overdue", "numerator", window, asking.now)
    rows = asking.session.execute(
        _seen(asking, where).order_by(Case.handle_due_at, Case.id).limit(MOST)
    )
    lines = (_overdue(asking, place, row) for place, row in enumerate(rows, 1))
    return Listed(OVERDUE, tuple(lines))


def _overdue(asking: Asking, place: int, row: Row[Any]) -> tuple[str, ...]:
    until = local_date(row.replied_at or asking.now)
    late = asking.ref.calendar.working_days_between(local_date(row.handle_due_at), until)
    return (
        str(place), row.number, _title(row.title, row.person),
        asking.ref.unit_name(row.lead_unit_id) or "未派单",
        _day(row.handle_due_at), _day(row.replied_at) or "未答复", f"{late}日",
    )  # fmt: skip


def repeat_list(asking: Asking, profile: Profile, window: Window) -> Listed:
    """Exactly the cases of the numerator of 重复率; an earlier case of the lane is not named."""
    first = aliased(Case)
    rows = asking.session.execute(
        _seen(asking, cases_in_window(profile, "repeat", "numerator", window, asking.now))
        .outerjoin(first, (first.id == Case.repeat_of_id) & first.is_sealed.is_(False))
        .add_columns(first.number.label("first"), first.repeat_count.label("again"))
        .order_by(Case.repeat_of_id, Case.received_at, Case.id)
        .limit(MOST)
    )
    return Listed(
        REPEATS,
        tuple(
            (
                str(place), row.number, row.first or "", _title(row.title, row.person),
                asking.ref.unit_name(row.lead_unit_id) or "未派单",
                f"{row.again + 1}次" if row.again else "",
            )
            for place, row in enumerate(rows, 1)
        ),
    )  # fmt: skip


def order_list(asking: Asking, window: Window) -> Listed:
    """督办 orders issued in the window, on cases of either track that the reader sees."""
    rows = asking.session.execute(
        select(SupervisionOrder, Case.number)
        .join(Case, Case.id == SupervisionOrder.case_id)
        .where(within(SupervisionOrder.issued_at, window), visible(asking.scope))
        .order_by(SupervisionOrder.issued_at, SupervisionOrder.id)
        .limit(MOST)
    )
    return Listed(
        ORDERS,
        tuple(
            (
                str(place), order.number, number, asking.ref.unit_name(order.unit_id) or "",
                label(order.level), label(order.trigger), _day(order.closed_at) or "未办结",
            )
            for place, (order, number) in enumerate(rows, 1)
        ),
    )  # fmt: skip


def examples_of(asking: Asking, profile: Profile, window: Window) -> tuple[Example, ...]:
    """Cases answered in time to the resident's satisfaction, and some that were not."""
    found = []
    for is_good, where, order in (
        (True, _good(), (Case.persons.desc(), Case.urge_count.desc(), Case.id)),
        (False, _bad(), (Case.redo_count.desc(), Case.urge_count.desc(), Case.id)),
    ):
        rows = asking.session.execute(
            select(Case, Petitioner.name)
            .join(Petitioner, Petitioner.id == Case.petitioner_id)
            .where(
                within(Case.closed_at, window),
                condition(profile.population, asking.now),
                Case.excluded.is_(None),
                visible(asking.scope),
                where,
            )
            .order_by(*order)
            .limit(EXAMPLES)
        )
        found += [Example(is_good, _told(asking, case, name)) for case, name in rows]
    return tuple(found)


def _good() -> ColumnElement[bool]:
    return (
        (Case.satisfaction == Satisfaction.SATISFIED)
        & Case.resolved.is_(True)
        & (Case.redo_count == 0)
        & Case.kind.not_in((Kind.PRAISE, Kind.CONSULT))
        & (Case.replied_at <= Case.handle_due_at)
    )


def _bad() -> ColumnElement[bool]:
    unhappy = Case.satisfaction == Satisfaction.DISSATISFIED
    return unhappy & ((Case.redo_count > 0) | (Case.replied_at > Case.handle_due_at))


def _told(asking: Asking, case: Case, name: str | None) -> str:
    unit = asking.ref.unit_name(case.lead_unit_id) or "承办单位"
    parts = list(_parts(asking, case))
    return f"{unit}办理“{_title(case.title, name)}”，{'，'.join(parts)}。"


def _parts(asking: Asking, case: Case) -> Iterator[str]:
    received = local_date(case.received_at)
    yield f"{received.month}月{received.day}日受理"
    if case.replied_at is not None:
        days = asking.ref.calendar.working_days_between(received, local_date(case.replied_at))
        late = case.handle_due_at is not None and case.replied_at > case.handle_due_at
        yield f"{days}个工作日答复" + ("，超过限办期限" if late else "")
    if case.redo_count:
        yield f"重办{case.redo_count}次"
    if case.satisfaction is not None:
        yield f"群众评价{label(case.satisfaction)}"


def _seen(asking: Asking, where: ColumnElement[bool]) -> Any:
    """What lists say of the cases, and the name of whoever spoke up, which leaves the title.

    Columns alone: thousands of whole cases would take half a second.
    """
    return (
        select(
            Case.number,
            Case.title,
            Case.lead_unit_id,
            Case.handle_due_at,
            Case.replied_at,
            Petitioner.name.label("person"),
        )
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(where, visible(asking.scope))
    )


def _title(title: str, name: str | None) -> str:
    """The title without numbers and without the name of whoever spoke up."""
    words = " ".join(mask_text(title).split())
    if name and len(name.strip()) > 1:
        words = words.replace(name.strip(), mask_name(name))
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _day(moment: datetime | None) -> str:
    day: date | None = None if moment is None else local_date(moment)
    return "" if day is None else f"{day.month}月{day.day}日"
