"""Reading a published notice of holidays: as JSON, as a table, or as the text of the notice."""

import csv
import io
import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from chinese_calendar.constants import holidays, workdays

from casetracker.domain.errors import InvalidInput
from casetracker.domain.text import clean_text
from casetracker.services.office.notice_words import ITEM, NoticeDay, item_days

_TITLE = re.compile(r"国务院办公厅关于\s*(\d{4})\s*年部分节假日安排的通知")
_OFF = {"0": False, "1": True, "休": False, "班": True, "放假": False, "上班": True}
NAME, SOURCE = 40, 200
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
    elif ITEM.search(text):
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
                _plain(row.get("name"), NAME),
            )
            for row in body["days"]
        )
        year, source = int(body["year"]), _plain(body.get("source"), SOURCE)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise InvalidInput({"FILE": "bad_notice"}) from None
    return Notice(year, source or title_of(year), days)


def _from_table(text: str, year: int | None) -> Notice:
    days = []
    try:
        for row in csv.reader(io.StringIO(text)):
            if not row or not row[0][:1].isdigit():
                continue
            name = _plain(row[2] if len(row) > 2 else "", NAME)
            days.append(NoticeDay(_iso(row[0]), _OFF[row[1].strip()], name))
        year = year or max(row.day.year for row in days)
    except (ValueError, KeyError, IndexError, csv.Error):
        raise InvalidInput({"FILE": "bad_notice"}) from None
    return Notice(year, title_of(year), tuple(days))


def _plain(text: Any, most: int) -> str:
    """One short line, as the database keeps it. Raises BadText, a ValueError."""
    return clean_text(str(text or ""), max_length=most, multiline=False)


def _iso(text: str) -> date:
    year, month, day = re.split(r"[-/.]", text.strip())
    return date(int(year), int(month), int(day))


def _from_words(text: str, year: int | None) -> Notice:
    title = _TITLE.search(text)
    of_year = year or (int(title[1]) if title else None)
    if of_year is None:
        raise InvalidInput({"FILE": "notice_without_year"})
    days: dict[date, NoticeDay] = {}
    try:
        for name, words in ITEM.findall(text):
            for row in item_days(name.strip(), words, of_year):
                days[row.day] = row
    except ValueError:
        raise InvalidInput({"FILE": "bad_notice"}) from None
    source = title[0] if title else title_of(of_year)
    return Notice(of_year, source, tuple(sorted(days.values(), key=lambda row: row.day)))


def _check(notice: Notice) -> None:
    """A whole year of plausible days: a few weeks of rest, make-up days on weekends only."""
    off = sum(not row.is_workday for row in notice.days)
    twice = len({row.day for row in notice.days}) != len(notice.days)
    stray = [row.day for row in notice.days if not notice.year - 1 <= row.day.year <= notice.year]
    weekday = [row.day for row in notice.days if row.is_workday and row.day.weekday() < 5]
    if not 2000 <= notice.year <= 2100 or twice or stray or weekday or not 11 <= off <= 45:
        raise InvalidInput({"FILE": "implausible_notice"})
