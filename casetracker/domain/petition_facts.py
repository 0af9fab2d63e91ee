"""What guards of the petition track look at beside the facts that both tracks share."""

from dataclasses import dataclass, field

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute


@dataclass(frozen=True, slots=True)
class PetitionFacts:
    """One petition, counted and dated; `None` means not yet decided or not there."""

    petition_class: PetitionClass | None = None
    subroute: Subroute | None = None
    was_sent_here: bool = False
    objection_window_open: bool = True
    drafted_by: int | None = None
    checked_by: int | None = None
    recused: frozenset[int] = field(default_factory=frozenset)
    is_settled: bool = False
    evaluation_window_open: bool = True
    is_unhappy: bool = False  # 不满意 with the responsible unit
