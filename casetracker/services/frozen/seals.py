"""The SHA-256 over all that is kept of a frozen month or of a correction, its files included.

A correction's covers that of what it follows, so that none can be left out. Source:
docs/rules/rates.md 10.
"""

from collections.abc import Mapping
from typing import Any

from casetracker.domain.history import document_hash
from casetracker.domain.vocabulary import Track
from casetracker.persistence.frozen import FrozenFigures, FrozenFile, FrozenMonth, MonthCorrection
from casetracker.services.outcome import iso

States = Mapping[Track, FrozenFigures]
Printed = Mapping[str, FrozenFile]


def month_hash(row: FrozenMonth, states: States, files: Printed) -> str:
    """Of the month as it was frozen."""
    return document_hash(
        {
            "month": row.month,
            "frozen_at": iso(row.frozen_at),
            "frozen_by": row.frozen_by,
            "frozen_by_name": row.frozen_by_name,
            "facts": row.facts,
            "words": row.words,
            **_kept(states, files),
        }
    )


def correction_hash(row: MonthCorrection, states: States, files: Printed, before: str) -> str:
    """Of a correction that follows what has the hash `before`."""
    return document_hash(
        {
            "month": row.month,
            "number": row.number,
            "issued_at": iso(row.issued_at),
            "issued_by": row.issued_by,
            "issued_by_name": row.issued_by_name,
            "document_number": row.document_number,
            "reason": row.reason,
            "changes": row.changes,
            "before": before,
            **_kept(states, files),
        }
    )


def _kept(states: States, files: Printed) -> dict[str, Any]:
    return {
        "figures": {
            str(track): [row.profile, row.version, row.definition, row.tables, row.roll]
            for track, row in states.items()
        },
        "files": {file_format: row.sha256 for file_format, row in files.items()},
    }
