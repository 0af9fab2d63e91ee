"""The resident of a case as `person_card` reads them, masked until somebody says why not."""

from typing import Any

from casetracker.services.case_reading.case_file import CaseFile, PersonView

TO_CONTACT = "联系诉求人"
REASONS = [(words, words) for words in (TO_CONTACT, "核对身份", "回访", "上门办理", "答复上级平台")]


def petitioner_of(file: CaseFile, revealed: PersonView | None) -> dict[str, Any]:
    person = revealed or file.person
    return {
        "name": person.name,
        "phone": person.phone,
        "id_number": person.id_number,
        "address": person.address,
        "confidential": person.is_confidential,
        "no_calls": person.wants_no_calls,
        "revealed": person.is_revealed,
        "history_count": len(file.history),
        "history_url": None,
    }


def has_more_to_show(file: CaseFile) -> bool:
    """Whether anybody of the case left more than what stands there."""
    others = file.petition.people if file.petition else ()
    person = file.person
    return bool(person.phone or person.id_number or person.address or others)
