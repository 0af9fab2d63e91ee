"""The facts of a report as JSON and back, so that a frozen month prints the same again."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.permissions import Right
from casetracker.domain.reports.facts import ReportFacts, Wording
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.domain.vocabulary import Basis, Role
from casetracker.persistence.frozen import FrozenMonth
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query


@dataclass(frozen=True, slots=True)
class KeptReport:
    """The 通报 of a frozen month: what it was made of, who froze it and when."""

    facts: ReportFacts
    words: Wording
    frozen_by: str
    sha256: str


@cache
def _adapter() -> "TypeAdapter[ReportFacts]":
    return TypeAdapter(ReportFacts)


def facts_as_json(facts: ReportFacts) -> dict[str, Any]:
    """Plain values that JSON can hold."""
    plain: dict[str, Any] = _adapter().dump_python(facts, mode="json")
    return plain


def facts_from_json(plain: dict[str, Any]) -> ReportFacts:
    """The facts as they were. Raises pydantic's ValidationError for anything else."""
    return _adapter().validate_python(plain)


@query
def kept_report(ctx: Context, session: Session, period: ReportPeriod) -> KeptReport | None:
    """None where the period was not frozen; months alone are. Raises NotPermitted."""
    if Role.SYSTEM not in ctx.actor.roles:
        require_right(ctx, Right.REPORTS)
    if period.span is not Span.MONTH:
        return None
    row = session.scalar(select(FrozenMonth).where(FrozenMonth.month == period.key))
    if row is None:
        return None
    facts = replace(facts_from_json(row.facts), basis=Basis.FROZEN)  # early ones do not say it
    return KeptReport(facts, Wording(**row.words), row.frozen_by_name, row.sha256)
