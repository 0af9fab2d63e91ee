"""Personal data at rest: AES-256-GCM columns and keyed blind indexes.

A sealed value is `key id (1 byte) | nonce (12) | ciphertext`; the column's name is authenticated,
so a value cannot be moved to another column. Law: 个人信息保护法 art. 51; docs/rules/privacy.md.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

NONCE_BYTES = 12


@dataclass(frozen=True, repr=False)
class Keyring:
    """Keys by id (0–255), the id that new values are sealed with, and the key of the indexes."""

    keys: Mapping[int, bytes]
    current: int
    index_key: bytes

    def seal(self, plain: bytes, *, field: str) -> bytes:
        nonce = os.urandom(NONCE_BYTES)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, plain, field.encode())
        return bytes([self.current]) + nonce + sealed

    def unseal(self, sealed: bytes, *, field: str) -> bytes:
        """Raises KeyError for an unknown key, InvalidTag for a changed or moved value."""
        nonce, body = sealed[1 : 1 + NONCE_BYTES], sealed[1 + NONCE_BYTES :]
        return AESGCM(self.keys[sealed[0]]).decrypt(nonce, body, field.encode())

    def blind_index(self, value: str, *, field: str) -> str:
        """What equal values share and nobody can turn back without the key."""
        message = f"{field}|{value}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()[:32]


class _Holder:
    keyring: Keyring | None = None


def use_keyring(keyring: Keyring) -> None:
    """Called once by the app; tests may call it again."""
    _Holder.keyring = keyring


def keyring() -> Keyring:
    if _Holder.keyring is None:
        raise RuntimeError("no keyring: create_app has not run")
    return _Holder.keyring


class SealedText(TypeDecorator[str]):
    """Text that stands encrypted in the database; `field` names table and column."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring().seal(value.encode(), field=self.field)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring().unseal(value, field=self.field).decode()


class SealedJson(TypeDecorator[Any]):
    """A JSON document that stands encrypted in the database."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, field: str) -> None:
        self.field = field
        super().__init__()

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        if value is None:
            return None
        return keyring().seal(json.dumps(value, ensure_ascii=False).encode(), field=self.field)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keyring().unseal(value, field=self.field))
