"""Cases as the rates see them, and figures over them, for tests of statistics."""

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from casetracker.domain.rates import (
    PROFILES,
    WUHAN_DEFAULT,
    CountedCase,
    Profile,
    Rate,
    evaluate,
    period_of,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
CODES = {
    "received",
    "sign_on_time",
    "response",
    "completion",
    "completion_on_time",
    "resolution",
    "satisfaction",
    "answer",
    "redo",
    "return",
    "return_granted",
    "repeat",
    "overdue",
}
HOTLINE_PROFILES = [profile for profile in PROFILES.values() if profile.track == "hotline"]
AS_READ = datetime(2026, 4, 3, 9, 0, tzinfo=SHANGHAI)


def at(day: int, hour: int = 10, month: int = 3) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def case(**facts: Any) -> CountedCase:
    return CountedCase(**{"received_at": at(2), **facts})


def closed(**facts: Any) -> CountedCase:
    """A case closed in March whose resident could be asked."""
    return case(
        **{"state": "closed", "replied_at": at(9), "closed_at": at(10), "surveyable": True, **facts}
    )


def surveyed(satisfaction: str | None, **facts: Any) -> CountedCase:
    return closed(callback_valid=True, satisfaction=satisfaction, **facts)


def figure(
    code: str,
    cases: Iterable[Any],
    *,
    profile: Profile = WUHAN_DEFAULT,
    month: str = "2026-03",
    as_of: datetime = AS_READ,
) -> Rate:
    window = period_of(profile, month)
    return evaluate(profile.metric(code), profile, cases, window=window, as_of=as_of)


def fraction_of(rate: Rate) -> tuple[Fraction, int | None]:
    return rate.numerator, rate.denominator


def survey_of_90() -> list[CountedCase]:
    """100 closed cases: 50 满意, 20 基本满意, 5 一般, 15 不满意, 10 without an answer."""
    answers = ["satisfied"] * 50 + ["basically"] * 20 + ["fair"] * 5 + ["dissatisfied"] * 15
    return [surveyed(answer) for answer in answers] + [closed() for _ in range(10)]
