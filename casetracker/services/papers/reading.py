"""Papers of a case: the list, a form before it is issued, a preview, and the files.

Who sees the case sees its papers; those of a sealed case only its own officers see. A preview and
an opened file show names in full, so that every look is kept in the access log.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local_date
from casetracker.domain.errors import DomainError, NotFound
from casetracker.domain.papers.catalogue import FORMS, forms_of
from casetracker.domain.papers.common_fields import PERSONAL
from casetracker.domain.papers.composing import Letterhead
from casetracker.domain.papers.forms import PaperForm, Source
from casetracker.domain.petition_vocabulary import PaperKind, ServiceMethod
from casetracker.domain.vocabulary import Track
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.papers import Paper, PaperService
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.access_log import note_access
from casetracker.services.case_reading.opening_files import OpenFile
from casetracker.services.commands.papers import PaperCommand
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.papers.filling import filled, known_values
from casetracker.services.steps.papers.issuing import issuing_step
from casetracker.services.steps.papers.making import DOCX, PDF, draft_pdf
from casetracker.services.stored_files import file_store
from casetracker.services.use_case import query, use_case


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service of a paper; the receiver stands in the paper's file alone."""

    method: ServiceMethod
    served_at: datetime
    recorded_by: str


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One issued paper; `replaced_by` is the number or title of the one that corrects it."""

    id: int
    kind: PaperKind
    title: str
    number: str | None
    issued_on: date
    issued_by: str
    is_served: bool
    is_replaced: bool
    replaces_id: int | None
    services: tuple[ServiceLine, ...]
    pdf_sha256: str

    @property
    def waits_for_service(self) -> bool:
        return self.is_served and not self.services and not self.is_replaced


@dataclass(frozen=True, slots=True)
class PapersOfCase:
    """The papers of a case and the forms that the actor may issue by hand now."""

    number: str
    version: int
    papers: tuple[PaperLine, ...]
    forms: tuple[PaperForm, ...]


@query
def papers_of(ctx: Context, session: Session, number: str) -> PapersOfCase:
    """NotFound when the case is unknown or out of scope."""
    work = _work(ctx, session, number)
    forms = forms_of(is_petition=_is_petition(work), is_sealed=work.case.is_sealed)
    return PapersOfCase(
        number=work.case.number,
        version=work.case.version,
        papers=_lines(session, work.case),
        forms=tuple(form for form in forms if not form.by_step and _may_issue(work, form)),
    )


@query
def offered_values(ctx: Context, session: Session, number: str, kind: PaperKind) -> dict[str, str]:
    """What the form starts with: what the case offers, personal data left out."""
    form = FORMS[kind]
    work = _work(ctx, session, number)
    issuing_step(work, form)
    known = known_values(work, form)
    return {
        field.name: known[field.name]
        for field in form.fields
        if field.source is Source.OFFERED and field.name not in PERSONAL and known.get(field.name)
    }


@use_case
def preview(
    ctx: Context, session: Session, number: str, kind: PaperKind, command: PaperCommand
) -> bytes:
    """The paper as PDF, marked as not issued; the look is kept in the access log.

    Raises what issuing would raise.
    """
    form = FORMS[kind]
    work = _work(ctx, session, number)
    issuing_step(work, form)
    values = filled(work, form, command.typed())
    letterhead = Letterhead(
        work.ref.settings["street_name"], local_date(ctx.now), values.get("given_number") or None
    )
    note_access(ctx, session, Access.PAPER_READ, f"预览{form.title}", case_number=number)
    return draft_pdf(form, values, letterhead)


@use_case
def open_paper(ctx: Context, session: Session, paper_id: int, file_format: str) -> OpenFile:
    """The file of an issued paper, `docx` or `pdf`; the look is kept in the access log.

    NotFound when unknown, out of scope, or gone from the disk.
    """
    ref = reference(session)
    found = session.execute(
        select(Paper, Case.number)
        .join(Case, Case.id == Paper.case_id)
        .where(Paper.id == paper_id, visible(scope_of(ctx.actor, ref)))
    ).one_or_none()
    if found is None:
        raise NotFound(paper=paper_id)
    row, number = found
    note_access(ctx, session, Access.PAPER_READ, f"{row.title} {row.id}", case_number=number)
    return opened(row, file_format)


def opened(row: Paper, file_format: str) -> OpenFile:
    """The stored bytes of a paper; NotFound when they are gone."""
    is_pdf = file_format == "pdf"
    name = row.pdf_name if is_pdf else row.docx_name
    try:
        content = file_store().open(name)
    except FileNotFoundError:
        raise NotFound(paper=row.id) from None
    return OpenFile(
        filename=f"{row.title}{row.number or ''}.{file_format}",
        mime=PDF if is_pdf else DOCX,
        size=row.pdf_size if is_pdf else row.docx_size,
        sha256=row.pdf_sha256 if is_pdf else row.docx_sha256,
        content=content,
    )


def _work(ctx: Context, session: Session, number: str) -> CaseWork:
    """The case without a lock: nothing of it changes here."""
    ref = reference(session)
    seen = select(Case).where(Case.number == number, visible(scope_of(ctx.actor, ref)))
    case = session.scalar(seen)
    if case is None:
        raise NotFound(number=number)
    return CaseWork.around(ctx, session, ref, case)


def _is_petition(work: CaseWork) -> bool:
    return work.case.track is Track.PETITION


def _may_issue(work: CaseWork, form: PaperForm) -> bool:
    try:
        issuing_step(work, form)
    except DomainError:
        return False
    return True


def _lines(session: Session, case: Case) -> tuple[PaperLine, ...]:
    rows = list(session.scalars(select(Paper).where(Paper.case_id == case.id).order_by(Paper.id)))
    services: dict[int, list[PaperService]] = {}
    wanted = select(PaperService).where(PaperService.paper_id.in_([row.id for row in rows]))
    for service in session.scalars(wanted.order_by(PaperService.id)):
        services.setdefault(service.paper_id, []).append(service)
    people = {row.issued_by for row in rows}
    people |= {one.recorded_by for many in services.values() for one in many}
    names = _names(session, people)
    replaced = {row.replaces_id for row in rows}
    return tuple(
        _line(row, services.get(row.id, []), names, is_replaced=row.id in replaced) for row in rows
    )


def _names(session: Session, ids: set[int | None]) -> Mapping[int | None, str]:
    wanted = select(Account.id, Account.name).where(Account.id.in_(ids - {None}))
    return {None: "系统", **{row.id: row.name for row in session.execute(wanted)}}


def _line(
    row: Paper, services: list[PaperService], names: Mapping[int | None, str], *, is_replaced: bool
) -> PaperLine:
    facts: dict[str, Any] = {
        name: getattr(row, name)
        for name in ("id", "kind", "title", "number", "issued_on", "replaces_id", "pdf_sha256")
    }
    return PaperLine(
        **facts,
        issued_by=names.get(row.issued_by, ""),
        is_served=FORMS[row.kind].is_served,
        is_replaced=is_replaced,
        services=tuple(
            ServiceLine(one.method, one.served_at, names.get(one.recorded_by, ""))
            for one in services
        ),
    )
