"""Frozen months for tests that ask nothing of what is printed."""

import pytest

from casetracker.services.frozen import correcting, freezing

BLANK = b"blank"


def print_blank(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are blank: making a real one takes longer than all the rest."""
    monkeypatch.setattr(freezing, "report_file", lambda *_: BLANK)
    monkeypatch.setattr(correcting, "file_of", lambda *_: BLANK)
