"""Mail and short messages put into words at the moment they go, with the address of that moment.

Nothing personal is kept in the outbox: rows name case, entry and recipient; here they meet.
"""

import hashlib
from typing import Any

from sqlalchemy.orm import Session

from casetracker.gateways.mailer import Mail
from casetracker.gateways.sms import Sms
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case, Petitioner
from casetracker.persistence.outbox import OutboxRow
from casetracker.services.context import Context
from casetracker.services.notifying import digests, notices, report_mail
from casetracker.services.notifying.codes_by_sms import code_of
from casetracker.services.notifying.outside import MAIL
from casetracker.services.notifying.recipients import Directory
from casetracker.services.notifying.wording import BODY, SMS, TITLE, worded

RESIDENT = "petitioner:"


class NobodyToTell(Exception):
    """The recipient has no address any more, or the account is not in use: nothing to send."""


def compose(ctx: Context, session: Session, row: OutboxRow, directory: Directory) -> Mail | Sms:
    """The message of one outbox row, marked 可能重复 where somebody decided to send it again.

    Raises NobodyToTell.
    """
    facts = {**_facts(ctx, session, row, directory), "again": bool(row.payload.get("again"))}
    address = _address(session, row)
    name = message_id(row)
    if row.channel == MAIL:
        inner = facts | {part: worded(row.topic, part, facts) for part in (TITLE, BODY)}
        title, body = (worded("frame_mail", part, inner) for part in (TITLE, BODY))
        return Mail(address, title, body, name)
    frame = "frame_resident" if row.recipient.startswith(RESIDENT) else "frame_staff"
    text = worded(frame, SMS, facts | {"text": worded(row.topic, SMS, facts)})
    return Sms(address, text, name)


def message_id(row: OutboxRow) -> str:
    """The same for every try of its own accord, so that a gateway which took the message and then
    failed can refuse the second; another once a person decided to send it again.
    """
    told = f"{row.dedupe_key} {row.created_at.isoformat()} {row.payload.get('series', 0)}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _facts(ctx: Context, session: Session, row: OutboxRow, directory: Directory) -> dict[str, Any]:
    if row.topic == digests.TOPIC:
        person = directory.people.get(_id_in(row.recipient))
        if person is None:
            raise NobodyToTell("账号已停用")
        digest_id = int(row.payload["digest"])
        return digests.facts_for(ctx, session, directory.ref, person.actor, digest_id)
    if row.topic == report_mail.TOPIC:
        return report_mail.facts_for(row, directory.ref.settings["street_name"])
    case = session.get(Case, row.case_id) if row.case_id else None
    if case is not None and case.is_sealed:
        raise NobodyToTell("保密件不向外发送")
    if case is not None:
        return notices.facts_of_case(directory, case) | {"query_code": code_of(row)}
    return notices.facts_of_street(directory)


def _address(session: Session, row: OutboxRow) -> str:
    if row.recipient.startswith(RESIDENT):
        petitioner = session.get(Petitioner, _id_in(row.recipient))
        address = petitioner.phone if petitioner else None
    else:
        address = _staff_address(session, _id_in(row.recipient), row.channel)
    if not address:
        raise NobodyToTell("收件人已没有可用的地址")
    return address


def _staff_address(session: Session, account_id: int, channel: str) -> str | None:
    account = session.get(Account, account_id)
    if account is None or not account.is_active:
        return None
    return account.email if channel == MAIL else account.mobile


def _id_in(recipient: str) -> int:
    return int(recipient.partition(":")[2])
