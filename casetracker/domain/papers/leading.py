"""Where the links of a paper lead: from outside the desk, or for whom some of it is closed."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from casetracker.domain.papers.content import Annex, Block, Grid, Linked, PaperContent, Paragraph

Lead = Callable[[str | None], str | None]
"""From an address to the one that is followed; None for nowhere."""


def led_from(content: PaperContent, address: str) -> PaperContent:
    """Each link begins with the public address of the desk; without one nothing leads anywhere."""
    return led(content, lambda to: whole_address(to, address))


def whole_address(to: str | None, address: str) -> str | None:
    """A link of the desk as it is followed from outside; None where that is not known."""
    return f"{address}{to}" if to and address else None


def led(content: PaperContent, lead: Lead) -> PaperContent:
    """The paper with each of its links led elsewhere."""
    return replace(
        content,
        blocks=_blocks(content.blocks, lead),
        annexes=tuple(Annex(one.title, _blocks(one.blocks, lead)) for one in content.annexes),
    )


def _blocks(blocks: Iterable[Block], lead: Lead) -> tuple[Block, ...]:
    return tuple(_block(one, lead) for one in blocks)


def _block(block: Block, lead: Lead) -> Block:
    match block:
        case Paragraph(links=links):
            return replace(block, links=tuple(_led(one, lead) for one in links))
        case Grid(rows=rows):
            cells = (tuple(_cell(cell, lead) for cell in row) for row in rows)
            return replace(block, rows=tuple(cells))
        case _:
            return block


def _cell(cell: str | Linked, lead: Lead) -> str | Linked:
    return _led(cell, lead) if isinstance(cell, Linked) else cell


def _led(link: Linked, lead: Lead) -> Linked:
    return Linked(link.text, lead(link.to))
