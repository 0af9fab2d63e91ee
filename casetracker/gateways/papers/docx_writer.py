"""Papers as DOCX: the same bytes for the same content, on any machine.

python-docx is loaded at the first use, so that the product starts without it.
"""

from casetracker.domain.papers.content import PaperContent


def write_docx(content: PaperContent) -> bytes:
    """The finished file; its properties tell the day of the paper, not of the writing."""
    from casetracker.gateways.papers.docx_body import write_body
    from casetracker.gateways.papers.docx_frame import new_document, packed

    document = new_document(content)
    write_body(document, content)
    return packed(document, content)
