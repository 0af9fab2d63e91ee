"""Deadlines of hazards are told by the ladder of cases, in the same digest, once."""

from collections.abc import Iterator

import pytest
from sqlalchemy import select

from casetracker.persistence.account import Account
from casetracker.persistence.outbox import OutboxRow
from casetracker.persistence.patrol import HazardReminder
from casetracker.services.commands.patrol import CaseFromHazard
from casetracker.services.notifying.delivery import drain
from casetracker.services.receiving.from_patrol import case_from_hazard
from tests.factories.gateways import Outside, fake_gateways
from tests.factories.patrol import hazard, photo, step
from tests.factories.street import Street
from tests.services.test_reminders import digest, look

pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture
def outside() -> Iterator[Outside]:
    with fake_gateways() as channels:
        yield channels


@pytest.fixture
def found(street: Street) -> str:
    """Found on Monday 2026-03-02: due on Tuesday 2026-03-17."""
    return hazard(street)


def told(street: Street, name: str | None = None) -> set[str]:
    """Who was reminded of a hazard, of a step if given."""
    street.session.expire_all()
    names = {actor.account_id: name for name, actor in street.people.items()}
    chosen = select(HazardReminder.account_id).where(HazardReminder.step == name if name else True)
    return {names[one] for one in street.session.scalars(chosen)}


def test_the_whole_ladder_of_one_hazard(street: Street, found: str) -> None:
    unit = {"handler", "head"}
    assert look(street, "2026-03-10 10:00").reminders == 0
    look(street, "2026-03-13 10:00")
    assert told(street, "due_soon") == unit
    look(street, "2026-03-17 09:01")
    assert told(street, "due_today") == unit
    look(street, "2026-03-18 09:01")
    assert told(street, "overdue") == unit | {"supervisor"}
    look(street, "2026-03-19 09:01")
    assert told(street, "overdue_again") == unit
    look(street, "2026-03-24 09:01")
    assert told(street, "overdue_again") == unit | {"supervisor", "deputy"}


def test_looking_again_tells_nothing_again(street: Street, found: str) -> None:
    assert look(street, "2026-03-18 09:01").reminders == 3
    step(street, "handler", found, "note", text="已电话催促。")
    for minute in range(2, 8):
        assert look(street, f"2026-03-18 09:{minute:02}").reminders == 0
    assert len(digest(street, "head")) == 1


def test_one_digest_speaks_of_cases_and_hazards_and_leads_to_the_late_ones(
    street: Street, outside: Outside, found: str
) -> None:
    street.session.query(Account).filter_by(username="head").update({"email": "head@example.cn"})
    street.session.commit()
    for moment in ("2026-03-02 10:00", "2026-03-13 09:01", "2026-03-17 09:01", "2026-03-18 09:01"):
        look(street, moment)
    *_, message = digest(street, "head")
    assert message.title == "期限提醒：隐患 1 处待整改"
    assert "新超期 1 处" in message.body
    assert "共有 1 处超期未整改" in message.body
    assert "临期" not in message.body, "no case was told of"
    assert message.link == "/ops/hazards?part=late"
    drain(street.ctx("operator"))
    assert [one.to for one in outside.mail.ledger] == ["head@example.cn"] * 3
    assert "隐患 1 处待整改" in outside.mail.ledger[-1].subject
    assert set(street.session.scalars(select(OutboxRow.channel))) == {"mail"}
    street.worked("handling")
    look(street, "2026-03-27 09:01")
    assert "临期；隐患" in digest(street, "head")[-1].title


def test_what_the_place_owes_no_more_is_not_reminded_of(street: Street, found: str) -> None:
    photo(street, found)
    step(street, "handler", found, "report", text="通道已清空。")
    assert look(street, "2026-03-18 09:01").reminders == 0
    step(street, "head", found, "pass", passed=False, text="仍有堆放。", due_on="2026-03-19")
    look(street, "2026-03-20 09:01")
    assert told(street, "overdue") == {"handler", "head", "supervisor"}


def test_a_new_deadline_starts_the_ladder_anew(street: Street, found: str) -> None:
    look(street, "2026-03-17 09:01")
    step(street, "handler", found, "notify", demand="月底前清空。", due_on="2026-03-31")
    assert look(street, "2026-03-18 09:01").reminders == 0
    assert look(street, "2026-04-01 09:01").reminders == 3


def test_while_its_case_runs_the_case_is_reminded_of(street: Street, found: str) -> None:
    done = case_from_hazard(street.ctx("handler"), found, CaseFromHazard(content="占道。"))
    look(street, "2026-03-18 09:01")
    assert told(street) == set()
    street.act("dispatcher", done.number, "withdraw", text="已自行解决。")
    look(street, "2026-03-19 09:01")
    assert "head" in told(street)


def test_hazards_that_go_on_alike_are_moved_on_together(street: Street, count_queries) -> None:
    for _ in range(4):
        hazard(street)
    with count_queries() as asked:
        assert look(street, "2026-03-18 09:01").reminders == 4 * 3
    of_hazards = [one for one in asked if "hazards" in one]
    assert sum(one.startswith("UPDATE") for one in of_hazards) == 1
    assert sum("INSERT INTO hazard_reminders" in one for one in asked) == 1
