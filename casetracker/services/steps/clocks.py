"""Clocks of a case: started, stopped, frozen, extended; and the dates that the case row shows.

Arithmetic is `domain.deadlines`; here it meets the rows. Not a use case of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from casetracker.domain.days import end_of_day, local_date
from casetracker.domain.deadlines import Due, assist_due, due_for, stated_due, warn_at
from casetracker.domain.limits import (
    MAIN,
    OF_THE_PETITIONER,
    SET_BY_HAND,
    STATED,
    Limit,
    contact_code,
    handle_code,
    is_stated,
    limit_in_force,
)
from casetracker.domain.pauses import Pause
from casetracker.domain.reminders import WarnedDue, next_reminder
from casetracker.domain.vocabulary import ClockStatus, State
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Clock, ClockPause
from casetracker.persistence.queries.reference import Reference

LIVE = (ClockStatus.RUNNING, ClockStatus.PAUSED)
EVERY = "*"
OUTLIVING = frozenset({"supervise", "evaluate"})
"""Limits that do not end with the case: an order is answered, an answer judged, all the same."""
WITHOUT_PROMISE = frozenset({State.DECLINED, State.REFERRED, State.GROUPED})
"""States in which another organ or another case answers the resident: nothing is due here."""
UPSTREAM_LIMITED = frozenset({"handle"})
"""Limits that the upstream ticket's own date overrides."""
RATED = {"sign": ("sign",), "contact": ("contact",), "handle": MAIN}
"""Due dates that the case row shows, and the limits each of them comes from."""
_ADD_CLOCKS = insert(Clock.__table__)  # type: ignore[arg-type]
_COLUMNS = tuple(column.key for column in Clock.__table__.columns if column.key != "id")


