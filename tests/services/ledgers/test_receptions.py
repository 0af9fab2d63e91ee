"""领导接访: planned, published with the five facts, held; 阅信批示 beside it."""

from datetime import date

import pytest
from sqlalchemy import update

from casetracker.domain.errors import GuardRefused, InvalidInput, NotFound, NotPermitted
from casetracker.persistence.account import Account
from casetracker.services.commands.ledgers import (
    CancelSession,
    KeepEntry,
    LinkCase,
    NoteLetter,
    PetitionFromLedger,
    PlanSession,
    RecordReport,
)
from casetracker.services.ledgers.letters import letter_lines, note_letter, record_report
from casetracker.services.ledgers.published_schedule import published_schedule
from casetracker.services.ledgers.reception_entries import (
    change_entry,
    hold_session,
    link_entry,
    unlink_entry,
)
from casetracker.services.ledgers.reception_reading import open_entry, open_session, schedule
from casetracker.services.ledgers.receptions import (
    cancel_session,
    change_session,
    leaders,
    plan_session,
    publish_next_month,
    publish_session,
)
from casetracker.services.ledgers.revealing import reveal_received
from casetracker.services.receiving.from_ledgers import petition_from_entry
from tests.factories.ledgers import entry, reception
from tests.factories.petitions import petition
from tests.factories.street import Street


def test_only_leaders_receive(street: Street) -> None:
    assert {username for username, _ in leaders(street.ctx("clerk"))} == {"deputy", "leader"}
    with pytest.raises(InvalidInput) as refusal:
        reception(street, leader="head")
    assert refusal.value.problems == {"leader": "not_a_leader"}


def test_residents_read_what_is_published_with_the_five_facts(street: Street) -> None:
    reception(street, publish=False)
    assert published_schedule(street.ctx("clerk")) == ()
    reception(street, leader="leader", post="党工委书记", duty="全面工作", place="政务服务中心")
    (one,) = published_schedule(street.ctx("clerk"))
    assert (one.leader, one.post, one.duty) == ("leader先生", "党工委书记", "全面工作")
    assert one.place == "政务服务中心"
    assert f"{one.starts_at:%m-%d %H:%M}" == "03-03 01:00"


def test_what_is_called_off_stays_published_with_the_reason(street: Street) -> None:
    row_id = reception(street)
    cancel_session(street.ctx("clerk"), row_id, CancelSession(reason="市里开会，改期另行公布"))
    (one,) = published_schedule(street.ctx("clerk"))
    assert one.cancelled == "市里开会，改期另行公布"
    with pytest.raises(GuardRefused, match="session_not_so"):
        publish_session(street.ctx("clerk"), row_id)


def test_the_next_month_is_published_in_one_go(street: Street) -> None:
    in_april = reception(street, publish=False, day="2026-04-01")
    in_may = reception(street, publish=False, day="2026-05-06")
    assert schedule(street.ctx("clerk"), 2026).waiting == 1
    publish_next_month(street.ctx("clerk"))
    states = {line.id: line.status for line in schedule(street.ctx("clerk"), 2026).coming}
    assert states == {in_april: "published", in_may: "planned"}
    with pytest.raises(GuardRefused, match="nothing_to_publish"):
        publish_next_month(street.ctx("clerk"))


def test_a_session_ends_after_it_starts(street: Street) -> None:
    with pytest.raises(InvalidInput) as refusal:
        reception(street, starts="11:30", ends="09:00")
    assert refusal.value.problems == {"ends": "ends_before_start"}


def test_nothing_is_received_before_the_session_or_unpublished(street: Street) -> None:
    row_id = reception(street)
    with pytest.raises(GuardRefused, match="session_not_over"):
        entry(street, row_id)
    hidden = reception(street, publish=False)
    street.wait(days=1)
    with pytest.raises(GuardRefused, match="session_not_so"):
        entry(street, hidden)


