"""Where the links of a paper lead once it has left the desk."""

from collections.abc import Iterable
from dataclasses import replace

from casetracker.domain.papers.content import Annex, Block, Grid, Linked, PaperContent, Paragraph


def led_from(content: PaperContent, address: str) -> PaperContent:
    """Each link begins with the public address of the desk; without one nothing leads anywhere."""
    return replace(
        content,
        blocks=_blocks(content.blocks, address),
        annexes=tuple(Annex(one.title, _blocks(one.blocks, address)) for one in content.annexes),
    )


def whole_address(to: str | None, address: str) -> str | None:
    """A link of the desk as it is followed from outside; None where that is not known."""
    return f"{address}{to}" if to and address else None


def _blocks(blocks: Iterable[Block], address: str) -> tuple[Block, ...]:
    return tuple(_block(one, address) for one in blocks)


def _block(block: Block, address: str) -> Block:
    match block:
        case Paragraph(links=links):
            return replace(block, links=tuple(_led(one, address) for one in links))
        case Grid(rows=rows):
            led = (tuple(_cell(cell, address) for cell in row) for row in rows)
            return replace(block, rows=tuple(led))
        case _:
            return block


def _cell(cell: str | Linked, address: str) -> str | Linked:
    return _led(cell, address) if isinstance(cell, Linked) else cell


def _led(link: Linked, address: str) -> Linked:
    return Linked(link.text, whole_address(link.to, address))