@dataclass(slots=True)
class Clocks:
    """The clocks of one case within one use case."""

    session: Session
    ref: Reference
    case: Case
    now: datetime
    rows: list[Clock] = field(default_factory=list)

    @classmethod
    def of(cls, session: Session, ref: Reference, case: Case, now: datetime) -> "Clocks":
        rows = session.scalars(select(Clock).where(Clock.case_id == case.id).order_by(Clock.id))
        return cls(session, ref, case, now, list(rows))

    def live(self, code: str | None = None, subject_id: int | None = None) -> list[Clock]:
        """Running or frozen clocks, of one limit and one subject if given."""
        return [
            clock
            for clock in self.rows
            if clock.status in LIVE
            and code in (None, clock.limit_code)
            and subject_id in (None, clock.subject_id)
        ]

    def rule_code(self, code: str) -> str:
        """The catalogue row that applies to this case: `handle` becomes `handle:help` …"""
        if code == "handle":
            return handle_code(self.case.kind)
        return contact_code(self.case.urgency) if code == "contact" else code

    def limit(self, rule_code: str, started_at: datetime) -> Limit:
        day = local_date(started_at)
        known = (row for row in self.ref.limits if row.was_known(started_at, day))
        return limit_in_force(rule_code, day, known)

    def compute(
        self, limit: Limit, started_at: datetime, *, extend_days: int = 0,
        pauses: Sequence[Pause] = (), explain: bool = False,
    ) -> Due:  # fmt: skip
        settings = self.ref.settings
        return due_for(
            limit,
            started_at,
            self.ref.calendar,
            settings.office_hours,
            late_receipt=settings.late_receipt,
            extend_days=extend_days,
            pauses=pauses,
            explain=explain,
        )

    def start(
        self, code: str, *, at: datetime | None = None, subject_id: int | None = None,
        unit_id: int | None = None, due: Due | None = None,
    ) -> Clock:  # fmt: skip
        """Begin a clock unless one of the same limit and subject runs already."""
        running = self.live(code, subject_id)
        if running:
            return running[0]
        started_at = at or self.now
        rule = self.rule_code(code)
        if due is None:
            due = self.compute(self.limit(rule, started_at), started_at)
        elif code not in STATED:
            rule = SET_BY_HAND
        clock = Clock(
            case_id=self.case.id,
            limit_code=code,
            rule_code=rule,
            subject_id=subject_id,
            unit_id=unit_id,
            round=self.case.round,
            status=ClockStatus.RUNNING,
            started_at=started_at,
            extended_days=0,
            due_version=1,
        )
        self._set_due(clock, due)
        self.rows.append(clock)
        if self.case.id is not None:
            self.session.add(clock)
        return clock

    def attach(self) -> None:
        """Keep the clocks that were started before the case had a row of its own.

        They go straight into their table: every registration passes here.
        """
        for clock in self.rows:
            clock.case_id, clock.round = self.case.id, self.case.round
        values = [{name: getattr(clock, name) for name in _COLUMNS} for clock in self.rows]
        self.session.execute(_ADD_CLOCKS, values)

    def start_assist(self, *, subject_id: int, unit_id: int, due_at: datetime | None) -> Clock:
        """A co-unit's own clock: as asked, else one working day before the main due.

        Where that is over, until the main due; where that is over too, the next working day.
        """
        main = self.live("handle") or self.live("redo")
        main_due = main[0].due_at if main else self.compute(
            self.limit("handle:help", self.now), self.now
        ).due_legal  # fmt: skip
        ahead = (assist_due(main_due, self.ref.calendar), main_due)
        tomorrow = end_of_day(self.ref.calendar.next_working_day(local_date(self.now)))
        due = stated_due(due_at or next((at for at in ahead if at > self.now), tomorrow))
        return self.start("assist", subject_id=subject_id, unit_id=unit_id, due=due)

    def stop(self, codes: Iterable[str], at: datetime | None = None, **which: int | None) -> None:
        """These clocks were met by what happened at the moment, in time or late."""
        moment = at or self.now
        for clock in self._chosen(codes, which.get("subject_id")):
            in_time = moment <= clock.due_at
            self._end(clock, ClockStatus.MET if in_time else ClockStatus.MET_LATE, moment)

    def drop(self, codes: Iterable[str], at: datetime | None = None, **which: int | None) -> None:
        """These clocks fall away without having been met."""
        for clock in self._chosen(codes, which.get("subject_id")):
            self._end(clock, ClockStatus.ENDED, at or self.now)

    def main(self) -> Clock | None:
        """The live clock that the answer to the resident stops."""
        return next((clock for clock in self.live() if clock.limit_code in MAIN), None)

    def start_stated(self, code: str, due_at: datetime, *, at: datetime | None = None) -> Clock:
        """A clock whose last day somebody set: an assignment from above, a promise to carry out."""
        unit_id = self.case.lead_unit_id
        return self.start(code, at=at, unit_id=unit_id, due=stated_due(due_at))

    def pause(self, codes: Iterable[str], basis: str) -> None:
        for clock in self._chosen(codes, None):
            if clock.status is ClockStatus.RUNNING:
                clock.status = ClockStatus.PAUSED
                clock.next_reminder_at = None
                self.session.add(ClockPause(clock_id=clock.id, started_at=self.now, basis=basis))

    def leave_out(self, clock: Clock, began: datetime, ended: datetime, basis: str) -> None:
        """A span that is over does not count, such as a hearing during a final review."""
        pause = ClockPause(clock_id=clock.id, started_at=began, ended_at=ended, basis=basis)
        self.session.add(pause)
        self.session.flush()
        self.recompute(clock, self.pauses(clock))

    def resume(self, codes: Iterable[str]) -> None:
        """Frozen clocks run again; their due dates follow from the whole list of pauses."""
        for clock in self._chosen(codes, None):
            if clock.status is not ClockStatus.PAUSED:
                continue
            clock.status = ClockStatus.RUNNING
            pauses = self.pauses(clock)
            for row in pauses:  # the machine's clock may have been set back meanwhile
                row.ended_at = row.ended_at or max(self.now, row.started_at)
            self.recompute(clock, pauses)

    def extend(self, clock: Clock, days: int) -> None:
        """Add days to the unrolled due date. Raises ExtensionBeyondCap."""
        self.recompute(clock, self.pauses(clock), extend_days=clock.extended_days + days)
        clock.extended_days += days

    def pauses(self, clock: Clock) -> list[ClockPause]:
        return list(
            self.session.scalars(
                select(ClockPause).where(ClockPause.clock_id == clock.id).order_by(ClockPause.id)
            )
        )

    def recompute(
        self, clock: Clock, pauses: Sequence[ClockPause] = (), *, extend_days: int | None = None
    ) -> bool:
        """Work the due date out anew; True if it moved."""
        if is_stated(clock.limit_code, clock.rule_code):
            return False
        before = clock.due_at, clock.provisional
        days = clock.extended_days if extend_days is None else extend_days
        spans = tuple(Pause(row.started_at, row.ended_at) for row in pauses)
        limit = self.limit(clock.rule_code, clock.started_at)
        due = self.compute(limit, clock.started_at, extend_days=days, pauses=spans)
        self._set_due(clock, due)
        moved = before[0] != clock.due_at
        if moved:
            clock.due_version += 1
            clock.reminded_step = None
        return moved or before[1] != clock.provisional

    def upstream_changed(self) -> None:
        """The upstream platform set another date: what it limits is judged by that one."""
        for clock in self.live("handle"):
            self.recompute(clock, self.pauses(clock))

    def promise(self, at: datetime) -> Due:
        """By when the resident is answered, as known at registration (decision 15)."""
        return self.compute(self.limit(self.rule_code("handle"), at), at)

    def show_on_case(self) -> None:
        """Copy the next due date, and the dues that measures look at, to the case row."""
        running = [
            clock
            for clock in self.rows
            if clock.status is ClockStatus.RUNNING and clock.limit_code not in OF_THE_PETITIONER
        ]
        self.case.next_due_at = min((c.due_at for c in running), default=None)
        self.case.next_warn_at = min((c.warn_at for c in running), default=None)
        for code, limits in RATED.items():
            last = next((c for c in reversed(self.rows) if c.limit_code in limits), None)
            if last is not None:
                setattr(self.case, f"{code}_due_at", self._counted_due(last))
        if self.case.state in WITHOUT_PROMISE and not self._breached(self.case.handle_due_at):
            self.case.handle_due_at = None

    def _counted_due(self, clock: Clock) -> datetime | None:
        """The due date that rates look at; none while it is frozen, or fell away, unbroken.

        A withdrawn case keeps its own: the promise stood (docs/rules/rates.md).
        """
        gone = clock.status is ClockStatus.PAUSED or (
            clock.status is ClockStatus.ENDED and clock.limit_code not in MAIN
        )
        return None if gone and not self._breached(clock.due_at) else clock.due_at

    def _breached(self, due_at: datetime | None) -> bool:
        return due_at is not None and self.now > due_at

    def _chosen(self, codes: Iterable[str], subject_id: int | None) -> list[Clock]:
        wanted = set(codes)
        return [
            clock
            for clock in self.live(subject_id=subject_id)
            if (EVERY in wanted and clock.limit_code not in OUTLIVING) or clock.limit_code in wanted
        ]

    def _end(self, clock: Clock, status: ClockStatus, at: datetime) -> None:
        clock.status = status
        clock.stopped_at = at
        clock.next_reminder_at = None

    def _set_due(self, clock: Clock, due: Due) -> None:
        office = self.ref.settings.office_hours
        upstream = self.case.external_due_at if clock.limit_code in UPSTREAM_LIMITED else None
        judged = stated_due(upstream) if upstream else due
        clock.due_raw, clock.due_legal = due.due_raw, due.due_legal
        clock.due_at = upstream or due.due_legal
        clock.provisional = due.provisional and upstream is None
        clock.calendar_version = due.calendar_version
        clock.warn_at = warn_at(clock.started_at, judged, self.ref.calendar, office)
        if clock.status is ClockStatus.RUNNING and clock.limit_code not in OF_THE_PETITIONER:
            first = next_reminder(
                clock.started_at,
                WarnedDue(clock.due_at, clock.warn_at),
                self.now,
                self.ref.calendar,
                office,
            )
            clock.next_reminder_at = first.at
