"""What a form of paper is: fields with their Chinese names, and the text around them.

The text is a template in which `{name}` stands for a field. A line whose places are all empty is
left out; a line that is one place alone may hold several paragraphs. Lines that begin with `# ` are
headings, numbered as they come.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from casetracker.domain.petition_vocabulary import PaperKind

PLACE = re.compile(r"\{([a-z_]+)\}")


class Shape(StrEnum):
    """How a value is typed and printed."""

    LINE = "line"
    PROSE = "prose"
    DAY = "day"  # ISO date, printed 2026年3月2日
    MOMENT = "moment"  # `2026-03-02 14:30`, printed 2026年3月2日14时30分
    TABLE = "table"  # one row a line, cells parted by |


class Source(StrEnum):
    """Where a value comes from: typed, offered from the case and open to change, or as recorded."""

    TYPED = "typed"
    OFFERED = "offered"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class PaperField:
    """One field of a form; `columns` with their shares of the line for a TABLE."""

    name: str
    label: str
    required: bool = True
    shape: Shape = Shape.LINE
    source: Source = Source.TYPED
    columns: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Fields:
    """A table of these fields within the text; short ones stand two to a row."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """Blank lines to sign on."""

    names: tuple[str, ...]


Part = str | Fields | Signs


class Numbering(StrEnum):
    """Whose number a paper bears: one of the office's series, one it was given, or none."""

    SERIES = "series"
    GIVEN = "given"
    NONE = "none"


class Audience(StrEnum):
    """To whom a paper speaks. Source: docs/rules/papers.md §1."""

    PETITIONER = "petitioner"
    ORGANS = "organs"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class PaperForm:
    """One kind of paper.

    `is_disclosed`: read at the portal once issued; `is_served`: it must reach somebody, with a
    送达回证; `by_step`: comes into being with a step of the case (a signature), never by itself;
    `is_sealed`: belongs to the confidential lane alone.
    """

    kind: PaperKind
    title: str
    basis: str
    fields: tuple[PaperField, ...]
    body: tuple[Part, ...]
    audience: Audience = Audience.FILE
    numbering: Numbering = Numbering.NONE
    addressee: str | None = None
    note: str | None = None
    attachments: str | None = None
    copies: str | None = None
    mark: str | None = None
    is_signed: bool = True
    is_disclosed: bool = False
    is_served: bool = False
    by_step: bool = False
    is_sealed: bool = False

    @property
    def has_red_head(self) -> bool:
        """Papers with a number of a series are letters of the organ; the rest are forms."""
        return self.numbering is Numbering.SERIES

    def field(self, name: str) -> PaperField:
        """KeyError for a field that the form does not have."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    @property
    def places(self) -> frozenset[str]:
        """Every field that is printed somewhere."""
        texts = [part for part in self.body if isinstance(part, str)]
        texts += [t for t in (self.addressee, self.note, self.attachments, self.copies) if t]
        found = {name for text in texts for name in PLACE.findall(text)}
        for part in self.body:
            found |= set(part.names) if isinstance(part, Fields) else set()
        return frozenset(found)


def missing(form: PaperForm, values: Mapping[str, str]) -> tuple[PaperField, ...]:
    """Required fields without a value, in the order of the form."""
    return tuple(f for f in form.fields if f.required and not values.get(f.name, "").strip())
