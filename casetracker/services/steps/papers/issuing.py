"""Issuing a paper: filled, numbered, written, kept, entered in the history; then it never changes.

`issue_paper` belongs inside a use case that holds the case; `issue` is the use case for a paper
that somebody makes by hand. Source: docs/rules/papers.md §1, §7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.errors import GuardRefused, NotFound
from casetracker.domain.numbering import paper_number
from casetracker.domain.papers.catalogue import FORMS, forms_of
from casetracker.domain.papers.composing import Letterhead
from casetracker.domain.papers.forms import Numbering, PaperForm
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import Action, Track
from casetracker.persistence.papers import Paper
from casetracker.persistence.queries.reference import Reference
from casetracker.services.commands.papers import PaperCommand
from casetracker.services.context import Context
from casetracker.services.numbers import next_in
from casetracker.services.outcome import Outcome
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.papers.filling import filled
from casetracker.services.steps.papers.making import Files, keep_files
from casetracker.services.use_case import use_case

LETTER = "letter"
"""The outcome of the step for papers that bear a number of the organ."""


@dataclass(frozen=True, slots=True)
class IssuedPaper:
    """A paper that was just issued; `payload` is what the history keeps of it."""

    row: Paper

    @property
    def number(self) -> str | None:
        return self.row.number

    @property
    def payload(self) -> dict[str, Any]:
        row = self.row
        return {
            "paper": row.id,
            "paper_kind": row.kind.value,
            "paper_number": row.number,
            "docx_sha256": row.docx_sha256,
            "pdf_sha256": row.pdf_sha256,
        }


@dataclass(frozen=True, slots=True)
class Number:
    """The number a paper bears, and of what it was made where it is one of the office's own."""

    text: str | None = None
    series: str | None = None
    sequence: int | None = None


def issue_paper(
    work: CaseWork,
    kind: PaperKind,
    typed: Mapping[str, str] | None = None,
    *,
    replaces: int | None = None,
    enter: bool = True,
) -> IssuedPaper:
    """Issue a paper of the case in hand, in its transaction.

    With `enter` the history gets an entry of its own; else the caller puts `payload` into theirs.
    Raises GuardRefused (`paper_not_ready`, `paper_not_of_the_case`, `paper_already_replaced`),
    InvalidInput, NotPermitted.
    """
    form = FORMS[kind]
    _check_belongs(work, form)
    step = issuing_step(work, form) if enter else None
    old = _replaced(work.session, work.case.id, kind, replaces)
    values = filled(work, form, typed or {})
    number = _draw_number(work.session, work.ref, form, values, local_date(work.ctx.now))
    files = keep_files(form, values, _letterhead(work.ref, work.ctx, number))
    row = _row(work, form, values, number, files)
    row.replaces_id = old
    work.session.add(row)
    work.session.flush()
    issued = IssuedPaper(row)
    if step is not None:
        work.advance(step, payload=issued.payload)
    return issued


@use_case
def issue(
    ctx: Context,
    session: Session,
    number: str,
    kind: PaperKind,
    command: PaperCommand,
    *,
    replaces: int | None = None,
    version: int | None = None,
) -> Outcome:
    """Issue a paper by hand. Facts of the outcome: `paper` (id), `paper_number`.

    Raises as `issue_paper`, and GuardRefused (`paper_by_step`) for one that a signature issues.
    """
    if FORMS[kind].by_step:
        raise GuardRefused("paper_by_step", paper=FORMS[kind].title)
    work = CaseWork.open(ctx, session, number, version)
    issued = issue_paper(work, kind, command.typed(), replaces=replaces)
    return work.outcome(paper=issued.row.id, paper_number=issued.number)


def issuing_step(work: CaseWork, form: PaperForm) -> Step:
    """The step by which the actor may issue such a paper here. Raises NotPermitted."""
    if work.case.is_sealed:
        return work.require(Action.ISSUE_PAPER, work.lane_outcome)
    return work.require(Action.ISSUE_PAPER, LETTER if form.has_red_head else "")


def _check_belongs(work: CaseWork, form: PaperForm) -> None:
    known = forms_of(is_petition=work.case.track is Track.PETITION, is_sealed=work.case.is_sealed)
    if form not in known:
        raise GuardRefused("paper_not_of_the_case", paper=form.title)


def _replaced(session: Session, case_id: int, kind: PaperKind, replaces: int | None) -> int | None:
    """The paper that the new one corrects: of the same case and kind, and not corrected yet."""
    if replaces is None:
        return None
    old = session.scalar(
        select(Paper).where(Paper.id == replaces, Paper.case_id == case_id, Paper.kind == kind)
    )
    if old is None:
        raise NotFound(paper=replaces)
    if session.scalar(select(Paper.id).where(Paper.replaces_id == old.id)) is not None:
        raise GuardRefused("paper_already_replaced", paper=old.title)
    return old.id


def _draw_number(
    session: Session, ref: Reference, form: PaperForm, values: Mapping[str, str], day: date
) -> Number:
    """The next number of the office's series of the year, or the one that the paper was given."""
    if form.numbering is Numbering.GIVEN:
        return Number(values.get("given_number") or None)
    if form.numbering is Numbering.NONE:
        return Number()
    mark: str = ref.settings["paper_prefix"]
    series = f"{mark}{day.year}"
    sequence = next_in(session, series)
    return Number(paper_number(mark, day.year, sequence), series, sequence)


def _letterhead(ref: Reference, ctx: Context, number: Number) -> Letterhead:
    return Letterhead(ref.settings["street_name"], local_date(ctx.now), number.text)


def _row(
    work: CaseWork, form: PaperForm, values: Mapping[str, str], number: Number, files: Files
) -> Paper:
    return Paper(
        case_id=work.case.id,
        round=work.case.round,
        kind=form.kind,
        number=number.text,
        series=number.series,
        sequence=number.sequence,
        title=form.title,
        fields=dict(values),
        issued_on=local_date(work.ctx.now),
        issued_at=work.ctx.now,
        issued_by=work.ctx.actor.account_id,
        docx_name=files.docx.name,
        docx_sha256=files.docx.sha256,
        docx_size=files.docx.size,
        pdf_name=files.pdf.name,
        pdf_sha256=files.pdf.sha256,
        pdf_size=files.pdf.size,
    )
