"""Who is sent the reports of every month, week or day (定期发送).

Source: docs/rules/reports.md 11.
"""

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from casetracker.domain.access import Access
from casetracker.domain.errors import InvalidInput
from casetracker.domain.permissions import RIGHTS, Right
from casetracker.domain.reports.periods import Span
from casetracker.persistence.account import Account
from casetracker.persistence.reports import ReportSubscription
from casetracker.services.access_log import note_access
from casetracker.services.commands.reports import SubscribeReports
from casetracker.services.context import Context, require_right
from casetracker.services.use_case import query, use_case


@query
def receivers(ctx: Context, session: Session) -> list[tuple[str, str]]:
    """Usernames and names of those who may be chosen: with the right and with an address."""
    require_right(ctx, Right.REPORTS)
    return [(row.username, f"{row.name}（{row.email}）") for row in eligible(session)]


def eligible(session: Session) -> list[Account]:
    """Accounts in use that may make reports and can be reached by mail."""
    rows = session.scalars(select(Account).where(Account.is_active).order_by(Account.id))
    return [row for row in rows if row.email and RIGHTS[Right.REPORTS] & row.roles]


@query
def subscriptions(ctx: Context, session: Session) -> dict[str, list[str]]:
    """Usernames by form of report."""
    require_right(ctx, Right.REPORTS)
    rows = session.execute(
        select(ReportSubscription.span, Account.username)
        .join(Account, Account.id == ReportSubscription.account_id)
        .order_by(Account.id)
    )
    chosen: dict[str, list[str]] = {span.value: [] for span in Span}
    for span, username in rows:
        chosen[span].append(username)
    return chosen


@use_case
def subscribe(ctx: Context, session: Session, command: SubscribeReports) -> None:
    """The lists as chosen replace those before. Raises InvalidInput for who may not be chosen."""
    require_right(ctx, Right.REPORTS)
    ids = {row.username: row.id for row in eligible(session)}
    wanted = {span: getattr(command, span.value) for span in Span}
    for span, names in wanted.items():
        if set(names) - ids.keys():
            raise InvalidInput({span.value: "unknown_account"})
    session.execute(delete(ReportSubscription))
    session.add_all(
        ReportSubscription(account_id=ids[name], span=span.value)
        for span, names in wanted.items()
        for name in dict.fromkeys(names)
    )
    told = "；".join(f"{span}：{'、'.join(names) or '无'}" for span, names in wanted.items())
    note_access(ctx, session, Access.REPORT_KEPT, f"定期发送名单 {told}")
