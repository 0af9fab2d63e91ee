"""A case leaves the open desk: its words go under lock, with every other case of the same matter.

Source: 《信访工作条例》 art. 30(3), 46(5); docs/rules/petition.md §6.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.lane import ALONG
from casetracker.domain.vocabulary import Action, Role
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.petition import ConfidentialMatter, Petition
from casetracker.persistence.sealing import keyring
from casetracker.services import lookup
from casetracker.services.ledgers.forgetting import forget_sealed
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.lane.clearing import clear_desks

TITLE, CONTENT = "保密件", "（内容已转入保密通道）"
"""What stands on the case row instead of the words."""
KEY_FIELD = "confidential_matters.key"
"""What an upstream key is blinded for, so that an import knows the row when it comes again."""


@dataclass(frozen=True, slots=True)
class Accused:
    """Whom the accusation is about, as far as it is known."""

    person: str | None = None
    unit_id: int | None = None


def accused_of(work: CaseWork, person: str | None, unit: str | None) -> Accused:
    """Raises InvalidInput for an unknown unit; what registration said of it is taken over."""
    found = unit and lookup.any_unit(work.ref, "accused_unit", unit)
    row = work.session.get(Petition, work.case.id)
    return Accused(
        person or (row.against if row else None),
        found.id if found else (row.against_unit_id if row else None),
    )


def refuse_accused(work: CaseWork, field: str, unit_id: int, accused_unit_id: int | None) -> None:
    """The accused unit, what stands above it and what belongs to it may not have the matter.

    Raises InvalidInput (art. 30(3)).
    """
    if accused_unit_id is None:
        return
    units = work.ref.units
    related = {*units[accused_unit_id].line, *work.ref.with_children(accused_unit_id)}
    if unit_id in related:
        raise InvalidInput({field: "accused_unit"})


def seal(work: CaseWork, accused: Accused) -> None:
    """Before the step is taken: the words under lock, then nothing of it on any other desk."""
    case, session = work.case, work.session
    notes = (*_said_at_triage(work), *forget_sealed(session, case.id))
    key = case.external_key
    session.add(
        ConfidentialMatter(
            case_id=case.id,
            title=case.title,
            content=case.content,
            address=case.address,
            accused=accused.person,
            accused_unit_id=accused.unit_id,
            notes="\n".join(notes) or None,
            key_index=None if key is None else keyring().blind_index(key, field=KEY_FIELD),
            sealed_by=work.ctx.actor.account_id,
            sealed_at=work.ctx.now,
            sealed_from=case.state,
        )
    )
    case.is_sealed, case.is_open = True, False
    case.title, case.content, case.address = TITLE, CONTENT, None
    case.external_key = None  # who hands in the same number is told nothing of this one
    case.category_id = case.area_unit_id = case.latitude = case.longitude = None
    case.risk_tags = frozenset()
    case.lead_unit_id = case.handler_id = None
    case.is_dissatisfied = False
    clear_desks(work)


def keep_too(session: Session, case_id: int, words: Iterable[str]) -> None:
    """More words about a sealed case that stood elsewhere: they lie under lock as well."""
    matter = session.get_one(ConfidentialMatter, case_id)
    matter.notes = "\n".join((*filter(None, (matter.notes,)), *words)) or None


def _said_at_triage(work: CaseWork) -> Iterator[str]:
    """The words that the clerk wrote about the matter, taken off the petition's row."""
    row = work.session.get(Petition, work.case.id)
    if row is not None:
        yield from (words for words in (row.class_reason, row.disposal_words) if words)
        row.against = row.against_unit_id = row.class_reason = row.disposal_words = None


def seal_along(work: CaseWork, accused: Accused) -> None:
    """After the step: the hotline case that became this petition, and cases grouped into either.

    They tell the same matter under other numbers.
    """
    row = work.session.get(Petition, work.case.id)
    family = {work.case.id}
    if row is not None and row.from_hotline_id is not None:
        family.add(row.from_hotline_id)
    while found := _others_of(work, family):
        for other in found:
            family.add(other.id)
            beside = CaseWork.around(work.ctx, work.session, work.ref, other)
            seal(beside, accused)
            along = beside.workflow.row(Action.TRANSFER_CONFIDENTIAL, ALONG)
            beside.advance(Step(along, Role.SYSTEM), payload={"case": work.case.number})


def _others_of(work: CaseWork, family: set[int]) -> list[Case]:
    query = select(Case).where(
        or_(Case.id.in_(family), Case.grouped_into_id.in_(family)), Case.is_sealed.is_(False)
    )
    return list(work.session.scalars(locked(work.session, query.order_by(Case.id))))


def matter_of(work: CaseWork) -> ConfidentialMatter:
    """What lies under lock for a case of the lane."""
    return work.session.scalars(
        select(ConfidentialMatter).where(ConfidentialMatter.case_id == work.case.id)
    ).one()
