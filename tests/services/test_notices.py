"""Who hears of a step, by which channel and in which words."""

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from casetracker.persistence.account import Account
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.outbox import InboxMessage, OutboxRow, OutboxState
from casetracker.persistence.queries.reference import touch
from casetracker.resources import templates_folder
from casetracker.services.notifying.delivery import drain
from casetracker.services.notifying.wording import parts_needed, worded
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.street import Street

FACTS = {
    "number": "RX2026-000001", "kind": "求助", "unit": "东风社区", "due": "2026年3月9日23:59",
    "street": "新沟镇街道办事处", "public_url": "https://x.test", "link": "https://x.test/l",
    "again": False, "word": "工单", "next_due": "2026年3月6日23:59", "query_code": "ABCD2345",
}  # fmt: skip
FRAMES = {"frame_mail", "frame_resident", "frame_staff", "reminder_digest", "report_mail", "merged"}


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


def told(street: Street, number: str) -> dict[str, list[str]]:
    """Titles of the inbox messages about a case, by username."""
    names = {actor.account_id: name for name, actor in street.people.items()}
    rows = street.session.scalars(
        select(InboxMessage).where(InboxMessage.case_id == street.case(number).id)
    )
    found: dict[str, list[str]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        found.setdefault(names[row.account_id], []).append(row.topic)
    return found


def rows_of(street: Street, channel: str) -> list[OutboxRow]:
    chosen = select(OutboxRow).where(OutboxRow.channel == channel).order_by(OutboxRow.id)
    return list(street.session.scalars(chosen))


def setting(street: Street, name: str, value: str) -> None:
    street.session.merge(Setting(name=name, value=value, changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()


def test_every_rule_has_exactly_the_texts_it_needs() -> None:
    there: dict[str, set[str]] = {}
    for path in (templates_folder() / "notices").glob("*.txt"):
        template, part, _ = path.name.split(".")
        there.setdefault(template, set()).add(part)
    assert {name: parts for name, parts in there.items() if name not in FRAMES} == parts_needed()


@pytest.mark.parametrize(
    ("template", "part"),
    sorted((name, part) for name, parts in parts_needed().items() for part in parts),
)
def test_texts_render_with_the_facts_of_a_case_and_name_it(template: str, part: str) -> None:
    text = worded(template, part, FACTS)
    assert FACTS["number"] in text
    if part == "sms":
        assert "东风社区" not in text, "whoever reads over the shoulder learns no unit"
        assert len(text) <= 60


def test_registering_tells_dispatchers_but_not_whoever_registered(
    street: Street, outside: Outside
) -> None:
    by_operator = street.register().number
    by_dispatcher = street.register("dispatcher").number
    drain(street.ctx("operator"))
    assert told(street, by_operator) == {"dispatcher": ["registered"]}
    assert told(street, by_dispatcher) == {}


def test_dispatch_tells_head_and_handlers_of_the_unit(street: Street, outside: Outside) -> None:
    number = street.worked("to_sign")
    drain(street.ctx("operator"))
    heard = told(street, number)
    assert {name for name in heard if "dispatched" in heard[name]} == {
        "head", "handler", "second_handler",
    }  # fmt: skip


def test_once_a_handler_is_named_the_others_are_left_in_peace(
    street: Street, outside: Outside
) -> None:
    number = street.worked("handling")
    street.act("supervisor", number, "supervise", trigger="near_due", requirement="请三日内办结")
    drain(street.ctx("operator"))
    heard = told(street, number)
    assert "supervised" in heard["handler"]
    assert "supervised" in heard["head"]
    assert "supervised" not in heard.get("second_handler", [])


def test_whoever_asked_learns_what_was_decided(street: Street, outside: Outside) -> None:
    number = street.worked("handling")
    street.act(
        "handler", number, "request_extension", reason="construction_period", days=3, text="需施工"
    )
    street.act("deputy", number, "decide_extension", granted=False, note="抓紧")
    drain(street.ctx("operator"))
    heard = told(street, number)
    assert "extension_requested" in heard["deputy"]
    assert "extension_refused" in heard["handler"]


def test_units_invited_to_assist_hear_of_it(street: Street, outside: Outside) -> None:
    number = street.worked("handling")
    street.act("handler", number, "assist", units=["新河社区"], request="请配合")
    drain(street.ctx("operator"))
    heard = told(street, number)
    assert heard["other_head"] == ["assist_invited"]
    assert heard["other_handler"] == ["assist_invited"]


def test_a_second_run_and_a_repeated_relay_row_add_nothing(
    street: Street, outside: Outside
) -> None:
    number = street.worked("to_sign")
    drain(street.ctx("operator"))
    before = told(street, number), len(outside.sms.ledger)
    for row in rows_of(street, "relay"):
        row.state, row.next_at = OutboxState.WAITING, street.now
    street.session.commit()
    drain(street.ctx("operator"))
    assert (told(street, number), len(outside.sms.ledger)) == before


def test_the_resident_gets_a_message_with_number_and_address_only(
    street: Street, outside: Outside
) -> None:
    number = street.register(kind="report", content="举报某单位乱收费,请查处。").number
    drain(street.ctx("operator"))
    [sms] = outside.sms.ledger
    assert sms.to == "13812345678"
    assert number in sms.text
    assert "https://minhu.test/" in sms.text
    assert not re.search("张三|收费|举报|某单位", sms.text)


def test_a_resident_whose_case_is_settled_on_hold_gets_word_of_the_reply(
    street: Street, outside: Outside
) -> None:
    number = street.worked("handling")
    street.act("head", number, "request_hold", text="待立项", plan="九月完工")
    street.act("deputy", number, "decide_hold", granted=True, note="同意")
    drain(street.ctx("operator"))
    before = len(outside.sms.ledger)
    street.act("deputy", number, "release", settled=True, note="已完工", text="已全部完工")
    drain(street.ctx("operator"))
    (message,) = outside.sms.ledger[before:]
    assert "已有办理答复" in message.text


def test_rows_hold_ids_and_no_personal_data(street: Street, outside: Outside) -> None:
    street.register()
    drain(street.ctx("operator"))
    for row in rows_of(street, "relay") + rows_of(street, "sms"):
        kept = f"{row.recipient} {row.dedupe_key} {row.payload} {row.last_error}"
        assert "13812345678" not in kept
        assert "张三" not in kept


@pytest.mark.parametrize("phone", [None, "02783210000"])
def test_no_short_message_without_a_mobile(
    street: Street, outside: Outside, phone: str | None
) -> None:
    street.register(petitioner={"name": "张三", "phone": phone})
    drain(street.ctx("operator"))
    assert rows_of(street, "sms") == []


def test_no_short_message_when_the_office_switched_them_off(
    street: Street, outside: Outside
) -> None:
    setting(street, "sms_to_residents", "0")
    street.register()
    drain(street.ctx("operator"))
    assert rows_of(street, "sms") == []


def test_without_a_gateway_nothing_is_queued_for_it(street: Street, outside: Outside) -> None:
    outside.sms.is_on = outside.mail.is_on = False
    number = street.register().number
    drain(street.ctx("operator"))
    assert rows_of(street, "sms") + rows_of(street, "mail") == []
    assert told(street, number) == {"dispatcher": ["registered"]}


def test_beyond_the_daily_limit_messages_are_merged_into_one_the_next_morning(
    street: Street, outside: Outside
) -> None:
    setting(street, "sms_per_day", "2")
    for _ in range(5):
        street.register()
    drain(street.ctx("operator"))
    assert len(outside.sms.ledger) == 2
    street.wait(days=1)
    drain(street.ctx("operator"))
    assert len(outside.sms.ledger) == 3
    assert "多条新进展" in outside.sms.ledger[-1].text


def test_mail_goes_to_accounts_with_an_address_and_holds_no_words_of_the_resident(
    street: Street, outside: Outside
) -> None:
    account = street.session.get_one(Account, street.people["dispatcher"].account_id)
    account.email = "dispatcher@office.test"
    street.session.commit()
    number = street.register(content="东风小区三栋路灯不亮").number
    drain(street.ctx("operator"))
    [mail] = outside.mail.ledger
    assert mail.to == "dispatcher@office.test"
    assert number in mail.subject
    assert f"https://minhu.test/ops/cases/{number}" in mail.body
    assert "路灯" not in mail.body
    assert "张三" not in mail.body


def test_people_who_left_hear_nothing(street: Street, outside: Outside) -> None:
    for name in ("handler", "head"):
        street.session.get_one(Account, street.people[name].account_id).is_active = False
    street.session.commit()
    number = street.register().number
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    drain(street.ctx("operator"))
    assert set(told(street, number)) == {"dispatcher", "second_handler"}


def test_a_unit_without_a_head_is_answered_for_by_the_next_one_above(
    street: Street, outside: Outside
) -> None:
    head = street.session.get_one(Account, street.people["head"].account_id)
    head.unit_id = street.units["street"].id
    street.session.commit()
    number = street.worked("to_sign")
    drain(street.ctx("operator"))
    assert "dispatched" in told(street, number)["head"]
