"""Metrics of a window as a report holds them, with what they were before."""

from collections.abc import Mapping, Sequence

from casetracker.domain.rates import Profile, Rate
from casetracker.domain.reports.facts import Figure
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.domain.reports.wording import base_words
from casetracker.domain.vocabulary import Aggregation
from casetracker.stats.pooling import SCORE
from casetracker.stats.published import Told

Rates = Mapping[str, Rate]
RECEIVED = "received"


def figures_of(
    profile: Profile,
    now: Rates,
    previous: Rates | None = None,
    last_year: Rates | None = None,
    codes: Sequence[str] | None = None,
) -> tuple[Figure, ...]:
    """The metrics in the profile's order, all but the plain count; or those of `codes`."""
    wanted = codes or [code for code in now if code != RECEIVED]
    return tuple(_figure(profile, code, now, previous, last_year) for code in wanted if code in now)


def _figure(
    profile: Profile, code: str, now: Rates, previous: Rates | None, last_year: Rates | None
) -> Figure:
    rate = now[code]
    return Figure(
        code,
        "综合成绩" if code == SCORE else profile.metric(code).name_zh,
        _value(rate),
        float(rate.numerator),
        rate.denominator,
        sum(rate.excluded.values()),
        _value_then(previous, code),
        _value_then(last_year, code),
        profile.decimals,
    )


def _value_then(rates: Rates | None, code: str) -> float | None:
    """None also where the definitions of that time had no such figure."""
    return _value(rates[code]) if rates and code in rates else None


def profile_words(profile: Profile) -> str:
    """The profile's name, with what its totals are where they are not the cases together."""
    if profile.aggregation is Aggregation.POOLED:
        return profile.name_zh
    return f"{profile.name_zh}，合计取各承办单位率的算术平均"


def base_words_of(period: ReportPeriod, previous: Told, last_year: Told) -> str:
    """What 环比 and 同比 rest on; nothing of weeks and days, which are always counted now."""
    return base_words(previous.basis, last_year.basis) if period.span is Span.MONTH else ""


def count_of(rates: Rates) -> int:
    """What was received."""
    return int(rates[RECEIVED].numerator)


def _value(rate: Rate) -> float | None:
    return None if rate.value is None else float(rate.value)
