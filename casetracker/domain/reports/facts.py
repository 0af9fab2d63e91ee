"""Everything that a 通报 says, as plain values: what is frozen with a month prints the same again.

Instants are aware, days Shanghai dates, shares fractions 0 to 1. No names of persons: examples and
lists carry numbers, masked titles and units. Source: docs/rules/reports.md 3.
"""

from dataclasses import dataclass
from datetime import date, datetime

from casetracker.domain.reports.periods import Span
from casetracker.domain.vocabulary import Basis


@dataclass(frozen=True, slots=True)
class Compared:
    """A count now, in the period before (环比) and in the same one a year before (同比)."""

    now: int
    previous: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a breakdown, with what it was in the period before.

    `among` names it in the address of its cases; None where nothing lists exactly those.
    """

    name: str
    now: int
    previous: int = 0
    among: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric with n/d; `previous` and `last_year` are its values then, None for no value.

    `decimals` are those of its percentage.
    """

    code: str
    name: str
    value: float | None
    numerator: float
    denominator: int | None
    excluded: int
    previous: float | None = None
    last_year: float | None = None
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Volume:
    """What came in: by channel and by kind it adds up to `received`; `invalid` are 不受理、撤诉."""

    received: Compared
    persons: int
    excluded: int
    invalid: int
    channels: tuple[Part, ...]
    kinds: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Times:
    """Working days from registration to the first reply, over the cases answered."""

    answered: int
    average: str | None
    slow: int | None


@dataclass(frozen=True, slots=True)
class Handled:
    """How it was handled; 挂账 granted in the period and standing at the moment of reading."""

    metrics: tuple[Figure, ...]
    held: int
    on_hold: int
    times: Times

    def figure(self, code: str) -> Figure | None:
        """The metric of that code; None where the profile has none."""
        return next((one for one in self.metrics if one.code == code), None)


@dataclass(frozen=True, slots=True)
class Rising:
    """A topic that rose: its count in the seven days up to `until`, and the mean of four weeks.

    `among` names it in the address of its cases, None in what was kept before it was told.
    """

    name: str
    until: date
    count: int
    mean: float
    among: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Topics:
    """What people spoke of and where; `upper` are first-level categories, `lower` second-level."""

    upper: tuple[Part, ...]
    lower: tuple[Part, ...]
    places: tuple[Part, ...]
    rising: tuple[Rising, ...]
    repeated: int
    collective: int
    threats: int


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit; `rank` is None where its denominator is too small, or nothing is to be ranked."""

    name: str
    rank: int | None
    previous_rank: int | None
    received: int
    figures: tuple[Figure, ...]
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitGroup:
    """Units that are compared with each other alone."""

    name: str
    lines: tuple[UnitLine, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A case worth telling, masked."""

    is_good: bool
    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """Petitions of one form (来信、来访、网信 …) in 件次 and 人次; `among` as of a `Part`."""

    name: str
    cases: int
    persons: int
    among: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Petitions:
    """The petition office's part, under its own profile."""

    profile: str
    profile_code: str
    version: str
    received: Compared
    persons: int
    again: int
    collective: int
    collective_persons: int
    forms: tuple[Form, ...]
    metrics: tuple[Figure, ...]
    old_listed: int
    old_struck: int
    old_left: int
    sessions: int
    matters: int
    letters: int
    visits: int
    visitors: int
    base_words: str = ""
    excluded: int = 0  # of what came in; months that were frozen earlier do not know it
    whole_days: tuple[date, date] | None = None

    def figure(self, code: str) -> Figure | None:
        """The metric of that code; None where the profile has none."""
        return next((one for one in self.metrics if one.code == code), None)


@dataclass(frozen=True, slots=True)
class SettledLine:
    """Where the matters of one community were settled, or of all (docs/rules/settlement.md).

    `among` as of a `Part`.
    """

    name: str
    community: int
    street: int
    handed_on: int
    open: int
    not_taken: int
    among: dict[str, str] | None = None

    @property
    def settled(self) -> int:
        """The denominator of both shares."""
        return self.community + self.street + self.handed_on


@dataclass(frozen=True, slots=True)
class Safety:
    """Patrols of the period (docs/rules/patrol.md 5); `late` at the moment of reading."""

    inspections: Compared
    found: Compared
    major: int
    rectified: int
    to_date: int
    late: int


@dataclass(frozen=True, slots=True)
class Grassroots:
    """What the communities settle and what patrols find; `safety` None where nobody patrols."""

    lines: tuple[SettledLine, ...]
    total: SettledLine
    safety: Safety | None


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of the annex: its columns with their widths, and rows of text."""

    columns: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of the trend: its rates by metric code, its key, by whose definitions, and
    whether it was published.

    What was kept before it had a key or a basis leads nowhere.
    """

    name: str
    received: int
    rates: dict[str, float | None]
    key: str = ""
    profile: str = ""
    basis: Basis = Basis.LIVE


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign in a unit's figures that somebody looked at and chose to report, with their words.

    The codes name it in the address of its cases; what was kept early has none.
    """

    name: str
    unit: str
    found: int
    counted: int
    note: str
    code: str = ""
    unit_code: str = ""


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One whole report as it stood at `as_of`; `first` and `last` are the days it covers.

    `whole_days` are what registers are counted in, None where the window begins within a day.
    `compared_words` say what it is compared with, and where other definitions counted that.
    `basis` is `frozen` for those of a frozen month; `previous_profile` counted the period before,
    `previous_basis` says whether that was published.
    """

    street: str
    span: Span
    key: str
    name: str
    short: str
    first: date
    last: date
    profile: str
    profile_name: str
    version: str
    as_of: datetime
    is_running: bool
    answer_by: date
    volume: Volume
    handled: Handled
    topics: Topics
    rank_words: str
    groups: tuple[UnitGroup, ...]
    examples: tuple[Example, ...]
    petitions: Petitions
    overdue: Listed
    repeats: Listed
    orders: Listed
    trend: tuple[TrendPoint, ...]
    grassroots: Grassroots | None = None
    signs: tuple[Sign, ...] = ()
    compared_words: str = ""
    basis: Basis = Basis.LIVE
    previous_profile: str = ""
    previous_basis: Basis = Basis.LIVE
    whole_days: tuple[date, date] | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """What a person wrote for a report, kept with its period; None leaves the generated words."""

    number: str | None = None
    examples: str | None = None
    problems: str | None = None
    demands: str | None = None
