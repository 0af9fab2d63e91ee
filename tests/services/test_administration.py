"""What the office keeps by itself: who may change it, what it changes, what is logged."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from casetracker.domain.days import local_date
from casetracker.domain.errors import InvalidInput, NotFound, NotPermitted
from casetracker.persistence.account import AccessRecord
from casetracker.persistence.organisation import RoutingRow
from casetracker.services.commands.administration import (
    AddRoute,
    ChangeCategory,
    ChangeUnit,
    CreateCategory,
    CreateUnit,
    SaveTemplate,
    SetLimit,
    SetSetting,
)
from casetracker.services.context import ClientKey
from casetracker.services.office.calendar_loading import load_year, preview_of
from casetracker.services.office.calendar_notices import read_notice, shipped_notice
from casetracker.services.office.categories import (
    category_lines,
    change_category,
    create_category,
    find_category,
)
from casetracker.services.office.dispatch_rules import add_route, end_route, route_lines
from casetracker.services.office.office_values import find_value, set_setting
from casetracker.services.office.reply_templates import create_template, template_rows
from casetracker.services.office.time_limits import find_limit, limit_lines, set_limit
from casetracker.services.office.units import change_unit, create_unit, find_unit, unit_lines

TODAY = date(2026, 3, 2)


@pytest.fixture
def admin(street):
    return street.ctx("admin")


def logged(street) -> list[str]:
    street.session.expire_all()
    rows = street.session.scalars(select(AccessRecord).order_by(AccessRecord.id))
    return [row.detail or "" for row in rows]


def refusal(deed, *args) -> InvalidInput:
    with pytest.raises(InvalidInput) as refused:
        deed(*args)
    return refused.value


def new_unit(**more) -> CreateUnit:
    body = {"code": "squad", "name": "城管中队", "kind": "brigade", "parent": "street"}
    return CreateUnit.model_validate({**body, "handles_cases": True, **more})


def changed_unit(ctx, code: str, **more) -> ChangeUnit:
    line = find_unit(ctx, code)
    body = {"name": line.name, "parent": line.parent, "phone": line.phone,
            "handles_cases": line.handles_cases, "is_active": line.is_active,
            "deputy_leader": line.leader_username}  # fmt: skip
    return ChangeUnit.model_validate({**body, **more})


def changed_category(**more) -> ChangeCategory:
    return ChangeCategory.model_validate({"name": "路灯", **more})


def a_limit(**more) -> SetLimit:
    body = {"amount": 3, "unit": "working", "effective_from": "2026-03-02", "source": "新办法"}
    return SetLimit.model_validate({**body, **more})


# units


def test_a_new_unit_can_be_dispatched_to_at_once(street, admin):
    create_unit(admin, new_unit())
    number = street.register().number
    street.act("dispatcher", number, "dispatch", unit="城管中队")
    assert find_unit(admin, "squad").open_cases == 1


def test_units_stand_below_their_parents(street, admin):
    create_unit(admin, new_unit(code="grid1", kind="grid", name="一号网格", parent="dongfeng"))
    depths = {line.code: line.depth for line in unit_lines(admin)}
    assert (depths["street"], depths["dongfeng"], depths["grid1"]) == (0, 1, 2)
    codes = [line.code for line in unit_lines(admin)]
    assert codes.index("grid1") == codes.index("dongfeng") + 1


@pytest.mark.parametrize("field", ["code", "name"])
def test_code_and_name_of_a_unit_are_its_own(street, admin, field):
    taken = {"code": "dongfeng", "name": "东风社区"}[field]
    assert refusal(create_unit, admin, new_unit(**{field: taken})).problems == {field: "taken"}


def test_a_unit_that_leads_open_cases_stays_open_and_says_how_many(street, admin):
    street.worked("to_sign")
    street.worked("signed")
    found = refusal(
        change_unit, admin, "dongfeng", changed_unit(admin, "dongfeng", is_active=False)
    )
    assert found.problems == {"is_active": "leads_open_cases"}
    assert found.facts["count"] == 2
    found = refusal(
        change_unit, admin, "dongfeng", changed_unit(admin, "dongfeng", handles_cases=False)
    )
    assert found.problems == {"handles_cases": "leads_open_cases"}
    assert find_unit(admin, "dongfeng").is_active


def test_a_unit_without_open_cases_is_closed_and_gets_no_more(street, admin):
    change_unit(admin, "xinhe", changed_unit(admin, "xinhe", is_active=False))
    number = street.register().number
    found = refusal(lambda: street.act("dispatcher", number, "dispatch", unit="新河社区"))
    assert found.problems == {"unit": "unknown_unit"}


def test_a_unit_with_open_children_is_not_closed_over_their_heads(street, admin):
    command = changed_unit(admin, "street", is_active=False)
    found = refusal(change_unit, admin, "street", command)
    assert found.problems == {"is_active": "has_active_children"}


def test_nobody_stands_below_itself(street, admin):
    create_unit(admin, new_unit(code="grid1", kind="grid", name="一号网格", parent="dongfeng"))
    command = changed_unit(admin, "dongfeng", parent="grid1")
    assert refusal(change_unit, admin, "dongfeng", command).problems == {"parent": "own_child"}


def test_only_a_deputy_leader_is_put_over_a_unit(street, admin):
    command = changed_unit(admin, "xinhe", deputy_leader="handler")
    found = refusal(change_unit, admin, "xinhe", command)
    assert found.problems == {"deputy_leader": "not_a_deputy_leader"}


def test_a_change_is_logged_with_before_and_after_and_nothing_else(street, admin):
    change_unit(admin, "xinhe", changed_unit(admin, "xinhe", name="新河第一社区", phone="83210000"))
    expected = "单位 xinhe：名称 新河社区 → 新河第一社区；电话 无 → 83210000"
    assert logged(street)[-1] == expected


def test_saving_without_a_change_leaves_no_trace(street, admin):
    before = len(logged(street))
    change_unit(admin, "xinhe", changed_unit(admin, "xinhe"))
    assert len(logged(street)) == before


# categories


def new_category(**more) -> CreateCategory:
    body = {"code": "0205", "name": "井盖缺失", "parent": "02", "default_unit": "public_works"}
    return CreateCategory.model_validate({**body, **more})


def test_a_new_category_is_used_and_suggests_its_unit(street, admin):
    create_category(admin, new_category(keywords="窨井盖 下水道"))
    street.wait(minutes=1)
    number = street.register(category="市政设施/井盖缺失").number
    street.act("dispatcher", number, "dispatch", unit="公共管理办公室")
    assert street.case(number).category_id is not None
    assert find_category(admin, "0205").level == 2


def test_brothers_bear_different_names(street, admin):
    found = refusal(create_category, admin, new_category(name="路灯"))
    assert found.problems == {"name": "taken"}
    create_category(admin, new_category(name="路灯", parent="04"))


def test_an_ended_category_is_refused_for_new_cases_and_kept_by_old_ones(street, admin):
    number = street.register(category="0203").number
    change_category(admin, "0203", changed_category(valid_to="2026-03-03"))
    street.register(category="0203")
    street.wait(days=1)
    assert refusal(lambda: street.register(category="0203")).problems == {
        "category": "category_ended"
    }
    assert street.case(number).category_id == street.categories["0203"].id
    assert not find_category(street.ctx("admin"), "0203").in_use


def test_a_heading_does_not_end_before_what_stands_below_it(street, admin):
    command = ChangeCategory.model_validate({"name": "市政设施", "valid_to": "2026-03-03"})
    assert refusal(change_category, admin, "02", command).problems == {
        "valid_to": "children_in_use"
    }


def test_a_category_does_not_end_before_it_began(street, admin):
    command = changed_category(valid_to="2018-12-31")
    assert refusal(change_category, admin, "0203", command).problems == {
        "valid_to": "before_valid_from"
    }


def test_the_usual_unit_of_a_category_handles_cases(street, admin):
    found = refusal(create_category, admin, new_category(default_unit="street"))
    assert found.problems == {"default_unit": "unit_does_not_handle"}


# limits


def due_of(street, number) -> date:
    return local_date(street.case(number).handle_due_at)


def test_a_new_limit_applies_to_the_next_case_only(street, admin):
    first = street.worked("to_sign")
    assert due_of(street, first) == date(2026, 3, 9)  # 5 working days
    set_limit(admin, "handle:help", a_limit())
    street.wait(minutes=5)
    second = street.worked("to_sign")
    assert due_of(street, second) == date(2026, 3, 5)  # 3 working days
    assert due_of(street, first) == date(2026, 3, 9)


def test_a_running_case_keeps_its_promise_when_its_date_is_worked_out_anew(street, admin):
    number = street.worked("signed")
    street.wait(minutes=1)
    set_limit(street.ctx("admin"), "handle:help", a_limit())
    street.act("handler", number, "request_extension", days=2, reason="construction_period",
               text="需要等材料到货")  # fmt: skip
    street.act("deputy", number, "decide_extension", granted=True, note="同意")
    assert due_of(street, number) == date(2026, 3, 11)


def test_a_limit_of_tomorrow_leaves_today_alone(street, admin):
    set_limit(admin, "handle:help", a_limit(effective_from="2026-03-03"))
    assert due_of(street, street.worked("to_sign")) == date(2026, 3, 9)
    line = find_limit(admin, "handle:help")
    assert (line.now.amount, line.coming[0].amount) == (5, 3)


def test_what_is_to_come_may_be_corrected_and_what_holds_may_not(street, admin):
    set_limit(admin, "handle:help", a_limit(effective_from="2026-03-03"))
    set_limit(admin, "handle:help", a_limit(effective_from="2026-03-03", amount=4))
    assert [row.amount for row in find_limit(admin, "handle:help").rows] == [4]
    assert "长度 3 → 4" in logged(street)[-1]
    set_limit(admin, "sign", a_limit(unit="office_hours"))
    found = refusal(set_limit, admin, "sign", a_limit(unit="office_hours", amount=2))
    assert found.problems == {"effective_from": "limit_date_taken"}


def test_a_limit_is_not_changed_for_the_past(street, admin):
    found = refusal(set_limit, admin, "sign", a_limit(effective_from="2026-03-01"))
    assert found.problems == {"effective_from": "limit_in_the_past"}


def test_a_limit_that_follows_from_each_case_has_no_length_to_set(street, admin):
    assert refusal(set_limit, admin, "assist", a_limit()).problems == {
        "amount": "limit_needs_amount"
    }


def test_every_limit_of_the_catalogue_is_listed_with_a_source(street, admin):
    lines = limit_lines(admin)
    assert {"notify15", "handle60", "dispatch", "handle:complex"} <= {line.code for line in lines}
    assert all(line.now.source for line in lines)


# calendar


def test_a_new_year_is_previewed_loaded_and_moves_the_dates_that_lie_in_it(street, admin):
    street.now += timedelta(days=300)  # 2026-12-27, a Sunday
    number = street.worked("to_sign")
    before = due_of(street, number)
    notice = read_notice(
        "国务院办公厅关于2027年部分节假日安排的通知\n"
        "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
        "二、春节：2月5日（周五）至12日（周五）放假调休，共8天。2月14日（周日）上班。\n"
    )
    preview = preview_of(street.ctx("admin"), notice)
    assert preview.open_cases == 1
    assert date(2027, 1, 1) in {change.day for change in preview.changes}
    loaded = load_year(street.ctx("admin"), notice)
    assert loaded.recalculated >= 1
    assert due_of(street, number) > before
    assert "2027" in logged(street)[-1]
    assert preview_of(street.ctx("admin"), notice).changes == ()


def test_an_interrupted_load_is_finished_by_loading_again(street, admin, monkeypatch):
    street.now += timedelta(days=300)
    number = street.worked("to_sign")
    before = due_of(street, number)
    notice = read_notice("\n".join(
        ["2027-01-01,放假,元旦", *(f"2027-02-{day:02d},放假,春节" for day in range(5, 17))]
    ), 2027)  # fmt: skip
    with monkeypatch.context() as patch:
        patch.setattr(
            "casetracker.services.office.calendar_loading.touched_cases", lambda *_: [][0]
        )
        with pytest.raises(IndexError):
            load_year(street.ctx("admin"), notice)
    assert due_of(street, number) == before
    assert load_year(street.ctx("admin"), notice).recalculated >= 1
    assert due_of(street, number) > before


# settings


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("return_maximum", "很多", "0 至 9 的整数"),
        ("return_maximum", "１", "0 至 9 的整数"),
        ("number_prefix", "热线/", "1 至 6 个大写字母"),
        ("office_hours", "09:00-08:00", "时段"),
        ("sms_to_residents", "maybe", "是、否"),
    ],
)
def test_a_bad_value_is_refused_with_what_is_expected(street, admin, name, value, expected):
    found = refusal(set_setting, admin, name, SetSetting(value=value))
    assert found.problems == {"value": "bad_setting"}
    assert expected in found.facts["expected"]


def test_a_value_holds_from_the_next_use_on(street, admin):
    set_setting(admin, "number_prefix", SetSetting(value="MH"))
    assert street.register().number == "MH2026-000001"
    assert find_value(admin, "number_prefix").value == "MH"
    assert "参数 热线工单编号前缀：取值 RX → MH" in logged(street)


# dispatch catalogue


def a_route(**more) -> AddRoute:
    body = {"category": "0203", "unit": "public_works", "source": "派单目录"}
    return AddRoute.model_validate({**body, **more})


def test_a_rule_is_followed_from_today_and_ended_today(street, admin):
    add_route(admin, a_route(area="dongfeng", unit="dongfeng", on_community_list=True))
    [line] = route_lines(admin)
    assert (line.category, line.area, line.unit) == ("市政设施/路灯", "东风社区", "东风社区")
    row = street.session.get_one(RoutingRow, line.id)
    row.effective_to = TODAY + timedelta(days=30)
    street.session.commit()
    end_route(admin, line.id)
    assert not route_lines(admin)[0].in_force
    assert "停用日期 2026-04-01 → 2026-03-02" in logged(street)[-1]


def test_a_rule_says_what_it_is_for(street, admin):
    found = refusal(add_route, admin, a_route(category=None))
    assert found.problems == {"category": "empty_rule"}


def test_a_community_leads_only_what_stands_on_its_list(street, admin):
    found = refusal(add_route, admin, a_route(unit="dongfeng"))
    assert found.problems == {"on_community_list": "community_outside_list"}


def test_rules_are_narrowed_to_a_unit_and_to_a_branch(street, admin):
    add_route(admin, a_route())
    add_route(admin, a_route(category="0401"))
    assert len(route_lines(admin, category="02")) == 1
    assert len(route_lines(admin, unit="public_works")) == 2
    assert route_lines(admin, unit="xinhe") == []


def test_the_rule_of_a_closed_unit_gives_way(street, admin):
    add_route(admin, a_route(unit="xinhe", on_community_list=True))
    change_unit(admin, "xinhe", changed_unit(admin, "xinhe", is_active=False))
    number = street.register(category="0203").number
    street.act("dispatcher", number, "dispatch", unit="公共管理办公室")
    assert street.case(number).lead_unit_id == street.units["public_works"].id


# templates


def a_template(**more) -> SaveTemplate:
    body = {"name": "专线回告", "use": "upstream", "channel": "mayor_line", "is_active": True}
    return SaveTemplate.model_validate({**body, "body": "工单 {external_number}：{reply}", **more})


def test_a_template_with_an_unknown_place_is_refused_by_its_name(street, admin):
    found = refusal(create_template, admin, a_template(body="您好 {petitioner}"))
    assert found.problems == {"body": "unknown_place"}
    assert found.facts["name"] == "petitioner"
    assert "{unit}" in found.facts["known"]


def test_a_reply_cannot_hold_what_is_known_only_after_it(street, admin):
    found = refusal(create_template, admin, a_template(use="reply", body="{reply}"))
    assert found.facts["name"] == "reply"


def test_a_name_is_used_once(street, admin):
    create_template(admin, a_template())
    assert refusal(create_template, admin, a_template()).problems == {"name": "taken"}
    assert [row.name for row in template_rows(admin)] == ["专线回告"]


# for all of them


def test_a_form_sent_twice_changes_once(street):
    ctx = street.ctx("admin", key=ClientKey("form:abcdefgh", "0" * 64))
    add_route(ctx, a_route())
    add_route(ctx, a_route())
    assert len(route_lines(street.ctx("admin"))) == 1


DEEDS = {
    "create_unit": lambda ctx: create_unit(ctx, new_unit()),
    "create_category": lambda ctx: create_category(ctx, new_category()),
    "change_category": lambda ctx: change_category(ctx, "0203", changed_category()),
    "set_limit": lambda ctx: set_limit(ctx, "sign", a_limit()),
    "set_setting": lambda ctx: set_setting(ctx, "street_name", SetSetting(value="x")),
    "add_route": lambda ctx: add_route(ctx, a_route()),
    "end_route": lambda ctx: end_route(ctx, 1),
    "create_template": lambda ctx: create_template(ctx, a_template()),
    "load_year": lambda ctx: load_year(ctx, shipped_notice(2026)),
    "category_lines": category_lines,
    "limit_lines": limit_lines,
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["operator", "security", "auditor", "leader"])
def test_only_the_system_administrator_may(street, deed, who):
    with pytest.raises(NotPermitted):
        DEEDS[deed](street.ctx(who))


@pytest.mark.parametrize(
    "deed",
    [
        lambda ctx: change_category(ctx, "99", changed_category()),
        lambda ctx: set_limit(ctx, "nothing", a_limit()),
        lambda ctx: set_setting(ctx, "reference_stamp", SetSetting(value="x")),
        lambda ctx: end_route(ctx, 987654),
    ],
)
def test_what_is_not_there_is_not_found(street, admin, deed):
    with pytest.raises(NotFound):
        deed(admin)
