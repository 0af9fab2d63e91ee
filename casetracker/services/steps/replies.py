"""What reached residents: replies given on the spot, and what those hear whose case was grouped.

Not use cases of their own: what several steps share.
"""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.hotline import HOTLINE
from casetracker.domain.privacy import mask_text
from casetracker.domain.vocabulary import (
    Action,
    ContactChannel,
    Result,
    Role,
    Visibility,
)
from casetracker.persistence.case import Case
from casetracker.persistence.database import locked
from casetracker.persistence.working import Reply
from casetracker.services.steps.casework import CaseWork, Step


def last_reply(session: Session, case: Case) -> Reply | None:
    """The latest reply that reached the resident of a case."""
    return session.scalar(
        select(Reply)
        .where(Reply.case_id == case.id, Reply.approved.is_(True))
        .order_by(Reply.id.desc())
        .limit(1)
    )


def reply_on_the_spot(work: CaseWork, text: str, result: Result, via: ContactChannel) -> Reply:
    """A reply that needed no review because it was given on the spot."""
    case = work.case
    reply = Reply(
        case_id=case.id,
        round=case.round,
        draft_no=1,
        result=result,
        text=text,
        text_hash=reply_hash(text),
        submitted_by=work.ctx.actor.account_id,
        submitted_at=work.ctx.now,
        reviewed_by=work.ctx.actor.account_id,
        reviewed_at=work.ctx.now,
        approved=True,
        reached_via=via,
        reached_at=work.ctx.now,
    )
    work.session.add(reply)
    return reply


def reply_hash(text: str) -> str:
    """What two identical replies share, whatever their spacing."""
    return hashlib.sha256("".join(text.split()).encode()).hexdigest()


def tell_grouped(work: CaseWork, reply: Reply) -> None:
    """Everybody whose case was grouped into this one gets the reply under their own number, and
    so does everybody whose case was grouped into theirs before.
    """
    for child in _grouped_into(work):
        pass_on(child, reply, work.case.number)


def pass_on(child: CaseWork, reply: Reply, parent: str) -> None:
    """The reply to the matter reaches a resident whose case was grouped; what looks like a
    telephone or identity number of somebody else is masked. Source: row 2a.
    """
    text = mask_text(reply.text)
    reply_on_the_spot(child, text, reply.result, ContactChannel.ONLINE)
    child.case.replied_at = child.case.replied_at or child.ctx.now
    child.case.result = reply.result
    child.advance(
        Step(HOTLINE.row(Action.PASS_ON), Role.SYSTEM),
        payload={"from": parent},
        text=text,
        visibility=Visibility.PUBLIC,
    )
    tell_grouped(child, reply)


def direct_grouped(work: CaseWork, text: str) -> None:
    """Everybody whose case was grouped into this one hears where the matter belongs, and so does
    everybody behind them. Source: row 2b.
    """
    for child in _grouped_into(work):
        child.advance(
            Step(HOTLINE.row(Action.DIRECT_ON), Role.SYSTEM),
            payload={"from": work.case.number},
            text=mask_text(text),
            visibility=Visibility.PUBLIC,
        )
        direct_grouped(child, text)


def _grouped_into(work: CaseWork) -> list[CaseWork]:
    query = select(Case).where(Case.grouped_into_id == work.case.id).order_by(Case.id)
    children = work.session.scalars(locked(work.session, query)).all()
    return [CaseWork.around(work.ctx, work.session, work.ref, child) for child in children]
