"""How far an imported petition came, by what its row tells; nothing is asked twice.

Source: 《信访工作条例》 art. 23, 29-31, 34; docs/imports.md.
"""

from datetime import datetime

from casetracker.domain.petition_vocabulary import Disposal
from casetracker.domain.vocabulary import Action
from casetracker.services.imports.imported import ImportedCase, ImportedPetition

TOLD = {Action.REDIRECT: Disposal.REDIRECTED, Action.DECLINE: Disposal.REFUSED}
"""What is decided by a step that ends with a notice."""


def told_elsewhere(case: ImportedCase, petition: ImportedPetition) -> Action | None:
    """The step by which it left with a notice: another procedure, or not accepted.

    What has a statutory way is over once the petitioner was told of it; anything else when the
    row says that it is closed and knows of no acceptance.
    """
    if petition.served_at or petition.notified_at is None or case.is_withdrawn:
        return None
    if petition.goes_elsewhere:
        return Action.REDIRECT
    if case.closed_at is None or petition.accepted_at or not _may_leave(petition):
        return None
    return Action.REDIRECT if petition.is_answered_directly else Action.DECLINE


def _may_leave(petition: ImportedPetition) -> bool:
    """A suggestion is answered; the rest may be somebody else's."""
    return not petition.is_answered_directly or petition.subroute is not None


def is_accepted(case: ImportedCase, petition: ImportedPetition) -> bool:
    """受理, whether or not the old register dated it."""
    taken = petition.accepted_at or petition.served_at or petition.assigned_at
    return petition.is_for_an_opinion and bool(taken)


def is_assigned(case: ImportedCase, petition: ImportedPetition) -> bool:
    """Somebody worked on it: it was answered, or given to a unit that could."""
    if petition.served_at is not None:
        return True
    if case.lead_unit_id is None or told_elsewhere(case, petition):
        return False
    return petition.is_answered_directly or is_accepted(case, petition)


def step_that_ended(case: ImportedCase, petition: ImportedPetition) -> datetime | None:
    """When the step happened that the table calls the end; None for an open one."""
    if petition.is_accusation:
        return case.closed_at
    if petition.served_at is not None:
        return petition.served_at
    if told_elsewhere(case, petition):
        return petition.notified_at
    return case.closed_at if case.is_withdrawn else None


def finished_at(case: ImportedCase, petition: ImportedPetition) -> datetime | None:
    """When it was closed: as the row says, else with the answer or the notice."""
    ended = step_that_ended(case, petition)
    return None if ended is None else case.closed_at or ended


def is_concluded(case: ImportedCase, petition: ImportedPetition) -> bool:
    """Taken back after the answer: the procedure is over (程序终结)."""
    return case.is_withdrawn and petition.served_at is not None


def taken_up_at(case: ImportedCase, petition: ImportedPetition) -> datetime:
    """From when it was worked on."""
    return petition.assigned_at or petition.accepted_at or petition.told_at or case.received_at
