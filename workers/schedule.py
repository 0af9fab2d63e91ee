"""The beat table. Beat only ticks: every task finds its work in the database by itself.

A tick that no worker took before the next one comes has expired; ticks never pile up. Times are
Asia/Shanghai.
"""

from typing import Any

from celery.schedules import crontab

OUTBOX_EVERY_S = 10
REMINDERS_EVERY_S = 60
OVERSIGHT_EVERY_S = 60
EXPORTS_EVERY_S = 15
FIGURES_EVERY_S = 5
AT_ONCE = ("outbox", "reminders")
"""Ticked when beat starts, too."""

SCHEDULE: dict[str, dict[str, Any]] = {
    # Steps wake delivery by themselves; this finds what a lost nudge, a crash or a pause left.
    "outbox": {
        "task": "casetracker.outbox.drain",
        "schedule": OUTBOX_EVERY_S,
        "options": {"expires": OUTBOX_EVERY_S},
    },
    # A reminder is due to the minute; when nothing is due, the scan is one look at an index.
    "reminders": {
        "task": "casetracker.deadlines.remind",
        "schedule": REMINDERS_EVERY_S,
        "options": {"expires": REMINDERS_EVERY_S},
    },
    # Beside the reminders: a case whose moment has come, or on which something happened.
    "oversight": {
        "task": "casetracker.oversight.watch",
        "schedule": OVERSIGHT_EVERY_S,
        "options": {"expires": OVERSIGHT_EVERY_S},
    },
    # An order wakes its maker by itself; this finds what a lost nudge or a crash left.
    "exports": {
        "task": "casetracker.exports.make",
        "schedule": EXPORTS_EVERY_S,
        "options": {"expires": EXPORTS_EVERY_S},
    },
    # What changed since is counted whenever somebody reads figures: the less, the quicker.
    "figures": {
        "task": "casetracker.figures.roll",
        "schedule": FIGURES_EVERY_S,
        "options": {"expires": FIGURES_EVERY_S},
    },
    # Mornings; what was sent is not sent again, so that a machine that was off makes up for it.
    "reports": {
        "task": "casetracker.reports.send",
        "schedule": crontab(hour="8-18", minute=5),
        "options": {"expires": 3000},
    },
    # At night nobody waits for the database. Hourly until six, because the machine may have been
    # off at two: the first one of a day does it.
    "housekeeping": {
        "task": "casetracker.housekeeping.clean",
        "schedule": crontab(hour="2-6", minute=20),
        "options": {"expires": 1800},
    },
}
