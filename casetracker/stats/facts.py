"""The facts of cases as the rates look at them, to work a figure out for each by itself."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from casetracker.domain.rates import FACTS
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.stats.conditions import column_of


def facts_of_cases(session: Session, ids: Collection[int]) -> Mapping[int, RowMapping]:
    """Every fact by its name, by id of the case, in one statement; the scope is the caller's."""
    columns: list[Any] = [column_of(name).label(name) for name in sorted(FACTS)]
    rows = session.execute(
        select(Case.id, *columns)
        .outerjoin(Petition, Petition.case_id == Case.id)
        .where(Case.id.in_(ids))
    )
    return {row.id: row._mapping for row in rows}
