"""Where the figures of reports lead: the pages of the desk that list exactly their cases.

Source: docs/rules/reports.md 1(6).
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from urllib.parse import urlencode

from casetracker.domain.papers.content import Linked
from casetracker.domain.reports.facts import (
    Figure,
    Part,
    ReportFacts,
    Rising,
    Sign,
    TrendPoint,
    UnitLine,
)
from casetracker.domain.reports.figure_periods import Days as DaysPeriod
from casetracker.domain.reports.periods import ReportPeriod
from casetracker.domain.reports.registers import Days, register
from casetracker.domain.vocabulary import Basis, Settlement

FIGURES, SIGNS = "/ops/statistics/cases", "/ops/statistics/honesty"
CASES = "/ops/cases"
RECEIVED, SCORE = "received", "score"
NUMERATOR, DENOMINATOR, EXCLUDED = "numerator", "denominator", "excluded"
PARTS = (NUMERATOR, DENOMINATOR, EXCLUDED)

Among = Mapping[str, str]
"""A row of a breakdown as addresses name it; empty for all cases."""
ALL: Among = {}


def behind(
    facts: ReportFacts, metric: str, part: str, among: Among | None = ALL, profile: str = ""
) -> str | None:
    """The cases in that part of a figure; None where no page lists exactly those.

    The list that is kept with a frozen month knows the rows of its tables alone.
    """
    if among is None or metric == SCORE:
        return None
    if facts.basis == Basis.FROZEN and among and "by" not in among:
        return None
    return figure_address(facts.key, profile or facts.profile, facts.basis, metric, part, among)


def counted(facts: ReportFacts, figure: str, profile: str = "") -> str | None:
    """The cases of a figure that is no metric (`stats.report_figures`); none of a frozen month."""
    return None if facts.basis == Basis.FROZEN else behind(facts, figure, NUMERATOR, ALL, profile)


def risen(facts: ReportFacts, topic: Rising) -> str | None:
    """The cases of the seven days in which a topic was strongest."""
    if facts.basis == Basis.FROZEN or topic.among is None:
        return None
    days = DaysPeriod(topic.until - timedelta(days=6), topic.until).key
    return figure_address(days, facts.profile, Basis.LIVE, RECEIVED, NUMERATOR, topic.among)


def of_sign(facts: ReportFacts, sign: Sign) -> str | None:
    """The cases that show the sign; a frozen month keeps none."""
    if facts.basis == Basis.FROZEN or not sign.code:
        return None
    return f"{SIGNS}/{sign.code}?{urlencode({'month': facts.key, 'unit': sign.unit_code})}"


def in_register(facts: ReportFacts, name: str, days: Days | None) -> str | None:
    """The rows of a register behind a count; a frozen month keeps none."""
    return None if facts.basis == Basis.FROZEN else register(name, days)


def before(facts: ReportFacts, among: Among | None) -> str | None:
    """What was received of a row in the period before; a frozen month printed what stood then.

    Where a month before was published, its kept list knows no topic with those below it; kinds and
    places are no rows of its tables, and are counted now.
    """
    if facts.basis == Basis.FROZEN or among is None:
        return None
    is_published = facts.previous_basis != Basis.LIVE
    if not facts.previous_profile or (is_published and "topic" in among):
        return None
    period = ReportPeriod(facts.span, facts.key).previous().key
    basis = Basis.LIVE if among and "by" not in among else facts.previous_basis
    return figure_address(period, facts.previous_profile, basis, RECEIVED, NUMERATOR, among)


def at_point(facts: ReportFacts, point: TrendPoint, metric: str, part: str) -> str | None:
    """The same for a period of the trend; a frozen month leads to its own list alone."""
    if point.key == facts.key:
        return behind(facts, metric, part)
    if facts.basis == Basis.FROZEN or not point.key:
        return None
    return figure_address(point.key, point.profile, point.basis, metric, part, ALL)


def figure_address(
    period: str, profile: str, basis: str, metric: str, part: str, among: Among
) -> str:
    """The page that lists the cases in a part of any figure of a period, live or frozen."""
    asked = {"period": period, "profile": profile, "basis": basis, "metric": metric, "part": part}
    return f"{FIGURES}?{urlencode({**asked, **among})}"


def settled_address(period: str, profile: str, where: Iterable[Settlement], among: Among) -> str:
    """What was received and settled there; see docs/rules/settlement.md."""
    asked = {"settled": ",".join(where), **among}
    return figure_address(period, profile, Basis.LIVE, RECEIVED, NUMERATOR, asked)


def received(facts: ReportFacts, words: str, among: Among | None = ALL) -> Linked:
    """A count of what was received."""
    return Linked(words, behind(facts, RECEIVED, NUMERATOR, among))


def whole_figure(
    facts: ReportFacts, figure: Figure, words: str, among: Among | None = ALL, profile: str = ""
) -> Linked:
    """A fraction: the cases of its denominator, each with its part."""
    return Linked(words, behind(facts, figure.code, DENOMINATOR, among, profile))


def left_out(facts: ReportFacts, figure: Figure, profile: str = "") -> Linked:
    """How many were excluded, which leads to them where there are some."""
    to = behind(facts, figure.code, EXCLUDED, profile=profile) if figure.excluded else None
    return Linked(str(figure.excluded), to)


def of_unit(line: UnitLine) -> Among | None:
    """The row of a unit; None where a month was frozen before its code was kept."""
    return {"by": "unit", "key": line.code} if line.code else None


def parts(facts: ReportFacts, of: Iterable[Part]) -> Iterator[Linked]:
    """The parts of a breakdown as a sentence names them."""
    return (received(facts, f"{one.name}{one.now}件", one.among) for one in of)


def case_link(number: str) -> Linked:
    """A case by its number."""
    return Linked(number, f"{CASES}/{number}" if number else None)
