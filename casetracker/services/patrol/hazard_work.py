"""Taking a step on a hazard: the row under lock, the table asked, one entry added.

Source: docs/rules/patrol.md 3.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import Conflict, GuardRefused, NotFound, NotPermitted
from casetracker.domain.hazards import ROWS, TO_RECTIFY, UNIT, HazardFacts, HazardRow, missing
from casetracker.domain.patrol_vocabulary import HazardState, HazardStep, PatrolPhoto
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.patrol import Hazard, HazardEntry, PatrolFile
from casetracker.services.access_log import note_access
from casetracker.services.context import Context
from casetracker.services.patrol.reader import Patrol


@dataclass(frozen=True, slots=True)
class HazardWork:
    """One hazard in one transaction."""

    patrol: Patrol
    row: Hazard

    @classmethod
    def open(
        cls, ctx: Context, session: Session, number: str, version: int | None = None
    ) -> "HazardWork":
        """Raises NotFound beyond one's reach, Conflict when somebody else was quicker."""
        patrol = Patrol.of(ctx, session)
        wanted = select(Hazard).where(Hazard.number == number, patrol.reached(Hazard))
        row = session.scalar(locked(session, wanted))
        if row is None:
            raise NotFound(number=number)
        work = cls(patrol, row)
        if version is not None and version != row.version:
            raise Conflict("hazard_changed", **work._since(version))
        return work

    def _since(self, version: int) -> dict[str, str]:
        """Who did what first after the version that the page showed."""
        first = self.patrol.session.scalar(
            select(HazardEntry)
            .where(HazardEntry.hazard_id == self.row.id, HazardEntry.seq > version)
            .order_by(HazardEntry.seq)
            .limit(1)
        )
        if first is None:
            return {}
        at = f"{local(first.at):%Y-%m-%d %H:%M}"
        return {"who": first.actor_name, "at": at, "step": label(first.step)}

    def require(self, step: HazardStep) -> None:
        """Raises GuardRefused where the state or a condition forbids, NotPermitted for the role."""
        problem = self.refusal(step)
        if problem == "no_right":
            raise NotPermitted("no_right")
        if problem is not None:
            raise GuardRefused(problem, standing=label(self.row.state), step=label(step))

    def refusal(self, step: HazardStep) -> str | None:
        """Why the actor may not take the step now; None where they may."""
        row = ROWS[step]
        if self.row.state not in row.sources:
            return "hazard_not_so"
        if not self._has_role(row):
            return "no_right"
        return missing(row, self.facts(), self.patrol.ctx.actor.facts)

    def _has_role(self, row: HazardRow) -> bool:
        actor = self.patrol.ctx.actor
        for role in row.roles & actor.roles:
            if role not in UNIT or self.row.unit_id in self.patrol.works_for(role):
                return True
        return False

    def facts(self) -> HazardFacts:
        """What the conditions look at."""
        return HazardFacts(
            state=self.row.state,
            found_by=self.row.found_by,
            reported_by=self.row.reported_by,
            new_photos=self._new_photos(),
            case_is_open=self._case_is_open(),
        )

    def _new_photos(self) -> int:
        of_round = select(func.count(PatrolFile.id)).where(
            PatrolFile.hazard_id == self.row.id,
            PatrolFile.shows == PatrolPhoto.RECTIFIED,
            PatrolFile.round == self.row.round,
        )
        return self.patrol.session.scalar(of_round) or 0

    def _case_is_open(self) -> bool:
        if self.row.case_id is None:
            return False
        is_open = select(Case.is_open).where(Case.id == self.row.case_id)
        return bool(self.patrol.session.scalar(is_open))

    def advance(
        self, step: HazardStep, words: str | None, *, day: date | None = None,
        due_on: date | None = None,
    ) -> None:  # fmt: skip
        """Move the row along the table and add the entry; `due_on` where the step sets one."""
        self.row.state = ROWS[step].target or self.row.state
        self.row.version += 1
        if due_on is not None:
            self.row.due_on, self.row.reminded_step = due_on, None
        self.row.next_reminder_at = look_again(self.row.state, self.patrol.ctx.now)
        add_entry(self.patrol, self.row, step, words, day=day, due_on=due_on)


def look_again(state: HazardState, now: datetime) -> datetime | None:
    """The next scan of reminders looks at what the place owes, whatever happened to it."""
    return now if state in TO_RECTIFY else None


def add_entry(
    patrol: Patrol, row: Hazard, step: HazardStep, words: str | None, *, day: date | None,
    due_on: date | None,
) -> None:  # fmt: skip
    """The step in the history, under the version that the row has by now."""
    actor = patrol.ctx.actor
    patrol.session.add(
        HazardEntry(
            hazard_id=row.id,
            seq=row.version,
            at=patrol.ctx.now,
            day=day or patrol.today,
            actor_id=actor.account_id,
            actor_name=actor.name,
            unit_id=actor.unit_id,
            step=step,
            to_state=row.state,
            due_on=due_on,
            words=words,
        )
    )
    note_access(patrol.ctx, patrol.session, Access.PATROL_KEPT, f"{label(step)} {row.number}")
