"""The roll (名册) of a month: every case behind its figures, with its part in each of them.

It holds no word of a case, only its id, the codes of the rows it stood in and one letter for each
metric. Source: docs/rules/rates.md 10.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any, NamedTuple


class RollMark(StrEnum):
    """Where a case stands in one figure; what is merely counted stands in the numerator."""

    NUMERATOR = "n"
    DENOMINATOR = "d"
    EXCLUDED = "x"
    OUTSIDE = "-"


BEHIND: Mapping[str, frozenset[RollMark]] = {
    "numerator": frozenset({RollMark.NUMERATOR}),
    "denominator": frozenset({RollMark.NUMERATOR, RollMark.DENOMINATOR}),
    "excluded": frozenset({RollMark.EXCLUDED}),
}
"""The parts of a figure as doors name them."""


class Member(NamedTuple):
    """One case: `version` is how long its history was, `keys` its rows, `parts` a letter each."""

    case_id: int
    version: int
    keys: tuple[str | None, ...]
    excluded: str | None
    satisfaction: str | None
    parts: str


class Row(NamedTuple):
    """One line of a table: by what it is broken down, and the line's key."""

    by: str
    key: str | None


@dataclass(slots=True)
class Recount:
    """A figure counted from the roll; `answers` are the satisfactions of those counted."""

    numerator: int = 0
    denominator: int = 0
    excluded: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)

    def credit(self, weights: Mapping[Any, Fraction] | None) -> Fraction:
        """The numerator: cases, or the weights of their answers."""
        if weights is None:
            return Fraction(self.numerator)
        return sum(
            (Fraction(weights.get(answer, 0)) * count for answer, count in self.answers.items()),
            Fraction(0),
        )

    def add(self, member: Member, part: str) -> None:
        """Count one more case, which stands in that part of the figure."""
        if part == RollMark.EXCLUDED:
            self.excluded[member.excluded or ""] += 1
            return
        self.denominator += 1
        self.numerator += part == RollMark.NUMERATOR
        if member.satisfaction:
            self.answers[member.satisfaction] += 1


@dataclass(frozen=True, slots=True)
class CaseRoll:
    """The cases in the order of their registration; columns as `dimensions` and `metrics` say."""

    dimensions: tuple[str, ...]
    metrics: tuple[str, ...]
    members: tuple[Member, ...]

    def behind(
        self, metric: str, part: str, row: Row | None = None, reason: str | None = None
    ) -> list[int]:
        """Ids of the cases in that part of a figure, or of those excluded for one reason.

        Raises ValueError, KeyError for unknown names.
        """
        place, wanted = self.metrics.index(metric), BEHIND[part]
        return [
            one.case_id
            for one in self._of(row)
            if one.parts[place] in wanted and reason in (None, one.excluded)
        ]

    def mark_of(self, case_id: int, metric: str, row: Row | None = None) -> RollMark:
        """Where one case stood in a figure."""
        place = self.metrics.index(metric)
        found = (one.parts[place] for one in self._of(row) if one.case_id == case_id)
        return RollMark(next(found, RollMark.OUTSIDE))

    def recount(self, by: str | None = None) -> dict[tuple[str | None, str], Recount]:
        """Each figure as its cases make it, by the row's key and the metric; of all without `by`.

        Figures without a case are absent.
        """
        found: dict[tuple[str | None, str], Recount] = defaultdict(Recount)
        column = None if by is None else self.dimensions.index(by)
        for one in self.members:
            key = None if column is None else one.keys[column]
            for metric, part in zip(self.metrics, one.parts, strict=True):
                if part != RollMark.OUTSIDE:
                    found[key, metric].add(one, part)
        return found

    def _of(self, row: Row | None) -> Iterator[Member]:
        if row is None:
            yield from self.members
            return
        column = self.dimensions.index(row.by)
        yield from (one for one in self.members if one.keys[column] == row.key)

    def as_json(self) -> dict[str, Any]:
        """Plain values that JSON can hold."""
        return {
            "dimensions": list(self.dimensions),
            "metrics": list(self.metrics),
            "cases": [[*one[:2], list(one.keys), *one[3:]] for one in self.members],
        }

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "CaseRoll":
        """The roll as it was."""
        members = (
            Member(case_id, version, tuple(keys), excluded, satisfaction, parts)
            for case_id, version, keys, excluded, satisfaction, parts in plain["cases"]
        )
        return cls(tuple(plain["dimensions"]), tuple(plain["metrics"]), tuple(members))
