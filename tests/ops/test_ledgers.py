"""The pages of the petition office's ledgers, used by the people whose they are."""

import pytest

from tests.factories.ledgers import entry, old_case, reception, undertaking, visit
from tests.factories.petitions import petition
from tests.pages import fill_in, submit
from tests.pages import visit as open_page

VISIT = {"place": "信访接待室", "persons": "1", "visitor__name": "诸葛亮",
         "visitor__phone": "13977665544", "matter": "反映楼道堆物。"}  # fmt: skip


def test_a_visit_is_entered_and_stands_masked_in_the_register(sign_in_as) -> None:
    clerk = sign_in_as("clerk")
    page = fill_in(clerk, "/ops/visits/new", **VISIT)
    assert page.flashes == ["来访已登记。"]
    assert page.heading == "来访 LF2026-000001"
    register = open_page(clerk, "/ops/visits")
    assert "1 件次 · 1 人次" in register.text
    assert "诸葛*" in register.text
    assert "诸葛亮" not in register.text
    paper = open_page(clerk, "/ops/visits/print")
    assert "反映楼道堆物。" in paper.text


def test_too_many_representatives_keep_all_that_was_typed(sign_in_as) -> None:
    people = "\n".join(f"代表{name} 1380000000{place}" for place, name in enumerate("甲乙丙丁戊"))
    page = fill_in(sign_in_as("clerk"), "/ops/visits/new", **{**VISIT, "persons": "60"},
                   others=people)  # fmt: skip
    assert page.status == 400
    assert "《信访工作条例》第二十条第三款" in page.errors[0]
    typed = {box.get("name"): box.text for box in page.root.all("textarea")}
    assert typed["others"].split() == people.split()


def test_a_number_in_the_list_of_people_is_checked(sign_in_as) -> None:
    page = fill_in(sign_in_as("clerk"), "/ops/visits/new", **VISIT, others="赵一 138")
    assert page.status == 400
    assert page.errors[0].startswith("其他来访人：")


def test_a_second_press_enters_nothing_more(sign_in_as) -> None:
    clerk = sign_in_as("clerk")
    form = open_page(clerk, "/ops/visits/new")
    submit(clerk, form, "/ops/visits/new", **VISIT)
    again = submit(clerk, form, "/ops/visits/new", **VISIT)
    assert again.heading == "来访 LF2026-000001"
    assert "1 件次" in open_page(clerk, "/ops/visits").text


def test_a_visitor_is_shown_in_full_for_a_reason(sign_in_as, street) -> None:
    number = visit(street)
    clerk = sign_in_as("clerk")
    page = open_page(clerk, f"/ops/visits/{number}")
    shown = submit(clerk, page, "/reveal", reason="联系来访人")
    assert "诸葛亮" in shown.text
    assert "请先选择查看用途。" in submit(clerk, page, "/reveal").flashes[0]


def test_a_petition_follows_a_visit_and_has_its_receipt(sign_in_as, street) -> None:
    number = visit(street)
    clerk = sign_in_as("clerk")
    page = fill_in(clerk, f"/ops/visits/{number}/petition", content="请求清理楼道。")
    case_number = page.response.request.path.split("/")[3]
    assert case_number.startswith("XF2026-")
    assert case_number in open_page(clerk, f"/ops/visits/{number}").text
    assert f"/ops/visits/{number}" in open_page(clerk, f"/ops/cases/{case_number}").links.values()


def test_an_oral_petition_must_have_been_read_back(sign_in_as, street) -> None:
    number = visit(street)
    page = fill_in(sign_in_as("clerk"), f"/ops/visits/{number}/petition", content="请求清理楼道。",
                   petition__oral="true")  # fmt: skip
    assert page.status == 400
    assert page.errors


def test_an_accusation_shows_no_more_than_its_receipt(sign_in_as, street) -> None:
    number = visit(street, matter="独角兽收受红包")
    clerk = sign_in_as("clerk")
    page = fill_in(clerk, f"/ops/visits/{number}/petition", content="独角兽收受红包",
                   petition__petition_class="accusation")  # fmt: skip
    assert page.heading == "已移交"
    assert "查询码" in page.text
    assert "独角兽" not in open_page(clerk, f"/ops/visits/{number}").text
    assert "独角兽" not in open_page(clerk, "/ops/visits").text


