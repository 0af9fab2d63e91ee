"""来访登记: each reception entered, counted in visits and persons, linked with what follows."""

import pytest
from sqlalchemy import select

from casetracker.domain.access import Access
from casetracker.domain.errors import (
    GuardRefused,
    InvalidInput,
    NotFound,
    NotPermitted,
    TooManyAttempts,
)
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.ledgers import VisitPerson
from casetracker.persistence.queries.reference import touch
from casetracker.services.commands.ledgers import (
    LinkCase,
    PetitionFromLedger,
    RegisterVisit,
    VisitSearch,
)
from casetracker.services.context import ClientKey
from casetracker.services.ledgers.revealing import reveal_visitors
from casetracker.services.ledgers.visit_reading import list_visits, open_visit
from casetracker.services.ledgers.visits import (
    change_visit,
    link_visit,
    register_visit,
    unlink_visit,
)
from casetracker.services.receiving.from_ledgers import petition_from_visit
from tests.factories.ledgers import visit
from tests.factories.petitions import petition, row_of
from tests.factories.street import Street

FIVE = "赵一 13800000001\n钱二 13800000002\n孙三 13800000003\n李四 13800000004"


def link(street: Street, number: str, case_number: str) -> None:
    link_visit(street.ctx("clerk"), number, LinkCase(number=case_number))


def test_visits_are_numbered_by_the_year_in_which_people_came(street: Street) -> None:
    assert visit(street) == "LF2026-000001"
    assert visit(street, visited_at="2025-12-31 09:00") == "LF2025-000001"
    assert visit(street) == "LF2026-000002"


def test_visits_and_persons_are_counted_apart(street: Street) -> None:
    visit(street)
    visit(street, persons=3)
    visit(street, persons=60, others=FIVE)
    totals = list_visits(street.ctx("clerk"), VisitSearch()).totals
    assert (totals.visits, totals.persons) == (3, 64)
    assert (totals.collective_visits, totals.collective_persons) == (1, 60)


def test_sixty_people_speak_through_five(street: Street) -> None:
    number = visit(street, persons=60, others=FIVE)
    line = open_visit(street.ctx("clerk"), number).line
    assert line.is_collective
    assert [person.is_representative for person in line.people] == [True] * 5


def test_a_sixth_representative_is_refused_with_the_article(street: Street) -> None:
    with pytest.raises(InvalidInput) as refusal:
        visit(street, persons=60, others=f"{FIVE}\n周五 13800000005")
    assert refusal.value.problems == {"others": "too_many_representatives"}
    assert refusal.value.facts["most"] == 5


