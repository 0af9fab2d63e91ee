"""Checks one row of the mapping `messages` and makes an imported case of it.

A message with a reply becomes a case that the receiving unit answered and closed with the answer;
one without waits for dispatch. The kind of a message is not told: it is 其他.
Source: docs/imports.md.
"""

import hashlib
from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any

from casetracker.domain.days import local, local_date
from casetracker.domain.vocabulary import Channel, Kind, Result, UnitKind
from casetracker.labels.refusals import problem_text
from casetracker.persistence.queries.reference import Reference
from casetracker.services.imports.cells import BadCell, instant_of, plain, text_of, whole_of
from casetracker.services.imports.fields_of_messages import (
    COLUMNS,
    DISLIKES,
    LIKES,
    NUMBER,
    REPLIED_AT,
    REPLY,
    SUBJECT,
    TEXT,
    TOLD,
    TOPIC,
    USER,
    WRITTEN_AT,
)
from casetracker.services.imports.imported import BadRow, ImportedCase
from casetracker.services.imports.reading import Cell
from casetracker.services.receiving.intake import title_from

LINE, PROSE, MOST_LIKES = 200, 20_000, 100_000_000
KEY_DIGITS = 20

READERS: Mapping[str, Callable[[Cell], Any]] = {
    NUMBER: lambda cell: text_of(cell, longest=60, multiline=False),
    USER: lambda cell: text_of(cell, longest=LINE, multiline=False),
    SUBJECT: lambda cell: text_of(cell, longest=LINE, multiline=False),
    WRITTEN_AT: instant_of,
    TEXT: lambda cell: text_of(cell, longest=PROSE, multiline=True),
    TOPIC: lambda cell: text_of(cell, longest=LINE, multiline=False),
    REPLY: lambda cell: text_of(cell, longest=PROSE, multiline=True),
    REPLIED_AT: instant_of,
    LIKES: lambda cell: whole_of(cell, low=0, high=MOST_LIKES),
    DISLIKES: lambda cell: whole_of(cell, low=0, high=MOST_LIKES),
}


def message_case(
    ref: Reference, now: datetime, number: int, cells: Mapping[str, Cell]
) -> ImportedCase:
    """The case that a message tells. Raises BadRow with every problem of the row."""
    values, problems = _read(cells)
    _check(values, problems, now)
    if problems:
        raise BadRow([(name, problems[name]) for name in COLUMNS if name in problems])
    answered = values[REPLY] is not None
    replied_at = values[REPLIED_AT] if answered else None
    text = values[TEXT] or values[SUBJECT]
    topic = ref.category_named(values[TOPIC]) if values[TOPIC] else None
    return ImportedCase(
        row=number,
        key=message_key(values[NUMBER], f"{values[SUBJECT]}\n{text}"),
        told="\x1f".join(f"{name}={values[name]}" for name in TOLD if values[name] is not None),
        external_number=values[NUMBER],
        channel=Channel.MESSAGE_BOARD,
        kind=Kind.OTHER,
        category_id=topic.id if topic else None,
        title=values[SUBJECT] or title_from(text),
        content=text,
        name=values[USER],
        received_at=values[WRITTEN_AT],
        lead_unit_id=receiving_unit(ref),
        replied_at=replied_at,
        closed_at=replied_at,
        result=Result.EXPLAINED if answered else None,
        reply_text=values[REPLY],
        facts={
            "topic": None if topic else values[TOPIC],
            "likes": values[LIKES],
            "dislikes": values[DISLIKES],
        },
    )


def message_key(number: str, text: str) -> str:
    """Numbers are used again for other texts, so the text belongs to the key."""
    digest = hashlib.sha256("".join(text.split()).encode()).hexdigest()
    return f"{number}#{digest[:KEY_DIGITS]}"


def receiving_unit(ref: Reference) -> int | None:
    """The street itself, where there is just one."""
    streets = [unit.id for unit in ref.units.values() if unit.kind is UnitKind.STREET]
    return streets[0] if len(streets) == 1 else None


def _read(cells: Mapping[str, Cell]) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for name, reader in READERS.items():
        values[name] = None
        try:
            values[name] = reader(_tidy(cells.get(name)))
        except BadCell as bad:
            problems[name] = str(bad)
    return values, problems


def _tidy(cell: Cell) -> Cell:
    """Boards indent every line with tabs; blank lines and indents say nothing."""
    if not isinstance(cell, str):
        return cell
    lines = (" ".join(line.split()) for line in plain(cell).splitlines())
    return "\n".join(line for line in lines if line)


def _check(values: dict[str, Any], problems: dict[str, str], now: datetime) -> None:
    for name in (NUMBER, WRITTEN_AT):
        if values[name] is None:
            problems.setdefault(name, problem_text("required"))
    if values[TEXT] is None and values[SUBJECT] is None:
        problems.setdefault(TEXT, problem_text("required"))
    written, replied = values[WRITTEN_AT], _replied_at(values)
    values[REPLIED_AT] = replied
    if written and written > now:
        problems.setdefault(WRITTEN_AT, f"留言时间{problem_text('in_the_future')}")
    if replied and replied > now:
        problems.setdefault(REPLIED_AT, f"答复时间{problem_text('in_the_future')}")
    if values[REPLY] and replied is None:
        problems.setdefault(REPLIED_AT, "有答复意见而没有答复时间")
    if written and replied and replied < written:
        problems.setdefault(REPLIED_AT, "答复时间早于留言时间，请核对")


def _replied_at(values: dict[str, Any]) -> datetime | None:
    """A reply given with its date alone, on the day of the message, did not come before it."""
    written, replied = values[WRITTEN_AT], values[REPLIED_AT]
    if written is None or replied is None:
        return replied
    is_date_alone = local(replied).time() == time(0)
    same_day = local_date(written) == local_date(replied)
    return written if is_date_alone and same_day else replied
