"""Which instants a month of a profile covers, and the months it is compared with.

Months are written `YYYY-MM`; instants are aware, in Asia/Shanghai, the end not included.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from casetracker.domain.errors import InvalidInput
from casetracker.domain.rates.metric import Profile

SHANGHAI = ZoneInfo("Asia/Shanghai")
Window = tuple[datetime, datetime]

_MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def period_of(profile: Profile, month: str) -> Window:
    """Start (included) and end (not included) of a whole month.

    A profile that starts on the 19th counts 2026-03 from 19 February to 18 March.
    Raises InvalidInput for anything but `YYYY-MM`.
    """
    year, number = _split(month)
    day = profile.month_start_day
    first = number if day == 1 else number - 1
    return _midnight(year, first, day), _midnight(year, first + 1, day)


def period_so_far(profile: Profile, month: str, as_of: datetime) -> Window:
    """The part of a month that figures read at `as_of` cover; the whole month once it is over.

    Only a daily cut-off shortens a running month: without one it holds what falls due later in it.
    """
    start, end = period_of(profile, month)
    if profile.cut_off_hour is None:
        return start, end
    return start, max(start, min(end, _last_cut_off(profile.cut_off_hour, as_of)))


def month_of(profile: Profile, instant: datetime) -> str:
    """The month of the profile, `YYYY-MM`, in which the instant lies."""
    day = instant.astimezone(SHANGHAI)
    is_ahead = profile.month_start_day != 1 and day.day >= profile.month_start_day
    number = day.year * 12 + day.month - 1 + is_ahead
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def whole_month(profile: Profile, window: Window) -> str | None:
    """The month that the window is; None where it is not a whole one."""
    month = month_of(profile, window[0])
    return month if period_of(profile, month) == window else None


def previous_month(month: str) -> str:
    """The month that 环比 compares with."""
    year, number = _split(month)
    return f"{year - 1:04d}-12" if number == 1 else f"{year:04d}-{number - 1:02d}"


def following_month(month: str) -> str:
    """The one after it."""
    year, number = _split(month)
    return f"{year + 1:04d}-01" if number == 12 else f"{year:04d}-{number + 1:02d}"


def same_month_last_year(month: str) -> str:
    """The month that 同比 compares with."""
    year, number = _split(month)
    return f"{year - 1:04d}-{number:02d}"


def _split(month: str) -> tuple[int, int]:
    found = _MONTH.fullmatch(month)
    # One year of room on both sides: a period may begin in the year before.
    if found is None or not 2 <= int(found[1]) <= 9997:
        raise InvalidInput({"month": "bad_month"})
    return int(found[1]), int(found[2])


def _midnight(year: int, number: int, day: int) -> datetime:
    """Start of a day; month 0 is the December before, month 13 the January after."""
    years, index = divmod(number - 1, 12)
    return datetime(year + years, index + 1, day, tzinfo=SHANGHAI)


def _last_cut_off(hour: int, as_of: datetime) -> datetime:
    local = as_of.astimezone(SHANGHAI)
    cut = local.replace(hour=hour, minute=0, second=0, microsecond=0)
    return cut if cut <= local else cut - timedelta(days=1)
