"""A rule of supervision as data: the numbers that may be set, and how it stands on a day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from casetracker.domain.oversight_vocabulary import RuleMode


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a rule that an office may set, with its bounds."""

    name: str
    meaning: str
    unit: str
    default: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class RuleInForce:
    """How a rule holds on one day."""

    code: str
    is_on: bool
    mode: RuleMode
    numbers: Mapping[str, int]


class DatedRule(Protocol):
    """What an office laid down from a day on; `numbers` may name only some."""

    @property
    def code(self) -> str: ...
    @property
    def effective_from(self) -> date: ...
    @property
    def is_on(self) -> bool: ...
    @property
    def mode(self) -> RuleMode: ...
    @property
    def numbers(self) -> Mapping[str, int]: ...


class RuleRow(Protocol):
    """A row of a catalogue of rules."""

    @property
    def code(self) -> str: ...
    @property
    def is_on(self) -> bool: ...
    @property
    def numbers(self) -> tuple[Number, ...]: ...


def rule_in_force(row: RuleRow, on: date, dated: Iterable[DatedRule] = ()) -> RuleInForce:
    """The rule as it stands on a day: the latest row of the office by then, else as shipped."""
    known = [one for one in dated if one.code == row.code and one.effective_from <= on]
    numbers = {number.name: number.default for number in row.numbers}
    if not known:
        return RuleInForce(row.code, row.is_on, RuleMode.SUGGEST, numbers)
    last = max(known, key=lambda one: one.effective_from)
    set_here = {name: value for name, value in last.numbers.items() if name in numbers}
    return RuleInForce(row.code, last.is_on, last.mode, {**numbers, **set_here})
