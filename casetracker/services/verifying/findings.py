"""What a check finds: where, and in Chinese what is wrong."""

import re
from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

COVER = "保密件"


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

    def covered(self, sealed: Set[str]) -> "Finding":
        """The same without the numbers of the confidential lane: who runs a check sees no case."""
        if self.case in sealed:
            return replace(self, case=COVER, detail="")
        words = re.split(r"([\s:]+)", self.detail)
        return replace(self, detail="".join(COVER if word in sealed else word for word in words))


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
