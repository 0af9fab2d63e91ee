"""What a row of the mapping `history` tells of a petition, and where it contradicts itself."""

from typing import Any

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import Result
from casetracker.services.imports.checked_row import CheckedRow
from casetracker.services.imports.imported import ImportedPetition

CLASS_NEEDED = "已受理、交办、答复的信访件须有信访分类"
ROUTE_NEEDED = "申诉求决类须有途径（1 至 6）"
ROUTE_OF_APPEALS = "只有申诉求决类才有途径"
SERVED_NEEDED = "已办结的信访件须有送达时间（撤回、不予受理、导入法定途径的除外）"
TOLD_NEEDED = "已导入法定途径的信访件须有告知时间"
_KEPT_ASIDE = ("signed_at", "contacted_at", "callback_valid", "resolved")
"""Columns of the hotline that have no place in a petition; kept with the registration."""


def settle_petition(row: CheckedRow) -> None:
    """What a register with fewer columns means, before times and contradictions are looked at.

    One column for the answer means that it reached the petitioner. Only appeals have a route, and
    nothing is accepted but the sixth (art. 31(6), 34).
    """
    values = row.values
    values["served_at"] = values["served_at"] or values["replied_at"]
    if {"petition_class", "subroute"} & row.problems.keys():
        return
    is_appeal = values["subroute"] is not None or values["accepted_at"] is not None
    if values["petition_class"] is None and is_appeal:
        values["petition_class"] = PetitionClass.APPEAL
    if values["petition_class"] is PetitionClass.APPEAL and values["accepted_at"] is not None:
        values["subroute"] = values["subroute"] or Subroute.OPINION


def refuse_contradictions_of_petitions(row: CheckedRow) -> None:
    """Class and route belong together; what is closed was told or answered."""
    values = row.values
    kind, route = values["petition_class"], values["subroute"]
    if kind is PetitionClass.APPEAL and route is None:
        row.refuse("subroute", ROUTE_NEEDED)
    if kind is not PetitionClass.APPEAL and route is not None:
        row.refuse("subroute", ROUTE_OF_APPEALS)
    if kind is None and (values["served_at"] or values["dispatched_at"]):
        row.refuse("petition_class", CLASS_NEEDED)
    if values["dispatched_at"] and not values["lead_unit"]:
        row.refuse("lead_unit", "已派单的信访件须有主办单位")
    if values["result"] is Result.WITHDRAWN and not values["closed_at"]:
        row.refuse("closed_at", "信访人撤回的信访件须有办结时间（撤回时间）")
    if values["extended_days"] and not (route is Subroute.OPINION and values["accepted_at"]):
        row.refuse("extended_days", "只有第六种途径、已受理的信访件才可以延期（第三十四条）")
    if kind is not PetitionClass.ACCUSATION:
        _refuse_unanswered(row)


def _refuse_unanswered(row: CheckedRow) -> None:
    """Closed without an answer: taken back, or told in writing that it belongs elsewhere."""
    values = row.values
    is_over = values["closed_at"] and values["result"] is not Result.WITHDRAWN
    if not is_over or values["served_at"] or "served_at" in row.problems:
        return
    is_suggestion = values["petition_class"] is PetitionClass.SUGGESTION
    if values["accepted_at"] or is_suggestion:
        row.refuse("served_at", SERVED_NEEDED)
    elif values["notified_at"] is None:
        elsewhere = values["subroute"] not in (None, Subroute.OPINION)
        row.refuse(*("notified_at", TOLD_NEEDED) if elsewhere else ("served_at", SERVED_NEEDED))


def petition_side(row: CheckedRow) -> dict[str, Any]:
    """The parts of an imported case that a petition has; hotline facts are kept beside."""
    values = row.values
    is_accusation = values["petition_class"] is PetitionClass.ACCUSATION
    answered = values["served_at"] is not None and not is_accusation
    is_judged = answered and values["callback_valid"] and values["satisfaction"]
    aside = {name: _plain(values[name]) for name in _KEPT_ASIDE if values[name] is not None}
    petition = ImportedPetition(
        petition_class=values["petition_class"],
        subroute=values["subroute"],
        notified_at=values["notified_at"] or (values["served_at"] if is_accusation else None),
        accepted_at=values["accepted_at"],
        assigned_at=values["dispatched_at"],
        served_at=None if is_accusation else values["served_at"],
        evaluation=values["satisfaction"] if is_judged else None,
        evaluated_at=values["callback_at"] or values["served_at"] if is_judged else None,
    )
    return {"petition": petition, "facts": aside or None}


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
