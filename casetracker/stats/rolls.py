"""The roll of a month: each case put into each figure by the definitions themselves, in Python.

Slower than the sums, which it must agree with; used where every case has to be named.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from casetracker.domain.frozen.roll import CaseRoll, Member, RollMark
from casetracker.domain.rates import FACTS, Membership, credit, membership
from casetracker.domain.rates.facts import OF_PETITIONS
from casetracker.domain.vocabulary import Dimension, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.stats.conditions import column_of, condition
from casetracker.stats.counting import DIMENSIONS, Question
from casetracker.stats.placing import lies_in_any
from casetracker.stats.rows import counted_by, row_key, row_name

AT_A_TIME = 2000


def roll_of(session: Session, question: Question) -> CaseRoll:
    """Every case in any figure of the question's one window, as its scope sees it."""
    ref = reference(session)
    rows = session.execute(_statement(session, question).execution_options(yield_per=AT_A_TIME))
    return CaseRoll(
        tuple(by.value for by in Dimension),
        tuple(metric.code for metric in question.profile.metrics),
        tuple(_members(ref, question, rows)),
    )


def _statement(session: Session, question: Question) -> Select[Any]:
    is_petition = question.profile.track == Track.PETITION
    facts = sorted(FACTS if is_petition else FACTS - OF_PETITIONS)
    statement = select(
        Case.id,
        Case.version,
        *(column_of(name).label(name) for name in facts),
        *(column.label(_kept(by)) for by, column in DIMENSIONS.items()),
    )
    if is_petition:
        statement = statement.outerjoin(Petition, Petition.case_id == Case.id)
    return statement.where(
        lies_in_any(session, question.instants, question.windows),
        condition(question.profile.population, question.as_of),
        visible(question.scope),
    ).order_by(Case.received_at, Case.id)


def _kept(dimension: str) -> str:
    return f"{dimension}_kept"


def _code_of_row(ref: Reference, by: str, case: Any) -> str | None:
    kept = getattr(case, _kept(counted_by(by)))
    return row_name(ref, by, row_key(ref, by, kept))[0]


def _members(ref: Reference, question: Question, rows: Any) -> Iterator[Member]:
    for row in rows:
        parts = parts_of(question, row)
        if any(part is not RollMark.OUTSIDE for part in parts):
            keys = (_code_of_row(ref, by, row) for by in Dimension)
            yield Member(
                row.id,
                row.version,
                tuple(keys),
                _code(row.excluded),
                _code(row.satisfaction),
                "".join(parts),
            )


def _code(member: Any) -> str | None:
    return None if member is None else str(member.value)


def parts_of(question: Question, case: Any) -> list[RollMark]:
    """Where a case stands in each metric of the profile, in their order."""
    [window], profile, as_of = question.windows, question.profile, question.as_of
    parts = []
    for metric in profile.metrics:
        belongs = membership(metric, profile, case, window=window, as_of=as_of)
        if belongs is Membership.COUNTED:
            part = (
                RollMark.NUMERATOR
                if metric.is_count or credit(metric, case, as_of)
                else RollMark.DENOMINATOR
            )
        else:
            part = RollMark.EXCLUDED if belongs is Membership.EXCLUDED else RollMark.OUTSIDE
        parts.append(part)
    return parts