def test_a_visit_is_linked_by_number_and_a_wrong_number_says_so(sign_in_as, street) -> None:
    number, case_number = visit(street), petition(street).number
    clerk = sign_in_as("clerk")
    page = open_page(clerk, f"/ops/visits/{number}")
    wrong = submit(clerk, page, "/link", number="XF2026-999999")
    assert wrong.errors == ["信访件编号：没有这个工单号"]
    linked = submit(clerk, page, "/link", number=case_number)
    assert linked.flashes == ["已关联信访件。"]
    cut = submit(clerk, linked, "/unlink")
    assert cut.flashes == ["已取消关联。"]


def test_a_visit_is_put_right_on_its_day_only(sign_in_as, street, clock) -> None:
    number = visit(street)
    clerk = sign_in_as("clerk")
    page = fill_in(clerk, f"/ops/visits/{number}/change", matter="更正后的事项。")
    assert "更正后的事项。" in page.text
    assert "诸葛*" in page.text
    clock.shift(86_400)
    clerk = sign_in_as("clerk")
    late = fill_in(clerk, f"/ops/visits/{number}/change", matter="再改。")
    assert late.errors[0].startswith("已过登记当日，不能修改")


def test_the_register_is_narrowed_and_odd_days_are_refused(sign_in_as, street) -> None:
    visit(street, persons=6)
    visit(street, visitor={"name": "张三"})
    clerk = sign_in_as("clerk")
    assert "1 件次 · 6 人次" in open_page(clerk, "/ops/visits?only=collective").text
    assert "1 件次 · 1 人次" in open_page(clerk, "/ops/visits?who=张三").text
    odd = open_page(clerk, "/ops/visits?since=2026-03-02&until=2026-03-01", status=400)
    assert odd.errors == ["日期至：结束日期不能早于开始日期"]
    open_page(clerk, "/ops/visits/print?since=x", status=400)


def test_a_session_is_planned_published_and_read_at_the_portal(sign_in_as, client) -> None:
    clerk = sign_in_as("clerk")
    page = fill_in(clerk, "/ops/receptions/new", leader="deputy", post="副主任", duty="城市管理",
                   day="2026-03-05", place="信访接待室")  # fmt: skip
    assert page.flashes == ["接访已安排。"]
    assert "还没有公布接访日程" in open_page(client, "/receptions").text
    published = submit(clerk, page, "/publish")
    assert published.flashes == ["接访安排已公布。"]
    told = open_page(client, "/receptions").text
    for fact in ("3月5日(周四) 09:00", "信访接待室", "deputy先生", "副主任", "城市管理"):
        assert fact in told


def test_the_next_month_is_published_with_one_press(sign_in_as, street, client) -> None:
    reception(street, publish=False, day="2026-04-02")
    clerk = sign_in_as("clerk")
    page = submit(clerk, open_page(clerk, "/ops/receptions"), "/receptions/publish")
    assert page.flashes == ["下月接访日程已公布。"]
    assert "4月2日" in open_page(client, "/receptions").text


def test_a_session_called_off_says_why_at_the_portal(sign_in_as, street, client) -> None:
    row_id = reception(street)
    fill_in(sign_in_as("clerk"), f"/ops/receptions/{row_id}/cancel", reason="市里开会")
    assert "取消原因：市里开会" in open_page(client, "/receptions").text


def test_a_leader_enters_what_they_received(sign_in_as, street, clock) -> None:
    row_id = reception(street)
    clock.shift(86_400)
    deputy = sign_in_as("deputy")
    page = fill_in(deputy, f"/ops/receptions/{row_id}/entries/new", visitor__name="诸葛亮",
                   matter="屋面漏水。", instruction="限期维修。", unit="dongfeng")  # fmt: skip
    assert page.flashes == ["接访事项已登记。"]
    assert "1 件 · 1 人次" in page.text
    assert "限期维修。" in open_page(deputy, f"/ops/receptions/{row_id}/print").text
    assert sign_in_as("leader").get(f"/ops/receptions/{row_id}").status_code == 200


def test_a_received_matter_becomes_a_petition(sign_in_as, street, clock) -> None:
    row_id = reception(street)
    street.wait(days=1)
    clock.shift(86_400)
    entry_id = entry(street, row_id)
    clerk = sign_in_as("clerk")
    here = f"/ops/receptions/entries/{entry_id}"
    page = fill_in(clerk, f"{here}/petition", content="请求维修屋面。")
    assert "查询码" in page.text
    shown = open_page(clerk, here)
    assert "XF2026-" in shown.text
    changed = fill_in(clerk, f"{here}/change", report="已维修。", satisfaction="satisfied")
    assert "已维修。" in changed.text
    assert "诸葛亮" in submit(clerk, changed, "/reveal", reason="核对身份").text


