"""What people petition the demonstration street about, and what they are answered.

The words stand in `petition_matters.txt`; here they are read and put into sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from casetracker.domain.petition_vocabulary import PetitionClass, Subroute
from casetracker.domain.vocabulary import Kind
from casetracker.services.demo.matters import RURAL_SPOTS, SPOTS, WHENS

SUGGESTION = "s"
PARTS = {"?": "request", "!": "facts", "=": "opinion", "§": "basis", ">": "organ"}


@dataclass(frozen=True, slots=True)
class PetitionMatter:
    """One kind of matter; `route` None for a suggestion, `organ` where the way leads elsewhere."""

    route: Subroute | None
    category: str
    kind: Kind
    title: str
    request: str
    facts: str
    opinion: str
    basis: str
    organ: str | None
    contents: tuple[str, ...]

    @property
    def petition_class(self) -> PetitionClass:
        return PetitionClass.SUGGESTION if self.route is None else PetitionClass.APPEAL


@dataclass(frozen=True, slots=True)
class PetitionTelling:
    """One matter as one petitioner told it, and what was found and answered."""

    matter: PetitionMatter
    title: str
    content: str
    request: str
    facts: str
    opinion: str
    address: str


@cache
def petition_matters() -> tuple[PetitionMatter, ...]:
    """All of them, in the order of the file."""
    path = Path(__file__).with_name("petition_matters.txt")
    return tuple(_blocks(path.read_text(encoding="utf-8")))


@cache
def matters_on(*routes: Subroute | None) -> tuple[PetitionMatter, ...]:
    """Those of the given routes; None for suggestions."""
    return tuple(one for one in petition_matters() if one.route in routes)


def _blocks(text: str) -> Iterator[PetitionMatter]:
    for block in text.split("\n\n")[1:]:
        head, *lines = block.strip().splitlines()
        route, category, kind, title = head.split(" ", 3)
        parts = {PARTS[line[0]]: line[2:] for line in lines if line[0] in PARTS}
        yield PetitionMatter(
            route=None if route == SUGGESTION else Subroute(route),
            category=category,
            kind=Kind(kind),
            title=title,
            request=parts["request"],
            facts=parts["facts"],
            opinion=parts["opinion"],
            basis=parts["basis"],
            organ=parts.get("organ"),
            contents=tuple(line[2:] for line in lines if line.startswith("- ")),
        )


def tell_petition(
    random: Random, matter: PetitionMatter, area: str, *, rural: bool
) -> PetitionTelling:
    """The matter with a place and particulars of its own."""
    count = random.randint(2, 6)
    facts = {
        "place": f"{area}{random.choice(RURAL_SPOTS if rural else SPOTS)}",
        "area": area,
        "when": random.choice(WHENS),
        "count": str(count),
        "sum": str(count * random.choice((480, 1260, 2300, 3600))),
    }
    content = random.choice(matter.contents)
    return PetitionTelling(
        matter=matter,
        title=matter.title.format(**facts),
        content=content.format(**facts),
        request=matter.request.format(**facts),
        facts=matter.facts.format(**facts),
        opinion=matter.opinion.format(**facts),
        address=facts["place"],
    )
