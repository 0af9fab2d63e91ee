"""信访接待: what the regulation wants published, for anybody."""

from datetime import UTC, datetime

import time_machine

from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.queries.reference import touch
from tests.factories.ledgers import reception
from tests.pages import parse, visit


def test_address_telephone_and_hours_are_those_of_the_office(client, street) -> None:
    for name, value in (("petition_address", "新沟大道1号一楼"), ("petition_phone", "027-83210001"),
                        ("petition_hours", "08:30-12:00")):  # fmt: skip
        street.session.add(Setting(name=name, value=value, changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    page = visit(client, "/receptions")
    assert "新沟大道1号一楼" in page.text
    assert "工作日 8:30–12:00" in page.text
    assert page.links["027-83210001"] == "tel:02783210001"
    assert "代表不超过 5 人" in page.text


def test_what_is_over_or_not_published_is_not_shown(client, street) -> None:
    reception(street)
    reception(street, publish=False, day="2026-03-06")
    with time_machine.travel(street.now, tick=False):
        shown = visit(client, "/receptions").text
    assert "3月3日(周二) 09:00" in shown
    assert "3月6日" not in shown
    with time_machine.travel(datetime(2026, 3, 4, tzinfo=UTC), tick=False):
        assert "还没有公布接访日程" in visit(client, "/receptions").text


def test_the_page_is_found_from_the_front_door(client, street) -> None:
    for page in ("/", "/guidance", "/statistics"):
        assert "/receptions" in parse(client.get(page)).links.values()
