"""What a check finds: where, and in Chinese what is wrong."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class Finding:
    """One breach: `seq` is the entry of the case's history, None where it is none of them."""

    invariant: str
    kind: str
    case: str | None = None
    seq: int | None = None
    detail: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "invariant": self.invariant,
            "case": self.case,
            "seq": self.seq,
            "kind": self.kind,
            "detail": self.detail,
        }


@dataclass(frozen=True, slots=True)
class Sight:
    """What a check looks at: the database, and the moment."""

    session: Session
    now: Any


Check = Callable[[Sight], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Invariant:
    """One promise: its code, the sentence that it says, and the query that looks for a breach."""

    code: str
    sentence: str
    check: Check
