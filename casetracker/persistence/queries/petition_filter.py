"""What a list of petitions is narrowed by beside what every list of cases knows."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, literal_column

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import SourceLevel
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition

IS_PETITION: ColumnElement[bool] = literal_column("cases.track = 'petition'")
"""Written exactly as in the partial indexes, so that both engines use them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PetitionFilter:
    """All conditions hold together; None asks nothing.

    `repeated` is 重件, linked to an earlier matter; `unnotified` what was disposed of without its
    notice having been served.
    """

    petition_class: PetitionClass | None = None
    subroute: Subroute | None = None
    source_level: SourceLevel | None = None
    repeated: bool | None = None
    collective: bool | None = None
    unnotified: bool = False


def petition_conditions(asked: PetitionFilter) -> list[ColumnElement[bool]]:
    """Conditions on the case, those on the petition row by its key."""
    found: list[ColumnElement[bool]] = []
    if asked.source_level is not None:
        found.append(Case.source_level == asked.source_level)
    if asked.repeated is not None:
        given = Case.repeat_of_id.is_not(None)
        found.append(given if asked.repeated else ~given)
    beside = _of_the_row(asked)
    if beside:
        found.append(exists().where(Petition.case_id == Case.id, *beside))
    return found


def _of_the_row(asked: PetitionFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.petition_class is not None:
        found.append(Petition.petition_class == asked.petition_class)
    if asked.subroute is not None:
        found.append(Petition.subroute == asked.subroute)
    if asked.collective is not None:
        found.append(Petition.is_collective.is_(asked.collective))
    if asked.unnotified:
        found += [Petition.notified_at.is_(None), Petition.disposal.is_not(None)]
    return found
