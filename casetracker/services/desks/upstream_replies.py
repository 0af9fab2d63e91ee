"""Replies to tickets of an upstream platform, in the form in which that platform wants them.

Nobody types a reply twice: the text is made of the office's template for the channel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session, aliased

from casetracker.domain.access import Access
from casetracker.domain.days import at, local_date
from casetracker.domain.deadlines import Standing, standing
from casetracker.domain.errors import NotFound
from casetracker.domain.permissions import Right
from casetracker.domain.reply_places import UPSTREAM, filled
from casetracker.domain.vocabulary import Channel, Result, State
from casetracker.labels import label
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.case import Case
from casetracker.persistence.exchange import ReplyTemplate
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.persistence.queries.visible import visible
from casetracker.persistence.working import Reply
from casetracker.services.context import Context, require_right
from casetracker.services.notifying.wording import moment
from casetracker.services.scoping import scope_of
from casetracker.services.use_case import query

LOOKED_BACK = timedelta(days=30)
"""How far back the desk reminds of what was not carried over."""
WARNING = timedelta(days=1)
GIVEN_HERE = Reply.submitted_by.is_not(None)
"""An imported reply has no author: it came from a platform that knows it already."""
GENERAL = (
    "上级平台单号：{external_number}\n诉求标题：{title}\n办理结果：{result}\n承办单位：{unit}\n"
    "答复时间：{replied_at}\n答复内容：{reply}"
)
"""For a channel that the office has written no template for."""


@dataclass(frozen=True, slots=True)
class UpstreamReply:
    """The last reply of a ticket; `template` None where the general form was taken.

    `standing` compares the platform's own limit with the carrying over, None without a limit.
    """

    reply_id: int
    number: str
    external_number: str
    title: str
    state: State
    channel: Channel
    unit: str
    result: Result
    replied_at: datetime
    due_at: datetime | None
    standing: Standing | None
    copied_at: datetime | None
    copied_by: str | None
    template: str | None
    wording: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """Replies of the days before that nobody carried over, and the last of these days."""

    count: int
    day: date | None


@query
def upstream_replies(ctx: Context, session: Session, day: date) -> tuple[UpstreamReply, ...]:
    """Those that reached the resident on that day, what is not carried over first."""
    require_right(ctx, Right.UPSTREAM_REPLY)
    start, end = at(day, time.min), at(day + timedelta(days=1), time.min)
    return _found(ctx, session, GIVEN_HERE, Reply.reached_at >= start, Reply.reached_at < end)


@query
def upstream_reply(ctx: Context, session: Session, number: str) -> UpstreamReply:
    """The reply of one ticket. Raises NotFound for a case without number above or reply."""
    require_right(ctx, Right.UPSTREAM_REPLY)
    found = _found(ctx, session, Case.number == number)
    if not found:
        raise NotFound(number=number)
    return found[0]


@query
def not_copied_before(ctx: Context, session: Session, day: date) -> Earlier:
    """What the days before left behind."""
    require_right(ctx, Right.UPSTREAM_REPLY)
    end = at(day, time.min)
    left = _replies(ctx, reference(session), func.count(), func.max(Reply.reached_at)).where(
        GIVEN_HERE, Reply.copied_upstream_at.is_(None),
        Reply.reached_at >= end - LOOKED_BACK, Reply.reached_at < end,
    )  # fmt: skip
    count, last = session.execute(left).one()
    return Earlier(count, local_date(last) if last else None)


def _replies(ctx: Context, ref: Reference, *columns: Any) -> Select[Any]:
    """The last approved reply of every ticket that the actor sees."""
    later = aliased(Reply)
    newest = select(func.max(later.id)).where(later.case_id == Case.id, later.approved.is_(True))
    return (
        select(*columns)
        .select_from(Reply)
        .join(Case, Case.id == Reply.case_id)
        .where(
            Case.external_number.is_not(None),
            Reply.reached_at.is_not(None),
            Reply.id == newest.correlate(Case).scalar_subquery(),
            visible(scope_of(ctx.actor, ref)),
        )
    )


def _found(
    ctx: Context, session: Session, *condition: ColumnElement[bool]
) -> tuple[UpstreamReply, ...]:
    ref = reference(session)
    parent = aliased(Case)
    rows = session.execute(
        _replies(ctx, ref, Case, Reply, parent.lead_unit_id.label("parent_unit_id"))
        .outerjoin(parent, parent.id == Case.grouped_into_id)
        .where(*condition)
        .order_by(
            case((Reply.copied_upstream_at.is_(None), 0), else_=1),
            case((Case.external_due_at.is_(None), 1), else_=0),
            Case.external_due_at,
            Reply.reached_at,
            Reply.id,
        )
    ).all()
    templates = _templates(session)
    copiers = _copiers(session, [row.Case.number for row in rows])
    return tuple(_reply(ctx, ref, row, templates, copiers) for row in rows)


def _templates(session: Session) -> dict[Channel | None, ReplyTemplate]:
    """By channel, the one that was changed last; None is for all channels."""
    rows = session.scalars(
        select(ReplyTemplate)
        .where(ReplyTemplate.use == UPSTREAM, ReplyTemplate.is_active)
        .order_by(ReplyTemplate.changed_at, ReplyTemplate.id)
    )
    return {row.channel: row for row in rows}


def _copiers(session: Session, numbers: Sequence[str]) -> dict[str, str]:
    """Who carried the reply of a case over last."""
    rows = session.execute(
        select(AccessRecord.case_number, Account.name)
        .join(Account, Account.id == AccessRecord.account_id)
        .where(AccessRecord.what == Access.UPSTREAM_COPIED, AccessRecord.case_number.in_(numbers))
        .order_by(AccessRecord.id)
    )
    return {number: name for number, name in rows if number}


def _reply(
    ctx: Context, ref: Reference, row: Any, templates: Mapping[Channel | None, ReplyTemplate],
    copiers: Mapping[str, str],
) -> UpstreamReply:  # fmt: skip
    ticket: Case = row.Case
    reply: Reply = row.Reply
    assert ticket.external_number is not None
    assert reply.reached_at is not None
    unit = ref.unit_name(ticket.lead_unit_id or row.parent_unit_id)
    template = templates.get(ticket.channel) or templates.get(None)
    facts = {
        "number": ticket.number,
        "external_number": ticket.external_number,
        "title": ticket.title,
        "unit": unit or str(ref.settings["street_name"]),
        "result": label(reply.result),
        "reply": reply.text,
        "replied_at": moment(reply.reached_at),
    }
    return UpstreamReply(
        reply_id=reply.id,
        number=ticket.number,
        external_number=ticket.external_number,
        title=ticket.title,
        state=ticket.state,
        channel=ticket.channel,
        unit=facts["unit"],
        result=reply.result,
        replied_at=reply.reached_at,
        due_at=ticket.external_due_at,
        standing=_standing(ticket.external_due_at, reply.copied_upstream_at, ctx.now),
        copied_at=reply.copied_upstream_at,
        copied_by=copiers.get(ticket.number) if reply.copied_upstream_at else None,
        template=template.name if template else None,
        wording=filled(template.body if template else GENERAL, facts),
    )


def _standing(due: datetime | None, copied: datetime | None, now: datetime) -> Standing | None:
    return standing(due, due - WARNING, now, stopped_at=copied) if due else None
