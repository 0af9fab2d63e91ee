"""What moved in a frozen month as a page shows it: every figure and case with its address."""

from functools import partial
from typing import Any

from casetracker.domain.frozen.changes import FigureLine, MonthChanges, ProfileChanges
from casetracker.domain.reports.behind import figure_address
from casetracker.domain.reports.wording import NOTHING
from casetracker.domain.vocabulary import Basis
from casetracker.ops.acting import case_url
from casetracker.persistence.queries.frozen_months import AS_FROZEN
from casetracker.services.frozen.reading import CorrectionView

SHOWN = 200
"""Cases that a page lists; a correction keeps and says how many there are."""

Bases = tuple[Basis | None, Basis | None]
"""On which basis the figures before and after have a list; None where theirs is read no more."""


def compared_with_now(changes: MonthChanges) -> list[dict[str, Any]]:
    """What moved since the last state that was published."""
    before = Basis.FROZEN if changes.number == AS_FROZEN else Basis.CORRECTED
    return [_shown(changes.month, one, (before, Basis.LIVE)) for one in changes.profiles]


def as_issued(found: CorrectionView) -> list[dict[str, Any]]:
    """What a correction said; of the states of a month the first and the last have lists."""
    before = Basis.FROZEN if found.changes.number == AS_FROZEN else None
    bases = (before, Basis.CORRECTED if found.is_last else None)
    return [_shown(found.changes.month, one, bases) for one in found.changes.profiles]


def _shown(month: str, one: ProfileChanges, bases: Bases) -> dict[str, Any]:
    linked = partial(_linked, month, one.profile, bases)
    return {
        "of": one,
        "totals": [linked(line) for line in one.totals],
        "tables": {of: [linked(line) for line in lines] for of, lines in one.tables.items()},
        "cases": [{"of": case, "url": case_url(case.number)} for case in one.cases[:SHOWN]],
        "more": max(0, one.case_count - SHOWN),
    }


def _linked(month: str, profile: str, bases: Bases, line: FigureLine) -> dict[str, Any]:
    sides = zip((line.before, line.after), bases, strict=True)
    before, after = (
        {"text": words, "url": _address(month, profile, basis, line) if words != NOTHING else None}
        for words, basis in sides
    )
    return {"row": line.row, "metric": line.metric, "before": before, "after": after}


def _address(month: str, profile: str, basis: Basis | None, line: FigureLine) -> str | None:
    """A score has no list, nor has what was issued before its rows were named."""
    if basis is None or not line.code:
        return None
    return figure_address(month, profile, basis, line.code, line.part, line.among)
