"""What the forms of a petition need beside its file: the paper that is due, people, the remedy."""

from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.errors import GuardRefused
from casetracker.domain.petition_vocabulary import PaperKind
from casetracker.domain.vocabulary import Role, Track
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.services.context import Context
from casetracker.services.scoping import scope_of
from casetracker.services.steps.casework import CaseWork
from casetracker.services.steps.petitions.opinions import needs_the_head, remedy_of
from casetracker.services.steps.petitions.serving import expected_paper
from casetracker.services.steps.petitions.work import PetitionWork
from casetracker.services.use_case import query

Options = list[tuple[str, str]]
Groups = list[tuple[str, Options]]


@dataclass(frozen=True, slots=True)
class PetitionHelp:
    """`units` handle cases, the one complained of marked; `handlers` stand in groups by unit."""

    expected_paper: PaperKind | None = None
    needs_the_head: bool = False
    remedy: str = ""
    against_unit: str | None = None
    units: Options = field(default_factory=list)
    handlers: Groups = field(default_factory=list)


@query
def help_for(ctx: Context, session: Session, number: str) -> PetitionHelp:
    """For a petition that the actor sees; nothing for a hotline case or what is not found."""
    ref = reference(session)
    case = session.scalar(
        select(Case).where(Case.number == number, visible(scope_of(ctx.actor, ref)))
    )
    if case is None or case.track is not Track.PETITION:
        return PetitionHelp()
    petition = PetitionWork.of(CaseWork.around(ctx, session, ref, case))
    against = petition.row.against_unit_id
    return PetitionHelp(
        expected_paper=_expected(petition),
        needs_the_head=needs_the_head(petition),
        remedy=remedy_of(petition),
        against_unit=ref.unit_name(against),
        units=_units(ref, against),
        handlers=_handlers(session, ref),
    )


def _expected(petition: PetitionWork) -> PaperKind | None:
    try:
        return expected_paper(petition)
    except GuardRefused:
        return None


def _units(ref: Reference, against: int | None) -> Options:
    return [
        (unit.code, f"{unit.name}（被反映单位，应当回避）" if unit.id == against else unit.name)
        for unit in ref.units.values()
        if unit.is_active and unit.handles_cases
    ]


def _handlers(session: Session, ref: Reference) -> Groups:
    rows = session.execute(
        select(Account.username, Account.name, Account.roles, Account.unit_id)
        .where(Account.is_active, Account.unit_id.is_not(None))
        .order_by(Account.username)
    )
    found: dict[int, Options] = {}
    for row in rows:
        if Role.HANDLER in row.roles:
            found.setdefault(row.unit_id, []).append(
                (row.username, f"{row.name}（{row.username}）")
            )
    return [(unit.name, found[unit.id]) for unit in ref.units.values() if unit.id in found]
