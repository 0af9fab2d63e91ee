"""A calendar in which days change places: the due date stays, the warning before it does not."""

from datetime import date

from sqlalchemy import func, select

from casetracker.persistence.clock import Clock
from casetracker.services.office.calendar_loading import load_year
from casetracker.services.office.calendar_notices import Notice, NoticeDay, shipped_notice
from tests.factories.street import Street


def test_the_list_shows_the_warning_of_the_new_calendar(street: Street) -> None:
    number = street.worked("signed")
    street.act("handler", number, "contact", outcome="reached")
    before = street.case(number)
    due, warned = before.next_due_at, before.next_warn_at
    shipped = shipped_notice(2026)
    assert shipped is not None
    swapped = (NoticeDay(date(2026, 3, 6), False, "调休"), NoticeDay(date(2026, 3, 7), True))
    load_year(street.ctx("admin"), Notice(2026, "调休", (*shipped.days, *swapped)))
    after = street.case(number)
    assert after.next_due_at == due
    assert after.next_warn_at != warned
    earliest = select(func.min(Clock.warn_at)).where(
        Clock.case_id == after.id, Clock.status == "running"
    )
    assert after.next_warn_at == street.session.scalar(earliest)
