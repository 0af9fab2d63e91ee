"""The pages of the rules: an administrator sets them, the supervisor decides with one press."""

from casetracker.services.context import SYSTEM, Context
from casetracker.services.oversight.suggestions import suggestions
from casetracker.services.oversight.watching import watch
from tests.pages import fill_in, submit, visit

RULES = "/ops/admin/oversight"
DESK = "/ops/oversight"


def found(street, clock, **body):
    number = street.worked("signed", **body)
    street.wait(days=3)
    clock.move_to(street.now)
    watch(Context(SYSTEM, street.now, door="worker"))
    return number


def row_of(page, words):
    return next(row for row in page.root.all("tr") if words in row.text)


def test_a_rule_is_switched_from_a_day_and_the_change_is_told(sign_in_as):
    browser = sign_in_as("admin")
    assert "督办规则" in visit(browser, RULES).text
    page = fill_in(browser, f"{RULES}/overdue", mode="issue", first="1")
    assert page.flashes == ["督办规则已调整。"]
    assert "自动督办" in row_of(page, "无正当理由").text
    assert "超期满 1 个工作日" in row_of(page, "无正当理由").text
    assert "admin先生" in visit(browser, f"{RULES}/overdue").text
    log = visit(sign_in_as("auditor"), "/ops/admin/audit")
    assert "超期满 3 → 1" in log.text


def test_a_number_out_of_bounds_comes_back_with_its_field(sign_in_as):
    page = fill_in(sign_in_as("admin"), f"{RULES}/overdue", first="99", mode="suggest")
    assert page.status == 400
    assert any("超出允许的范围" in error for error in page.errors)


def test_a_talk_is_never_issued_by_the_system(sign_in_as):
    page = visit(sign_in_as("admin"), f"{RULES}/orders_late")
    assert not [i for i in page.root.all("input") if i.get("name") == "mode"]


def test_rules_are_for_their_administrator(sign_in_as):
    assert sign_in_as("supervisor").get(RULES).status_code == 403


def test_one_press_issues_the_order_with_the_trigger(sign_in_as, street, clock):
    number = found(street, clock, title="路灯不亮")
    browser = sign_in_as("supervisor")
    page = visit(browser, DESK)
    assert "提请督办 1 项" in page.text
    assert "办理时限已过半（3/5 个工作日），没有办理记录" in page.text
    done = submit(browser, page, f"{number}/supervise")
    assert "督办编号 DB2026-0001" in done.text
    assert "提请督办 0 项" in done.text


def test_the_order_is_put_right_before_it_goes(sign_in_as, street, clock):
    number = found(street, clock)
    browser = sign_in_as("supervisor")
    page = visit(browser, visit(browser, DESK).links["修改后督办"])
    [requirement] = [t.text for t in page.root.all("textarea") if t.get("name") == "requirement"]
    assert requirement.startswith("办理时限已过半")
    chosen = [o.get("value") for o in page.root.all("option") if "selected" in o.attributes]
    assert "half_time_no_record" in chosen
    assert number in page.text


def test_putting_it_aside_wants_a_reason(sign_in_as, street, clock):
    found(street, clock)
    browser = sign_in_as("supervisor")
    page = submit(browser, visit(browser, DESK), "/dismiss", reason=" ")
    assert page.status == 400
    assert page.errors
    done = submit(browser, page, "/dismiss", reason="已核实，正在施工")
    assert "提请督办 0 项" in done.text
    kept = visit(browser, f"{DESK}/suggestions?status=dismissed")
    assert "已核实，正在施工" in kept.text
    assert suggestions(street.ctx("supervisor")).total == 0
