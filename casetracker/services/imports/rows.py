"""From an imported case to the rows of every table, chained and ready to be inserted at once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

from casetracker.persistence.case import Case
from casetracker.services.context import Context
from casetracker.services.imports.case_row import case_row, person_row
from casetracker.services.imports.clock_rows import Reckoner
from casetracker.services.imports.entries import chain, registration
from casetracker.services.imports.imported import ImportedCase, ImportedPetition
from casetracker.services.imports.petition_tables import (
    evaluation_row,
    matter_row,
    opinion_row,
    petition_row,
)
from casetracker.services.imports.steps import steps_of
from casetracker.services.imports.work_rows import (
    assignment_rows,
    contact_rows,
    follow_up_rows,
    reply_rows,
)
from casetracker.services.steps.registering import searchable

Row = dict[str, Any]


@dataclass(slots=True)
class CaseRows:
    """All rows of one case; the ids of case and petitioner are filled in after their insert."""

    case: Row
    petitioner: Row
    entries: list[Row]
    texts: list[tuple[int, str, str]] = field(default_factory=list)
    clocks: list[Row] = field(default_factory=list)
    assignments: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    replies: list[Row] = field(default_factory=list)
    follow_ups: list[Row] = field(default_factory=list)
    petitions: list[Row] = field(default_factory=list)
    matters: list[Row] = field(default_factory=list)
    opinions: list[Row] = field(default_factory=list)
    evaluations: list[Row] = field(default_factory=list)
    search: str | None = None
    """What a search finds it by; None for what nobody may find."""

    def children(self) -> Iterable[list[Row]]:
        return (
            self.entries, self.clocks, self.assignments, self.contacts, self.replies,
            self.follow_ups, self.petitions, self.matters, self.opinions, self.evaluations,
        )  # fmt: skip


def rows_of(
    ctx: Context, reckoner: Reckoner, case: ImportedCase, number: str, *,
    batch: int, repeat_of_id: int | None = None, opinion_number: str | None = None,
) -> CaseRows:  # fmt: skip
    """Everything that one imported case writes."""
    steps = steps_of(case, registration(case, batch))
    entries, texts, head = chain(ctx, number, steps)
    clocks = reckoner.rows(case)
    row = case_row(reckoner, case, number, steps[-1].to_state, clocks)
    row |= {"version": len(entries), "head_hash": head, "repeat_of_id": repeat_of_id}
    rows = CaseRows(row, person_row(case), entries, texts, clocks)
    rows.assignments = assignment_rows(case)
    if not case.is_sealed:
        rows.search = searchable(cast(Case, SimpleNamespace(**row)))
    if case.petition is not None:
        _add_petition(ctx, reckoner, rows, case, case.petition, opinion_number)
    else:
        rows.contacts, rows.replies = contact_rows(case), reply_rows(case)
        rows.follow_ups = follow_up_rows(case)
    return rows


def _add_petition(
    ctx: Context, reckoner: Reckoner, rows: CaseRows, case: ImportedCase,
    petition: ImportedPetition, opinion_number: str | None,
) -> None:  # fmt: skip
    settings = reckoner.ref.settings
    side = petition_row(case, petition, rows.clocks, collective_min=settings["collective_min"])
    opinion = opinion_row(petition, opinion_number, review_organ=settings["review_organ"])
    evaluation = evaluation_row(petition)
    rows.petitions = [side | {"opinion_number": opinion_number}]
    rows.opinions = [opinion] if opinion else []
    rows.evaluations = [evaluation] if evaluation else []
    if case.is_sealed:
        unit = reckoner.ref.units.get(case.lead_unit_id or 0)
        rows.matters = [matter_row(ctx, case, petition, unit.name if unit else None)]
