"""The facts of a report as JSON and back, so that a frozen month prints the same again."""

from functools import cache
from typing import Any

from pydantic import TypeAdapter

from casetracker.domain.reports.facts import ReportFacts


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
