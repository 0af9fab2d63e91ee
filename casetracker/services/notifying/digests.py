"""One message a person and run that sums up their reminders; its counts are those of the lists.

Counts are taken when the text is made: in the inbox at the run, in a mail when it goes.
"""

from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from casetracker.domain.deadlines import Standing
from casetracker.domain.permissions import Right
from casetracker.domain.reminders import SUPERVISION_SUGGESTED_FROM, ReminderStep
from casetracker.domain.vocabulary import Role
from casetracker.persistence.account import Account
from casetracker.persistence.clock import Reminder
from casetracker.persistence.inserting import insert_once
from casetracker.persistence.outbox import InboxMessage
from casetracker.persistence.patrol import HazardReminder
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.queries.reference import Reference
from casetracker.persistence.sealing import keyring
from casetracker.services.case_reading.lane_list import count_lane
from casetracker.services.case_reading.listing import count_cases
from casetracker.services.channels import channels
from casetracker.services.context import Actor, Context
from casetracker.services.notifying.outside import MAIL, SMS, Envelope, queue, queue_sms
from casetracker.services.notifying.recipients import Directory, Person
from casetracker.services.notifying.wording import BODY, TITLE, worded
from casetracker.services.patrol.figures import hazards_waiting
from casetracker.services.use_case import query, use_case

TOPIC = "reminder_digest"
TOLD: tuple[Any, ...] = (Reminder, HazardReminder)
LATE_HAZARDS = "/ops/hazards?part=late"


@query
def people_to_tell(ctx: Context, session: Session) -> list[int]:
    """Accounts with reminders that no digest has summed up yet."""
    found: set[int] = set()
    for table in TOLD:
        waiting = select(table.account_id).where(table.digest_id.is_(None)).distinct()
        found.update(session.scalars(waiting))
    return sorted(found)


@use_case
def tell(ctx: Context, session: Session, account_id: int, directory: Directory) -> bool:
    """Sum up the person's open reminders in one message; False if another run was quicker."""
    newest = {table: _newest(session, table, account_id) for table in TOLD}
    if not any(newest.values()):
        return False
    key = f"digest:{account_id}:{':'.join(str(one or 0) for one in newest.values())}"
    digest_id = _open_message(ctx, session, account_id, key)
    if digest_id is None:
        return False
    for table, last in newest.items():
        _sum_up(session, table, account_id, last, digest_id)
    person = directory.people.get(account_id)
    if person is not None:
        _write(ctx, session, directory, person, digest_id)
        _send_outside(ctx, session, directory, person, digest_id)
    return True


def _newest(session: Session, table: Any, account_id: int) -> int | None:
    mine = table.account_id == account_id
    return session.scalar(select(func.max(table.id)).where(mine, table.digest_id.is_(None)))


def _sum_up(
    session: Session, table: Any, account_id: int, last: int | None, digest_id: int
) -> None:
    if last is None:
        return
    open_ones = update(table).where(
        table.account_id == account_id, table.digest_id.is_(None), table.id <= last
    )
    session.execute(
        open_ones.values(digest_id=digest_id).execution_options(synchronize_session=False)
    )


def facts_for(
    ctx: Context, session: Session, ref: Reference, actor: Actor, digest_id: int
) -> dict[str, Any]:
    """What a digest says: counts as the person's own lists count them now, and what was told."""
    theirs = Context(actor, ctx.now, ctx.request_id, ctx.door)
    counts = {
        standing: _count(theirs, standing) for standing in (Standing.OVERDUE, Standing.DUE_SOON)
    }
    graver = Standing.OVERDUE if counts[Standing.OVERDUE] else Standing.DUE_SOON
    supervises = Role.SUPERVISOR in actor.roles
    of_cases = _told(session, Reminder, Reminder.case_id, digest_id)
    of_hazards = _told(session, HazardReminder, HazardReminder.hazard_id, digest_id)
    path = list_of(actor, graver) if of_cases["told"] else LATE_HAZARDS
    return {
        "street": ref.settings["street_name"],
        "public_url": channels().public_url,
        "overdue": counts[Standing.OVERDUE],
        "due_soon": counts[Standing.DUE_SOON],
        "path": path,
        "link": f"{channels().public_url}{path}",
        "to_supervise": _very_late(session, digest_id) if supervises else 0,
        "told": of_cases["told"],
        "hazards_told": of_hazards["told"],
        "hazards_late": _late_hazards(theirs) if of_hazards["told"] else 0,
        "late": of_cases["late"] or of_hazards["late"],
    }


