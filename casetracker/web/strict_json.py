"""JSON as a door for programs takes it: what would be stored otherwise than meant is refused.

No NaN or Infinity, no repeated field, no text that cannot be stored, no endless nesting.
Source: RFC 8259 §4, §8; RFC 7493 (I-JSON).
"""

import json
import math
from typing import Any, NoReturn

from casetracker.domain.errors import DomainError

DEEPEST = 32
"""Levels of lists and objects within each other."""

_MAY_HIDE_SURROGATES = b"\\u"


class BadJson(DomainError):
    """The body is not JSON that can be taken; `code` says why."""

    code = "malformed_json"


def read_json(raw: bytes) -> Any:
    """The value that the bytes spell, in UTF-8. Raises BadJson."""
    try:
        value = json.loads(
            raw.decode(), object_pairs_hook=_object, parse_constant=_refuse, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        raise BadJson(line=error.lineno, column=error.colno) from None
    except RecursionError:
        raise BadJson("json_too_deep", most=DEEPEST) from None
    except ValueError:  # bytes that are not UTF-8, a number of thousands of digits
        raise BadJson(line=1, column=1) from None
    if raw.count(b"[") + raw.count(b"{") > DEEPEST and _depth(value) > DEEPEST:
        raise BadJson("json_too_deep", most=DEEPEST)
    if _MAY_HIDE_SURROGATES in raw:
        _refuse_surrogates(value)
    return value


def canonical(value: Any) -> bytes:
    """Equal bytes for equal values, whatever the order of fields and the spacing."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise BadJson("duplicate_field", name=twice[:40])
    return found


def _refuse(_constant: str) -> NoReturn:
    raise BadJson("not_finite")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise BadJson("not_finite")
    return number


def _depth(value: Any) -> int:
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        item, level = waiting.pop()
        if not isinstance(item, dict | list):
            continue
        deepest = max(deepest, level)
        waiting.extend((part, level + 1) for part in _parts(item))
    return deepest


def _parts(item: Any) -> Any:
    return item.values() if isinstance(item, dict) else item


def _refuse_surrogates(value: Any) -> None:
    try:
        canonical(value)
    except UnicodeEncodeError:
        raise BadJson("unsaveable_characters") from None
