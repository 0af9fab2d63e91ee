"""Reading a published notice of holidays: as JSON, as a table, or as the text of the notice."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from chinese_calendar.constants import holidays, workdays

from casetracker.domain.errors import InvalidInput

_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:（[^）]*）|\([^)]*\))?"
_ONE = re.compile(_DAY)
_SPAN = re.compile(f"{_DAY}(?:至|—|-|－){_DAY}")
_MARK = r"^\s*[一二三四五六七八九十]+、"
_ITEM = re.compile(rf"{_MARK}([^：:]{{2,12}})[：:](.*?)(?={_MARK}|\Z)", re.MULTILINE | re.DOTALL)
_TITLE = re.compile(r"国务院办公厅关于\s*(\d{4})\s*年部分节假日安排的通知")
_OFF = {"0": False, "1": True, "休": False, "班": True, "放假": False, "上班": True}
OFF_WORDS = ("放假", "补休", "休息")
NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利纪念日",
}


@dataclass(frozen=True, slots=True)
class NoticeDay:
    """A day on which the plain week does not hold."""

    day: date
    is_workday: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """One year as published, with the title of the document."""

    year: int
    source: str
    days: tuple[NoticeDay, ...]


def title_of(year: int) -> str:
    """The title under which the State Council's office publishes a year."""
    return f"国务院办公厅关于{year}年部分节假日安排的通知"


def shipped_notice(year: int) -> Notice | None:
    """The notice that ships with the product; None for a year that was not published by then."""
    off = [NoticeDay(day, False, NAMES[name]) for day, name in holidays.items() if day.year == year]
    if not off:
        return None
    on = [NoticeDay(day, True) for day in workdays if day.year == year]
    return Notice(year, title_of(year), tuple(sorted([*off, *on], key=lambda row: row.day)))


def read_notice(text: str, year: int | None = None) -> Notice:
    """A notice from the text of a file. Raises InvalidInput naming what is wrong.

    JSON `{year, source, days: [{date, is_workday, name}]}` (or `isOffDay` instead), a table
    `date,is_workday,name`, or the official text with its 一、元旦：… lines.
    """
    if text.lstrip().startswith("{"):
        notice = _from_json(text)
    elif _ITEM.search(text):
        notice = _from_words(text, year)
    else:
        notice = _from_table(text, year)
    _check(notice)
    return notice


def _from_json(text: str) -> Notice:
    try:
        body: dict[str, Any] = json.loads(text)
        days = tuple(
            NoticeDay(
                date.fromisoformat(row["date"]),
                bool(row["is_workday"]) if "is_workday" in row else not row["isOffDay"],
                str(row.get("name") or ""),
            )
            for row in body["days"]
        )
        year = int(body["year"])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidInput({"FILE": "bad_notice"}) from None
    return Notice(year, str(body.get("source") or title_of(year)), days)


def _from_table(text: str, year: int | None) -> Notice:
    days = []
    try:
        for row in csv.reader(io.StringIO(text)):
            if not row or not row[0][:1].isdigit():
                continue
            name = row[2].strip() if len(row) > 2 else ""
            days.append(NoticeDay(_iso(row[0]), _OFF[row[1].strip()], name))
        year = year or max(row.day.year for row in days)
    except (ValueError, KeyError, IndexError, csv.Error):
        raise InvalidInput({"FILE": "bad_notice"}) from None
    return Notice(year, title_of(year), tuple(days))


def _iso(text: str) -> date:
    year, month, day = re.split(r"[-/.]", text.strip())
    return date(int(year), int(month), int(day))


def _from_words(text: str, year: int | None) -> Notice:
    title = _TITLE.search(text)
    if title is None and year is None:
        raise InvalidInput({"FILE": "notice_without_year"})
    of_year = year or int(title[1])  # type: ignore[index]
    days: dict[date, NoticeDay] = {}
    try:
        for name, words in _ITEM.findall(text):
            for row in _item_days(name.strip(), words, of_year):
                days[row.day] = row
    except ValueError:
        raise InvalidInput({"FILE": "bad_notice"}) from None
    source = title[0] if title else title_of(of_year)
    return Notice(of_year, source, tuple(sorted(days.values(), key=lambda row: row.day)))


def _item_days(name: str, words: str, year: int) -> Iterator[NoticeDay]:
    """Lines may break anywhere; a sentence is either about rest or about days worked."""
    for sentence in re.split("[。；;]", re.sub(r"\s", "", words)):
        if any(word in sentence for word in OFF_WORDS):
            yield from (NoticeDay(day, False, name) for day in _days_off(sentence, year))
        elif "上班" in sentence:
            yield from (NoticeDay(day, True) for day in _single_days(sentence, year))


def _days_off(sentence: str, year: int) -> Iterator[date]:
    """Of `1月1日放假，1月2日（周一）补休` both; of what is no rest nothing."""
    for clause in re.split("[，,]", sentence):
        span = _SPAN.search(clause)
        if span is not None:
            yield from _run(span, year)
        elif any(word in clause for word in OFF_WORDS):
            yield from _single_days(clause, year)


def _run(span: re.Match[str], year: int) -> Iterator[date]:
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


def _check(notice: Notice) -> None:
    """A whole year of plausible days: a few weeks of rest, make-up days on weekends only."""
    off = sum(not row.is_workday for row in notice.days)
    twice = len({row.day for row in notice.days}) != len(notice.days)
    stray = [row.day for row in notice.days if not notice.year - 1 <= row.day.year <= notice.year]
    weekday = [row.day for row in notice.days if row.is_workday and row.day.weekday() < 5]
    if not 2000 <= notice.year <= 2100 or twice or stray or weekday or not 11 <= off <= 45:
        raise InvalidInput({"FILE": "implausible_notice"})
