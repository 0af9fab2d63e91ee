"""Dates and headings as official papers write them.

Source: GB/T 9704-2012 §7.3.3 (层次序数), §7.3.5.4 (成文日期).
"""

from datetime import date, datetime

_DIGITS = "零一二三四五六七八九"


def written_day(day: date) -> str:
    """`2026年3月2日`, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def written_moment(moment: datetime) -> str:
    """`2026年3月2日14时05分`; the wall clock that `moment` shows."""
    return f"{written_day(moment.date())}{moment.hour}时{moment.minute:02d}分"


def chinese_count(number: int) -> str:
    """1 to 99 in Chinese digits. Raises ValueError beyond."""
    if not 1 <= number <= 99:
        raise ValueError(f"no heading {number}")
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_DIGITS[tens]}十")
    return head + (_DIGITS[ones] if ones else "")


def heading_text(sequence: int, text: str) -> str:
    """`一、查明的事实`."""
    return f"{chinese_count(sequence)}、{text}"