def list_of(actor: Actor, standing: Standing) -> str:
    """The list whose total a digest names; the confidential lane has one of its own."""
    return f"/ops/{'lane' if actor.may(Right.LANE) else 'cases'}?standing={standing}"


def _late_hazards(theirs: Context) -> int:
    return hazards_waiting(theirs).late if theirs.actor.may(Right.PATROL_READ) else 0


def _count(theirs: Context, standing: Standing) -> int:
    if theirs.actor.may(Right.LANE):
        return count_lane(theirs, standing)
    return count_cases(theirs, CaseFilter(is_open=True, standing=standing))


def _told(session: Session, table: Any, subject: Any, digest_id: int) -> dict[str, Any]:
    """By step, the gravest first, how many cases or hazards were told of."""
    rows = session.execute(
        select(
            table.step,
            func.count(subject.distinct()).label("subjects"),
            func.count().filter(table.is_late).label("late"),
        )
        .where(table.digest_id == digest_id)
        .group_by(table.step)
    ).all()
    counted = {row.step: row.subjects for row in rows}
    told = [(str(step), counted[step]) for step in reversed(ReminderStep) if step in counted]
    return {"told": told, "late": any(row.late for row in rows)}


def _very_late(session: Session, digest_id: int) -> int:
    late = select(func.count(Reminder.case_id.distinct())).where(
        Reminder.digest_id == digest_id,
        Reminder.step == ReminderStep.OVERDUE_AGAIN,
        Reminder.occurrence >= SUPERVISION_SUGGESTED_FROM,
    )
    return session.scalar(late) or 0


def _open_message(ctx: Context, session: Session, account_id: int, key: str) -> int | None:
    """The row of the message; None where the key is taken. Its words follow at once."""
    blank = {
        "account_id": account_id,
        "topic": TOPIC,
        "title": "",
        "body": "",
        "dedupe_key": key,
        "created_at": ctx.now,
    }
    added = insert_once(session, InboxMessage).values(blank).returning(InboxMessage.id)
    return session.scalar(added)


def _write(
    ctx: Context, session: Session, directory: Directory, person: Person, digest_id: int
) -> None:
    facts = facts_for(ctx, session, directory.ref, person.actor, digest_id)
    session.execute(
        update(InboxMessage)
        .where(InboxMessage.id == digest_id)
        .values(
            title=worded(TOPIC, TITLE, facts), body=worded(TOPIC, BODY, facts), link=facts["path"]
        )
    )


def _send_outside(
    ctx: Context, session: Session, directory: Directory, person: Person, digest_id: int
) -> None:
    """One channel besides the inbox: mail where there is an address, else a short message."""
    account_id = person.actor.account_id
    recipient = f"account:{account_id}"
    if channels().mailer.is_on and person.has_email:
        envelope = Envelope(TOPIC, recipient, f"{MAIL}:digest:{digest_id}", digest_id=digest_id)
        queue(session, MAIL, envelope, ctx.now)
    elif channels().sms.is_on and person.has_mobile:
        envelope = Envelope(TOPIC, recipient, f"{SMS}:digest:{digest_id}", digest_id=digest_id)
        mobile = session.scalar(select(Account.mobile).where(Account.id == account_id)) or ""
        index = keyring().blind_index(mobile, field="petitioners.phone")
        per_day = directory.ref.settings["sms_per_day"]
        queue_sms(session, envelope, index, ctx.now, per_day=per_day)
