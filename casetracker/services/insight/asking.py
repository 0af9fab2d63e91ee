"""Who may look into the figures, and the spans of days that they look at."""

from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from casetracker.domain.days import local_date
from casetracker.domain.permissions import Right
from casetracker.domain.rates import Profile
from casetracker.persistence.queries.reference import Reference, reference
from casetracker.services.context import Context, require_right
from casetracker.services.reports.asking import Asking
from casetracker.services.scoping import scope_of


def asking_of(ctx: Context, session: Session) -> Asking:
    """A reader of statistics within their scope. Raises NotPermitted."""
    require_right(ctx, Right.STATISTICS)
    ref = reference(session)
    return Asking(session, ref, scope_of(ctx.actor, ref), ctx.now)


def profile_at(ref: Reference, day: date) -> Profile:
    """What the office counts the month of a day by."""
    return ref.profiles.default(day.strftime("%Y-%m"))


def days_up_to(last: date, count: int) -> tuple[date, date]:
    """So many days, the last of them included: first and last."""
    return last - timedelta(days=count - 1), last


def month_so_far(month: str, now: datetime) -> tuple[date, date]:
    """First and last day of a month, of a running one up to today. Months as YYYY-MM."""
    first = date.fromisoformat(f"{month}-01")
    following = (first + timedelta(days=31)).replace(day=1)
    today = local_date(now)
    last = following - timedelta(days=1)
    return first, today if first <= today < last else last
