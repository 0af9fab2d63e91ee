"""From a case and what was typed to the values of a paper."""

from collections.abc import Mapping

from casetracker.domain.errors import GuardRefused, InvalidInput
from casetracker.domain.papers.forms import PaperForm, Source, missing
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.papers.kinds import VALUES
from casetracker.services.steps.papers.of_the_case import case_values
from casetracker.services.steps.papers.subject import Subject, Values


def filled(work: CaseWork, form: PaperForm, typed: Mapping[str, str]) -> Values:
    """Every field of the form: typed where it may be, else as the record has it.

    Raises GuardRefused (`paper_not_ready`, naming the fields) where the record does not have what
    only it may give, and InvalidInput for other required fields without a value.
    """
    values = _values(form, known_values(work, form), typed)
    check_whole(form, values)
    return values


def known_values(work: CaseWork, form: PaperForm) -> Values:
    """What the case has for the form, before anybody typed."""
    subject = Subject.of(work, form)
    special = VALUES.get(form.kind)
    own = special(subject) if special else {}
    return {**case_values(subject), **{name: value for name, value in own.items() if value}}


def check_whole(form: PaperForm, values: Mapping[str, str]) -> None:
    """Raises as `filled` does."""
    lacking = missing(form, values)
    recorded = [field.label for field in lacking if field.source is Source.RECORDED]
    if recorded:
        raise GuardRefused("paper_not_ready", paper=form.title, missing=tuple(recorded))
    if lacking:
        raise InvalidInput({field.name: "required" for field in lacking})


def _values(form: PaperForm, known: Mapping[str, str], typed: Mapping[str, str]) -> Values:
    """Only the form's own fields; what is recorded cannot be typed over."""
    return {
        field.name: known.get(field.name, "")
        if field.source is Source.RECORDED
        else typed.get(field.name, "").strip() or known.get(field.name, "")
        for field in form.fields
    }
