"""The moment of the demonstration street."""

from datetime import UTC, datetime

from casetracker.services.context import SYSTEM, Context

NOW = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)  # a Tuesday noon
CTX = Context(SYSTEM, NOW, door="test")
