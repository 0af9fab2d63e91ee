"""The words that people write for a report, kept with its period; blank ones are generated.

Source: docs/rules/reports.md 9.
"""

from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.days import local
from casetracker.domain.errors import Conflict, GuardRefused
from casetracker.domain.papers.content import Heading, Paragraph
from casetracker.domain.permissions import Right
from casetracker.domain.reports import conclusions
from casetracker.domain.reports.facts import ReportFacts, Wording
from casetracker.domain.reports.periods import ReportPeriod, Span
from casetracker.domain.reports.unit_sections import examples
from casetracker.persistence.account import Account
from casetracker.persistence.database import locked, take_turns
from casetracker.persistence.queries.frozen_months import frozen_month
from casetracker.persistence.reports import ReportWording
from casetracker.services.access_log import note_access
from casetracker.services.commands.reports import WriteWording
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query, use_case

PARTS = tuple(field.name for field in fields(Wording))


@dataclass(frozen=True, slots=True)
class KeptWording:
    """The words with who wrote them last; version 0 where nobody did."""

    words: Wording
    version: int = 0
    changed_by: str | None = None
    changed_at: datetime | None = None


@query
def kept_wording(ctx: Context, session: Session, period: ReportPeriod) -> KeptWording:
    """What is kept for a period."""
    row = session.get(ReportWording, (period.span, period.key))
    if row is None:
        return KeptWording(Wording())
    words = Wording(**{name: getattr(row, name) for name in PARTS})
    return KeptWording(words, row.version, _name(session, row.changed_by), row.changed_at)


@use_case
def write_wording(
    ctx: Context,
    session: Session,
    period: ReportPeriod,
    command: WriteWording,
    generated: Wording,
    seen: int,
) -> None:
    """Keep what differs from the generated words.

    Raises NotPermitted, Conflict when somebody else wrote since version `seen`, GuardRefused
    (`words_are_frozen`) for a month that was frozen.
    """
    require_right(ctx, Right.REPORTS)
    take_turns(session, turn_of(period))
    if period.span is Span.MONTH and frozen_month(session, period.key) is not None:
        raise GuardRefused("words_are_frozen", month=period.name)
    wanted = select(ReportWording).where(
        ReportWording.span == period.span, ReportWording.key == period.key
    )
    row = session.scalar(locked(session, wanted))
    if row is not None and row.version != seen:
        at = f"{local(row.changed_at):%Y-%m-%d %H:%M}"
        raise Conflict("report_changed", who=_name(session, row.changed_by), at=at)
    row = row or ReportWording(span=period.span, key=period.key, version=0)
    for name in PARTS:
        words = getattr(command, name)
        setattr(row, name, None if _same(words, getattr(generated, name)) else words)
    assert ctx.actor.account_id is not None, "only people have the right"
    row.version, row.changed_by, row.changed_at = row.version + 1, ctx.actor.account_id, ctx.now
    session.add(row)
    note_access(ctx, session, Access.REPORT_KEPT, f"编写通报文字 {period.key}")


def turn_of(period: ReportPeriod) -> str:
    """For `take_turns`: words are not written while their month is being frozen."""
    return f"report:{period.span}:{period.key}"


def generated_wording(facts: ReportFacts) -> Wording:
    """What stands in the report where nobody wrote anything."""
    told = [
        block.text for block in examples(facts.examples) if isinstance(block, Paragraph | Heading)
    ]
    return Wording(
        examples="\n".join(told),
        problems=conclusions.problems(facts),
        demands=conclusions.demands(facts),
    )


def _same(words: str | None, generated: str | None) -> bool:
    """Whether the words are the generated ones, whatever a browser made of the line breaks."""
    return (words or "").split() == (generated or "").split()


def _name(session: Session, account_id: int) -> str:
    return session.scalar(select(Account.name).where(Account.id == account_id)) or ""