def test_the_office_may_allow_fewer_representatives_and_count_groups_otherwise(
    street: Street,
) -> None:
    street.session.add(Setting(name="representatives_max", value="3", changed_at=street.now))
    street.session.add(Setting(name="collective_min", value="8", changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    assert not open_visit(
        street.ctx("clerk"), visit(street, persons=7, others=FIVE)
    ).line.is_collective
    with pytest.raises(InvalidInput):
        visit(street, persons=8, others=FIVE)


def test_no_more_names_than_people(street: Street) -> None:
    with pytest.raises(InvalidInput) as refusal:
        visit(street, persons=1, others="赵一")
    assert refusal.value.problems == {"persons": "fewer_than_named"}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        ({"visited_at": "2026-03-02 10:00"}, {"visited_at": "in_the_future"}),
        ({"result": "handed_over"}, {"unit": "required"}),
        ({"received_by": "nobody"}, {"received_by": "unknown_account"}),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(street: Street, body, problem) -> None:
    with pytest.raises(InvalidInput) as refusal:
        visit(street, **body)
    assert refusal.value.problems == problem


def test_visitors_are_masked_and_stand_encrypted(street: Street) -> None:
    number = visit(street)
    person = open_visit(street.ctx("supervisor"), number).line.people[0]
    assert (person.name, person.phone, person.address) == ("诸葛*", "139****5544", "东风社区***")
    kept = street.session.connection().exec_driver_sql("SELECT name, phone FROM visit_persons")
    for cell in kept.one():
        assert "诸葛亮".encode() not in bytes(cell)
        assert b"13977665544" not in bytes(cell)


def test_a_look_in_full_needs_the_right_and_a_reason_and_is_written_down(street: Street) -> None:
    number = visit(street)
    with pytest.raises(NotPermitted):
        reveal_visitors(street.ctx("leader"), number, "联系来访人")
    with pytest.raises(InvalidInput):
        reveal_visitors(street.ctx("clerk"), number, "  ")
    assert reveal_visitors(street.ctx("clerk"), number, "联系来访人")[0].name == "诸葛亮"
    noted = street.session.scalars(
        select(AccessRecord.detail).where(AccessRecord.what == Access.PERSON_REVEALED)
    ).all()
    assert noted == [f"来访 {number}；联系来访人"]


def test_looks_at_visitors_and_at_petitioners_share_one_hour(street: Street) -> None:
    street.session.add(Setting(name="reveals_per_hour", value="1", changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    number = visit(street)
    reveal_visitors(street.ctx("clerk"), number, "联系来访人")
    with pytest.raises(TooManyAttempts):
        reveal_visitors(street.ctx("clerk"), number, "联系来访人")


def test_a_visit_is_put_right_on_its_day_and_its_people_stay(street: Street) -> None:
    number = visit(street)
    again = RegisterVisit.model_validate({"place": "综合窗口", "persons": 2, "matter": "更正。"})
    change_visit(street.ctx("clerk"), number, again)
    line = open_visit(street.ctx("clerk"), number).line
    assert (line.place, line.persons, line.matter) == ("综合窗口", 2, "更正。")
    assert [person.name for person in line.people] == ["诸葛*"]
    street.wait(days=1)
    with pytest.raises(GuardRefused, match="visit_day_over"):
        change_visit(street.ctx("clerk"), number, again)


def test_people_typed_anew_take_the_place_of_the_old_ones(street: Street) -> None:
    number = visit(street)
    again = RegisterVisit.model_validate({"place": "综合窗口", "visitor": {"name": "欧阳修"}})
    change_visit(street.ctx("clerk"), number, again)
    assert street.session.scalars(select(VisitPerson.name)).all() == ["欧阳修"]


def test_a_form_sent_twice_enters_one_visit(street: Street) -> None:
    ctx = street.ctx("clerk", key=ClientKey("form:x", "body"))
    command = RegisterVisit.model_validate({"place": "信访接待室"})
    assert register_visit(ctx, command) == register_visit(ctx, command)
    assert list_visits(street.ctx("clerk"), VisitSearch()).totals.visits == 1


@pytest.mark.parametrize("who", ["诸葛亮", "139 7766 5544"])
def test_visitors_are_found_by_whole_name_or_number(street: Street, who: str) -> None:
    number = visit(street)
    visit(street, visitor={"name": "张三"})
    found = list_visits(street.ctx("clerk"), VisitSearch(who=who)).lines
    assert [line.number for line in found] == [number]


def test_earlier_visits_of_the_same_person_stand_beside_a_visit(street: Street) -> None:
    first = visit(street, visitor={"name": "诸葛亮", "phone": "13977665544"})
    visit(street, visitor={"name": "张三", "phone": "13800000009"})
    second = visit(street, persons=2, others="诸葛孔明 13977665544", visitor={"name": "关羽"})
    earlier = open_visit(street.ctx("clerk"), second).earlier
    assert [line.number for line in earlier] == [first]


def test_a_register_is_narrowed_by_its_days(street: Street) -> None:
    visit(street, visited_at="2026-02-28 23:59")
    kept = visit(street, visited_at="2026-03-01 00:00")
    asked = VisitSearch.model_validate({"since": "2026-03-01", "until": "2026-03-01"})
    assert [line.number for line in list_visits(street.ctx("clerk"), asked).lines] == [kept]


def test_a_link_shows_the_petition_to_those_who_see_it_and_can_be_cut(street: Street) -> None:
    number, case_number = visit(street), petition(street).number
    link(street, number, case_number)
    line = open_visit(street.ctx("clerk"), number).line
    assert line.case is not None
    assert line.case.number == case_number
    assert line.result == "registered"
    with pytest.raises(GuardRefused, match="visit_linked"):
        link(street, number, case_number)
    unlink_visit(street.ctx("clerk"), number)
    assert open_visit(street.ctx("clerk"), number).line.case is None


def test_a_case_that_is_not_seen_is_not_linked(street: Street) -> None:
    foreign = street.register().number  # a hotline case is none of the clerk's
    with pytest.raises(InvalidInput) as refusal:
        link(street, visit(street), foreign)
    assert refusal.value.problems == {"number": "unknown_case"}


def test_a_petition_is_registered_from_a_visit_with_its_people(street: Street) -> None:
    number = visit(street, persons=60, others=FIVE)
    key = {"key": ClientKey("form:y", "body")}
    command = PetitionFromLedger.model_validate(
        {"content": "请求修缮屋面。", "petition": {"oral": True, "read_back": True}}
    )
    done = petition_from_visit(street.ctx("clerk", **key), number, command)
    again = petition_from_visit(street.ctx("clerk", **key), number, command)
    assert (again.number, again.facts) == (done.number, done.facts)
    case, row = street.case(done.number), row_of(street, done.number)
    assert (case.channel, case.persons) == ("visit", 60)
    assert row.is_collective
    assert row.is_oral
    line = open_visit(street.ctx("clerk"), number).line
    assert line.case is not None
    assert line.case.number == done.number


def test_a_visit_leads_to_one_petition_only(street: Street) -> None:
    number = visit(street)
    command = PetitionFromLedger(content="请求修缮屋面。")
    petition_from_visit(street.ctx("clerk"), number, command)
    with pytest.raises(GuardRefused, match="visit_linked"):
        petition_from_visit(street.ctx("clerk"), number, command)


def test_only_the_petition_office_keeps_the_register(street: Street) -> None:
    for who in ("operator", "leader", "supervisor", "handler", "admin"):
        with pytest.raises(NotPermitted):
            visit(street, who)
    for who in ("handler", "head", "dispatcher", "admin", "discipline"):
        with pytest.raises(NotPermitted):
            list_visits(street.ctx(who), VisitSearch())


def test_a_deputy_sees_the_visits_that_concern_them(street: Street) -> None:
    visit(street)
    mine = visit(street, received_by="deputy")
    handed = visit(street, result="handed_over", unit="东风社区")
    found = list_visits(street.ctx("deputy"), VisitSearch())
    assert {line.number for line in found.lines} == {mine, handed}
    assert found.totals.visits == 2
    with pytest.raises(NotFound):
        open_visit(street.ctx("deputy"), "LF2026-000001")
