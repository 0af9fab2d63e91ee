"""A paper as content: its parts in the order of GB/T 9704-2012 §7, without fonts or pages.

Writers of the gateways floor turn it into DOCX and PDF; nothing here knows either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Linked:
    """Words with the address that they lead to; None for words that lead nowhere."""

    text: str
    to: str | None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; its first line is indented by two characters unless it stands `flush`.

    `links` are words of the text that lead somewhere, in their order.
    """

    text: str
    flush: bool = False
    links: tuple[Linked, ...] = ()

    def pieces(self) -> Iterator[Linked]:
        """The text from its first sign to its last, cut where a link begins or ends."""
        start = place = 0
        for link in self.links:
            found = self.text.index(link.text, place)
            place = found + len(link.text)
            if link.text and link.to is not None:
                yield from _plain(self.text[start:found])
                yield link
                start = place
        yield from _plain(self.text[start:])


def _plain(text: str) -> Iterator[Linked]:
    if text:
        yield Linked(text, None)


@dataclass(frozen=True, slots=True)
class Heading:
    """A numbered heading, its number included: level 1 is 一、, level 2 is （一）."""

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A name and what stands beside it in a form."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class FieldTable:
    """A form: rows of one or two cells; the writer gives a tall row to long values."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A list with a head that is repeated on each page; `widths` are shares of the line."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | Linked, ...], ...]
    widths: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SignLines:
    """Blank lines to sign on, each with what it is for."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Series:
    """One row of values of a chart, None where there is no value; `links` go with the values."""

    name: str
    values: tuple[float | None, ...]
    links: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for comparison or lines for time; its numbers stand in the text or a list as well."""

    title: str
    labels: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str
    is_line: bool = False


def linked(cell: str | Linked) -> Linked:
    """A cell of a list, with or without an address."""
    return cell if isinstance(cell, Linked) else Linked(cell, None)


Block = Paragraph | Heading | FieldTable | Grid | SignLines | Chart


@dataclass(frozen=True, slots=True)
class Annex:
    """What is attached on pages of its own, §7.3.7; numbered where there are several."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class PaperContent:
    """One whole paper; a line break in the `title` is kept.

    `head` is the organ above the red line; None for a form without one.
    `mark` is the secrecy or urgency mark; `attachments` and `copies` are printed where GB/T 9704
    wants them; `organ` and `day` close the text; `annexes` follow on pages of their own.
    """

    title: str
    blocks: tuple[Block, ...]
    head: str | None = None
    number: str | None = None
    mark: str | None = None
    addressee: str | None = None
    attachments: tuple[str, ...] = ()
    organ: str | None = None
    day: date | None = None
    note: str | None = None
    copies: str | None = None
    annexes: tuple[Annex, ...] = ()
    is_wide: bool = False
    is_draft: bool = False
