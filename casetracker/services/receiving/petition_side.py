"""What registering a petition asks and keeps beside the case: people, sender, first clocks.

Source: 《信访工作条例》 art. 19, 20(3), 23; docs/rules/petition.md §2.
"""

from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from casetracker.domain.errors import InvalidInput
from casetracker.domain.petition_vocabulary import PetitionClass
from casetracker.domain.vocabulary import Action, Channel, Role, Track
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition, PetitionPerson
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.sealing import keyring
from casetracker.services import lookup
from casetracker.services.commands.intake import RegisterCase
from casetracker.services.commands.petitions import PersonOfPetition, PetitionDetails
from casetracker.services.context import Context
from casetracker.services.notifying.codes_by_sms import sealed_code
from casetracker.services.steps.casework import CaseWork, Step
from casetracker.services.steps.clocks import Clocks
from casetracker.services.steps.lane.sealing import accused_of
from casetracker.services.steps.lane.transferring import into_lane
from casetracker.services.steps.petition_facts import first_limits

VISITS = frozenset({Channel.VISIT, Channel.LEADER_RECEPTION})
NO_DETAILS = PetitionDetails()


def check(ref: Reference, command: RegisterCase) -> None:
    """Raises InvalidInput for what the law does not allow or what is missing."""
    details = command.petition
    if command.track is not Track.PETITION:
        lookup.refuse({"petition": "only_for_petitions"} if details else {})
        return
    details = details or NO_DETAILS
    problems: dict[str, str] = {}
    if details.oral and not details.read_back:
        problems["petition.read_back"] = "read_back_needed"
    if len(details.people) >= command.persons:
        problems["persons"] = "fewer_than_named"
    problems |= _representatives(ref, command, details)
    if details.sent_on and command.received_at and details.sent_on > command.received_at.date():
        problems["petition.sent_on"] = "in_the_future"
    if details.report_due_on and not details.sender:
        problems["petition.sender"] = "required"
    if problems:
        raise InvalidInput(
            problems,
            named=len(details.people) + 1,
            most=ref.settings["representatives_max"],
            least=ref.settings["collective_min"],
        )


def _representatives(
    ref: Reference, command: RegisterCase, details: PetitionDetails
) -> dict[str, str]:
    """Several people with a common matter who come in person choose up to five of them."""
    chosen = details.representative + sum(person.representative for person in details.people)
    is_collective = command.persons >= ref.settings["collective_min"]
    if chosen > ref.settings["representatives_max"]:
        return {"petition.people": "too_many_representatives"}
    if command.channel in VISITS and is_collective and not chosen:
        return {"petition.people": "representatives_needed"}
    return {}


def start(clocks: Clocks, command: RegisterCase) -> None:
    """The objection window of what another organ sent down (art. 23(3))."""
    if command.petition and command.petition.sender:
        clocks.start("objection5", at=clocks.case.received_at)
    clocks.show_on_case()


def add(
    session: Session, ref: Reference, case: Case, command: RegisterCase, clocks: Clocks
) -> None:
    """The petition row and the further people, in the transaction of the registration."""
    details = command.petition or NO_DETAILS
    against = details.against_unit and lookup.any_unit(
        ref, "petition.against_unit", details.against_unit
    )
    session.add(
        Petition(
            case_id=case.id,
            purpose=details.purpose,
            is_collective=is_collective(ref, command),
            is_joint=details.joint,
            is_oral=details.oral,
            against_unit_id=against.id if against else None,
            against=details.against,
            sender=details.sender,
            sent_number=command.external_number if details.sender else None,
            sent_on=details.sent_on,
            report_due_on=details.report_due_on,
            **first_limits(clocks),
        )
    )
    rows = [_person_row(case.id, person) for person in details.people]
    if rows:
        session.execute(insert(PetitionPerson), rows)


def code_by_sms(command: RegisterCase, code: str) -> dict[str, str]:
    """The query code for the short message about the registration; the hotline says it aloud."""
    has_phone = command.track is Track.PETITION and command.petitioner.phone is not None
    return sealed_code(code) if has_phone else {}


def is_accusation(command: RegisterCase) -> bool:
    """检举控告 that is known for one when it comes in."""
    details = command.petition
    return details is not None and details.petition_class is PetitionClass.ACCUSATION


def seal_at_once(ctx: Context, session: Session, ref: Reference, case: Case, role: Role) -> None:
    """It goes into the confidential lane in the transaction of its registration."""
    session.flush()  # whom it is against is read from the petition's row, and taken off it
    work = CaseWork.around(ctx, session, ref, case)
    step = Step(work.workflow.row(Action.TRANSFER_CONFIDENTIAL), role)
    into_lane(work, step, accused_of(work, None, None), None)


def is_collective(ref: Reference, command: RegisterCase) -> bool:
    """集体访: so many people at once who came in person (decision 8)."""
    many: int = ref.settings["collective_min"]
    return command.channel in VISITS and command.persons >= many


def _person_row(case_id: int, person: PersonOfPetition) -> dict[str, Any]:
    return {
        "case_id": case_id,
        "name": person.name,
        "name_index": _index(person.name, "petitioners.name"),
        "phone": person.phone,
        "phone_index": _index(person.phone, "petitioners.phone"),
        "id_number": person.id_number,
        "id_index": _index(person.id_number, "petitioners.id_number"),
        "address": person.address,
        "is_representative": person.representative,
    }


def _index(value: str | None, field: str) -> str | None:
    return None if value is None else keyring().blind_index(value, field=field)
