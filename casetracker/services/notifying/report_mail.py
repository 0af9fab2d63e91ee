"""Reports sent by mail: when a period is over, its summary and a link to those who want it.

The summary is put into words once and kept in the outbox: figures of the street, no person. A
period goes to a person once, however often the tick comes. Source: docs/rules/reports.md 11.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import local, local_date
from casetracker.domain.papers.content import Paragraph
from casetracker.domain.reports.hotline_sections import overall
from casetracker.domain.reports.notice import report_title
from casetracker.domain.reports.periods import ReportPeriod, Span, last_full
from casetracker.persistence.outbox import OutboxRow
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.reports import ReportSubscription
from casetracker.services import heartbeats
from casetracker.services.channels import channels
from casetracker.services.context import Context
from casetracker.services.notifying.outside import MAIL, Envelope, queue
from casetracker.services.reports.gathering import report_facts
from casetracker.services.reports.keeping import kept_report
from casetracker.services.reports.subscribing import eligible
from casetracker.services.use_case import query, use_case

TOPIC = "report_mail"
HEARTBEAT = "report_mail"
SEND_FROM = 8
"""The hour of the morning, Asia/Shanghai, from which reports go out."""

FRESH: Mapping[Span, timedelta] = {
    Span.MONTH: timedelta(days=5),
    Span.WEEK: timedelta(days=2),
    Span.DAY: timedelta(days=1),
}
"""How long after a period its report is still sent; whoever subscribes later gets the next."""


def send_reports(ctx: Context) -> int:
    """Queue what is due now; the number of mails that are new."""
    heartbeats.beat(ctx, HEARTBEAT)
    if not channels().mailer.is_on or local(ctx.now).hour < SEND_FROM:
        return 0
    return sum(_send(ctx, last_full(span, ctx.now)) for span in Span)


def _send(ctx: Context, period: ReportPeriod) -> int:
    since = local_date(ctx.now) - _day_after(period)
    people = _waiting(ctx, period) if since < FRESH[period.span] else []
    return _queue(ctx, period, people, _summary(ctx, period)) if people else 0


def _day_after(period: ReportPeriod) -> date:
    """The first day on which the period is over."""
    return local_date(period.calendar_end())


@query
def _waiting(ctx: Context, session: Session, period: ReportPeriod) -> list[int]:
    """Accounts that want the report and were not sent it yet; none while it is switched off."""
    if not reference(session).settings["report_mail"]:
        return []
    able = {row.id for row in eligible(session)}
    wanted = select(ReportSubscription.account_id).where(ReportSubscription.span == period.span)
    people = able & set(session.scalars(wanted))
    keys = {_key(period, one): one for one in people}
    told = session.scalars(select(OutboxRow.dedupe_key).where(OutboxRow.dedupe_key.in_(keys)))
    return sorted(people - {keys[key] for key in told})


def _key(period: ReportPeriod, account_id: int) -> str:
    return f"{MAIL}:report:{period.span}:{period.key}:account:{account_id}"


def _summary(ctx: Context, period: ReportPeriod) -> dict[str, Any]:
    """Title and first part of the report, of a frozen month as it was frozen."""
    kept = kept_report(ctx, period)
    facts = kept.facts if kept else report_facts(ctx, period)
    lines = [block.text for block in overall(facts) if isinstance(block, Paragraph)]
    title = report_title(facts).replace("\n", "")
    return {"report": str(period.span), "key": period.key, "title": title, "lines": lines}


@use_case
def _queue(
    ctx: Context, session: Session, period: ReportPeriod, people: list[int], said: dict[str, Any]
) -> int:
    return sum(
        queue(
            session,
            MAIL,
            Envelope(TOPIC, f"account:{one}", _key(period, one), aside=said),
            ctx.now,
        )
        for one in people
    )


def facts_for(row: OutboxRow, street: str) -> dict[str, Any]:
    """What the mail says."""
    said = row.payload
    path = f"/ops/reports/{said['report']}/{said['key']}.pdf"
    return {
        "street": street,
        "public_url": channels().public_url,
        "link": f"{channels().public_url}{path}",
        "report_title": said["title"],
        "lines": said["lines"],
    }
