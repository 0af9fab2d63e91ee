"""The figures of a question, from whatever is the quickest way to the same sums."""

from collections.abc import Collection
from dataclasses import replace

from sqlalchemy.orm import Session

from casetracker.domain.rates import Rate
from casetracker.stats.counting import Question, count_cases
from casetracker.stats.rollup.reading import is_kept, kept_cells
from casetracker.stats.summing import Cell, Cells, Sums


def rates_of(session: Session, question: Question) -> dict[Cell, Rate]:
    """Every figure of the question; cells without a case are absent. Key is None without `by`.

    Whole months come from kept sums where there are any; what is left is counted case by case.
    """
    windows = (*question.windows, *question.compared)
    kept = {at for at, window in enumerate(windows) if is_kept(question, window)}
    found = kept_cells(session, _narrowed(question, kept)) if kept else None
    if found is None:
        kept = set()
    cells = {} if found is None else _placed(found, kept)
    counted = {at for at, (start, end) in enumerate(windows) if at not in kept and start < end}
    if counted:
        cells |= _placed(count_cases(session, _narrowed(question, counted)), counted)
    return Cells(question.profile.exclusions, cells).rates(question.profile)


def _narrowed(question: Question, places: Collection[int]) -> Question:
    """The same question for some of its windows."""
    count = len(question.windows)
    return replace(
        question,
        windows=[window for at, window in enumerate(question.windows) if at in places],
        compared=[window for at, window in enumerate(question.compared, count) if at in places],
    )


def _placed(cells: Cells, places: Collection[int]) -> dict[Cell, Sums]:
    """The cells of a narrowed question at the places that its windows have in the whole one."""
    order = sorted(places)
    return {(order[at], key, code): sums for (at, key, code), sums in cells.sums.items()}
