"""A message in the inbox says what its case is about, as long as its reader may see the case."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from casetracker.persistence.outbox import InboxMessage
from tests.factories.street import Street
from tests.pages import visit

SignIn = Callable[[str], FlaskClient]
TITLE = "东风小区路灯不亮"


@pytest.mark.parametrize(("who", "is_told"), [("handler", True), ("other_handler", False)])
def test_the_title_stands_with_the_message_for_whoever_sees_the_case(
    street: Street, sign_in_as: SignIn, who: str, is_told: bool
) -> None:
    number = street.worked("to_sign", title=TITLE)
    street.session.add(
        InboxMessage(
            account_id=street.people[who].account_id,
            topic="dispatched",
            title=f"工单 {number} 已派单",
            body="请签收。",
            case_id=street.case(number).id,
            dedupe_key=f"test:{who}",
            created_at=street.now,
        )
    )
    street.session.commit()
    page = visit(sign_in_as(who), "/ops/inbox")
    assert f"工单 {number} 已派单" in page.text
    assert (TITLE in page.text) is is_told
