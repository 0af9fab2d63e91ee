"""Papers as PDF with embedded fonts: the same bytes for the same content and the same fonts.

The engine is loaded at the first use, so that the product starts without it.
"""

import gc
from typing import Any, NoReturn

from casetracker.domain.papers.content import PaperContent
from casetracker.gateways.papers.layout import UPRIGHT, WIDE
from casetracker.gateways.papers.pdf_html import paper_html
from casetracker.gateways.papers.pdf_sheet import style_sheet


def write_pdf(content: PaperContent) -> bytes:
    """The finished file. Nothing outside the content is ever fetched."""
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    sheet = style_sheet(WIDE if content.is_wide else UPRIGHT)
    document: Any = HTML(string=paper_html(content, sheet), url_fetcher=_nothing)
    written: bytes = document.write_pdf(font_config=FontConfiguration())
    del document
    gc.collect()  # the fonts of each file hang in circles, tens of megabytes that nobody else frees
    return written


def _nothing(url: str, *_rest: Any, **_more: Any) -> NoReturn:
    raise ValueError(f"papers fetch nothing: {url}")
