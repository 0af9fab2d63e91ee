"""The history of an imported petition: real steps of its table. Source: docs/imports.md."""

from collections.abc import Iterator
from typing import Any

from casetracker.domain import petition_law as law
from casetracker.domain.lane import LANE, ONWARD
from casetracker.domain.petition_vocabulary import EvaluatedParty
from casetracker.domain.vocabulary import Action, Satisfaction
from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.imported import ImportedPetition
from casetracker.services.imports.path import ImportedStep, Path


def petition_steps(path: Path, petition: ImportedPetition) -> Iterator[ImportedStep]:
    """All entries after the registration."""
    if petition.is_accusation:
        yield from _in_the_lane(path, petition)
        return
    if petition.petition_class is not None:
        yield path.take(Action.CLASSIFY, None, payload=_class(petition))
    away = fate.told_elsewhere(path.case, petition)
    if away is not None:
        yield path.take(away, None, payload={"disposal": fate.TOLD[away]})
        yield path.take(Action.SERVE, petition.notified_at, outcome=str(fate.TOLD[away]))
        return
    yield from _taken_up(path, petition)
    if petition.served_at is not None:
        yield from _answered(path, petition)
    elif path.case.is_withdrawn:
        yield path.take(Action.WITHDRAW, path.case.closed_at)


def _class(petition: ImportedPetition) -> dict[str, Any]:
    assert petition.petition_class is not None
    return {
        "class": petition.petition_class,
        "subroute": petition.subroute,
        "law": law.law_of(petition.petition_class, petition.subroute),
    }


def _in_the_lane(path: Path, petition: ImportedPetition) -> Iterator[ImportedStep]:
    """Nothing of it is told but when: into the lane, handed on, finished."""
    yield path.take(Action.CLASSIFY, None, outcome="accusation")
    if petition.assigned_at is not None:
        yield path.take(Action.TRANSFER_CONFIDENTIAL, petition.assigned_at, outcome=ONWARD)
    if path.case.closed_at is not None:
        yield path.take(Action.CONCLUDE, path.case.closed_at, outcome=LANE)


def _taken_up(path: Path, petition: ImportedPetition) -> Iterator[ImportedStep]:
    case = path.case
    is_accepted, is_assigned = fate.is_accepted(case, petition), fate.is_assigned(case, petition)
    if is_accepted:
        yield path.take(Action.ACCEPT, petition.accepted_at)
        yield from _noticed(path, petition)
    if is_assigned:
        way = "" if is_accepted else "direct"
        unit = {"unit_id": case.lead_unit_id}
        yield path.take(Action.ASSIGN, petition.assigned_at, outcome=way, payload=unit)
    if is_assigned and not is_accepted:
        yield from _noticed(path, petition)


def _noticed(path: Path, petition: ImportedPetition) -> Iterator[ImportedStep]:
    if petition.notified_at is not None:
        yield path.take(Action.SERVE, petition.notified_at, outcome="notice")


def _answered(path: Path, petition: ImportedPetition) -> Iterator[ImportedStep]:
    case, words = path.case, petition.opinion
    is_reply = not petition.is_for_an_opinion
    said = words.opinion if words else None
    yield path.take(Action.DRAFT, None, outcome="reply" if is_reply else "", text=said)
    if not is_reply:
        yield path.take(Action.LEGAL_CHECK, None, outcome="passed")
    yield path.take(Action.SIGN_OFF, None, outcome="signed")
    yield path.take(Action.SERVE, petition.served_at, outcome="opinion")
    if petition.evaluation is not None:
        unhappy = petition.evaluation is Satisfaction.DISSATISFIED
        told = {"party": EvaluatedParty.UNIT, "satisfaction": petition.evaluation}
        outcome = "unhappy" if unhappy else "kept"
        yield path.take(Action.EVALUATE, petition.evaluated_at, outcome=outcome, payload=told)
    if fate.is_concluded(case, petition):
        yield path.take(Action.CONCLUDE, case.closed_at, outcome="withdrawn")
