"""From a form and its values to the content of a paper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from casetracker.domain.papers.content import (
    Block,
    Cell,
    FieldTable,
    Grid,
    Heading,
    PaperContent,
    Paragraph,
    SignLines,
)
from casetracker.domain.papers.forms import PLACE, Fields, PaperField, PaperForm, Part, Shape, Signs
from casetracker.domain.papers.writing import heading_text, written_day, written_moment

Values = Mapping[str, str]
SHORT = 14
"""A value of more characters takes a row of its own in a form."""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Whose paper it is, under which number, of which day. `day` is a Shanghai date."""

    organ: str
    day: date
    number: str | None = None


def compose(
    form: PaperForm, values: Values, letterhead: Letterhead, *, is_draft: bool = False
) -> PaperContent:
    """The paper. Values are as typed; days and moments are written out here.

    Raises ValueError for a day or moment that is none.
    """
    shown = {field.name: _shown(field, values.get(field.name, "")) for field in form.fields}
    blocks = tuple(_numbered(_blocks(form, shown)))
    return PaperContent(
        title=form.title,
        blocks=blocks,
        head=letterhead.organ if form.has_red_head else None,
        number=letterhead.number,
        mark=form.mark,
        addressee=_filled(form.addressee, shown),
        attachments=tuple(_lines(_filled(form.attachments, shown) or "")),
        organ=_organ(form, shown, letterhead),
        day=letterhead.day if form.is_signed else None,
        note=_filled(form.note, shown),
        copies=_filled(form.copies, shown),
        is_draft=is_draft,
    )


def _organ(form: PaperForm, shown: Values, letterhead: Letterhead) -> str | None:
    """An opinion of the organ above is signed by that organ."""
    if not form.is_signed:
        return None
    return shown.get("issuing_organ") or letterhead.organ


def _shown(field: PaperField, value: str) -> str:
    value = value.strip()
    if not value:
        return ""
    if field.shape is Shape.DAY:
        return written_day(date.fromisoformat(value))
    if field.shape is Shape.MOMENT:
        return written_moment(datetime.fromisoformat(value))
    return value


def _filled(text: str | None, shown: Values) -> str | None:
    """The text with its places filled; None where they are all empty."""
    if text is None:
        return None
    names = PLACE.findall(text)
    if names and not any(shown[name] for name in names):
        return None
    return PLACE.sub(lambda place: shown[place[1]], text)


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.split("\n") if line.strip())


def _blocks(form: PaperForm, shown: Values) -> Iterator[Block]:
    for part in form.body:
        yield from _block(form, part, shown)


def _block(form: PaperForm, part: Part, shown: Values) -> Iterator[Block]:
    if isinstance(part, Signs):
        yield SignLines(part.names)
    elif isinstance(part, Fields):
        yield from _table([form.field(name) for name in part.names], shown)
    elif part.startswith("# "):
        yield Heading(part[2:])
    else:
        yield from (Paragraph(line) for line in _lines(_filled(part, shown) or ""))


def _numbered(blocks: Iterator[Block]) -> Iterator[Block]:
    """Headings get their numbers; one that nothing follows is left out."""
    count, waiting = 0, None
    for block in blocks:
        if isinstance(block, Heading):
            waiting = block
            continue
        if waiting is not None:
            count += 1
            yield Heading(heading_text(count, waiting.text), waiting.level)
            waiting = None
        yield block


def _table(fields: list[PaperField], shown: Values) -> Iterator[Block]:
    """Short fields two to a row, long ones alone; a list is a table of its own."""
    rows: list[tuple[Cell, ...]] = []
    half: Cell | None = None
    for field in fields:
        value = shown[field.name]
        if field.shape is Shape.TABLE:
            yield _grid(field, value)
            continue
        cell = Cell(field.label, value)
        if field.shape is Shape.PROSE or len(value) > SHORT:
            rows += [(half,)] if half else []
            rows.append((cell,))
            half = None
        elif half is not None:
            rows.append((half, cell))
            half = None
        else:
            half = cell
    rows += [(half,)] if half else []
    if rows:
        yield FieldTable(tuple(rows))


def _grid(field: PaperField, value: str) -> Grid:
    width = len(field.columns)
    rows = []
    for line in _lines(value):
        cells = [cell.strip() for cell in line.replace("｜", "|").split("|")]
        rows.append(tuple((cells + [""] * width)[:width]))
    return Grid(
        tuple(name for name, _ in field.columns),
        tuple(rows),
        tuple(share for _, share in field.columns),
    )
