"""Ties the ledgers of the demonstration to its petitions, once there are any.

A petition that came by a visit or at a reception stands in the place of one that led to nothing, so
that the founding report's counts stay as they are.
"""

from collections.abc import Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casetracker.domain.days import local, local_date
from casetracker.domain.petition_vocabulary import VisitResult
from casetracker.domain.vocabulary import Channel, Track
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.ledgers import (
    LetterReading,
    OldCase,
    ReceptionEntry,
    ReceptionSession,
    Undertaking,
    UndertakingCase,
    Visit,
    VisitPerson,
)
from casetracker.persistence.petition import Petition, PetitionPerson
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.ledgers.receptions import LEADERS
from casetracker.services.use_case import use_case

SAID = "如实记录来访人的请求、事实和理由，登记为信访件，当场出具登记回执。"
PLAN = "摸清底数，逐户见面；会同责任单位逐项落实，依法能解决的限期解决；回访核实后销号。"
NOTES = (
    "请责任单位见面核实，按期答复信访人。",
    "群众诉求合理，请专题研究，一周内报进展。",
    "做好政策解释，依法按程序办理。",
)
NAMED = ("name", "name_index", "phone", "phone_index", "id_number", "id_index", "address")
OF_AN_ENTRY = ("name", "name_index", "phone", "phone_index", "address")


@use_case
def link_ledgers(ctx: Context, session: Session) -> None:
    """Visits, receptions, letters, undertakings and an old case of the petitions that are there."""
    wanted = (
        select(Case, Petition)
        .join(Petition, Petition.case_id == Case.id)
        .where(Case.track == Track.PETITION, Case.is_sealed.is_(False))
        .order_by(Case.received_at, Case.id)
    )
    found = [(case, petition) for case, petition in session.execute(wanted)]
    for case, petition in found:
        if case.channel is Channel.VISIT:
            _as_visit(session, case, petition)
        if case.channel is Channel.LEADER_RECEPTION:
            _as_reception(session, case)
    running = [case for case, _ in found if case.is_open]
    _letters(ctx, session, running[:6])
    _hard_matters(session, running)


def _as_visit(session: Session, case: Case, petition: Petition) -> None:
    """The free visit of the same month that is nearest to the petition becomes its visit."""
    day = local(case.received_at)
    free = session.scalars(select(Visit).where(Visit.case_id.is_(None))).all()
    of_month = [v for v in free if f"{local(v.visited_at):%Y%m}" == f"{day:%Y%m}"]
    if not of_month:
        return
    visit = min(of_month, key=lambda one: abs(one.visited_at - case.received_at))
    visit.visited_at, visit.entered_at = case.received_at, case.received_at + timedelta(minutes=20)
    visit.persons, visit.is_collective = case.persons, petition.is_collective
    visit.matter, visit.said = case.content, SAID
    visit.result, visit.unit_id, visit.case_id = VisitResult.REGISTERED, None, case.id
    session.execute(delete(VisitPerson).where(VisitPerson.visit_id == visit.id))
    people = session.scalars(select(PetitionPerson).where(PetitionPerson.case_id == case.id))
    first = session.get_one(Petitioner, case.petitioner_id)
    for person in (first, *people):
        row = VisitPerson(visit_id=visit.id, is_representative=petition.is_collective)
        session.add(_copied(person, row, NAMED))
    session.flush()


def _as_reception(session: Session, case: Case) -> None:
    """The free matter of the last session before the petition becomes its reception."""
    entry = session.scalar(
        select(ReceptionEntry)
        .join(ReceptionSession, ReceptionSession.id == ReceptionEntry.session_id)
        .where(ReceptionEntry.case_id.is_(None), ReceptionSession.starts_at <= case.received_at)
        .order_by(ReceptionSession.starts_at.desc())
        .limit(1)
    )
    if entry is None:
        return
    _copied(session.get_one(Petitioner, case.petitioner_id), entry, OF_AN_ENTRY)
    entry.matter, entry.matter_place, entry.cause = case.content, case.address, None
    entry.persons, entry.case_id, entry.unit_id = case.persons, case.id, case.lead_unit_id
    entry.report = entry.satisfaction = None
    session.flush()


def _copied(source: Any, target: Any, names: Sequence[str]) -> Any:
    for name in names:
        setattr(target, name, getattr(source, name))
    return target


def _letters(ctx: Context, session: Session, cases: Sequence[Case]) -> None:
    accounts = session.scalars(select(Account).order_by(Account.id))
    reading, today = [row.id for row in accounts if LEADERS & row.roles], local_date(ctx.now)
    for place, (case, leader_id) in enumerate(zip(cases, cycle(reading), strict=False)):
        read_on = min(local_date(case.received_at) + timedelta(days=1), today)
        session.add(
            LetterReading(
                case_id=case.id,
                leader_id=leader_id,
                read_on=read_on,
                note=NOTES[place % len(NOTES)],
                unit_id=case.lead_unit_id,
                due_on=read_on + timedelta(days=14),
                report="已见面核实，正在按程序办理。" if place % 2 else None,
                entered_by=leader_id,
                entered_at=ctx.now,
            )
        )


def _hard_matters(session: Session, cases: Sequence[Case]) -> None:
    """Each running undertaking is about a petition in its leader's line; the last of these is an
    old case, too.
    """
    ref = reference(session)
    running = select(Undertaking).where(Undertaking.finished_on.is_(None)).order_by(Undertaking.id)
    taken: list[Case] = []
    for row in session.scalars(running):
        line = ref.led_by(row.leader_id)
        own = (one for one in cases if one.lead_unit_id in line and one not in taken)
        case = next(own, None)
        if case is not None:
            taken.append(case)
            row.title, row.plan, row.unit_id = case.title, PLAN, case.lead_unit_id or row.unit_id
            session.add(UndertakingCase(undertaking_id=row.id, case_id=case.id))
    listed = select(OldCase).where(OldCase.struck_off_on.is_(None)).order_by(OldCase.id)
    old = session.scalars(listed).first()
    if old is not None and taken:
        old.case_id, old.unit_id = taken[-1].id, taken[-1].lead_unit_id or old.unit_id
        old.description = f"{taken[-1].title}，多次来信来访，尚未化解。"
