"""Whether a Word or Excel file is a harmless package: read as a zip, never opened as a document."""

import zipfile
from pathlib import Path, PurePosixPath

from casetracker.gateways.file_store import FileRejected

MOST_ENTRIES = 2000
MOST_BYTES = 300 * 1024 * 1024
MOST_RATIO = 200
"""A package that swells more than this is a bomb, not a document."""
_MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
_ACTIVE_PARTS = ("vbaproject", "activex", "oleobject", "/embeddings/", "macrosheets")
_ACTIVE_TYPES = (b"macroEnabled", b"vbaProject", b"ms-office.activeX")


def check_office_file(path: Path, extension: str) -> None:
    """Raises FileRejected (file_broken, file_active, file_bomb, file_not_what_it_says)."""
    try:
        with zipfile.ZipFile(path) as package:
            _check_entries(package.infolist(), path.stat().st_size)
            types = _content_types(package)
            names = {entry.filename for entry in package.infolist()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError,
            RuntimeError, KeyError, EOFError):  # fmt: skip
        raise FileRejected("file_broken") from None
    if _MAIN[extension] not in names:
        raise FileRejected("file_not_what_it_says")
    if any(word in types for word in _ACTIVE_TYPES):
        raise FileRejected("file_active")


def _check_entries(entries: list[zipfile.ZipInfo], packed: int) -> None:
    if len(entries) > MOST_ENTRIES:
        raise FileRejected("file_bomb")
    if len({entry.filename for entry in entries}) != len(entries):
        raise FileRejected("file_broken")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_BYTES or unpacked > MOST_RATIO * max(packed, 1024):
        raise FileRejected("file_bomb")
    for entry in entries:
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or entry.flag_bits & 1:
            raise FileRejected("file_broken")
        if any(word in f"/{place}".lower() for word in _ACTIVE_PARTS):
            raise FileRejected("file_active")


def _content_types(package: zipfile.ZipFile) -> bytes:
    with package.open("[Content_Types].xml") as part:
        return part.read(1024 * 1024)
