"""A petition in the hands of one use case: the case's work with the petition row beside it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from casetracker.domain.errors import InvalidInput, NotFound
from casetracker.domain.vocabulary import Track
from casetracker.persistence.petition import Opinion, Petition
from casetracker.services.context import Context
from casetracker.services.steps.casework import CaseWork


@dataclass(slots=True)
class PetitionWork:
    """`work` is the case's own; `row` the petition's."""

    work: CaseWork
    row: Petition

    @classmethod
    def open(
        cls, ctx: Context, session: object, number: str, version: int | None = None
    ) -> "PetitionWork":
        """Lock the case. NotFound also for a case of the other track."""
        work = CaseWork.open(ctx, session, number, version)  # type: ignore[arg-type]
        return cls.of(work)

    @classmethod
    def of(cls, work: CaseWork) -> "PetitionWork":
        row = work.session.get(Petition, work.case.id)
        if work.case.track is not Track.PETITION or row is None:
            raise NotFound("not_a_petition", number=work.case.number)
        return cls(work, row)

    def opinion(self) -> Opinion | None:
        """The latest version of this round's opinion."""
        return self.work.session.scalar(
            select(Opinion)
            .where(Opinion.case_id == self.work.case.id, Opinion.round == self.work.case.round)
            .order_by(Opinion.draft_no.desc())
            .limit(1)
        )

    def moment(self, field: str, given: datetime | None, *, since: datetime | None = None
    ) -> datetime:  # fmt: skip
        """When it happened: as given, else now. Raises InvalidInput for a time that cannot be."""
        now, received = self.work.ctx.now, self.work.case.received_at
        earliest = max(since or received, received)  # what came before may bear an older date
        if given is None:
            return max(now, earliest)  # the machine's clock may have been set back meanwhile
        if given > now:
            raise InvalidInput({field: "in_the_future"})
        if given < earliest:
            raise InvalidInput({field: "before_received"})
        return given

    @staticmethod
    def earlier(moment: datetime, now: datetime) -> datetime | None:
        """What the history notes as the time of the act, where it was before its entry."""
        return moment if moment != now else None
