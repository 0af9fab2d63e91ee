"""A file that comes in: checked, painted anew, and on the disk before its row is committed.

What a failure leaves behind is swept up later.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casetracker.domain.errors import DomainError
from casetracker.domain.text import BadText, clean_text
from casetracker.gateways.file_kinds import BY_EXTENSION, kind_of
from casetracker.gateways.file_store import FileRejected, FileStore, Readable, Stored
from casetracker.gateways.pictures import repaint
from casetracker.services.stored_files import file_store

MEGABYTE = 1024 * 1024
MAX_BYTES = 50 * MEGABYTE
LONGEST_NAME = 120
_RESERVED = frozenset({"CON", "PRN", "AUX", "NUL", *(f"{n}{i}" for n in ("COM", "LPT")
                       for i in range(10))})  # fmt: skip


class FileRefused(DomainError):
    """A file that is not taken; the code says why (file_empty, file_too_large …)."""

    code = "file_refused"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file on the disk that no row knows yet."""

    filename: str
    mime: str
    stored: Stored


@contextmanager
def received(filename: str, stream: Readable) -> Iterator[ReceivedFile]:
    """The file, checked and on the disk; taken away again when what follows fails.

    Raises FileRefused.
    """
    store = file_store()
    try:
        facts = _checked(store, filename, stream)
    except FileRejected as error:
        raise FileRefused(error.code, **error.facts) from error
    try:
        yield facts
    except BaseException:
        store.remove(facts.stored.name)
        raise


def _checked(store: FileStore, filename: str, stream: Readable) -> ReceivedFile:
    name = safe_name(filename)
    with store.draft() as raw, store.draft() as painted:
        store.receive(stream, raw, at_most=MAX_BYTES)
        kind = kind_of(raw, name)
        if kind.is_picture:
            repaint(raw, painted, kind.mime)
        return ReceivedFile(name, kind.mime, store.keep(painted if kind.is_picture else raw))


def safe_name(filename: str) -> str:
    """The name a file is shown and given out under: no path, no hidden signs, not too long.

    Raises FileRejected for a name without a known extension.
    """
    try:
        name = clean_text(filename.replace("\\", "/"), max_length=4000, multiline=False)
    except BadText:
        raise FileRejected("file_name_refused") from None
    stem, dot, extension = name.rpartition("/")[2].strip(". ").rpartition(".")
    if not dot or extension.lower() not in BY_EXTENSION:
        raise FileRejected("file_type_refused")
    stem = "".join(sign for sign in stem if sign not in '<>:"|?*').strip(". ")
    if not stem or stem.upper().partition(".")[0] in _RESERVED:
        stem = f"附件{stem}"
    return f"{stem[: LONGEST_NAME - 8]}.{extension.lower()}"