def test_the_first_matter_says_that_the_session_was_held(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    entry(street, row_id, persons=6)
    entry(street, row_id)
    file = open_session(street.ctx("supervisor"), row_id)
    assert file.line.status == "held"
    assert (file.line.entries, file.line.persons) == (2, 7)
    with pytest.raises(GuardRefused, match="session_not_so"):
        change_session(street.ctx("clerk"), row_id, PLAN)


PLAN = PlanSession.model_validate(
    {"leader": "leader", "post": "书记", "duty": "全面", "day": "2026-03-04", "starts": "14:00",
     "ends": "16:00", "place": "村部", "kind": "going_down"}
)  # fmt: skip


def test_a_session_where_nobody_came_is_held_all_the_same(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    hold_session(street.ctx("deputy"), row_id)
    assert open_session(street.ctx("deputy"), row_id).line.status == "held"


def test_leaders_write_in_their_own_sessions_alone(street: Street) -> None:
    own, of_another = reception(street), reception(street, leader="leader")
    street.wait(days=1)
    entry_id = entry(street, own, "deputy")
    with pytest.raises(NotPermitted):
        entry(street, of_another, "deputy")
    again = KeepEntry.model_validate({"matter": "补记。", "instruction": "由社区牵头。"})
    change_entry(street.ctx("deputy"), entry_id, again)
    _, line = open_entry(street.ctx("clerk"), entry_id)
    assert (line.instruction, line.person.name) == ("由社区牵头。", "诸葛*")


def test_a_deputy_reads_no_matters_of_anothers_session(street: Street) -> None:
    row_id = reception(street, leader="leader")
    street.wait(days=1)
    entry_id = entry(street, row_id)
    assert open_session(street.ctx("deputy"), row_id).entries is None
    with pytest.raises(NotFound):
        open_entry(street.ctx("deputy"), entry_id)
    assert open_session(street.ctx("leader"), row_id).entries


def test_a_matter_past_its_day_without_outcome_is_late(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    entry_id = entry(street, row_id, due_on="2026-03-05", unit="东风社区")
    assert not open_entry(street.ctx("clerk"), entry_id)[1].is_late
    street.wait(days=3)
    assert open_entry(street.ctx("clerk"), entry_id)[1].is_late


def test_a_received_person_is_shown_in_full_for_a_reason(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    entry_id = entry(street, row_id)
    assert reveal_received(street.ctx("clerk"), entry_id, "核对身份").name == "诸葛亮"
    with pytest.raises(NotPermitted):
        reveal_received(street.ctx("deputy"), entry_id, "核对身份")


def test_a_reception_leads_to_a_petition_of_its_channel(street: Street) -> None:
    row_id = reception(street)
    street.wait(days=1)
    entry_id = entry(street, row_id, matter_place="东风小区三栋")
    command = PetitionFromLedger(content="请求修缮屋面。")
    done = petition_from_entry(street.ctx("clerk"), entry_id, command)
    case = street.case(done.number)
    assert (case.channel, case.address) == ("leader_reception", "东风小区三栋")
    assert open_entry(street.ctx("clerk"), entry_id)[1].case.number == done.number
    unlink_entry(street.ctx("clerk"), entry_id)
    link_entry(street.ctx("clerk"), entry_id, LinkCase(number=done.number))
    assert open_entry(street.ctx("clerk"), entry_id)[1].case.number == done.number


def test_past_sessions_stand_in_their_year(street: Street) -> None:
    reception(street)
    street.wait(days=2)
    assert [line.leader for line in schedule(street.ctx("clerk"), 2026).past] == ["deputy先生"]
    assert schedule(street.ctx("clerk"), 2025).past == ()


def test_two_leaders_may_be_planned_by_the_office_alone(street: Street) -> None:
    with pytest.raises(NotPermitted):
        plan_session(street.ctx("leader"), PLAN)


def note(street: Street, who: str, number: str, **body: str) -> int:
    given = NoteLetter.model_validate({"number": number, "note": "请社区限期办结。", **body})
    return int(note_letter(street.ctx(who), given).key)


def test_a_leader_notes_for_themselves_and_the_office_for_anyone(street: Street) -> None:
    number = petition(street).number
    note(street, "leader", number)
    note(street, "clerk", number, leader="deputy", unit="东风社区", due_on="2026-03-10")
    found = letter_lines(street.ctx("clerk"), 2026)
    assert {line.leader for line in found} == {"leader先生", "deputy先生"}
    with pytest.raises(InvalidInput) as refusal:
        note(street, "leader", number, leader="deputy")
    assert refusal.value.problems == {"leader": "not_your_own"}
    with pytest.raises(InvalidInput) as refusal:
        note(street, "clerk", number)
    assert refusal.value.problems == {"leader": "required"}


def test_a_note_is_open_until_its_outcome_is_told(street: Street) -> None:
    number = petition(street).number
    row_id = note(street, "clerk", number, leader="leader", due_on="2026-03-10")
    assert [line.is_late for line in letter_lines(street.ctx("clerk"), only_open=True)] == [False]
    street.wait(days=9)
    assert [line.is_late for line in letter_lines(street.ctx("clerk"), only_open=True)] == [True]
    record_report(street.ctx("leader"), row_id, RecordReport(report="已督促社区办结。"))
    assert letter_lines(street.ctx("clerk"), only_open=True) == ()


def test_a_petition_that_is_not_seen_is_not_noted_nor_its_notes_read(street: Street) -> None:
    number = petition(street).number
    with pytest.raises(InvalidInput) as refusal:
        note(street, "deputy", number)  # leads none of the units concerned
    assert refusal.value.problems == {"number": "unknown_case"}
    note(street, "clerk", number, leader="deputy")
    assert letter_lines(street.ctx("deputy"), 2026) == ()


def test_a_letter_is_not_read_tomorrow(street: Street) -> None:
    with pytest.raises(InvalidInput) as refusal:
        note(street, "leader", petition(street).number, read_on=str(date(2026, 3, 3)))
    assert refusal.value.problems == {"read_on": "in_the_future"}


def test_a_leader_who_left_keeps_their_sessions(street: Street) -> None:
    row_id = reception(street)
    street.session.execute(
        update(Account).where(Account.username == "deputy").values(is_active=False)
    )
    street.session.commit()
    assert open_session(street.ctx("clerk"), row_id).line.leader == "deputy先生"
