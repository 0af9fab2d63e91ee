"""From values to files: composed, written in both formats, put into the file store.

A file is on the disk before its row is committed; what a failure leaves behind is swept up later.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casetracker.domain.papers.composing import Letterhead, compose
from casetracker.domain.papers.content import PaperContent
from casetracker.domain.papers.forms import PaperForm
from casetracker.gateways.file_store import Stored
from casetracker.gateways.papers.docx_writer import write_docx
from casetracker.gateways.papers.pdf_writer import write_pdf
from casetracker.services.stored_files import keep_bytes

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Files:
    """Both files of one paper, safely on disk."""

    docx: Stored
    pdf: Stored


def keep_files(form: PaperForm, values: Mapping[str, str], letterhead: Letterhead) -> Files:
    """Write the paper in both formats and keep them."""
    content = compose(form, values, letterhead)
    return Files(keep_bytes(write_docx(content)), keep_bytes(write_pdf(content)))


def draft_pdf(form: PaperForm, values: Mapping[str, str], letterhead: Letterhead) -> bytes:
    """The paper as it would be, marked as not issued; nothing is kept of it."""
    return write_pdf(compose(form, values, letterhead, is_draft=True))


def file_of(content: PaperContent, file_format: str) -> bytes:
    """A list that is printed and not kept, as `docx` or `pdf`."""
    return write_docx(content) if file_format == "docx" else write_pdf(content)
