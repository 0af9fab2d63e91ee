"""A comparison in words: what a page shows, and what a correction keeps and prints.

Instants are aware; no person of a case is named, only who took a step. Source:
docs/rules/rates.md 10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from casetracker.domain.reports.wording import NOTHING, number_words, percent_of


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure before and after; `row` is None for the whole street, else one `of` its table.

    `code`, `part` and `among` name the list of its cases; empty where there is none.
    """

    row: str | None
    metric: str
    before: str
    after: str
    of: str = "承办单位"
    code: str = ""
    part: str = ""
    among: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of the history that may have moved a case."""

    at: datetime
    who: str
    what: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """A case that came in, went out or changed, and the steps since."""

    case_id: int
    number: str
    changes: tuple[str, ...]
    steps: tuple[StepLine, ...]


@dataclass(frozen=True, slots=True)
class ProfileChanges:
    """What moved under one profile; `cases` may hold the first of `case_count` only."""

    profile: str
    name: str
    version: str
    figures: tuple[FigureLine, ...]
    cases: tuple[CaseLine, ...]
    case_count: int

    @property
    def is_empty(self) -> bool:
        return not (self.figures or self.cases)

    @property
    def totals(self) -> tuple[FigureLine, ...]:
        return tuple(line for line in self.figures if line.row is None)

    @property
    def tables(self) -> Mapping[str, Sequence[FigureLine]]:
        """The rows that changed, by what the rows are: units first."""
        found: dict[str, list[FigureLine]] = {}
        for line in self.figures:
            if line.row is not None:
                found.setdefault(line.of, []).append(line)
        return found


@dataclass(frozen=True, slots=True)
class MonthChanges:
    """A month at `as_of` against what was kept `since`, by the correction of that number or, at 0,
    as it was frozen."""

    month: str
    number: int
    since: datetime
    as_of: datetime
    profiles: tuple[ProfileChanges, ...]

    @property
    def is_empty(self) -> bool:
        return all(one.is_empty for one in self.profiles)


def rate_in_words(
    rate: Mapping[str, Any] | None, *, decimals: int = 1, is_score: bool = False
) -> str:
    """`66.7%（2/3，剔除1）`, `12件` for a count, points for a score, a dash where there is none."""
    if rate is None:
        return NOTHING
    left_out = sum(rate["excluded"].values())
    more = f"剔除{left_out}" if left_out else ""
    if rate["denominator"] is None:
        return f"{number_words(rate['numerator'])}件" + (f"（{more}）" if more else "")
    share = percent_of(rate["value"], decimals)
    if is_score:
        return share.rstrip("%")
    fraction = f"{number_words(rate['numerator'])}/{rate['denominator']}"
    return f"{share}（{fraction}{'，' if more else ''}{more}）"
