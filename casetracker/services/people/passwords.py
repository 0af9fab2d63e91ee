"""Passwords: hashed with argon2id, a few at a time; judged by the profile of the office.

Source: GB/T 22239-2019 8.1.4 (10 signs, three of four classes, 90 days); OWASP ASVS 5.0 V6.2.
"""

import re
import secrets
import string
import threading
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from casetracker.domain.errors import TooManyAttempts
from casetracker.domain.text import half_width
from casetracker.services.people.account_policy import policy

AT_A_TIME = 2
"""A hash takes 64 MB and a core: more at once would starve everybody else."""
PATIENCE_S = 5
LEAST = {"dengbao": 10, "asvs": 12}
MOST = 128
CLASSES = 3
ONE_TIME_LENGTH = 14
_ALPHABET = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without signs that look alike: it is read out and typed in."""

COMMON_WORDS = (
    "password", "passw0rd", "p@ssw0rd", "qwerty", "qazwsx", "1qaz", "zaq1", "asdfgh", "zxcvbn",
    "letmein", "welcome", "iloveyou", "woaini", "admin", "root", "test", "guest", "login",
    "monkey", "dragon", "sunshine", "princess", "football", "master", "changeme", "default",
    "abcd1234", "abc123", "a1b2c3", "aa123456", "mima", "huawei", "lenovo", "wodemima",
    "qweasd", "1q2w3e", "5201314", "520520", "888888", "666666", "147258", "123123", "112233",
    "111111", "000000", "121212", "159357", "789456", "987654", "654321", "123321",
)  # fmt: skip
"""Stems of the most used passwords; whatever is built around one is no better."""
OFFICE_WORDS = (
    "casetracker", "minhuwoying", "mhwy", "jiedao", "shequ", "12345", "shizhang", "rexian",
    "xinfang", "zhengfu", "dongxihu", "wuhan", "xingou", "民呼我应", "街道", "社区", "热线",
    "信访", "政府", "新沟",
)  # fmt: skip
_LEET = str.maketrans("@$0134857", "asoieaBst".lower())
_RUNS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
LONGEST_RUN = 5

_places = threading.BoundedSemaphore(AT_A_TIME)


def hash_password(password: str) -> str:
    """Raises TooManyAttempts when everybody signs in at once."""
    with _Place():
        return _hasher().hash(password)


def verify_password(kept: str, password: str) -> bool:
    """Whether the password is the one; the work is done for an unknown account too."""
    with _Place():
        try:
            return _hasher().verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether it was hashed with other costs than today's."""
    return _hasher().check_needs_rehash(kept)


@cache
def nobody() -> str:
    """A hash that no password fits, for names without an account."""
    return _hasher().hash(secrets.token_hex(16))


def one_time_password() -> str:
    """A password to be read out and changed at the first sign-in; passes every profile."""
    while True:
        signs = "".join(secrets.choice(_ALPHABET) for _ in range(ONE_TIME_LENGTH))
        password = f"{signs[:4]}-{signs[4:9]}-{signs[9:]}"
        if password_problem(password) is None:
            return password


def password_problem(password: str, *own_words: str) -> tuple[str, dict[str, int]] | None:
    """What is wrong with a new password: code and facts, or None.

    `own_words` (username, name) may not stand in it.
    """
    least = LEAST[policy().password_profile]
    if len(password) < least:
        return "password_too_short", {"least": least}
    if len(password) > MOST:
        return "password_too_long", {"most": MOST}
    if policy().password_profile == "dengbao" and _classes(password) < CLASSES:  # noqa: S105
        return "password_too_plain", {}
    plain = half_width(password).casefold()
    if any(word.casefold() in plain for word in (*OFFICE_WORDS, *own_words) if len(word) >= 2):
        return "password_of_the_office", {}
    return ("password_common", {}) if _is_common(plain) else None


class _Place:
    """One of the few places at the hasher."""

    def __enter__(self) -> None:
        if not _places.acquire(timeout=PATIENCE_S):
            raise TooManyAttempts(retry_after_s=PATIENCE_S)

    def __exit__(self, *_raised: object) -> None:
        _places.release()


def _hasher() -> PasswordHasher:
    return _hasher_with(policy().hash_rounds)


@cache
def _hasher_with(rounds: int) -> PasswordHasher:
    if rounds == 1:  # tests
        return PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    return PasswordHasher(time_cost=rounds)


def _classes(password: str) -> int:
    kinds = (string.ascii_lowercase, string.ascii_uppercase, string.digits)
    found = sum(any(sign in kind for sign in password) for kind in kinds)
    plain = "".join(kinds)
    return found + any(sign not in plain for sign in password)


def _is_common(plain: str) -> bool:
    if any(word in plain or word in plain.translate(_LEET) for word in COMMON_WORDS):
        return True
    if re.search(r"(.)\1{3}", plain) or len(set(plain)) < 5:
        return True
    return any(
        run[i : i + LONGEST_RUN] in plain
        for row in _RUNS
        for run in (row, row[::-1])
        for i in range(len(row) - LONGEST_RUN + 1)
    )
