"""Files on disk under random names: written whole or not at all, never overwritten.

Knows bytes only; whose file it is and who may read it stands in the database.
"""

import contextlib
import hashlib
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

CHUNK = 1024 * 1024
_NAME = re.compile(r"[0-9a-f]{32}")
_DRAFTS = "drafts"


class FileRejected(Exception):
    """The content cannot be taken; `code` says why, `facts` how much would have been right."""

    def __init__(self, code: str, **facts: int) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that is safely on disk."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class FileStore:
    """Files below `root`; drafts lie beside them until they are kept."""

    root: Path

    @contextlib.contextmanager
    def draft(self) -> Iterator[Path]:
        """A fresh private path for writing; whatever is left there afterwards is removed."""
        folder = self.root / _DRAFTS
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / secrets.token_hex(16)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def receive(self, stream: Readable, path: Path, *, at_most: int) -> int:
        """Copy a stream to a draft piece by piece; its size in bytes.

        Raises FileRejected (file_too_large, file_empty) without reading on.
        """
        size = 0
        with open(path, "xb", opener=_private) as out:
            while piece := stream.read(CHUNK):
                size += len(piece)
                if size > at_most:
                    raise FileRejected("file_too_large", megabytes=at_most // CHUNK)
                out.write(piece)
        if size == 0:
            raise FileRejected("file_empty")
        return size

    def keep(self, draft: Path) -> Stored:
        """Move a finished draft to its place; it is on the disk when this returns."""
        digest, size = hashlib.sha256(), 0
        with draft.open("rb") as content:
            while piece := content.read(CHUNK):
                digest.update(piece)
                size += len(piece)
            os.fsync(content.fileno())
        name = secrets.token_hex(16)
        place = self._place(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft.rename(place)
        _sync_folder(place.parent)
        return Stored(name, size, digest.hexdigest())

    def open(self, name: str) -> BinaryIO:
        """The bytes of a kept file. Raises FileNotFoundError."""
        return self._place(name).open("rb")

    def remove(self, name: str) -> None:
        """Forget a file; one that is gone already is no fault."""
        self._place(name).unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """Every kept file."""
        for place in self.root.glob("[0-9a-f][0-9a-f]/*"):
            if _NAME.fullmatch(place.name):
                yield place.name

    def age_s(self, name: str) -> float:
        """Seconds since the file was written; 0 when it is gone."""
        try:
            return time.time() - self._place(name).stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def drop_drafts(self, older_than_s: float) -> int:
        """Remove what was left behind when a process was killed while receiving."""
        done = 0
        for path in (self.root / _DRAFTS).glob("*"):
            with contextlib.suppress(FileNotFoundError):
                if time.time() - path.stat().st_mtime > older_than_s:
                    path.unlink()
                    done += 1
        return done

    def _place(self, name: str) -> Path:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError(name)
        return self.root / name[:2] / name


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
