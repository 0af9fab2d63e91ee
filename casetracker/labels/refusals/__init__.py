"""Chinese sentences for refusals: what is wrong and what to do. Codes come from the domain.

One module a family. `{name}` places are filled with the facts of the refusal. Doors use
`refusal_text` and `problem_text`; nothing else words an error.
"""

from collections.abc import Mapping
from string import Formatter
from typing import Any

from casetracker.domain.errors import DomainError
from casetracker.labels.refusals import (
    of_appraisal,
    of_exports,
    of_fields,
    of_figures,
    of_files,
    of_imports,
    of_ledgers,
    of_oversight,
    of_papers,
    of_patrol,
    of_people,
    of_periods,
    of_petitions,
    of_profiles,
    of_reports,
    of_requests,
    of_steps,
    of_the_office,
)

REFUSALS: Mapping[str, tuple[str, str]] = {
    **of_appraisal.REFUSALS,
    **of_exports.REFUSALS,
    **of_files.REFUSALS,
    **of_ledgers.REFUSALS,
    **of_oversight.REFUSALS,
    **of_papers.REFUSALS,
    **of_patrol.REFUSALS,
    **of_people.REFUSALS,
    **of_petitions.REFUSALS,
    **of_profiles.REFUSALS,
    **of_reports.REFUSALS,
    **of_requests.REFUSALS,
    **of_steps.REFUSALS,
}
"""Code of a refusal → what is wrong, and what to do."""

PROBLEMS: Mapping[str, str] = {
    **of_appraisal.PROBLEMS,
    **of_fields.PROBLEMS,
    **of_figures.PROBLEMS,
    **of_files.PROBLEMS,
    **of_imports.PROBLEMS,
    **of_ledgers.PROBLEMS,
    **of_oversight.PROBLEMS,
    **of_papers.PROBLEMS,
    **of_patrol.PROBLEMS,
    **of_people.PROBLEMS,
    **of_periods.PROBLEMS,
    **of_petitions.PROBLEMS,
    **of_profiles.PROBLEMS,
    **of_reports.PROBLEMS,
    **of_steps.PROBLEMS,
    **of_the_office.PROBLEMS,
}
"""Code of one field's problem → what is wrong with it and what to do."""


class _Lenient(Formatter):
    """Leaves out what a sentence asks for and the facts do not hold."""

    def get_value(self, key: Any, args: Any, kwargs: Any) -> Any:
        return kwargs.get(key, "") if isinstance(key, str) else super().get_value(key, args, kwargs)


_fill = _Lenient()


def refusal_text(error: DomainError, facts: Mapping[str, Any] | None = None) -> tuple[str, str]:
    """Title and detail of a refusal; `facts` gives its own facts as words for people."""
    title, detail = REFUSALS.get(error.code, REFUSALS["refused"])
    return title, _fill.format(detail, **(error.facts if facts is None else facts))


def refusal_sentence(code: str) -> str:
    """What is the matter and what to do, where a step is not open and no facts are at hand."""
    return "：".join(refusal_text(DomainError(code)))


def problem_text(code: str, facts: Mapping[str, Any] | None = None) -> str:
    """What is wrong with one field; a code that nobody worded says so without hiding it."""
    return _fill.format(PROBLEMS.get(code, "填写有误"), **(facts or {}))
