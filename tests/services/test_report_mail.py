"""Reports by mail: what is over goes once to each who wants it, while it is switched on."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from casetracker.gateways.file_store import FileStore
from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.outbox import OutboxRow
from casetracker.persistence.queries.reference import touch
from casetracker.services.commands.reports import SubscribeReports
from casetracker.services.context import SYSTEM, Context
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.notifying.delivery import drain
from casetracker.services.notifying.report_mail import send_reports
from casetracker.services.reports.subscribing import subscribe
from tests.factories.frozen import print_blank
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.street import Street


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


@pytest.fixture
def wanted(street: Street) -> Street:
    """The leader wants every form, the supervisor the month; both have an address; it is on."""
    for name in ("leader", "supervisor", "head"):
        street.session.scalars(
            select(Account).where(Account.username == name)
        ).one().email = f"{name}@example.org"
    switch(street, "1")
    chosen = {"month": ["leader", "supervisor"], "week": ["leader"], "day": ["leader"]}
    subscribe(street.ctx("supervisor"), SubscribeReports.model_validate(chosen))
    return street


def switch(street: Street, value: str) -> None:
    street.session.merge(
        Setting(name="report_mail", value=value, changed_by=None, changed_at=street.now)
    )
    touch(street.session, street.now)
    street.session.commit()


def send(street: Street) -> int:
    return send_reports(Context(SYSTEM, street.now, door="test"))


def sent(street: Street) -> list[tuple[str, str]]:
    rows = street.session.scalars(
        select(OutboxRow).where(OutboxRow.topic == "report_mail").order_by(OutboxRow.id)
    )
    names = {actor.account_id: name for name, actor in street.people.items()}
    return [(row.payload["key"], names[int(row.recipient.split(":")[1])]) for row in rows]


def test_what_is_over_goes_once_to_each_who_wants_it(wanted: Street, outside: Outside) -> None:
    assert send(wanted) == 4
    assert sorted(sent(wanted)) == [
        ("2026-02", "leader"), ("2026-02", "supervisor"), ("2026-03-01", "leader"),
        ("2026-W09", "leader"),
    ]  # fmt: skip
    wanted.wait(hours=1)
    assert send(wanted) == 0
    wanted.wait(days=1)
    assert send(wanted) == 1, "only the next day's report is new"


def test_the_mail_tells_the_summary_and_where_the_rest_is(wanted: Street, outside: Outside) -> None:
    wanted.register()
    wanted.wait(days=1)
    send(wanted)
    drain(Context(SYSTEM, wanted.now, door="test"))
    mails = {mail.subject: mail for mail in outside.mail.ledger if "日报" in mail.subject}
    [(title, mail)] = mails.items()
    assert "2026年3月2日“民呼我应”工作日报" in title
    assert mail.to == "leader@example.org"
    assert "3月2日共受理群众诉求1件，环比—" in mail.body
    assert "https://minhu.test/ops/reports/day/2026-03-02.pdf" in mail.body


def test_switched_off_without_mail_or_before_eight_nothing_goes(
    wanted: Street, outside: Outside
) -> None:
    switch(wanted, "0")
    assert send(wanted) == 0
    switch(wanted, "1")
    outside.mail.is_on = False
    assert send(wanted) == 0
    outside.mail.is_on = True
    wanted.now -= timedelta(hours=2)
    assert send(wanted) == 0


def test_a_report_that_is_no_longer_fresh_is_not_sent(wanted: Street, outside: Outside) -> None:
    wanted.wait(days=8)  # Tuesday the 10th
    send(wanted)
    assert sorted(key for key, _ in sent(wanted)) == ["2026-03-09", "2026-W10"]


def test_who_lost_the_right_gets_none(wanted: Street, outside: Outside) -> None:
    row = wanted.session.scalars(select(Account).where(Account.username == "leader")).one()
    row.roles = frozenset({"operator"})
    wanted.session.commit()
    send(wanted)
    assert sent(wanted) == [("2026-02", "supervisor")]


def test_the_mail_of_a_frozen_month_says_what_was_frozen(
    wanted: Street, outside: Outside, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    print_blank(monkeypatch)
    freeze_month(wanted.ctx("leader"), "2026-02")
    number = wanted.register().number
    wanted.case(number).received_at = wanted.now.replace(month=2, day=20)
    wanted.session.commit()
    send(wanted)
    row = wanted.session.scalars(
        select(OutboxRow).where(OutboxRow.topic == "report_mail").order_by(OutboxRow.id)
    ).first()
    assert row is not None
    assert row.payload["key"] == "2026-02"
    assert "2月共受理群众诉求0件" in row.payload["lines"][0]
