"""Third-party judgement (第三方评价): lay evaluators say whether the demand was reasonable and the
duty done; the majority decides each of the two. Source: docs/rules/appraisal.md §3.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from casetracker.domain.errors import InvalidInput

LEAST_EVALUATORS = 3
MOST_EVALUATORS = 15


@dataclass(frozen=True, slots=True)
class Vote:
    """What one evaluator found (诉求合理性、履职情况), and on what grounds."""

    evaluator: str
    demand_reasonable: bool
    duty_done: bool
    grounds: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The majority of a panel."""

    demand_reasonable: bool
    duty_done: bool

    @property
    def excludes(self) -> bool:
        """An unreasonable demand whose duty was done does not count against the unit."""
        return self.duty_done and not self.demand_reasonable


def verdict_of(votes: Sequence[Vote]) -> Verdict:
    """The majority on either question. Raises InvalidInput for a panel that cannot have one."""
    people = {vote.evaluator for vote in votes}
    if not LEAST_EVALUATORS <= len(votes) <= MOST_EVALUATORS or len(votes) % 2 == 0:
        raise InvalidInput({"votes": "bad_panel"})
    if len(people) < len(votes):
        raise InvalidInput({"votes": "evaluator_twice"})
    half = len(votes) / 2
    return Verdict(
        sum(vote.demand_reasonable for vote in votes) > half,
        sum(vote.duty_done for vote in votes) > half,
    )
