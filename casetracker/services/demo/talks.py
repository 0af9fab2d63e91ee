"""约谈 of the demonstration: one whose promise was kept, one whose day is over."""

from datetime import time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from casetracker.domain.days import at, local_date
from casetracker.persistence.account import Account
from casetracker.persistence.oversight import Talk
from casetracker.persistence.queries.reference import reference
from casetracker.services.context import Context
from casetracker.services.use_case import use_case

SUPERVISOR = "supervisor1"
TOLD = (
    ("xinhe", 40, 10, "两件群众不满意件重办后再次超期。", "十日内全部办结，负责人逐户回访。",
     "两件均已办结，回访满意。"),
    ("gonggong", 12, 7, "督办反馈敷衍，两次被退回。", "七日内报送整改清单，明确时间节点。", None),
)  # fmt: skip


@use_case
def lay_talks(ctx: Context, session: Session) -> None:
    """The same for the same moment."""
    ref, today = reference(session), local_date(ctx.now)
    staff = {row.username: row for row in session.execute(select(Account.id, Account.username,
                                                                 Account.name))}  # fmt: skip
    for unit, ago, days, matter, promise, follow_up in TOLD:
        held = today - timedelta(days=ago)
        due = held + timedelta(days=days)
        session.add(
            Talk(
                unit_id=ref.unit_names[unit],
                held_on=held,
                host=f"分管领导 {staff['deputy1'].name}",
                attendees=f"负责人 {staff[f'{unit}_head'].name}",
                matter=matter,
                promise=promise,
                promise_due_on=due,
                follow_up=follow_up,
                followed_up_on=due if follow_up else None,
                entered_by=staff[SUPERVISOR].id,
                entered_at=at(held, time(16)),
            )
        )
