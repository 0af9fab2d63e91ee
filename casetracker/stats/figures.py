"""The figures of a question, from whatever is the quickest way to the same sums."""

from sqlalchemy.orm import Session

from casetracker.domain.rates import Rate
from casetracker.stats.counting import Question, count_cases
from casetracker.stats.summing import Cell


def rates_of(session: Session, question: Question) -> dict[Cell, Rate]:
    """Every figure of the question; cells without a case are absent. Key is None without `by`."""
    return count_cases(session, question).rates(question.profile)
