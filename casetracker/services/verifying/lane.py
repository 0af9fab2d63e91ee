"""P4: what is in the confidential lane has left no trace elsewhere.

Source: 《信访工作条例》 art. 30(3); docs/rules/petition.md §6.
"""

from collections.abc import Iterator

from sqlalchemy import exists, or_, select

from casetracker.domain.petition_vocabulary import PetitionClass
from casetracker.domain.vocabulary import Role
from casetracker.persistence import search_index
from casetracker.persistence.account import Account
from casetracker.persistence.case import Case
from casetracker.persistence.clock import Reminder
from casetracker.persistence.outbox import InboxMessage
from casetracker.persistence.petition import ConfidentialMatter, Petition
from casetracker.services.steps.lane.sealing import CONTENT, TITLE
from casetracker.services.verifying.findings import Finding, Sight

CODE = "P4"


def leaked(sight: Sight) -> Iterator[Finding]:
    """Accusations on the open desk; sealed cases with words, places, units or messages left."""
    yield from _open_accusations(sight)
    locked = exists().where(ConfidentialMatter.case_id == Case.id)
    for case in sight.session.execute(
        select(
            Case.id, Case.number, Case.title, Case.content, Case.address, Case.lead_unit_id,
            Case.category_id, Case.external_key, locked.label("is_locked"),
        ).where(Case.is_sealed)
    ):  # fmt: skip
        shown = (case.title, case.content) != (TITLE, CONTENT) or case.address is not None
        if shown or not case.is_locked:
            yield Finding(CODE, "保密件内容未转入保密存放", case.number)
        if case.lead_unit_id is not None or case.category_id is not None:
            yield Finding(CODE, "保密件仍挂在单位或分类下", case.number)
        if case.external_key is not None:
            yield Finding(CODE, "保密件的上级平台单号仍可查重", case.number)
        if search_index.knows(sight.session, case.id):
            yield Finding(CODE, "保密件仍可检索", case.number)
    yield from _messages(sight, InboxMessage, "保密件的消息留在他人收件箱")
    yield from _messages(sight, Reminder, "保密件的提醒发给了他人")
    yield from _same_matter(sight)


def _open_accusations(sight: Sight) -> Iterator[Finding]:
    query = (
        select(Case.number)
        .join(Petition, Petition.case_id == Case.id)
        .where(Petition.petition_class == PetitionClass.ACCUSATION, Case.is_sealed.is_(False))
    )
    for number in sight.session.scalars(query):
        yield Finding(CODE, "检举控告未进入保密通道", number)


def _messages(
    sight: Sight, table: type[InboxMessage] | type[Reminder], kind: str
) -> Iterator[Finding]:
    query = (
        select(Case.number, Account.roles)
        .join(table, table.case_id == Case.id)
        .join(Account, Account.id == table.account_id)
        .where(Case.is_sealed)
    )
    for row in sight.session.execute(query):
        if Role.DISCIPLINE not in row.roles:
            yield Finding(CODE, kind, row.number)


def _same_matter(sight: Sight) -> Iterator[Finding]:
    """Cases of the open desk that tell a sealed matter under another number, or name it."""
    sealed = select(Case.id).where(Case.is_sealed)
    became = select(Petition.from_hotline_id).where(
        Petition.case_id.in_(sealed), Petition.from_hotline_id.is_not(None)
    )
    beside = or_(
        Case.id.in_(became), Case.grouped_into_id.in_(sealed), Case.repeat_of_id.in_(sealed)
    )
    query = select(Case.number).where(beside, Case.is_sealed.is_(False))
    for number in sight.session.scalars(query):
        yield Finding(CODE, "与保密件同一事项的工单仍在台面上", number)
