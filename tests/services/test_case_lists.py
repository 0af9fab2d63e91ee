"""Lists of cases: scope, filters, order, pages and what they cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from casetracker.domain.deadlines import Standing
from casetracker.domain.errors import InvalidInput
from casetracker.domain.vocabulary import Channel, RequestKind, State
from casetracker.persistence.case import Case
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.persistence.queries.reference import reference
from casetracker.persistence.queries.visible import visible, visible_and_open
from casetracker.services.case_reading.listing import CasePage, count_cases, list_cases
from casetracker.services.desks.worklists import queue_states
from casetracker.services.scoping import scope_of
from tests.factories.street import Street

OPEN = CaseFilter(is_open=True)
Counter = Callable[[], AbstractContextManager[list[str]]]


def numbers(page: CasePage) -> list[str]:
    return [row.number for row in page.rows]


def seen(street: Street, who: str, asked: CaseFilter = CaseFilter(), **how: object) -> list[str]:  # noqa: B008
    return numbers(list_cases(street.ctx(who), asked, **how))


def walk(street: Street, asked: CaseFilter, *, sort: str, limit: int) -> list[str]:
    """All pages one after another."""
    found: list[str] = []
    cursor = None
    for _ in range(100):
        page = list_cases(street.ctx("operator"), asked, sort=sort, cursor=cursor, limit=limit)
        found += numbers(page)
        cursor = page.next_cursor
        if cursor is None:
            return found
    raise AssertionError("the list has no end")


def test_each_person_sees_the_cases_of_their_own_reach(street: Street) -> None:
    ours = street.worked("to_sign")
    waiting = street.register().number
    assert set(seen(street, "dispatcher")) == {ours, waiting}
    assert seen(street, "head") == [ours]
    assert seen(street, "other_head") == []
    assert seen(street, "admin") == []
    assert count_cases(street.ctx("other_head"), OPEN) == 0
    street.act("dispatcher", street.register().number, "dispatch", unit="新河社区",
               assisting=["东风社区"])  # fmt: skip
    assert len(seen(street, "head")) == 2, "an assisting unit sees the case too"


def test_a_handler_sees_what_is_theirs_or_nobodys_but_not_a_colleagues(street: Street) -> None:
    number = street.worked("to_sign")
    assert seen(street, "second_handler") == [number]
    street.act("handler", number, "sign_for")
    assert seen(street, "second_handler") == []
    assert seen(street, "handler", CaseFilter(assignee="me")) == [number]


def test_open_lists_go_by_the_nearest_due_date_and_colour_by_it(street: Street) -> None:
    late = street.register().number
    street.wait(days=3)
    fresh = street.register().number
    page = list_cases(street.ctx("operator"), OPEN)
    assert numbers(page) == [late, fresh]
    assert [row.standing for row in page.rows] == [Standing.OVERDUE, Standing.ON_TIME]
    assert seen(street, "operator", CaseFilter(standing=Standing.OVERDUE)) == [late]
    assert count_cases(street.ctx("operator"), CaseFilter(standing=Standing.OVERDUE)) == 1
    assert seen(street, "operator", CaseFilter(standing=Standing.DUE_SOON)) == []


def test_filters_narrow_the_list_together(street: Street) -> None:
    lamp = street.register(channel="mayor_line", category="0203").number
    noise = street.register(channel="call", category="0401", important=True).number
    both = street.categories["02"].id
    assert seen(street, "operator", CaseFilter(channel=Channel.CALL)) == [noise]
    assert seen(street, "operator", CaseFilter(category_id=both)) == [lamp], "with its children"
    assert seen(street, "operator", CaseFilter(important=True)) == [noise]
    assert seen(street, "operator", CaseFilter(category_id=both, important=True)) == []
    assert seen(street, "operator", CaseFilter(numbers=frozenset({lamp}))) == [lamp]


def test_a_list_can_be_what_waits_for_a_decision(street: Street) -> None:
    number = street.worked("to_sign")
    street.worked("to_sign")
    street.act("head", number, "request_return", reason="not_our_duty", basis="属区城管职责")
    returns = CaseFilter(pending=RequestKind.RETURN)
    assert seen(street, "dispatcher", returns) == [number]
    assert count_cases(street.ctx("dispatcher"), returns) == 1


def test_units_are_listed_with_their_children_and_by_what_they_assist(street: Street) -> None:
    number = street.worked("to_sign")
    street.act("dispatcher", number, "assist", units=["新河社区"], request="请派人协助")
    street_wide = CaseFilter(unit_id=street.units["street"].id)
    assert seen(street, "operator", street_wide) == [number]
    invited = CaseFilter(assisted_by=frozenset({street.units["xinhe"].id}))
    assert seen(street, "other_head", invited) == [number]
    street.act("other_head", number, "assist_report", text="已派人")
    assert seen(street, "other_head", invited) == []


def test_a_person_is_found_by_number_or_name_and_shown_masked(street: Street) -> None:
    number = street.register(petitioner={"name": "欧阳娜娜", "phone": "13987654321"}).number
    street.register()
    for words in ("13987654321", "139 8765 4321", "+86 13987654321", "欧阳娜娜", number):
        assert seen(street, "operator", CaseFilter(q=words)) == [number], words
    row = list_cases(street.ctx("operator"), CaseFilter(q=number)).rows[0]
    assert row.person == "欧阳*"
    assert seen(street, "other_head", CaseFilter(q="13987654321")) == []


def test_a_confidential_resident_is_not_named_in_lists(street: Street) -> None:
    street.register(petitioner={"name": "张三", "phone": "13812345678", "confidential": True})
    assert list_cases(street.ctx("operator"), OPEN).rows[0].person == "保密"


@pytest.mark.parametrize("sort", ["due", "received", "-received", "number", "-number", "newest"])
def test_pages_in_any_order_show_every_case_once(street: Street, sort: str) -> None:
    made = []
    for index in range(11):
        made.append(street.register().number)
        if index % 3 == 0:
            street.wait(minutes=30)
    street.act("operator", made[4], "withdraw", text="不反映了")
    street.act("operator", made[7], "withdraw", text="不反映了")
    whole = walk(street, CaseFilter(), sort=sort, limit=100)
    assert sorted(whole) == sorted(made)
    assert walk(street, CaseFilter(), sort=sort, limit=3) == whole


def test_going_back_shows_the_page_one_came_from(street: Street) -> None:
    for _ in range(7):
        street.register()
        street.wait(minutes=5)
    ctx = street.ctx("operator")
    first = list_cases(ctx, OPEN, limit=3)
    second = list_cases(ctx, OPEN, limit=3, cursor=first.next_cursor)
    third = list_cases(ctx, OPEN, limit=3, cursor=second.next_cursor)
    assert (first.previous_cursor, third.next_cursor) == (None, None)
    back = list_cases(ctx, OPEN, limit=3, cursor=third.previous_cursor)
    assert numbers(back) == numbers(second)
    again = list_cases(ctx, OPEN, limit=3, cursor=back.previous_cursor)
    assert numbers(again) == numbers(first)
    assert again.previous_cursor is None
    assert again.next_cursor is not None


def test_pages_stay_in_place_while_new_cases_come_in(street: Street) -> None:
    for _ in range(6):
        street.register()
        street.wait(minutes=5)
    ctx = street.ctx("operator")
    first = list_cases(ctx, CaseFilter(), sort="-received", limit=3)
    before = numbers(list_cases(ctx, CaseFilter(), sort="-received", cursor=first.next_cursor))
    street.register()
    after = numbers(list_cases(ctx, CaseFilter(), sort="-received", cursor=first.next_cursor))
    assert after == before


@pytest.mark.parametrize(
    "nonsense",
    ["x", "===", "W10", "WyJkdWUiLG51bGwsMSwxLDFd", "5" * 400, "汉字", "WyJkdWUiLDEsMiwwXQ"],
)
def test_a_cursor_that_is_nonsense_is_refused(street: Street, nonsense: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        list_cases(street.ctx("operator"), OPEN, cursor=nonsense)
    assert refused.value.problems == {"cursor": "bad_cursor"}


def test_a_cursor_of_another_order_is_refused(street: Street) -> None:
    street.register()
    street.register()
    page = list_cases(street.ctx("operator"), OPEN, limit=1)
    with pytest.raises(InvalidInput):
        list_cases(street.ctx("operator"), OPEN, sort="-received", cursor=page.next_cursor)


@pytest.mark.parametrize("how", [{"sort": "title"}, {"limit": 0}, {"limit": 201}])
def test_orders_and_limits_outside_the_list_are_refused(street: Street, how: dict) -> None:
    with pytest.raises(InvalidInput):
        list_cases(street.ctx("operator"), OPEN, **how)


def test_the_total_counts_what_the_pages_hold(street: Street) -> None:
    for _ in range(5):
        street.register()
    page = list_cases(street.ctx("operator"), OPEN, limit=2, with_total=True)
    assert (page.total, page.more_than, len(page.rows)) == (5, None, 2)
    found = list_cases(street.ctx("operator"), CaseFilter(q="路灯"), limit=2, with_total=True)
    assert found.total == 5


def test_a_list_costs_the_same_statements_whatever_its_length(
    street: Street, count_queries: Counter
) -> None:
    def cost(asked: CaseFilter, who: str) -> list[str]:
        street.session.expunge_all()
        with count_queries() as statements:
            list_cases(street.ctx(who), asked, with_total=True, limit=50)
        return statements

    kinds = [
        OPEN,
        CaseFilter(),
        CaseFilter(q="路灯"),
        replace(OPEN, states=frozenset({State.TO_SIGN})),
    ]
    for _ in range(4):
        street.worked("to_sign")
    few = [cost(asked, who) for asked in kinds for who in ("operator", "head", "handler")]
    for _ in range(60):
        street.worked("to_sign")
    many = [cost(asked, who) for asked in kinds for who in ("operator", "head", "handler")]
    assert [len(statements) for statements in many] == [len(s) for s in few]
    assert max(len(statements) for statements in many) == 3
    assert len(list_cases(street.ctx("operator"), OPEN, limit=50).rows) == 50


def test_a_period_is_from_the_first_instant_to_before_the_last(street: Street) -> None:
    start = street.now
    first = street.register().number
    street.wait(hours=1)
    street.register()
    asked = CaseFilter(received_from=start, received_to=start + timedelta(hours=1))
    assert seen(street, "operator", asked) == [first]


@pytest.mark.parametrize("who", ["head", "handler", "other_handler", "operator", "discipline"])
def test_open_cases_are_found_for_exactly_those_who_may_see_them(street: Street, who: str) -> None:
    for until in ("to_dispatch", "to_sign", "handling", "to_review"):
        street.worked(until)
    helped = street.worked("signed", location={"unit": "新河社区"})
    street.act("head", helped, "assist", units=["新河社区"], request="请协助查看")
    street.register("handler")
    actor = street.ctx(who).actor
    scope = scope_of(actor, reference(street.session))
    opened = select(Case.number).where(Case.is_open).order_by(Case.number)
    checked = street.session.scalars(opened.where(visible(scope))).all()
    found = street.session.scalars(opened.where(visible_and_open(scope))).all()
    assert found == checked


def test_a_pile_holds_finished_cases_and_calls_none_of_them_late(street: Street) -> None:
    """An order of supervision outlives its case: its date is the case's next one."""
    number = street.worked("closed")
    given = {"reason": "beyond_powers", "text": "属区级权限，附权责清单。"}
    street.act("supervisor", number, "exclude", **given)
    street.act("supervisor", number, "supervise", trigger="overdue", requirement="说明情况。")
    street.wait(days=30)
    [pile] = [one for one in queue_states(street.ctx("leader")) if one.queue.name == "exclusions"]
    assert street.case(number).next_due_at < street.now
    assert (pile.count, pile.overdue) == (1, 0)
    assert pile.oldest_at == street.case(number).received_at
