"""What a transition row is, and how a table of them is read. Knows no particular table."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from casetracker.domain.errors import IllegalTransition
from casetracker.domain.petition_facts import PetitionFacts
from casetracker.domain.vocabulary import Action, Role, State


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What guards may look at: facts about one case, its clocks and requests, all counted.

    Times are aware instants; `None` means it did not happen.
    """

    state: State
    registered_by: int | None = None
    submitted_by: int | None = None
    requesters: frozenset[tuple[str, int | None]] = frozenset()  # (kind, who) of what is pending
    handled_by: frozenset[int] = frozenset()
    is_important: bool = False
    is_designated: bool = False
    is_upstream: bool = False
    returns_left: int = 1
    contact_is_met: bool = False
    evidence_count: int = 0
    new_evidence_count: int = 0
    pending: frozenset[str] = frozenset()
    open_orders: int = 0
    is_dissatisfied: bool = False
    judged_unreasonable: bool = False
    is_excluded: bool = False
    is_disputed: bool = False
    return_window_open: bool = True
    before_handle_due: bool = True
    appeal_window_open: bool = True
    afterwords_over: bool = True
    petition: PetitionFacts | None = None


@dataclass(frozen=True, slots=True)
class ActorFacts:
    """Who acts: account id (None for resident and system) and roles."""

    account_id: int | None
    roles: frozenset[Role]


Guard = Callable[[CaseFacts, ActorFacts], str | None]
"""Gives None when satisfied, else the stable code of what is missing."""


def states(*members: State) -> frozenset[State]:
    return frozenset(members)


def roles(*members: Role) -> frozenset[Role]:
    return frozenset(members)


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: from which states, by what action, to which state, by whom, under which guards.

    `target` None keeps the state; `outcome` tells apart rows of one action (granted, refused …).
    Clocks by their id in the limit catalogue: `starts` begin unless already running, `stops` were
    met by this step, `ends` fall away unmet, `pauses` and `resumes` freeze and thaw; `"*"` is all.
    """

    action: Action
    sources: frozenset[State]
    target: State | None
    roles: frozenset[Role]
    source: str
    outcome: str = ""
    guards: tuple[Guard, ...] = ()
    starts: tuple[str, ...] = ()
    stops: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    pauses: tuple[str, ...] = ()
    resumes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """A table of transitions with lookups by state and action.

    Reaching `ended` dates the case as closed, coming back to `reopened` takes the date away.
    """

    name: str
    rows: tuple[Transition, ...]
    ended: frozenset[State] = frozenset()
    reopened: frozenset[State] = frozenset()
    _by_key: Mapping[tuple[Action, str], Transition] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        index: dict[tuple[Action, str], Transition] = {}
        for row in self.rows:
            key = (row.action, row.outcome)
            if key in index:
                raise ValueError(f"two rows for {key} in {self.name}")
            index[key] = row
        object.__setattr__(self, "_by_key", index)

    def row(self, action: Action, outcome: str = "") -> Transition:
        """The row of an action; KeyError when the table has none."""
        return self._by_key[(action, outcome)]

    def find(self, action: Action, state: State, outcome: str = "") -> Transition:
        """The row if the state allows it; raises IllegalTransition naming what it does allow."""
        row = self._by_key.get((action, outcome))
        if row is None or state not in row.sources:
            raise IllegalTransition(
                action=action, state=state, allowed=sorted(self.actions_from(state))
            )
        return row

    def actions_from(self, state: State) -> frozenset[Action]:
        """Every action that the state allows to somebody, automatic steps left out."""
        return frozenset(
            row.action
            for row in self.rows
            if state in row.sources and row.roles != frozenset({Role.SYSTEM})
        )

    def rows_from(self, state: State) -> Iterable[Transition]:
        return (row for row in self.rows if state in row.sources)


def missing_guard(row: Transition, case: CaseFacts, actor: ActorFacts) -> str | None:
    """The code of the first guard that refuses, or None."""
    for guard in row.guards:
        problem = guard(case, actor)
        if problem is not None:
            return problem
    return None
