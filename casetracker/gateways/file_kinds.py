"""What a file is, by its first bytes and its extension together; anything else is refused.

Only kinds that are inert when downloaded are taken: no SVG, no HTML, no old Office formats.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from casetracker.gateways.file_store import FileRejected
from casetracker.gateways.office_files import check_office_file

HEAD, TAIL = 64, 2048
_EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE"
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|RichMedia|XFA)\b")
_MP4_BRANDS = frozenset({b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1",
                         b"M4V ", b"M4A ", b"dash", b"MSNV"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileKind:
    """One kind of file that is taken."""

    extensions: tuple[str, ...]
    mime: str
    matches: Callable[[bytes], bool]
    is_picture: bool = False


def _starts(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(heads)


def _webp(head: bytes) -> bool:
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def _mp4(head: bytes) -> bool:
    return head[4:8] == b"ftyp" and head[8:12] in _MP4_BRANDS


_OFFICE = "application/vnd.openxmlformats-officedocument."
_ZIP = _starts(b"PK\x03\x04")
KINDS = (
    FileKind(("jpg", "jpeg"), "image/jpeg", _starts(b"\xff\xd8\xff"), is_picture=True),
    FileKind(("png",), "image/png", _starts(b"\x89PNG\r\n\x1a\n"), is_picture=True),
    FileKind(("webp",), "image/webp", _webp, is_picture=True),
    FileKind(("pdf",), "application/pdf", _starts(b"%PDF-")),
    FileKind(("docx",), f"{_OFFICE}wordprocessingml.document", _ZIP),
    FileKind(("xlsx",), f"{_OFFICE}spreadsheetml.sheet", _ZIP),
    FileKind(("mp3",), "audio/mpeg", _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2")),
    FileKind(("mp4",), "video/mp4", _mp4),
)
BY_EXTENSION: Mapping[str, FileKind] = {e: kind for kind in KINDS for e in kind.extensions}


def kind_of(path: Path, filename: str) -> FileKind:
    """The kind of a received file. Raises FileRejected.

    Codes: file_type_refused for an extension outside the list, file_not_what_it_says when the
    content is another one, file_active for macros and scripts, file_broken.
    """
    kind = BY_EXTENSION.get(filename.rpartition(".")[2].lower())
    if kind is None:
        raise FileRejected("file_type_refused")
    with path.open("rb") as content:
        if not kind.matches(content.read(HEAD)):
            raise FileRejected("file_not_what_it_says")
    if kind.mime.startswith(_OFFICE):
        check_office_file(path, kind.extensions[0])
    else:
        _check_bytes(path, kind)
    return kind


def _check_bytes(path: Path, kind: FileKind) -> None:
    """Look through the raw bytes in pieces that overlap, so that nothing hides on a border."""
    is_pdf, kept = kind.mime == "application/pdf", b""
    with path.open("rb") as content:
        while piece := content.read(256 * 1024):
            window = kept + piece
            if _EICAR in window or (is_pdf and _PDF_ACTIVE.search(window)):
                raise FileRejected("file_active")
            kept = window[-128:] if is_pdf else window[-len(_EICAR) :]
        if is_pdf:
            content.seek(max(0, content.tell() - TAIL))
            if b"%%EOF" not in content.read():
                raise FileRejected("file_broken")
