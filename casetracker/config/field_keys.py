"""The keys for personal data at rest, as one setting."""

import base64
import binascii
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field

from casetracker.config.parsers import texts

_KEY_IDS = frozenset(str(number) for number in range(1, 256))


@dataclass(frozen=True, slots=True)
class FieldKeys:
    """Keys for personal data at rest: 32 bytes each. `current` is the id of the one that writes,
    `by_id` holds all that may still be needed to read, `index` makes the blind indexes.
    """

    current: int
    by_id: Mapping[int, bytes] = field(repr=False)
    index: bytes = field(repr=False)


def parse_field_keys(value: str) -> FieldKeys | None:
    """`ID:KEY,…,index:KEY`, base64, the writing key first; None when empty. Raises ValueError."""
    if not value:
        return None
    keys = {}
    for part in texts(value):
        name, _, encoded = part.partition(":")
        keys[name] = _key_bytes(encoded)
    numbered = {int(name): key for name, key in keys.items() if name in _KEY_IDS}
    if not numbered or set(keys) - _KEY_IDS != {"index"}:
        raise ValueError("应为 编号:密钥,…,index:密钥，编号为 1 至 255，排在最前的用于加密")
    if len(set(keys.values())) < len(texts(value)):
        raise ValueError("各密钥必须互不相同")
    return FieldKeys(current=next(iter(numbered)), by_id=numbered, index=keys["index"])


def _key_bytes(encoded: str) -> bytes:
    try:
        key = base64.b64decode(encoded, altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != 32 or len(set(key)) < 12:
        raise ValueError("每个密钥应为 32 个随机字节的 base64 编码")
    return key


def new_field_keys() -> str:
    """A fresh value for FIELD_KEYS: one key to encrypt with, one for the blind indexes."""
    cipher, index = (base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() for _ in range(2))
    return f"1:{cipher},index:{index}"
