"""Matters that several residents raised, also in different words. Source: docs/rules/insight.md 2.

Persons are told apart by the keyed indexes of their numbers alone; nothing of them is read.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.days import whole_days
from casetracker.domain.errors import NotFound
from casetracker.domain.insight.clusters import LEAST_PERSONS, Cluster, persons_among
from casetracker.domain.repeats import MAX_SIGNS
from casetracker.domain.vocabulary import State
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.case_list import CaseFilter, CaseRow, Question, read_page
from casetracker.persistence.queries.keyset import Sort
from casetracker.persistence.queries.visible import visible
from casetracker.services.case_reading.listing import LONGEST_PAGE
from casetracker.services.commands.insight import TopicsQuestion
from casetracker.services.context import Context
from casetracker.services.insight.asking import asking_of, days_up_to
from casetracker.services.insight.comparing import clusters_among
from casetracker.services.reports.asking import Asking
from casetracker.services.use_case import query

MOST_COMPARED = 6000
"""Cases that are compared with each other, the latest; more are told, not hidden."""


@dataclass(frozen=True, slots=True)
class WhyTogether:
    """A case and the one that it is tied to: likeness of the words (0 to 1), the name that both
    say, and facts in common (codes)."""

    number: str
    beside: str
    similarity: float
    name: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter of several residents; `number` is the case in its middle, `persons` are known
    to be different, `unknown` left no number to be told apart by."""

    number: str
    name: str
    title: str
    numbers: tuple[str, ...]
    persons: int
    unknown: int
    units: tuple[str, ...]
    states: tuple[tuple[State, int], ...]
    open: int
    first_at: datetime
    last_at: datetime
    why: tuple[WhyTogether, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """`compared` cases from the first to the last day; `left_out` older ones were too many."""

    first: date
    last: date
    compared: int
    left_out: int
    matters: tuple[Matter, ...]


@query
def repeated_matters(ctx: Context, session: Session, asked: TopicsQuestion) -> Repeated:
    """Matters of at least two residents, those of most residents first. Raises NotPermitted."""
    asking = asking_of(ctx, session)
    first, last = days_up_to(asked.last_day(ctx.now), asked.days)
    rows, total = _cases(asking, first, last)
    found = [_matter(asking, rows, cluster) for cluster in clusters_among(asking.ref, rows)]
    several = [one for one in found if one.persons >= LEAST_PERSONS]
    ordered = sorted(several, key=lambda one: (-one.persons, -len(one.numbers), one.number))
    return Repeated(first, last, len(rows), total - len(rows), tuple(ordered))


@dataclass(frozen=True, slots=True)
class OpenedMatter:
    """A matter with its cases in the order of receipt."""

    matter: Matter
    rows: tuple[CaseRow, ...]


@query
def repeated_matter(
    ctx: Context, session: Session, number: str, asked: TopicsQuestion
) -> OpenedMatter:
    """The matter that a case belongs to. Raises NotFound where it belongs to none."""
    found = repeated_matters(ctx, asked).matters
    matter = next((one for one in found if number in one.numbers), None)
    if matter is None:
        raise NotFound(number=number)
    asking = asking_of(ctx, session)
    wanted = CaseFilter(numbers=frozenset(matter.numbers))
    question = Question(wanted, visible(asking.scope), asking.ref, ctx.now)
    page = read_page(session, question, Sort.RECEIVED, place=None, limit=LONGEST_PAGE)
    return OpenedMatter(matter, page.rows)


def _cases(asking: Asking, first: date, last: date) -> tuple[list[Any], int]:
    """The latest cases of both tracks with what they are compared by, oldest first."""
    start, end = whole_days(first, last)
    inside = (Case.received_at >= start, Case.received_at < end, visible(asking.scope))
    latest = (
        select(
            Case.id, Case.number, Case.title, Case.state, Case.is_open, Case.category_id,
            Case.address, Case.area_unit_id, Case.lead_unit_id, Case.received_at,
            func.substr(Case.content, 1, 2 * MAX_SIGNS).label("opening"),
            Petitioner.phone_index, Petitioner.id_index, Petitioner.name_index,
        )
        .join(Petitioner, Petitioner.id == Case.petitioner_id)
        .where(*inside)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(MOST_COMPARED)
    )  # fmt: skip
    rows = list(asking.session.execute(latest))[::-1]
    total = len(rows)
    if total == MOST_COMPARED:
        total = asking.session.scalar(select(func.count(Case.id)).where(*inside)) or 0
    return rows, total


def _matter(asking: Asking, rows: list[Any], cluster: Cluster) -> Matter:
    members = [rows[at] for at in cluster.members]
    keys = [_indexes(row) for row in members]
    who = persons_among(keys)
    known = {person for person, carried in zip(who, keys, strict=True) if carried}
    units = Counter(asking.ref.unit_name(row.lead_unit_id) for row in members)
    states = Counter(row.state for row in members)
    received = sorted(row.received_at for row in members)
    return Matter(
        number=members[0].number,
        name=cluster.name,
        title=members[0].title,
        numbers=tuple(row.number for row in members),
        persons=len(known),
        unknown=sum(not carried for carried in keys),
        units=tuple(name for name, _ in units.most_common() if name),
        states=tuple(sorted(states.items(), key=lambda one: (-one[1], one[0]))),
        open=sum(row.is_open for row in members),
        first_at=received[0],
        last_at=received[-1],
        why=tuple(
            WhyTogether(rows[at].number, rows[beside].number, tie.similarity, tie.name, tie.facts)
            for at, (beside, tie) in cluster.ties.items()
        ),
    )


def _indexes(row: Any) -> tuple[str, ...]:
    """By what a resident is told apart: number of telephone or identity, else the name."""
    numbers = [row.phone_index and f"p{row.phone_index}", row.id_index and f"i{row.id_index}"]
    carried = tuple(one for one in numbers if one)
    return carried or ((f"n{row.name_index}",) if row.name_index else ())
