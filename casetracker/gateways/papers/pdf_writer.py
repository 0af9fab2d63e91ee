"""Papers as PDF with embedded fonts: the same bytes for the same content and the same fonts.

The engine is loaded at the first use, so that the product starts without it. The fonts are loaded
once for a process: a set for each file would be tens of megabytes that hang in circles, and to
collect those means to walk through all that the process holds. The set serves one file at a time.
"""

import threading
from functools import cache
from typing import Any, NoReturn

from casetracker.domain.papers.content import PaperContent
from casetracker.gateways.papers.layout import UPRIGHT, WIDE
from casetracker.gateways.papers.pdf_html import paper_html
from casetracker.gateways.papers.pdf_sheet import style_sheet

_fonts_in_use = threading.Lock()


def write_pdf(content: PaperContent) -> bytes:
    """The finished file. Nothing outside the content is ever fetched."""
    from weasyprint import HTML

    sheet = style_sheet(WIDE if content.is_wide else UPRIGHT)
    document: Any = HTML(string=paper_html(content, sheet), url_fetcher=_nothing)
    with _fonts_in_use:
        written: bytes = document.write_pdf(font_config=_fonts())
    return written


@cache
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _nothing(url: str, *_rest: Any, **_more: Any) -> NoReturn:
    raise ValueError(f"papers fetch nothing: {url}")
