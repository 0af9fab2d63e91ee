"""Which limits an imported petition had, and when each was met or fell away.

Only what was accepted by the sixth route has sixty days. What was told but not taken up yet runs
by our own inquiry limit, so that nothing open is without a date.
Source: 《信访工作条例》 art. 23, 34-36; docs/rules/petition.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from casetracker.services.imports import petition_fate as fate
from casetracker.services.imports.imported import ImportedCase, ImportedPetition


@dataclass(frozen=True, slots=True)
class Span:
    """When a clock started and when it was met, or fell away unmet (`ended_at`)."""

    code: str
    started_at: datetime
    met_at: datetime | None
    ended_at: datetime | None


def petition_spans(case: ImportedCase, petition: ImportedPetition) -> list[Span]:
    """The clocks that the facts of a petition imply, in the order in which they start."""
    over = fate.step_that_ended(case, petition)
    told = petition.assigned_at if petition.is_accusation else None
    notice = Span("notify15", case.received_at, petition.told_at or told, over)
    if petition.is_accusation:
        return [notice]
    return [notice, *_handling(case, petition, over), *_windows(case, petition)]


def _handling(
    case: ImportedCase, petition: ImportedPetition, over: datetime | None
) -> Iterator[Span]:
    started, served = fate.taken_up_at(case, petition), petition.served_at
    is_assigned = fate.is_assigned(case, petition)
    is_accepted = fate.is_accepted(case, petition)
    if is_accepted and petition.accepted_at is not None:
        yield Span("handle60", petition.accepted_at, served, over)
    if is_accepted:
        if is_assigned or petition.accepted_at is None:
            yield Span("investigate", started, None, over)
    elif is_assigned:
        yield Span("suggest30", started, served, over)
    elif petition.notified_at is not None and over is None:
        yield Span("investigate", petition.notified_at, None, None)


def _windows(case: ImportedCase, petition: ImportedPetition) -> Iterator[Span]:
    """What the petitioner may still ask or say after the answer."""
    if petition.served_at is None:
        return
    ended = case.closed_at if fate.is_concluded(case, petition) else None
    yield Span("req_review30", petition.served_at, None, ended)
    yield Span("evaluate", petition.served_at, None, None)  # an answer is judged all the same
