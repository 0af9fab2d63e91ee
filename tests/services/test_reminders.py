"""The reminder ladder end to end: what is told, to whom, when, and never twice."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

from casetracker.domain.deadlines import Standing
from casetracker.gateways.errors import OutcomeUnknown
from casetracker.persistence.account import Account
from casetracker.persistence.clock import Clock, Reminder
from casetracker.persistence.outbox import Heartbeat, InboxMessage, OutboxRow
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.listing import count_cases
from casetracker.services.notifying import deadline_watch, digests
from casetracker.services.notifying.deadline_watch import scan
from casetracker.services.notifying.delivery import drain
from casetracker.services.notifying.troubled_messages import repeat_reminders
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.street import Street


def shanghai(text: str) -> datetime:
    """`2026-03-09 09:00`, a Monday."""
    return datetime.fromisoformat(f"{text}:00+08:00").astimezone(UTC)


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


@pytest.fixture
def handled(street: Street) -> str:
    """Dispatched on Monday 2026-03-02 and taken up: due Monday 2026-03-09 at 23:59:59."""
    return street.worked("handling")


def look(street: Street, moment: str) -> deadline_watch.Scanned:
    street.now = shanghai(moment)
    return scan(street.ctx("operator"))


def keep_looking(street: Street, until: str) -> None:
    """Whenever something is due, as a beat that never misses a tick."""
    following = select(func.min(Clock.next_reminder_at)).where(Clock.status == "running")
    while (moment := street.session.scalar(following)) and moment <= shanghai(until):
        street.now = moment
        scan(street.ctx("operator"))
    look(street, until)


def reminded(street: Street, step: str | None = None) -> set[str]:
    """Usernames that were reminded, of a step if given."""
    names = {actor.account_id: name for name, actor in street.people.items()}
    chosen = select(Reminder.account_id).where(Reminder.step == step if step else True)
    return {names[one] for one in street.session.scalars(chosen)}


def digest(street: Street, who: str) -> list[InboxMessage]:
    street.session.expire_all()
    chosen = select(InboxMessage).where(
        InboxMessage.account_id == street.people[who].account_id,
        InboxMessage.topic == digests.TOPIC,
    )
    return list(street.session.scalars(chosen.order_by(InboxMessage.id)))


def test_nothing_is_told_while_there_is_time(street: Street, handled: str) -> None:
    assert look(street, "2026-03-03 10:00").reminders == 0


def test_the_whole_ladder_of_one_case(street: Street, handled: str) -> None:
    unit = {"handler", "head"}
    look(street, "2026-03-06 15:00")
    assert reminded(street, "due_soon") == unit
    look(street, "2026-03-09 09:01")
    assert reminded(street, "due_today") == unit
    look(street, "2026-03-10 09:01")
    assert reminded(street, "overdue") == unit | {"supervisor"}
    look(street, "2026-03-11 09:01")
    assert reminded(street, "overdue_again") == unit
    look(street, "2026-03-12 09:01")
    assert reminded(street, "overdue_again") == unit | {"supervisor"}
    look(street, "2026-03-13 09:01")
    assert "deputy" not in reminded(street)
    look(street, "2026-03-16 09:01")
    assert reminded(street, "overdue_again") == unit | {"supervisor", "deputy"}
    look(street, "2026-03-20 09:01")
    assert "leader" not in reminded(street)
    look(street, "2026-03-23 09:01")
    assert reminded(street, "overdue_again") == unit | {"supervisor", "deputy", "leader"}


def test_a_weekend_is_left_in_peace(street: Street, handled: str) -> None:
    look(street, "2026-03-13 09:01")
    before = len(reminders(street))
    look(street, "2026-03-14 10:00")
    look(street, "2026-03-15 10:00")
    assert len(reminders(street)) == before


@pytest.mark.parametrize("moment", ["2026-03-10 08:59", "2026-03-10 12:30", "2026-03-10 17:30"])
def test_nothing_is_told_outside_office_hours(street: Street, handled: str, moment: str) -> None:
    assert look(street, moment) == deadline_watch.Scanned()


def test_looking_again_tells_nothing_again(street: Street, handled: str) -> None:
    first = look(street, "2026-03-10 09:01")
    assert first.reminders == 3
    for minute in range(2, 30):
        assert look(street, f"2026-03-10 09:{minute:02}").reminders == 0
    assert len(digest(street, "head")) == 1


def reminders(street: Street) -> list[Reminder]:
    street.session.expire_all()
    return list(street.session.scalars(select(Reminder).order_by(Reminder.id)))


def test_after_three_days_of_silence_one_step_is_told_and_marked(
    street: Street, handled: str
) -> None:
    keep_looking(street, "2026-03-09 09:01")
    look(street, "2026-03-12 15:00")
    told = [row for row in reminders(street) if row.created_at == street.now]
    assert {(row.step, row.occurrence, row.is_late) for row in told} == {("overdue_again", 3, True)}
    assert "补发" in digest(street, "head")[-1].title
    assert "补发" not in digest(street, "head")[0].title


def test_a_step_told_over_lunch_is_not_called_late(street: Street, handled: str) -> None:
    clock = street.session.scalars(select(Clock).where(Clock.limit_code == "handle")).one()
    clock.next_reminder_at = shanghai("2026-03-10 11:59")
    street.session.commit()
    look(street, "2026-03-10 14:00")
    assert {row.is_late for row in reminders(street) if row.clock_id == clock.id} == {False}


def test_two_scans_that_read_the_same_clocks_tell_once(street: Street, handled: str) -> None:
    look(street, "2026-03-10 09:01")
    street.session.execute(
        update(Clock).values(next_reminder_at=street.now, reminded_step=None)
    )  # as a scan saw them that was overtaken
    street.session.execute(update(Reminder).values(digest_id=None))
    street.session.commit()
    before = len(reminders(street))
    scan(street.ctx("operator"))
    assert len(reminders(street)) == before
    assert len(digest(street, "head")) == 1


def test_cut_off_between_telling_and_digest_the_next_scan_writes_the_digest(
    street: Street, handled: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(digests, "tell", cut_off)
        with pytest.raises(KeyboardInterrupt):
            look(street, "2026-03-10 09:01")
    assert digest(street, "head") == []
    assert look(street, "2026-03-10 09:02").digests == 3
    assert look(street, "2026-03-10 09:03").digests == 0
    assert len(digest(street, "head")) == 1


def cut_off(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt


def test_cut_off_in_the_middle_of_many_nothing_is_told_twice(
    street: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadline_watch, "BATCH", 4)
    for _ in range(10):
        street.worked("to_sign")
    street.now = shanghai("2026-03-12 09:01")
    real, batches = deadline_watch._tell_batch, []

    def third_dies(ctx, watch):  # type: ignore[no-untyped-def]
        batches.append(1)
        if len(batches) == 3:
            raise KeyboardInterrupt
        return real(ctx, watch)

    with monkeypatch.context() as patch:
        patch.setattr(deadline_watch, "_tell_batch", third_dies)
        with pytest.raises(KeyboardInterrupt):
            scan(street.ctx("operator"))
    assert len({row.clock_id for row in reminders(street)}) == 8
    scan(street.ctx("operator"))
    keys = [
        (r.clock_id, r.due_version, r.step, r.occurrence, r.account_id) for r in reminders(street)
    ]
    assert len(keys) == len(set(keys))
    live = street.session.scalars(select(Clock.id).where(Clock.status == "running")).all()
    assert {row.clock_id for row in reminders(street)} == set(live)
    assert {len(digest(street, who)) for who in ("head", "handler", "supervisor")} == {1}


def test_a_moved_due_date_starts_the_ladder_anew(street: Street, handled: str) -> None:
    look(street, "2026-03-06 15:00")
    street.act(
        "handler", handled, "request_extension", reason="construction_period", days=3, text="施工"
    )
    street.act("deputy", handled, "decide_extension", granted=True, note="同意")
    assert look(street, "2026-03-10 09:01").reminders == 0, "due on Thursday 12th now"
    look(street, "2026-03-13 09:01")
    assert reminded(street, "overdue") == {"handler", "head", "supervisor"}


def test_a_case_that_was_answered_is_not_reminded_of(street: Street, handled: str) -> None:
    street.add_evidence(handled)
    street.act("handler", handled, "contact", outcome="reached")
    street.act("handler", handled, "submit", result="resolved", text="已修好。")
    street.act("head", handled, "approve", via="phone")
    look(street, "2026-03-10 09:01")
    assert reminded(street) == {"caller", "supervisor"}


class TestWhoIsTold:
    """By the stage: whoever has to act, then those above by the ladder."""

    def test_before_dispatch_the_dispatchers(self, street: Street) -> None:
        street.register()
        look(street, "2026-03-02 14:30")
        assert reminded(street) == {"dispatcher", "supervisor"}

    def test_a_requested_return_is_the_dispatchers(self, street: Street) -> None:
        number = street.worked("to_sign")
        street.act("head", number, "request_return", reason="not_our_duty", basis="职责不符")
        look(street, "2026-03-03 10:00")
        assert reminded(street) == {"dispatcher"}

    def test_without_a_named_handler_all_of_the_unit(self, street: Street) -> None:
        street.worked("to_sign")
        look(street, "2026-03-02 15:30")
        assert {"handler", "second_handler", "head"} <= reminded(street)

    def test_a_review_is_the_heads(self, street: Street) -> None:
        street.worked("to_review")
        look(street, "2026-03-03 16:40")
        clock = street.session.scalars(select(Clock).where(Clock.limit_code == "review")).one()
        names = {actor.account_id: name for name, actor in street.people.items()}
        assert {names[r.account_id] for r in reminders(street) if r.clock_id == clock.id} == {
            "head"
        }

    def test_the_review_of_an_important_case_is_the_leaders(self, street: Street) -> None:
        number = street.worked("to_review")
        street.case(number).is_important = True
        street.session.commit()
        look(street, "2026-03-03 16:40")
        clock = street.session.scalars(select(Clock).where(Clock.limit_code == "review")).one()
        names = {actor.account_id: name for name, actor in street.people.items()}
        assert {names[r.account_id] for r in reminders(street) if r.clock_id == clock.id} == {
            "deputy", "leader",
        }  # fmt: skip

    def test_a_call_back_is_the_callers(self, street: Street) -> None:
        street.worked("to_follow_up")
        look(street, "2026-03-05 09:01")
        assert reminded(street) == {"caller"}

    def test_assistance_is_the_invited_units(self, street: Street) -> None:
        number = street.worked("handling")
        street.act("handler", number, "assist", units=["新河社区"], request="请配合")
        look(street, "2026-03-09 09:01")
        assert {"other_head", "other_handler"} <= reminded(street)

    def test_a_matter_on_hold_is_the_deputy_leaders(self, street: Street) -> None:
        number = street.worked("handling")
        street.act("handler", number, "request_hold", text="管网改造", plan="六月前完工")
        street.act("deputy", number, "decide_hold", granted=True, note="同意")
        look(street, "2026-04-01 09:01")
        assert reminded(street) == {"deputy"}

    def test_when_nobody_holds_the_office_the_supervisors_are_told(self, street: Street) -> None:
        for name in ("handler", "second_handler", "head"):
            street.session.get_one(Account, street.people[name].account_id).is_active = False
        street.session.commit()
        number = street.register().number
        street.act("dispatcher", number, "dispatch", unit="东风社区")
        look(street, "2026-03-02 15:30")
        assert reminded(street) == {"supervisor"}


class TestDigests:
    """One message a person and run, whose counts are those of the lists it leads to."""

    @pytest.mark.parametrize("who", ["head", "handler", "supervisor"])
    def test_counts_equal_the_lists(self, street: Street, who: str) -> None:
        for _ in range(3):
            street.worked("handling")
        keep_looking(street, "2026-03-06 10:00")
        street.worked("to_sign")
        keep_looking(street, "2026-03-10 09:01")
        message = digest(street, who)[-1]
        ctx = street.ctx(who)
        late = count_cases(ctx, CaseFilter(is_open=True, standing=Standing.OVERDUE))
        soon = count_cases(ctx, CaseFilter(is_open=True, standing=Standing.DUE_SOON))
        assert late > 0
        assert message.title == f"期限提醒：{late} 件已超期，{soon} 件临期"
        assert message.link == "/ops/cases?standing=overdue"

    def test_many_reminders_make_one_message(self, street: Street) -> None:
        for _ in range(7):
            street.worked("handling")
        done = look(street, "2026-03-10 09:01")
        assert done.reminders > 20
        assert len(digest(street, "head")) == 1

    def test_from_the_third_day_the_supervisor_is_advised_to_supervise(
        self, street: Street, handled: str
    ) -> None:
        look(street, "2026-03-10 09:01")
        assert "建议督办" not in digest(street, "supervisor")[-1].body
        look(street, "2026-03-12 09:01")
        assert "1 件已超期三个工作日以上，建议督办" in digest(street, "supervisor")[-1].body
        assert "建议督办" not in digest(street, "head")[-1].body

    def test_it_also_goes_by_mail_or_else_by_short_message(
        self, street: Street, handled: str, outside: Outside
    ) -> None:
        people = {name: street.people[name].account_id for name in ("head", "handler")}
        street.session.get_one(Account, people["head"]).email = "head@office.test"
        street.session.get_one(Account, people["handler"]).mobile = "13900001111"
        street.session.commit()
        drain(street.ctx("operator"))
        outside.sms.ledger.clear()
        outside.mail.ledger.clear()
        look(street, "2026-03-10 09:01")
        drain(street.ctx("operator"))
        [mail] = outside.mail.ledger
        assert (mail.to, mail.subject) == ("head@office.test", digest(street, "head")[-1].title)
        assert "https://minhu.test/ops/cases?standing=overdue" in mail.body
        assert [sms.to for sms in outside.sms.ledger] == ["13900001111"]

    def test_a_mail_counts_anew_when_it_goes(
        self, street: Street, handled: str, outside: Outside
    ) -> None:
        street.session.get_one(Account, street.people["head"].account_id).email = "h@office.test"
        street.session.commit()
        look(street, "2026-03-10 09:01")
        street.act("operator", handled, "withdraw", text="诉求人撤回")
        drain(street.ctx("operator"))
        [subject] = [mail.subject for mail in outside.mail.ledger if "提醒" in mail.subject]
        assert "0 件已超期" in subject

    def test_in_doubt_it_is_sent_once_more_after_two_hours_and_says_so(
        self, street: Street, handled: str, outside: Outside
    ) -> None:
        street.session.get_one(Account, street.people["head"].account_id).email = "h@office.test"
        street.session.commit()
        drain(street.ctx("operator"))
        outside.mail.ledger.clear()
        look(street, "2026-03-10 09:01")
        outside.mail.failures = [OutcomeUnknown("timeout"), OutcomeUnknown("timeout")]
        outside.mail.takes_first = True
        for _ in range(4):
            drain(street.ctx("operator"))
            street.wait(hours=2, minutes=1)
            repeat_reminders(street.ctx("operator"))
        assert ["可能重复" in mail.subject for mail in outside.mail.ledger] == [False, True]
        of_digests = select(OutboxRow).where(OutboxRow.topic == digests.TOPIC)
        rows = street.session.scalars(of_digests).all()
        assert len(rows) == 2, "the doubtful one stays in sight"


def test_every_scan_shows_that_it_lives(street: Street) -> None:
    look(street, "2026-03-14 10:00")
    assert street.session.get_one(Heartbeat, "reminders").at == street.now


def test_statements_do_not_grow_with_the_cases(street: Street, count_queries) -> None:
    for _ in range(3):
        street.worked("to_sign")
    with count_queries() as few:
        look(street, "2026-03-10 09:01")
    for _ in range(12):
        street.worked("to_sign")
    with count_queries() as many:
        look(street, "2026-03-12 09:01")
    assert len(many) <= len(few) + 8
