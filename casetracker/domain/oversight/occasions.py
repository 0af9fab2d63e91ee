"""When a case calls for supervision: one function a rule, from the facts to what it finds.

Each names the moment from which it holds, so that nobody has to ask at that very moment.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from casetracker.domain.days import end_of_day, local_date
from casetracker.domain.limits import MAIN
from casetracker.domain.oversight.watched import Moment, Ripening, RunningLimit, Watched
from casetracker.domain.vocabulary import Channel, RiskTag, State

Numbers = Mapping[str, int]
Found = Iterator[Ripening]

BY_WORKING_DAYS = frozenset({"handle", "redo"})
"""Limits whose half is told in working days; those of petitions run in calendar days."""
OF_THE_UNIT = frozenset({*MAIN, "redo"})
HEATED = frozenset({RiskTag.THREAT, RiskTag.COLLECTIVE, RiskTag.EXTREME})
BACK_AT_THE_UNIT = frozenset({State.HANDLING, State.REDO})


class _Half(NamedTuple):
    """The moment at which more than half of a limit is gone, and that in days."""

    at: datetime
    used: int
    whole: int


def half_time(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """More than half of the limit is gone and the units wrote down nothing since it began."""
    for limit in case.limits:
        if limit.code in OF_THE_UNIT and not _worked_on_since(case, limit):
            half = _half_of(limit, now)
            unit = "working" if limit.code in BY_WORKING_DAYS else "calendar"
            facts = {"used": half.used, "whole": half.whole, "days": unit}
            yield _of_clock(limit, half.at, facts, until=limit.due_at)


def _worked_on_since(case: Watched, limit: RunningLimit) -> bool:
    return case.last_record_at is not None and case.last_record_at >= limit.started_at


def _half_of(limit: RunningLimit, now: Moment) -> _Half:
    """In whole days, at the opening of the first one past the half; short limits by the clock."""
    first, last = local_date(limit.started_at), local_date(limit.due_at)
    if limit.code in BY_WORKING_DAYS:
        whole = now.calendar.working_days_between(first, last)
        used = whole // 2 + 1
        moment = now.working_days_after(limit.started_at, used)
    else:
        whole = (last - first).days
        used = whole // 2 + 1
        moment = now.opening(first + timedelta(days=used))
    middle = limit.started_at + (limit.due_at - limit.started_at) / 2
    return _Half(moment if whole > 1 else middle, used, whole)


def near_due(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The limit for the answer runs out within so many working days."""
    for limit in _of(case, OF_THE_UNIT):
        begins = now.working_days_before(limit.due_at, numbers["days"])
        yield _of_clock(limit, max(limit.started_at, begins), until=limit.due_at)


def overdue(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The limit for the answer has been over for so many working days."""
    yield from _late(case, frozenset(MAIN), numbers, now)


def unsigned(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The unit has not signed for what was dispatched to it."""
    yield from _late(case, frozenset({"sign"}), numbers, now)


def not_redone(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The resident was not satisfied, a second round was ordered, and its limit is over."""
    yield from _late(case, frozenset({"redo"}), numbers, now)


def assist_late(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """A unit that was asked to assist, or whistled for, has not answered. The order is theirs."""
    yield from _late(case, frozenset({"assist"}), numbers, now)


def not_told(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The petitioner was not told in time what became of the petition."""
    yield from _late(case, frozenset({"notice15"}), numbers, now)


def not_reported(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """A petition assigned with a limit was not reported on."""
    yield from _late(case, frozenset({"assign_due"}), numbers, now)


def not_executed(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """What an opinion grants was not carried out in time."""
    yield from _late(case, frozenset({"execute"}), numbers, now)


def _late(case: Watched, codes: frozenset[str], numbers: Numbers, now: Moment) -> Found:
    for limit in _of(case, codes):
        yield _of_clock(limit, now.working_days_after(limit.due_at, numbers["days"]))


def raised_again(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The matter was raised before, by others too, or the resident urged several times."""
    raised = case.repeat_count + int(case.is_repeat)
    urged = case.urge_count if case.urge_count >= numbers["urges"] else 0
    if raised or urged:
        facts = {"raised": raised, "urged": urged}
        yield _of_case(case, f"raised:{raised}:{urged}", now, facts)


def returned_often(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """Units passed it on to each other (推诿)."""
    if case.return_count >= numbers["returns"]:
        facts = {"returns": case.return_count}
        yield _of_case(case, f"returns:{case.return_count}", now, facts)


def not_resubmitted(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """A reply was sent back and did not come again within so many calendar days."""
    back = case.sent_back
    if back is not None and case.state in BACK_AT_THE_UNIT:
        moment = end_of_day(local_date(back.at) + timedelta(days=numbers["days"]))
        facts = {"since": back.at.isoformat()}
        yield Ripening(
            at=moment, episode=f"reply:{back.id}", unit_id=case.lead_unit_id, facts=facts
        )


def leader_note(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """A leader gave an instruction, and no unit did anything since, or none reported by the day."""
    note, last = case.instructed, case.last_record_at
    if note is not None and (last is None or last < note.at):
        yield Ripening(
            at=now.working_days_after(note.at, numbers["days"]),
            episode=f"entry:{note.id}",
            unit_id=case.lead_unit_id,
            facts={"since": note.at.isoformat()},
        )
    for letter in case.letters:
        yield Ripening(
            at=end_of_day(letter.due_on),
            episode=f"letter:{letter.id}",
            unit_id=case.lead_unit_id,
            facts={"due_on": letter.due_on.isoformat()},
        )


def media(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """It came by the media, or is spoken of there."""
    if case.channel is Channel.MEDIA or RiskTag.MEDIA in case.risk_tags:
        yield _of_case(case, "case", now)


def collective_or_threat(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """Many people at once, or words of threat."""
    tags = sorted(HEATED & case.risk_tags)
    if tags or case.persons >= now.collective_min:
        facts = {"tags": tags, "persons": case.persons}
        yield _of_case(case, "case", now, facts)


def fraud(case: Watched, numbers: Numbers, now: Moment) -> Found:
    """The same words told several residents that it is solved, or one of them says otherwise."""
    if case.answered is not None and case.twins + 1 >= numbers["cases"]:
        facts = {"same_words": case.twins + 1}
        yield _of_case(case, f"reply:{case.answered.id}", now, facts)
    if case.disputed is not None:
        yield _of_case(case, f"answer:{case.disputed}", now, {"disputed": True})


def _of(case: Watched, codes: frozenset[str]) -> Iterator[RunningLimit]:
    return (limit for limit in case.limits if limit.code in codes)


def _of_clock(
    limit: RunningLimit,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> Ripening:
    return Ripening(
        at=at,
        episode=f"clock:{limit.id}",
        unit_id=limit.unit_id,
        facts={"due_at": limit.due_at.isoformat(), **(facts or {})},
        until=until,
    )


def _of_case(
    case: Watched, episode: str, now: Moment, facts: Mapping[str, Any] | None = None
) -> Ripening:
    """Something that is so already."""
    return Ripening(at=now.now, episode=episode, unit_id=case.lead_unit_id, facts=facts or {})
