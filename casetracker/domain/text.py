"""What text may enter the record: one rule for both databases, every door and every file.

Knows nothing of fields or pages; those who call it name the field. Source: Unicode 15 (ch. 23,
noncharacters and controls) and UAX #15.
"""

import hashlib
import re
import unicodedata
from itertools import groupby
from typing import Any

MAX_MARKS = 30
"""Longest run of combining marks (UAX #15 stream-safe text); longer ones are an attack."""

_SLACK = 4
"""Raw text may be this many times longer than allowed before it is not even looked at."""

# Neither PostgreSQL nor a UTF-8 file can hold these; SQLite holds NUL and then miscounts.
_UNSAVEABLE = re.compile(
    "[\x00\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
    + "]"
)
_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Soft hyphen, zero-width, bidi, annotation and tag characters; ZWJ (U+200D) has its own rule.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f]"
)
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_STRAY_JOINER = re.compile(f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])")

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


class BadText(ValueError):
    """A text that cannot be taken.

    `code` is not_text, unsaveable_characters or text_too_long; `limit` the characters allowed.
    """

    def __init__(self, code: str, *, limit: int | None = None) -> None:
        self.code = code
        self.limit = limit
        super().__init__(code)


def clean_text(value: Any, *, max_length: int, multiline: bool) -> str:
    """The text as it may be stored: NFC, no invisible or control characters, plain line ends.

    On one line (`multiline` false) every run of space becomes one blank. Full-width letters and
    digits stay as they are (see `half_width`). `max_length` counts characters after cleaning.
    Raises BadText.
    """
    if not isinstance(value, str):
        raise BadText("not_text")
    if len(value) > _SLACK * max_length + 64:
        raise BadText("text_too_long", limit=max_length)
    if _UNSAVEABLE.search(value) or _is_piled_up(value):
        raise BadText("unsaveable_characters")
    cleaned = unicodedata.normalize("NFC", _visible(_LINE_END.sub("\n", value)))
    cleaned = _paragraphs(cleaned) if multiline else " ".join(cleaned.split())
    if len(cleaned) > max_length:
        raise BadText("text_too_long", limit=max_length)
    return cleaned


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and the ideographic space as plain ones; nothing else."""
    return text.translate(_HALF_WIDTH)


def _visible(text: str) -> str:
    return _STRAY_JOINER.sub("", _HIDDEN.sub("", _CONTROL.sub("", text)))


def _paragraphs(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _is_piled_up(text: str) -> bool:
    """Whether marks are piled so high that normalising them would take quadratic time."""
    if text.isascii() or not any(map(unicodedata.combining, text)):
        return False
    runs = groupby(text, key=lambda sign: unicodedata.combining(sign) != 0)
    return any(is_mark and sum(1 for _ in run) > MAX_MARKS for is_mark, run in runs)


_SALUTATION = re.compile(r"^(尊敬的)?.{0,8}?[您你]好")
_WORDLESS = re.compile(r"[\W\d_a-zA-Z]+")


def likeness(text: str) -> str:
    """What texts share that differ only in salutation, numbers, letters, spaces and punctuation.

    A hash of the Chinese words that are left; empty for a text that has none.
    """
    words = _WORDLESS.sub("", _SALUTATION.sub("", text.strip(), count=1))
    return hashlib.sha256(words.encode()).hexdigest() if words else ""
