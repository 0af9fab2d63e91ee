"""A paper as HTML for the PDF engine: one small function for each kind of block."""

from collections.abc import Iterator
from html import escape

from casetracker.domain.papers.content import (
    Annex,
    Block,
    Cell,
    Chart,
    FieldTable,
    Grid,
    Heading,
    Linked,
    PaperContent,
    Paragraph,
    SignLines,
    linked,
)
from casetracker.domain.papers.writing import written_day
from casetracker.gateways.papers.chart_svg import chart_svg
from casetracker.gateways.papers.layout import DATE_INDENT, head_size, organ_indent
from casetracker.gateways.papers.words import (
    DRAFT_MARK,
    addressed,
    annex_lines,
    annex_mark,
    copied,
    is_figure,
    noted,
    pairs_of,
)

TALL = 40
"""A value of more signs is long text: it gets room and starts at the top of its cell."""


def paper_html(content: PaperContent, sheet: str) -> str:
    """The whole document; every value is escaped."""
    body = "".join(_parts(content))
    title = escape(content.title.replace("\n", ""))
    return (
        f'<!doctype html><html lang="zh-Hans-CN"><head><meta charset="utf-8">'
        f"<title>{title}</title><style>{sheet}</style></head><body>{body}</body></html>"
    )


def _parts(content: PaperContent) -> Iterator[str]:
    if content.is_draft:
        yield f'<p class="draft">{DRAFT_MARK}</p>'
    if content.mark:
        yield f'<p class="mark">{escape(content.mark)}</p>'
    yield from _head(content)
    if content.addressee:
        yield f'<p class="flush">{escape(addressed(content.addressee))}</p>'
    for block in content.blocks[:-1]:
        yield _block(block)
    if content.blocks:
        yield f'<div class="last">{_block(content.blocks[-1])}</div>'
    yield from _tail(content)


def _head(content: PaperContent) -> Iterator[str]:
    number = f'<p class="number">{escape(content.number)}</p>' if content.number else ""
    title = f"<h1>{'<br>'.join(escape(line) for line in content.title.splitlines())}</h1>"
    if content.head is None:
        yield title + number
        return
    size = head_size(content.head)
    yield f'<p class="head" style="font-size: {size:.2f}pt">{escape(content.head)}</p>'
    yield f'{number}<div class="rule"></div>{title}'


def _tail(content: PaperContent) -> Iterator[str]:
    if content.attachments:
        lines = "".join(f"<p>{escape(line)}</p>" for line in annex_lines(content.attachments))
        yield f'<div class="annexes">{lines}</div>'
    yield from _closing(content)
    if content.note:
        yield f'<p class="note">{escape(noted(content.note))}</p>'
    if content.copies:
        yield f'<div class="copies"><p>{escape(copied(content.copies))}</p></div>'
    for place, annex in enumerate(content.annexes, 1):
        yield _annex(annex_mark(place, len(content.annexes)), annex)


def _annex(mark: str, annex: Annex) -> str:
    blocks = "".join(_block(block) for block in annex.blocks)
    return (
        f'<section class="annex"><p class="mark">{mark}</p>'
        f"<h1>{escape(annex.title)}</h1>{blocks}</section>"
    )


def _closing(content: PaperContent) -> Iterator[str]:
    if content.day is None:
        return
    written = written_day(content.day)
    lines = f'<p style="padding-right: {DATE_INDENT}em">{written}</p>'
    if content.organ and not content.head:
        signed = f"{escape(content.organ)}　{written}"
        yield f'<div class="closing filled"><p>{signed}</p></div>'
        return
    if content.organ:
        indent = organ_indent(content.organ, written)
        lines = f'<p style="padding-right: {indent}em">{escape(content.organ)}</p>{lines}'
    yield f'<div class="closing">{lines}</div>'


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            text = "".join(_led(escape(one.text), one.to) for one in block.pieces())
            return f'<p class="flush">{text}</p>' if block.flush else f"<p>{text}</p>"
        case Heading(text, level):
            return f"<h{level + 1}>{escape(text)}</h{level + 1}>"
        case FieldTable(rows):
            return f'<table class="form">{"".join(_row(row) for row in rows)}</table>'
        case Grid():
            return _grid(block)
        case Chart():
            return f'<div class="chart">{chart_svg(block)}</div>'
        case SignLines(names):
            return (
                f'<table class="signs">{"".join(_signs(pair) for pair in pairs_of(names))}</table>'
            )


def _row(row: tuple[Cell, ...]) -> str:
    span = ' colspan="3"' if len(row) == 1 else ""
    return f"<tr>{''.join(_cell(cell, span) for cell in row)}</tr>"


def _cell(cell: Cell, span: str) -> str:
    long = ' class="long"' if len(cell.value) > TALL or "\n" in cell.value else ""
    return f"<th>{escape(cell.name)}</th><td{span}{long}>{_lines(cell.value)}</td>"


def _lines(text: str, to: str | None = None) -> str:
    lines = [_led(escape(line), to) for line in text.split("\n")]
    return lines[0] if len(lines) == 1 else "".join(f"<p>{line}</p>" for line in lines)


def _grid(grid: Grid) -> str:
    total = sum(grid.widths)
    columns = "".join(f'<col style="width: {100 * w / total:.2f}%">' for w in grid.widths)
    head = "".join(f"<th>{escape(name)}</th>" for name in grid.columns)
    rows = "".join(f"<tr>{''.join(_list_cell(v) for v in row)}</tr>" for row in grid.rows)
    return (
        f'<table class="list"><colgroup>{columns}</colgroup><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _list_cell(value: str | Linked) -> str:
    words = linked(value)
    count = ' class="count"' if is_figure(words.text) else ""
    return f"<td{count}>{_lines(words.text, words.to)}</td>"


def _led(written: str, to: str | None) -> str:
    return f'<a href="{escape(to)}">{written}</a>' if to else written


def _signs(pair: tuple[str, ...]) -> str:
    cells = "".join(f"<td>{escape(name)}：<span>&nbsp;</span></td>" for name in pair)
    return f"<tr>{cells}</tr>"
