"""One tick of a site without a broker: everything periodic whose time has come, in one call.

`casetracker outbox run` calls it every few seconds. It may run beside workers: each job keeps
itself from being done twice.
"""

from dataclasses import dataclass
from datetime import timedelta

from casetracker.services import heartbeats
from casetracker.services.context import Context
from casetracker.services.exports.making import make_waiting
from casetracker.services.notifying import deadline_watch, delivery, report_mail
from casetracker.services.notifying.delivery import Drained
from casetracker.services.notifying.troubled_messages import repeat_reminders
from casetracker.services.oversight import watching
from casetracker.services.running import housekeeping, rollup

REMINDERS_EVERY = timedelta(seconds=60)
WATCH_EVERY = timedelta(seconds=60)
HOUSEKEEPING_EVERY = timedelta(days=1)
REPORTS_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Ticked:
    """What one tick did."""

    drained: Drained
    reminded: int = 0
    cleaned: bool = False


def tick(ctx: Context, limit: int = 200) -> Ticked:
    """Remind and watch once a minute, report hourly, clean once a day; export, sum up, deliver.

    At most `limit` rows are delivered.
    """
    ages = heartbeats.ages(ctx)
    reminded, cleaned = 0, False
    if _is_due(ages, deadline_watch.HEARTBEAT, REMINDERS_EVERY):
        reminded = deadline_watch.scan(ctx).reminders
        repeat_reminders(ctx)
    if _is_due(ages, watching.HEARTBEAT, WATCH_EVERY):
        watching.watch(ctx)
    if _is_due(ages, housekeeping.HEARTBEAT, HOUSEKEEPING_EVERY):
        cleaned = housekeeping.clean(ctx)
    if _is_due(ages, report_mail.HEARTBEAT, REPORTS_EVERY):
        report_mail.send_reports(ctx)
    make_waiting(ctx)
    rollup.roll(ctx)
    return Ticked(delivery.drain(ctx, limit), reminded, cleaned)


def _is_due(ages: dict[str, timedelta], name: str, every: timedelta) -> bool:
    """Never done, long enough ago, or at a time to come: then the machine's clock was set back, and
    waiting for that moment would keep everybody without reminders.
    """
    return not timedelta(0) <= ages.get(name, every) < every
