"""One look at one case: what the rules in force find now, and when it is worth looking again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from casetracker.domain.oversight.rule import RuleInForce
from casetracker.domain.oversight.triggers import TRIGGERS
from casetracker.domain.oversight.watched import Moment, Ripening, Watched
from casetracker.domain.vocabulary import SuperviseTrigger


@dataclass(frozen=True, slots=True)
class Sighting:
    """A trigger that holds now, once for each occasion."""

    trigger: SuperviseTrigger
    ripe: Ripening


@dataclass(frozen=True, slots=True)
class Look:
    """`next_at` is None when nothing changes by itself: the next step on the case asks anew."""

    found: tuple[Sighting, ...]
    next_at: datetime | None


def look(case: Watched, rules: Mapping[SuperviseTrigger, RuleInForce], moment: Moment) -> Look:
    """What holds at the moment. A trigger that an order already presses is not brought up again."""
    found: list[Sighting] = []
    changes: list[datetime] = []
    for trigger, rule in rules.items():
        if rule.is_on and trigger not in case.under_order:
            for ripe in TRIGGERS[trigger].find(case, rule.numbers, moment):
                changes += _changes(ripe, moment.now)
                if _holds(ripe, moment.now):
                    found.append(Sighting(trigger, ripe))
    return Look(tuple(found), min(changes, default=None))


def _holds(ripe: Ripening, now: datetime) -> bool:
    return ripe.at <= now and (ripe.until is None or now < ripe.until)


def _changes(ripe: Ripening, now: datetime) -> Sequence[datetime]:
    """The moments ahead at which it begins or ceases to hold."""
    return [at for at in (ripe.at, ripe.until) if at is not None and at > now]
