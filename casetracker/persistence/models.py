"""Imports every table, so that the metadata is whole for migrations."""

from casetracker.persistence import (
    account,
    appraisal,
    calendar_day,
    case,
    clock,
    exchange,
    exports,
    ledgers,
    metric_profiles,
    organisation,
    outbox,
    oversight,
    papers,
    petition,
    reports,
    timeline,
    working,
)
from casetracker.persistence.database import Base

__all__ = [
    "Base",
    "account",
    "appraisal",
    "calendar_day",
    "case",
    "clock",
    "exchange",
    "exports",
    "ledgers",
    "metric_profiles",
    "organisation",
    "outbox",
    "oversight",
    "papers",
    "petition",
    "reports",
    "timeline",
    "working",
]
