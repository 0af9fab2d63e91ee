"""Rows of what is kept: figures of a state, and files that were just printed."""

from collections.abc import Mapping, Sequence

from casetracker.domain.rates.definitions import definition_of
from casetracker.domain.vocabulary import Track
from casetracker.persistence.frozen import FrozenFigures, FrozenFile
from casetracker.services.frozen.month_figures import MonthFigures
from casetracker.services.stored_files import keep_bytes


def figure_rows(
    month: str, number: int, figures: Sequence[MonthFigures]
) -> dict[Track, FrozenFigures]:
    """One row for each track."""
    rows = (
        FrozenFigures(
            month=month,
            number=number,
            track=Track(one.profile.track),
            profile=one.profile.code,
            version=one.profile.version,
            definition=definition_of(one.profile),
            tables=one.tables,
            roll=one.roll.as_json(),
        )
        for one in figures
    )
    return {row.track: row for row in rows}


def file_rows(month: str, number: int, files: Mapping[str, bytes]) -> dict[str, FrozenFile]:
    """Put the files into the store; their rows by format."""
    rows = {}
    for file_format, content in files.items():
        kept = keep_bytes(content)
        rows[file_format] = FrozenFile(
            name=kept.name,
            month=month,
            number=number,
            file_format=file_format,
            sha256=kept.sha256,
            size=kept.size,
        )
    return rows
