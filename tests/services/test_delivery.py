"""What leaves the house: once when it works, again when it surely failed, never again in doubt."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from casetracker.domain.errors import NotFound, NotPermitted
from casetracker.gateways.errors import OutcomeUnknown, Refused, TryAgain
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.case import Petitioner
from casetracker.persistence.outbox import Heartbeat, InboxMessage, OutboxRow, OutboxState
from casetracker.services.commands.delivery import DecideDelivery
from casetracker.services.notifying import claiming, delivery, notices
from casetracker.services.notifying.claiming import MOST_ATTEMPTS, claim, pause
from casetracker.services.notifying.delivery import drain
from casetracker.services.notifying.messages import message_id
from casetracker.services.notifying.troubled_messages import (
    count_troubled,
    decide_delivery,
    list_troubled,
)
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.street import Street


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


def sms_row(street: Street) -> OutboxRow:
    street.session.expire_all()
    return street.session.scalars(select(OutboxRow).where(OutboxRow.channel == "sms")).one()


def decide(street: Street, row: OutboxRow, decision: str, reason: str, who: str = "admin") -> None:
    command = DecideDelivery.model_validate({"decision": decision, "reason": reason})
    decide_delivery(street.ctx(who), row.id, command)


def run(street: Street) -> delivery.Drained:
    return drain(street.ctx("operator"))


def test_a_message_that_was_taken_is_sent_once(street: Street, outside: Outside) -> None:
    street.register()
    assert (run(street).sent, run(street).sent) == (1, 0)
    row = sms_row(street)
    assert row.state is OutboxState.SENT
    assert row.sent_at == street.now
    assert [sms.message_id for sms in outside.sms.ledger] == [message_id(row)]


def test_a_sure_failure_waits_and_is_tried_again(street: Street, outside: Outside) -> None:
    outside.sms.failures = [TryAgain("503")]
    street.register()
    run(street)
    row = sms_row(street)
    assert (row.state, row.attempts, row.last_error) == (OutboxState.WAITING, 1, "503")
    assert row.next_at > street.now
    assert run(street).sent == 0, "not before its time"
    street.wait(minutes=1)
    assert run(street).sent == 1
    assert len(outside.sms.ledger) == 1


def test_a_gateway_that_took_the_message_and_then_failed_can_tell_the_second_try(
    street: Street, outside: Outside
) -> None:
    outside.sms.failures, outside.sms.takes_first = [TryAgain("500")], True
    street.register()
    run(street)
    street.wait(minutes=1)
    run(street)
    first, second = outside.sms.ledger
    assert first.message_id == second.message_id


def test_the_other_side_may_ask_for_a_longer_pause(street: Street, outside: Outside) -> None:
    outside.sms.failures = [TryAgain("429", retry_after_s=900)]
    street.register()
    run(street)
    assert sms_row(street).next_at == street.now + timedelta(seconds=900)


def test_pauses_double_with_jitter_up_to_six_hours() -> None:
    for attempts in range(1, 12):
        pauses = {pause(attempts) for _ in range(20)}
        expected = min(30 * 2 ** (attempts - 1), 6 * 3600)
        assert all(0.8 * expected <= one.total_seconds() <= 1.2 * expected for one in pauses)
        assert len(pauses) > 1


def test_after_the_last_attempt_a_message_is_dead(street: Street, outside: Outside) -> None:
    outside.sms.failures = [TryAgain("down")] * 50
    street.register()
    for _ in range(MOST_ATTEMPTS["sms"] + 3):
        run(street)
        street.wait(hours=8)
    assert sms_row(street).state is OutboxState.DEAD
    assert outside.sms.calls == MOST_ATTEMPTS["sms"]


def test_a_refused_message_is_dead_at_once(street: Street, outside: Outside) -> None:
    outside.sms.failures = [Refused("空号")]
    street.register()
    run(street)
    row = sms_row(street)
    assert (row.state, row.last_error) == (OutboxState.DEAD, "空号")


def test_a_message_that_may_have_gone_is_never_sent_again_by_itself(
    street: Street, outside: Outside
) -> None:
    outside.sms.failures = [OutcomeUnknown("timeout")]
    outside.sms.takes_first = True
    street.register()
    for _ in range(5):
        run(street)
        street.wait(days=1)
    assert sms_row(street).state is OutboxState.UNKNOWN
    assert len(outside.sms.ledger) == 1


def test_a_sender_that_died_before_its_intent_leaves_the_message_to_the_next(
    street: Street, outside: Outside
) -> None:
    street.register()
    drain(street.ctx("operator"), limit=0)
    relay = street.session.scalars(select(OutboxRow)).one()
    assert claim(street.ctx("operator"), "died", "relay", 10) == [relay.id]
    assert run(street).relayed == 0, "still in the other's hands"
    street.wait(seconds=claiming.CLAIM.total_seconds() + 1)
    assert (run(street).relayed, len(outside.sms.ledger)) == (1, 1)


def test_a_sender_that_died_during_the_call_leaves_it_unknown(
    street: Street, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.register()
    with monkeypatch.context() as patch:
        patch.setattr(delivery, "settle", killed)
        with pytest.raises(KeyboardInterrupt):
            run(street)
    assert sms_row(street).state is OutboxState.SENDING
    street.wait(seconds=claiming.SENDING.total_seconds() + 1)
    assert run(street).lapsed == 1
    assert sms_row(street).state is OutboxState.UNKNOWN
    assert len(outside.sms.ledger) == 1


def killed(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt


def test_a_result_that_comes_late_still_counts(
    street: Street, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.register()

    def slow(message: object) -> None:
        street.wait(minutes=5)
        claiming.lapse(street.ctx("operator"))
        assert sms_row(street).state is OutboxState.UNKNOWN

    monkeypatch.setattr(outside.sms, "send", slow)
    run(street)
    assert sms_row(street).state is OutboxState.SENT


def test_no_transaction_is_open_while_the_gateway_is_called(
    street: Street, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    street.register()
    seen = []
    monkeypatch.setattr(
        outside.sms, "send", lambda message: seen.append(street.session.in_transaction())
    )
    run(street)
    assert seen == [False]


def test_one_bad_row_does_not_hold_up_the_others(
    street: Street, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad, good = street.register().number, street.register().number
    real, poisoned = notices.expand, street.case(bad).id

    def expand(ctx, session, row, directory):  # type: ignore[no-untyped-def]
        if row.case_id == poisoned:
            raise ZeroDivisionError("poison")
        real(ctx, session, row, directory)

    monkeypatch.setattr(notices, "expand", expand)
    done = run(street)
    assert (done.relayed, done.failed) == (1, 1)
    messages = street.session.scalars(select(InboxMessage.case_id)).all()
    assert messages == [street.case(good).id]
    for _ in range(MOST_ATTEMPTS["relay"] + 1):
        street.wait(hours=8)
        run(street)
    row = street.session.scalars(select(OutboxRow).where(OutboxRow.case_id == poisoned)).one()
    assert row.state is OutboxState.DEAD
    assert "poison" in (row.last_error or "")


def test_a_gateway_that_is_down_is_tried_once_a_run_and_costs_the_others_no_attempt(
    street: Street, outside: Outside
) -> None:
    for phone in ("13812345671", "13812345672", "13812345673"):
        street.register(petitioner={"name": "张三", "phone": phone})
    outside.sms.failures = [TryAgain("refused", whole_gateway=True)]
    run(street)
    assert outside.sms.calls == 1
    street.session.expire_all()
    rows = street.session.scalars(select(OutboxRow).where(OutboxRow.channel == "sms")).all()
    assert sorted(row.attempts for row in rows) == [0, 0, 1]
    street.wait(minutes=2)
    assert run(street).sent == 3


def test_messages_of_a_case_keep_their_order(street: Street, outside: Outside) -> None:
    number = street.worked("to_review")
    street.act("head", number, "approve", via="phone")
    outside.sms.failures = [TryAgain("once")]
    run(street)
    assert outside.sms.ledger == [], "the answer does not overtake the receipt"
    street.wait(minutes=2)
    run(street)
    assert ["已登记" in sms.text for sms in outside.sms.ledger] == [True, False]


def test_somebody_whose_number_was_erased_is_given_up(street: Street, outside: Outside) -> None:
    outside.sms.failures = [TryAgain("once")]
    street.register()
    run(street)
    street.session.scalars(select(Petitioner)).one().phone = None
    street.session.commit()
    street.wait(hours=1)
    run(street)
    assert sms_row(street).state is OutboxState.GIVEN_UP
    assert outside.sms.ledger == []


def test_two_senders_share_the_rows_without_overlap(street: Street, outside: Outside) -> None:
    for _ in range(6):
        street.register()
    ctx = street.ctx("operator")
    first, second = claim(ctx, "first", "relay", 4), claim(ctx, "second", "relay", 4)
    assert (len(first), len(second)) == (4, 2)
    assert not set(first) & set(second)


def test_a_row_that_kills_whoever_touches_it_takes_no_other_along_and_ends_dead(
    street: Street, outside: Outside, monkeypatch: pytest.MonkeyPatch
) -> None:
    deadly = street.register().number
    poisoned = street.case(deadly).id
    real, told = notices.expand, []

    def expand(ctx, session, row, directory):  # type: ignore[no-untyped-def]
        if row.case_id == poisoned:
            raise SystemExit  # as a process that is gone: nothing after it is done
        real(ctx, session, row, directory)
        told.append(row.case_id)

    monkeypatch.setattr(notices, "expand", expand)
    for _ in range(5):
        street.register()
    for _ in range(MOST_ATTEMPTS["relay"]):
        with pytest.raises(SystemExit):
            run(street)
        street.register()
        street.wait(minutes=3)
    run(street)
    assert len(told) == 5 + MOST_ATTEMPTS["relay"]
    row = street.session.scalars(select(OutboxRow).where(OutboxRow.case_id == poisoned)).one()
    street.session.refresh(row)
    assert row.state is OutboxState.DEAD


def test_every_run_shows_that_it_lives(street: Street, outside: Outside) -> None:
    run(street)
    assert street.session.get_one(Heartbeat, "outbox").at == street.now


class TestDecidingAboutTrouble:
    """Dead and unknown messages are an administrator's to decide, with a reason that is kept."""

    @pytest.fixture
    def doubtful(self, street: Street, outside: Outside) -> OutboxRow:
        outside.sms.failures = [OutcomeUnknown("timeout")]
        street.register()
        run(street)
        return sms_row(street)

    def test_they_are_listed_without_personal_data(
        self, street: Street, doubtful: OutboxRow
    ) -> None:
        [shown] = list_troubled(street.ctx("admin"))
        assert (shown.id, shown.state, shown.recipient) == (doubtful.id, OutboxState.UNKNOWN, "")
        assert shown.case_number == "RX2026-000001"
        assert count_troubled(street.ctx("admin"))[OutboxState.UNKNOWN] == 1

    def test_sent_again_it_says_that_it_may_be_double(
        self, street: Street, outside: Outside, doubtful: OutboxRow
    ) -> None:
        first = message_id(doubtful)
        decide(street, doubtful, "send_again", "网关确认未收到")
        run(street)
        assert "可能重复" in outside.sms.ledger[-1].text
        assert outside.sms.ledger[-1].message_id != first
        assert sms_row(street).state is OutboxState.SENT

    def test_a_dead_one_sent_again_says_nothing_of_the_kind(
        self, street: Street, outside: Outside
    ) -> None:
        outside.sms.failures = [Refused("blocked")]
        street.register()
        run(street)
        decide(street, sms_row(street), "send_again", "已解除限制")
        run(street)
        assert "可能重复" not in outside.sms.ledger[-1].text

    def test_given_up_it_is_gone_from_the_list_and_never_sent(
        self, street: Street, outside: Outside, doubtful: OutboxRow
    ) -> None:
        decide(street, doubtful, "give_up", "已电话告知")
        street.wait(days=1)
        run(street)
        assert list_troubled(street.ctx("admin")) == []
        assert outside.sms.ledger == []

    def test_the_reason_is_kept_in_the_access_log(
        self, street: Street, doubtful: OutboxRow
    ) -> None:
        decide(street, doubtful, "give_up", "已电话告知")
        detail = street.session.scalars(select(AccessRecord.detail)).all()
        assert any("已电话告知" in (line or "") for line in detail)

    @pytest.mark.parametrize("decision", ["send_again", "give_up"])
    def test_only_with_the_right_and_a_reason_and_once(
        self, street: Street, doubtful: OutboxRow, decision: str
    ) -> None:
        with pytest.raises(NotPermitted):
            decide(street, doubtful, decision, "x", who="supervisor")
        with pytest.raises(ValidationError):
            decide(street, doubtful, decision, "  ")
        decide(street, doubtful, decision, "x")
        with pytest.raises(NotFound):
            decide(street, doubtful, decision, "x")