def test_a_leader_notes_a_letter_and_its_report(sign_in_as, street) -> None:
    number = petition(street).number
    leader = sign_in_as("leader")
    page = fill_in(leader, "/ops/letters/new", number=number, note="请社区限期办结。")
    assert page.flashes == ["批示已登记。"]
    address = next(url for words, url in page.links.items() if words == "登记")
    done = fill_in(leader, address, report="已办结。")
    assert "已办结。" in done.text
    assert "请社区限期办结。" in open_page(leader, f"/ops/cases/{number}").text


def test_an_undertaking_goes_from_plan_to_result(sign_in_as, street) -> None:
    number = petition(street).number
    deputy = sign_in_as("deputy")
    page = fill_in(deputy, "/ops/undertakings/new", title="屋面漏水", post="副主任",
                   unit="dongfeng", plan="先表决后施工。", expected_on="2026-06-30")  # fmt: skip
    here = page.response.request.path
    assert "没有关联信访件" in page.text
    clerk = sign_in_as("clerk")
    assert number in fill_in(clerk, f"{here}/change", numbers=number).text
    fill_in(deputy, f"{here}/milestones/new", what="业主表决", day="2026-03-10")
    done = submit(deputy, open_page(deputy, here), "/done")
    assert done.flashes == ["节点已完成。"]
    moved = fill_in(deputy, f"{here}/progress", what="开工。", progress="60")
    assert "进度 60%" in moved.text
    ended = fill_in(deputy, f"{here}/finish", result="settled", words="签订息访协议。")
    assert "已化解" in ended.text
    assert "屋面漏水" in open_page(deputy, "/ops/undertakings?finished=1").text


def test_two_people_strike_off_an_old_case(sign_in_as) -> None:
    clerk, leader = sign_in_as("clerk"), sign_in_as("leader")
    page = fill_in(clerk, "/ops/old-cases/new", description="征地补偿遗留。", source_list="区交办",
                   unit="dongfeng", owner="社区书记")  # fmt: skip
    here = page.response.request.path
    asked = fill_in(clerk, f"{here}/strike", evidence="息访协议。")
    assert "销号待审" in asked.text
    own = fill_in(clerk, f"{here}/decide", granted="true")
    assert own.errors[0].startswith("不能审核自己的销号申请")
    decided = fill_in(leader, f"{here}/decide", granted="true")
    assert decided.flashes == ["销号申请已审核。"]
    assert "征地补偿遗留。" in open_page(leader, "/ops/old-cases?struck_off=1").text


def test_the_daily_list_names_the_time_that_runs(sign_in_as, street) -> None:
    petition(street, risk_tags=["threat"], title="扬言上访")
    old_case(street)
    clerk = sign_in_as("clerk")
    fill_in(clerk, "/ops/sensitive/new", name="全国两会", starts_on="2026-03-01",
            ends_on="2026-03-12", measures="每日研判。")  # fmt: skip
    page = open_page(clerk, "/ops/sensitive")
    assert "每日清单 2 项" in page.text
    assert "每日研判。" in page.text
    paper = open_page(clerk, "/ops/sensitive/print")
    assert "扬言上访" in paper.text
    assert "全国两会" in paper.text


PAGES = ("visits", "receptions", "letters", "undertakings", "old-cases", "sensitive")


@pytest.mark.parametrize("page", PAGES)
def test_every_ledger_says_when_it_is_empty_and_who_may_not_enter_is_told(sign_in_as, page) -> None:
    for who in ("clerk", "leader", "deputy", "supervisor", "operator"):
        assert open_page(sign_in_as(who), f"/ops/{page}").status == 200
    for who in ("handler", "head", "dispatcher", "admin", "auditor", "discipline"):
        assert sign_in_as(who).get(f"/ops/{page}").status_code == 403


def test_readers_have_the_ledgers_in_their_navigation(sign_in_as) -> None:
    links = open_page(sign_in_as("leader"), "/ops/visits").links
    assert {"来访登记", "领导接访", "阅信批示", "包案", "信访积案", "敏感时期"} <= set(links)
    assert "来访登记" not in open_page(sign_in_as("handler"), "/ops/").links


def test_readers_find_no_buttons_that_are_not_theirs(sign_in_as, street) -> None:
    number, row_id = visit(street), undertaking(street)
    supervisor = sign_in_as("supervisor")
    for path in (f"/ops/visits/{number}", f"/ops/undertakings/{row_id}", "/ops/old-cases"):
        words = set(open_page(supervisor, path).links)
        assert not words & {"登记信访件", "更正", "登记进展", "列入积案", "登记来访"}
