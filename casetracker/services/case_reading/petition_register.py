"""The register of petitions as the actor may see it: a page of lines, and 件次 and 人次 apart."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from casetracker.domain.vocabulary import Track
from casetracker.persistence.queries.case_list import CaseFilter, count_people
from casetracker.persistence.queries.petition_filter import PetitionFilter
from casetracker.persistence.queries.petition_lines import PetitionLine, lines_of
from casetracker.services.case_reading.case_search import filter_of
from casetracker.services.case_reading.listing import (
    MOST_COUNTED,
    CasePage,
    list_cases,
    question_of,
)
from casetracker.services.commands.petition_searching import PetitionSearch
from casetracker.services.context import Context
from casetracker.services.use_case import query

_SAID = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """`lines` by case id; `cases` and `persons` None where there are more than `more_than`."""

    page: CasePage
    lines: Mapping[int, PetitionLine]
    cases: int | None
    persons: int | None
    more_than: int = MOST_COUNTED


def petition_filter_of(ctx: Context, asked: PetitionSearch) -> CaseFilter:
    """The filter; scope is added where it is used. Raises InvalidInput for unknown names."""
    return replace(
        filter_of(ctx, asked),
        track=Track.PETITION,
        petition=PetitionFilter(
            petition_class=asked.petition_class,
            subroute=asked.subroute,
            source_level=asked.source_level,
            repeated=_SAID.get(asked.repeated or ""),
            collective=_SAID.get(asked.collective or ""),
        ),
    )


def list_petitions(
    ctx: Context, asked: CaseFilter, *, sort: str | None = None, cursor: str | None = None
) -> RegisterPage:
    """One page of the register. Raises InvalidInput for an unknown order or a bad cursor."""
    page = list_cases(ctx, asked, sort=sort, cursor=cursor)
    return _with_lines(ctx, asked, page)


@query
def _with_lines(ctx: Context, session: Session, asked: CaseFilter, page: CasePage) -> RegisterPage:
    question = question_of(ctx, session, asked)
    cases, persons = count_people(session, question, at_most=MOST_COUNTED)
    lines = lines_of(session, (row.id for row in page.rows))
    if cases > MOST_COUNTED:
        return RegisterPage(page, lines, None, None)
    return RegisterPage(page, lines, cases, persons)
