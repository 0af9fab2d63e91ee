"""Bytes to text: UTF-8 first, then GB18030, both strict; nothing is ever replaced by a mark."""

from casetracker.domain.errors import DomainError

ENCODINGS = ("utf-8-sig", "gb18030")
WIDE_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


class UnreadableFile(DomainError):
    """The file as a whole cannot be taken; `reason` is a Chinese sentence."""

    code = "unreadable_file"

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__("unreadable_file", reason=reason)


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding. Raises UnreadableFile."""
    encodings = (WIDE_MARKS[data[:2]],) if data[:2] in WIDE_MARKS else ENCODINGS
    for encoding in encodings:
        try:
            return data.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("无法识别文件编码，请另存为 UTF-8 或 GB18030 编码的 CSV。")
