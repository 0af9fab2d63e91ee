"""Who hears of which step of a petition, and what the petitioner gets on the telephone."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from casetracker.persistence.account import Account
from casetracker.persistence.outbox import InboxMessage, OutboxRow
from casetracker.services.notifying.delivery import drain
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.petitions import assign, classify, draft, petition, serve, worked
from tests.factories.street import Street

PHONE = {"name": "李四", "phone": "13987654321"}


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


def heard(street: Street, number: str) -> dict[str, list[str]]:
    """Topics of the inbox messages about a petition, by username."""
    drain(street.ctx("operator"), 1000)
    names = {actor.account_id: name for name, actor in street.people.items()}
    chosen = select(InboxMessage).where(InboxMessage.case_id == street.case(number).id)
    found: dict[str, list[str]] = {}
    for row in street.session.scalars(chosen.order_by(InboxMessage.id)):
        found.setdefault(names[row.account_id], []).append(row.topic)
    return found


def who_heard(street: Street, number: str, topic: str) -> set[str]:
    return {name for name, topics in heard(street, number).items() if topic in topics}


def test_a_new_petition_is_told_to_the_other_clerks_and_to_no_dispatcher(street: Street) -> None:
    number = petition(street).number
    assert heard(street, number) == {"second_clerk": ["petition_registered"]}


@pytest.mark.parametrize(
    ("until", "topic", "people"),
    [
        ("handling", "petition_assigned", {"head", "handler"}),
        ("to_check", "opinion_to_check", {"adviser"}),
        ("to_sign_off", "opinion_to_sign", {"deputy", "leader"}),
        ("to_serve", "opinion_to_serve", {"clerk", "second_clerk"}),
        ("in_review", "review_requested", {"second_clerk"}),
        ("in_final_review", "review_requested", {"second_clerk"}),
    ],
)
def test_each_stage_is_told_to_whoever_has_to_act(
    street: Street, until: str, topic: str, people: set[str]
) -> None:
    number = worked(street, until)
    assert who_heard(street, number, topic) == people


def test_a_refusal_by_a_leader_is_told_to_the_clerks_who_serve_it(street: Street) -> None:
    number = worked(street, "classified")
    street.act("leader", number, "decline", reason="not_ours", organ="区法院", text="请向法院。")
    assert who_heard(street, number, "petition_refused") == {"clerk", "second_clerk"}


def test_the_head_of_the_organ_decides_an_extension_and_the_clerks_tell_the_petitioner(
    street: Street,
) -> None:
    number = worked(street, "handling")
    street.act("handler", number, "request_extension", days=30, reason="expert_opinion",
               text="需鉴定")  # fmt: skip
    assert who_heard(street, number, "extension_requested") == {"leader"}
    street.act("leader", number, "decide_extension", granted=True, note="同意")
    assert who_heard(street, number, "petition_extended") == {"handler", "clerk", "second_clerk"}


@pytest.mark.parametrize(("who", "action"), [("adviser", "legal_check"), ("deputy", "sign_off")])
def test_a_draft_that_is_sent_back_comes_to_handler_and_head(
    street: Street, who: str, action: str
) -> None:
    number = worked(street, {"legal_check": "to_check", "sign_off": "to_sign_off"}[action])
    street.act(who, number, action, granted=False, note="依据不足。")
    assert who_heard(street, number, "opinion_sent_back") == {"handler", "head"}


def test_what_is_ordered_anew_is_told_to_the_unit(street: Street) -> None:
    number = worked(street, "in_review")
    street.act("clerk", number, "decide_review", outcome="rehandle", text="事实不清。")
    assert who_heard(street, number, "handled_anew") == {"handler", "head"}


def test_a_proposed_settlement_is_told_to_the_signers_and_its_finding_to_the_clerk(
    street: Street,
) -> None:
    number = worked(street, "served")
    street.act("clerk", number, "mark_settled", text="签署息诉承诺。")
    assert who_heard(street, number, "settlement_proposed") == {"deputy", "leader"}
    street.act("deputy", number, "mark_settled", granted=True, text="回访属实。")
    assert who_heard(street, number, "settlement_decided") == {"clerk"}


def test_urging_before_a_unit_has_it_reaches_the_clerks(street: Street) -> None:
    number = worked(street, "registered")
    street.act("supervisor", number, "urge")
    assert who_heard(street, number, "urged") == {"clerk", "second_clerk"}


def test_shared_texts_speak_of_a_petition(street: Street) -> None:
    number = worked(street, "handling")
    street.act("supervisor", number, "supervise", trigger="near_due", requirement="三日内办结")
    heard(street, number)
    chosen = select(InboxMessage.title).where(InboxMessage.topic == "supervised")
    assert set(street.session.scalars(chosen)) == {f"信访件 {number} 已列入督办"}


def test_an_accusation_is_told_to_the_discipline_officers_alone_and_never_by_mail(
    street: Street, outside: Outside
) -> None:
    for name in ("discipline", "clerk", "leader"):
        account = street.session.get_one(Account, street.people[name].account_id)
        account.email = f"{name}@office.test"
    street.session.commit()
    number = petition(street, petitioner=PHONE).number
    classify(street, number, petition_class="accusation", subroute=None, reason="反映违纪。")
    at_once = petition(street, petitioner=PHONE, petition={"petition_class": "accusation"}).number
    from_hotline = street.worked("handling")
    heard(street, from_hotline)
    outside.mail.ledger.clear()
    outside.sms.ledger.clear()
    street.act("dispatcher", from_hotline, "transfer_confidential", reason="属检举控告。")
    for one in (number, at_once, from_hotline):
        assert heard(street, one) == {"discipline": ["lane_entered"]}
    assert outside.mail.ledger == []
    assert outside.sms.ledger == []
    assert not any("code" in payload for payload in payloads(street))


class TestShortMessages:
    """To the petitioner: registered with the query code, extended, answered."""

    def test_the_code_goes_to_the_mobile_and_is_nowhere_kept_in_clear(
        self, street: Street, outside: Outside
    ) -> None:
        outcome = petition(street, petitioner=PHONE)
        code = outcome.facts["query_code"]
        assert code not in kept(street)
        drain(street.ctx("operator"))
        [sms] = outside.sms.ledger
        assert sms.to == PHONE["phone"]
        assert outcome.number in sms.text
        assert f"查询码{code}" in sms.text
        assert "李四" not in sms.text
        assert code not in kept(street)
        assert not any("code" in payload for payload in payloads(street)), "wiped once it went"

    def test_without_a_phone_everything_goes_on_and_nothing_is_sent(
        self, street: Street, outside: Outside
    ) -> None:
        number = worked(street, "archived")
        heard(street, number)
        assert outside.sms.ledger == []
        assert not any("code" in payload for payload in payloads(street))

    def test_a_landline_gets_no_message_and_its_code_is_not_kept(
        self, street: Street, outside: Outside
    ) -> None:
        number = petition(street, petitioner={"name": "李四", "phone": "02783210000"}).number
        heard(street, number)
        assert outside.sms.ledger == []
        assert not any("code" in payload for payload in payloads(street))

    def test_extension_and_answer_are_told(self, street: Street, outside: Outside) -> None:
        number = worked(street, "handling", petitioner=PHONE)
        street.act("handler", number, "request_extension", days=10, reason="expert_opinion",
                   text="需鉴定")  # fmt: skip
        street.act("leader", number, "decide_extension", granted=True, note="同意")
        draft(street, number)
        street.act("adviser", number, "legal_check", granted=True, note="合法")
        street.act("leader", number, "sign_off", granted=True)
        serve(street, number)
        drain(street.ctx("operator"), 1000)
        texts = [sms.text for sms in outside.sms.ledger]
        assert ["办理期限延长" in text for text in texts] == [False, True, False]
        assert ["已有书面答复" in text for text in texts] == [False, False, True]
        assert not any("东风社区" in text for text in texts)


def payloads(street: Street) -> list[dict[str, object]]:
    street.session.expire_all()
    return list(street.session.scalars(select(OutboxRow.payload)))


def kept(street: Street) -> str:
    return str(payloads(street))


def test_the_unit_is_told_again_when_another_one_gets_it(street: Street) -> None:
    number = worked(street, "handling")
    assign(street, number, unit="新河社区", handler="other_handler")
    assert who_heard(street, number, "petition_assigned") >= {"other_head", "other_handler"}
