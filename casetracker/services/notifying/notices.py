"""From one recorded step to the messages about it: whom it concerns, and by which channel.

Run for every relay row that recording wrote; whatever runs twice adds nothing, because each
message has a key of entry and recipient. Source: docs/rules/notices.md.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.listeners import Listener, NoticeRule
from casetracker.domain.notices import rule_for
from casetracker.domain.person_numbers import MOBILE
from casetracker.domain.vocabulary import Role, Track
from casetracker.labels import label
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.database import locked
from casetracker.persistence.inserting import add_once
from casetracker.persistence.outbox import InboxMessage, OutboxRow
from casetracker.persistence.timeline import TimelineEntry
from casetracker.services.channels import channels
from casetracker.services.context import Context
from casetracker.services.notifying.codes_by_sms import code_aside, without_code
from casetracker.services.notifying.outside import MAIL, SMS, Envelope, queue, queue_sms
from casetracker.services.notifying.recipients import NOBODY, Directory, Ids
from casetracker.services.notifying.wording import BODY, TITLE, moment, worded

WORDS = {Track.HOTLINE: "工单", Track.PETITION: "信访件"}
"""What texts that both tracks share call a case."""


@dataclass(frozen=True, slots=True)
class Told:
    """The step that is told, with its case as it stands now."""

    case: Case
    entry: TimelineEntry
    rule: NoticeRule

    @property
    def template(self) -> str:
        return self.rule.template

    @property
    def event(self) -> str:
        """What the keys of all its messages begin with."""
        return f"{self.case.number}:{self.entry.seq}"


def expand(ctx: Context, session: Session, relay: OutboxRow, directory: Directory) -> None:
    """Write the inbox messages and outbox rows of one entry, in the caller's transaction.

    Whoever took the step is not told of it.
    """
    told = _told(session, relay)
    if told is None:
        return
    accounts = _listening(told, directory) - {told.entry.actor_id}
    for account in sorted(accounts):
        _tell_account(ctx, session, told, directory, account)
    if Listener.PETITIONER in told.rule.listeners:
        _tell_petitioner(ctx, session, told, directory, code_aside(relay))
    relay.payload = without_code(relay.payload)


def facts_of_case(directory: Directory, case: Case) -> dict[str, Any]:
    """What texts about a case may say. No words of the resident, no person, no telephone number."""
    return {
        **facts_of_street(directory),
        "number": case.number,
        "word": WORDS[case.track],
        "kind": label(case.kind),
        "unit": directory.ref.unit_name(case.lead_unit_id) or "",
        "due": moment(case.handle_due_at or case.next_due_at),
        "next_due": moment(case.next_due_at),
        "link": f"{channels().public_url}{link_to(case)}",
    }


def facts_of_street(directory: Directory) -> dict[str, Any]:
    """What every text may say: who writes, and where residents look up their matter."""
    street = directory.ref.settings["street_name"]
    return {"street": street, "public_url": channels().public_url}


def link_to(case: Case) -> str:
    """Where staff find the case."""
    return f"/ops/cases/{case.number}"


def _told(session: Session, relay: OutboxRow) -> Told | None:
    row = session.execute(
        select(Case, TimelineEntry)
        .join(TimelineEntry, TimelineEntry.case_id == Case.id)
        .where(Case.id == relay.case_id, TimelineEntry.seq == relay.seq)
    ).one()
    case, entry = row.Case, row.TimelineEntry
    rule = rule_for(case.track, entry.action, entry.outcome, is_sealed=case.is_sealed)
    return Told(case, entry, rule) if rule else None


def _listening(told: Told, directory: Directory) -> Ids:
    found = NOBODY
    for listener in told.rule.listeners - {Listener.PETITIONER}:
        found |= _people(listener, told, directory)
    return found


def _people(listener: Listener, told: Told, directory: Directory) -> Ids:
    case, payload = told.case, told.entry.payload
    match listener:
        case Listener.LEAD_HEAD:
            return directory.heads(case.lead_unit_id)
        case Listener.LEAD_HANDLER:
            return directory.handlers(case.lead_unit_id, case.handler_id)
        case Listener.DEPUTY_LEADER:
            return directory.deputy_leader(case.lead_unit_id)
        case Listener.REQUESTER:
            return directory.active((payload.get("requested_by"),))
        case Listener.REGISTRANT:
            return directory.active((case.registered_by,))
        case Listener.NAMED_UNITS:
            units = payload.get("named_units", ())
            return NOBODY.union(*(directory.heads(u) | directory.handlers(u) for u in units))
    return directory.having(_OFFICES[listener])


_OFFICES = {
    Listener.DISPATCHERS: Role.DISPATCHER,
    Listener.SUPERVISORS: Role.SUPERVISOR,
    Listener.FOLLOW_UP_STAFF: Role.FOLLOW_UP,
    Listener.LEADERS: Role.LEADER,
    Listener.CLERKS: Role.PETITION_CLERK,
    Listener.LEGAL_ADVISERS: Role.LEGAL_ADVISER,
    Listener.DISCIPLINE: Role.DISCIPLINE,
}


def _tell_account(
    ctx: Context, session: Session, told: Told, directory: Directory, account: int
) -> None:
    facts = facts_of_case(directory, told.case)
    message = {
        "account_id": account,
        "topic": told.template,
        "title": worded(told.template, TITLE, facts),
        "body": worded(told.template, BODY, facts),
        "link": link_to(told.case),
        "case_id": told.case.id,
        "dedupe_key": f"{told.event}:{account}",
        "created_at": ctx.now,
    }
    add_once(session, InboxMessage, message)
    by_mail = channels().mailer.is_on and not told.case.is_sealed  # nothing of it leaves the house
    if by_mail and directory.people[account].has_email:
        recipient = f"account:{account}"
        queue(session, MAIL, _envelope(told, MAIL, recipient), ctx.now)


def _tell_petitioner(
    ctx: Context, session: Session, told: Told, directory: Directory, aside: Mapping[str, Any]
) -> None:
    settings = directory.ref.settings
    if not (settings["sms_to_residents"] and channels().sms.is_on):
        return
    chosen = select(Petitioner).where(Petitioner.id == told.case.petitioner_id)
    person = session.scalar(locked(session, chosen))  # two events at once count one after another
    if person is None or person.phone_index is None or not MOBILE.fullmatch(person.phone or ""):
        return
    envelope = replace(_envelope(told, SMS, f"petitioner:{person.id}"), aside=aside)
    queue_sms(session, envelope, person.phone_index, ctx.now, per_day=settings["sms_per_day"])


def _envelope(told: Told, channel: str, recipient: str) -> Envelope:
    key = f"{channel}:{told.event}:{recipient}"
    return Envelope(told.template, recipient, key, told.case.id, told.entry.seq)
