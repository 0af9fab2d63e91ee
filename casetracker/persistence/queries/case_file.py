"""The rows of one case in a fixed number of statements, whatever has happened to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.queries.petition_file import (
    PetitionRows,
    read_petition,
    turned_into,
)
from casetracker.persistence.timeline import TimelineEntry, TimelineText
from casetracker.persistence.working import (
    Assignment,
    Attachment,
    Contact,
    DecisionRequest,
    FollowUp,
    Reply,
    SupervisionOrder,
)

MOST_LINKS = 30


@dataclass(frozen=True, slots=True)
class CaseRows:
    """Rows in the order in which they came about; `names` are those of all accounts in them."""

    case: Case
    person: Petitioner
    timeline: Sequence[Any]
    parts: Sequence[Assignment]
    requests: Sequence[DecisionRequest]
    contacts: Sequence[Contact]
    replies: Sequence[Reply]
    follow_ups: Sequence[FollowUp]
    orders: Sequence[SupervisionOrder]
    files: Sequence[Attachment]
    links: Sequence[Any]
    history: Sequence[Any]
    names: dict[int, str]
    petition: PetitionRows | None = None
    turned_into: Sequence[int] = ()


def read_rows(
    session: Session, case: Case, person: Petitioner, *, scope: ColumnElement[bool]
) -> CaseRows:
    """Everything about a case that was found visible; linked ones only inside the scope."""
    parts = _of(session, Assignment, case)
    requests = _of(session, DecisionRequest, case)
    contacts = _of(session, Contact, case)
    replies = _of(session, Reply, case)
    follow_ups = _of(session, FollowUp, case)
    orders = _of(session, SupervisionOrder, case)
    files = _of(session, Attachment, case)
    petition = read_petition(session, case)
    became = turned_into(session, case)
    people = {
        case.handler_id, case.registered_by,
        *(r.requested_by for r in requests), *(r.decided_by for r in requests),
        *(c.by_id for c in contacts), *(r.submitted_by for r in replies),
        *(r.reviewed_by for r in replies), *(f.by_id for f in follow_ups),
        *(o.issued_by for o in orders), *(a.uploaded_by for a in files),
    }  # fmt: skip
    return CaseRows(
        case=case,
        person=person,
        timeline=_timeline(session, case),
        parts=parts,
        requests=requests,
        contacts=contacts,
        replies=replies,
        follow_ups=follow_ups,
        orders=orders,
        files=files,
        links=_links(session, case, scope, _other_track(petition, became)),
        history=_history(session, case, person, scope),
        names=_names(session, people | (petition.accounts if petition else set())),
        petition=petition,
        turned_into=became,
    )


def _of(session: Session, table: Any, case: Case) -> Sequence[Any]:
    return session.scalars(select(table).where(table.case_id == case.id).order_by(table.id)).all()


def _timeline(session: Session, case: Case) -> Sequence[Any]:
    query = (
        select(TimelineEntry, TimelineText.body, TimelineText.erased_at)
        .outerjoin(TimelineText, TimelineText.entry_id == TimelineEntry.id)
        .where(TimelineEntry.case_id == case.id)
        .order_by(TimelineEntry.seq)
    )
    return session.execute(query).all()


_LINK = (
    Case.id, Case.number, Case.title, Case.state, Case.received_at, Case.repeat_of_id,
    Case.grouped_into_id,
)  # fmt: skip


def _other_track(petition: PetitionRows | None, became: Sequence[int]) -> list[int | None]:
    return [petition.row.from_hotline_id] if petition else list(became)


def _links(
    session: Session, case: Case, scope: ColumnElement[bool], across: Sequence[int | None]
) -> Sequence[Any]:
    ways = [Case.repeat_of_id == case.id, Case.grouped_into_id == case.id]
    others = (case.repeat_of_id, case.grouped_into_id, *across)
    ways += [Case.id == other for other in others if other]
    query = select(*_LINK).where(or_(*ways), scope).order_by(Case.id.desc()).limit(MOST_LINKS)
    return session.execute(query).all()


def _history(
    session: Session, case: Case, person: Petitioner, scope: ColumnElement[bool]
) -> Sequence[Any]:
    """Other cases of the same resident, by telephone or identity number; never by name."""
    same = [
        column == value
        for column, value in (
            (Petitioner.phone_index, person.phone_index),
            (Petitioner.id_index, person.id_index),
        )
        if value
    ]
    ways = or_(*same) if same else Petitioner.id == person.id
    persons = select(Petitioner.id).where(ways)
    query = (
        select(*_LINK)
        .where(Case.petitioner_id.in_(persons), Case.id != case.id, scope)
        .order_by(Case.received_at.desc(), Case.id.desc())
        .limit(MOST_LINKS)
    )
    return session.execute(query).all()


def _names(session: Session, people: Iterable[int | None]) -> dict[int, str]:
    wanted = sorted(person for person in people if person is not None)
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
