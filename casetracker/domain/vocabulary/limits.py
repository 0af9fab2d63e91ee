"""How limits are counted and how they stand."""

from enum import StrEnum


class ClockStatus(StrEnum):
    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MET_LATE = "met_late"
    ENDED = "ended"  # fell away without being met (returned, withdrawn, referred …)


class DayUnit(StrEnum):
    """The unit in which a limit is counted (docs/rules/deadlines.md)."""

    CALENDAR = "calendar"
    WORKING = "working"
    OFFICE_HOURS = "office_hours"
    NATURAL_HOURS = "natural_hours"
