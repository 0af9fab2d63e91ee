"""The page on which an administrator decides about messages that did not get through."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from casetracker.gateways.errors import OutcomeUnknown, Refused
from casetracker.persistence.outbox import OutboxRow, OutboxState
from casetracker.services.notifying.delivery import drain
from tests.factories.gateways import Outside, fake_gateways
from tests.pages import submit, visit

HERE = "/ops/admin/delivery"


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


@pytest.fixture
def troubled(street, outside):
    """One message that may have gone and one that was refused."""
    street.register(petitioner={"name": "张三", "phone": "13812345671"})
    outside.sms.failures = [OutcomeUnknown("网关未答复")]
    drain(street.ctx("operator"))
    street.register(petitioner={"name": "李四", "phone": "13812345672"})
    outside.sms.failures = [Refused("号码为空号")]
    drain(street.ctx("operator"))
    rows = street.session.scalars(select(OutboxRow).where(OutboxRow.channel == "sms"))
    return {row.state: row for row in rows}


def test_the_page_lists_what_did_not_get_through_and_names_nobody(sign_in_as, troubled):
    page = visit(sign_in_as("admin"), HERE)
    assert "结果未知" in page.text
    assert "号码为空号" in page.text
    assert "RX2026-000001" in page.text
    assert "张三" not in page.text
    assert "13812345671" not in page.text


def test_it_can_be_narrowed_to_what_is_unknown(sign_in_as, troubled):
    page = visit(sign_in_as("admin"), f"{HERE}?state=unknown")
    assert "网关未答复" in page.text
    assert "号码为空号" not in page.text


def test_a_message_is_sent_again_with_a_reason(sign_in_as, street, troubled, outside):
    browser = sign_in_as("admin")
    row = troubled[OutboxState.UNKNOWN]
    page = visit(browser, f"{HERE}/{row.id}")
    assert "可能重复" in page.text
    submit(
        browser, page, page.response.request.path, reason="网关核实未收到", decision="send_again"
    )
    drain(street.ctx("operator"))
    assert "可能重复" in outside.sms.ledger[-1].text


def test_a_message_is_given_up_with_a_reason(sign_in_as, street, troubled):
    browser = sign_in_as("admin")
    row = troubled[OutboxState.DEAD]
    here = f"{HERE}/{row.id}"
    page = submit(
        browser, visit(browser, here), here, reason="空号，已上门告知", decision="give_up"
    )
    assert "号码为空号" not in page.text
    street.session.expire_all()
    assert street.session.get_one(OutboxRow, row.id).state is OutboxState.GIVEN_UP


def test_without_a_reason_nothing_happens(sign_in_as, street, troubled):
    browser = sign_in_as("admin")
    row = troubled[OutboxState.DEAD]
    here = f"{HERE}/{row.id}"
    page = submit(browser, visit(browser, here), here, reason=" ", decision="give_up")
    assert "不能为空" in page.text
    street.session.expire_all()
    assert street.session.get_one(OutboxRow, row.id).state is OutboxState.DEAD


@pytest.mark.parametrize("who", ["operator", "security", "auditor"])
def test_it_is_the_system_administrators_alone(sign_in_as, troubled, who):
    assert sign_in_as(who).get(HERE).status_code == 403
