"""The clocks of an imported case, with the dates that it would have had if worked here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casetracker.domain.days import local_date
from casetracker.domain.deadlines import Due, due_for, stated_due, warn_at
from casetracker.domain.limits import (
    OF_THE_PETITIONER,
    contact_code,
    handle_code,
    limit_in_force,
)
from casetracker.domain.reminders import WarnedDue, next_reminder
from casetracker.domain.vocabulary import ClockStatus, Urgency
from casetracker.persistence.queries.reference import Reference
from casetracker.services.imports.imported import ImportedCase
from casetracker.services.imports.petition_spans import Span, petition_spans
from casetracker.services.steps.clocks import RATED

WITHOUT_UNIT = frozenset({"dispatch", "notify15"})
"""Limits of whoever received it, before any unit had it."""
EXTENDED = frozenset({"handle", "handle60"})


def spans_of(case: ImportedCase) -> list[Span]:
    """The clocks that the case's facts imply. Source: docs/rules/hotline.md; decision 15."""
    if case.petition is not None:
        return petition_spans(case, case.petition)
    end = case.closed_at
    spans = []
    if case.dispatched_at:
        spans.append(Span("dispatch", case.received_at, case.dispatched_at, None))
        unsigned = case.contacted_at or case.replied_at or end
        spans.append(Span("sign", case.dispatched_at, case.signed_at, unsigned))
        spans.append(Span("contact", case.dispatched_at, case.contacted_at, case.replied_at or end))
    elif not case.is_taken_up:
        spans.append(Span("dispatch", case.received_at, None, end))
    if case.is_taken_up:
        started_at = case.dispatched_at or case.received_at
        spans.append(Span("handle", started_at, case.replied_at, end))
    if case.replied_at and not case.is_withdrawn and case.replied_at != end:
        called = case.callback_at if case.callback_at and end and case.callback_at <= end else None
        spans.append(Span("callback", case.replied_at, called or end, end))
    return spans


@dataclass(frozen=True, slots=True)
class Reckoner:
    """Works out the rows with the office's calendar, limits and hours."""

    ref: Reference
    now: datetime

    def due(self, rule: str, started_at: datetime, extend_days: int = 0) -> Due:
        settings = self.ref.settings
        return due_for(
            limit_in_force(rule, local_date(started_at), self.ref.limits),
            started_at,
            self.ref.calendar,
            settings.office_hours,
            late_receipt=settings.late_receipt,
            extend_days=extend_days,
            explain=False,
        )

    def promise(self, case: ImportedCase) -> datetime:
        """By when the resident is answered, as known at registration."""
        return case.external_due_at or self.due(handle_code(case.kind), case.received_at).due_legal

    def rows(self, case: ImportedCase) -> list[dict[str, Any]]:
        return [self._row(case, span) for span in spans_of(case)]

    def _row(self, case: ImportedCase, span: Span) -> dict[str, Any]:
        rule = {"handle": handle_code(case.kind), "contact": contact_code(Urgency.NORMAL)}.get(
            span.code, span.code
        )
        extend = case.extended_days if span.code in EXTENDED else 0
        due = self.due(rule, span.started_at, extend)
        upstream = case.external_due_at if span.code == "handle" else None
        judged = stated_due(upstream) if upstream else due
        calendar, office = self.ref.calendar, self.ref.settings.office_hours
        row: dict[str, Any] = {
            "limit_code": span.code,
            "rule_code": rule,
            "unit_id": None if span.code in WITHOUT_UNIT else case.lead_unit_id,
            "round": 1,
            "started_at": span.started_at,
            "due_raw": due.due_raw,
            "due_legal": due.due_legal,
            "due_at": judged.due_legal,
            "provisional": due.provisional and upstream is None,
            "calendar_version": due.calendar_version,
            "extended_days": extend,
            "due_version": 1,
            "warn_at": warn_at(span.started_at, judged, calendar, office),
            "next_reminder_at": None,
            **_ending(span, judged.due_legal),
        }
        if row["status"] is ClockStatus.RUNNING and span.code not in OF_THE_PETITIONER:
            warned = WarnedDue(row["due_at"], row["warn_at"])
            first = next_reminder(span.started_at, warned, self.now, calendar, office)
            row["next_reminder_at"] = first.at
        return row


def _ending(span: Span, due_at: datetime) -> dict[str, Any]:
    if span.met_at is not None:
        in_time = span.met_at <= due_at
        status = ClockStatus.MET if in_time else ClockStatus.MET_LATE
        return {"status": status, "stopped_at": span.met_at}
    if span.ended_at is not None:
        return {"status": ClockStatus.ENDED, "stopped_at": span.ended_at}
    return {"status": ClockStatus.RUNNING, "stopped_at": None}


def dues_on_case(clocks: list[dict[str, Any]]) -> dict[str, datetime | None]:
    """What lists and rates look at: next dates of running clocks, and the three rated dues.

    A case that was withdrawn keeps its dates: the promise stood (docs/rules/rates.md).
    """
    running = [
        row
        for row in clocks
        if row["status"] is ClockStatus.RUNNING and row["limit_code"] not in OF_THE_PETITIONER
    ]
    dues: dict[str, datetime | None] = {
        "next_due_at": min((row["due_at"] for row in running), default=None),
        "next_warn_at": min((row["warn_at"] for row in running), default=None),
        **{f"{code}_due_at": None for code in RATED},
    }
    for code, limits in RATED.items():
        for row in clocks:
            if row["limit_code"] in limits:
                dues[f"{code}_due_at"] = row["due_at"]
    return dues
