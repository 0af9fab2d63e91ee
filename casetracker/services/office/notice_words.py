"""The days in the text of a holiday notice, item by item: `一、元旦：1月1日（周五）至3日放假。`"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（[^）]*）|\([^)]*\))?"
_ONE = re.compile(_DAY)
_SPAN = re.compile(f"{_DAY}(?:至|—|-|－){_DAY}")
_MARK = r"^\s*[一二三四五六七八九十]+、"
ITEM = re.compile(rf"{_MARK}([^：:]{{2,12}})[：:](.*?)(?={_MARK}|\Z)", re.MULTILINE | re.DOTALL)
_OFF_WORDS = ("放假", "补休", "休息")


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day on which the plain week does not hold."""

    day: date
    is_workday: bool
    name: str = ""


def item_days(name: str, words: str, year: int) -> Iterator[NoticeDay]:
    """Lines may break anywhere; a sentence is either about rest or about days worked."""
    for sentence in re.split("[。；;]", re.sub(r"\s", "", words)):
        if any(word in sentence for word in _OFF_WORDS):
            yield from (NoticeDay(day, False, name) for day in _days_off(sentence, year))
        elif "上班" in sentence:
            yield from (NoticeDay(day, True) for day in _single_days(sentence, year))


def _days_off(sentence: str, year: int) -> Iterator[date]:
    """Of `1月1日放假，1月2日（周一）补休` both; of what is no rest nothing."""
    for clause in re.split("[，,]", sentence):
        span = _SPAN.search(clause)
        if span is not None:
            yield from _run(span, year)
        elif any(word in clause for word in _OFF_WORDS):
            yield from _single_days(clause, year)


def _run(span: re.Match[str], year: int) -> Iterator[date]:
    if span[2] is None:
        raise ValueError(span[0])
    first = date(int(span[1] or year), int(span[2]), int(span[3]))
    last = date(int(span[4] or first.year), int(span[5] or first.month), int(span[6]))
    if not 0 <= (last - first).days <= 15:
        raise ValueError(span[0])
    yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _single_days(sentence: str, year: int) -> Iterator[date]:
    month = None
    for found in _ONE.findall(sentence):
        month = int(found[1]) if found[1] else month
        if month is None:
            raise ValueError(sentence)
        yield date(int(found[0] or year), month, int(found[2]))
