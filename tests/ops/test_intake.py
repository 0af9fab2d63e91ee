"""Logging a case at the desk: the form, the advice beside it, the draft, the receipt, the paper."""

from collections.abc import Callable

from flask.testing import FlaskClient

from casetracker.persistence.account import Draft
from casetracker.persistence.case import Case
from tests.factories.street import Street
from tests.pages import fields_of, submit, visit

SignIn = Callable[[str], FlaskClient]
NEW = "/ops/cases/new"
CALL = {
    "channel": "mayor_line",
    "kind": "help",
    "petitioner__phone": "13812345678",
    "petitioner__name": "张三",
    "content": "东风小区三栋门口的路灯不亮,晚上出行不安全。",
    "category": "0203",
    "location__address": "东风小区三栋",
    "location__unit": "dongfeng",
}


def only_case(street: Street) -> Case:
    street.session.expire_all()
    return street.session.query(Case).one()


def test_a_usual_call_is_logged_and_the_receipt_shows_number_and_code_once(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    done = submit(client, visit(client, NEW), "/ops/cases/new", **CALL)
    case = only_case(street)
    assert done.heading == "已登记"
    assert case.number in done.text
    assert "查询码" in done.text
    assert "最迟答复3月9日(周一)前" in done.text
    assert case.category_id == street.categories["0203"].id
    other = visit(sign_in_as("dispatcher"), f"/ops/cases/{case.number}/receipt")
    assert "不再显示" in other.text


def test_a_double_click_logs_one_case(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("operator")
    page = visit(client, NEW)
    for _ in range(2):
        submit(client, page, "/ops/cases/new", **CALL)
    assert only_case(street)


def test_what_is_wrong_is_named_and_what_was_typed_is_kept(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    wrong = {**CALL, "petitioner__phone": "12345678", "received_at": "2099-01-01T09:00"}
    answer = submit(client, visit(client, NEW), "/ops/cases/new", **wrong)
    assert answer.status == 400
    assert len(answer.errors) >= 1
    assert "路灯不亮" in answer.text
    assert street.session.query(Case).count() == 0
    again = submit(client, answer, "/ops/cases/new", petitioner__phone="13812345678",
                   received_at="")  # fmt: skip
    assert again.heading == "已登记"


def test_the_advice_names_earlier_calls_repeats_category_unit_and_date(
    street: Street, sign_in_as: SignIn
) -> None:
    earlier = street.register(category="0203", location={"address": "东风小区三栋"}).number
    client = sign_in_as("operator")
    page = visit(client, NEW)
    sent = {name.replace("__", "."): value for name, value in CALL.items()}
    token = next(e.get("content") for e in page.root.all("meta") if e.get("name") == "csrf-token")
    advice = client.post(f"{NEW}/suggest", data=sent, headers={"X-CSRFToken": token})
    words = advice.get_data(as_text=True)
    assert advice.status_code == 200
    for expected in (earlier, "公共管理办公室", "市政设施/路灯", "3月9日(周一)", "相似度"):
        assert expected in words, expected


def test_the_advice_finds_the_community_in_the_words_and_waits_for_a_category(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    words = {"content": "新河社区三栋的路灯不亮。", "kind": "help"}
    page = submit(client, visit(client, NEW), "/ops/cases/new", do="suggest", **words)
    assert "可能的社区 新河社区" in page.text
    assert "市政设施/路灯" in page.text
    assert "选定问题分类后给出建议单位" in page.text


def test_a_draft_comes_back_with_its_advice(street: Street, sign_in_as: SignIn) -> None:
    client = sign_in_as("operator")
    token = visit(client, NEW).form().all("input")[0].get("value")
    client.post(
        "/ops/drafts/intake",
        data={"content": "路灯不亮", "kind": "complaint"},
        headers={"X-CSRFToken": token},
    )
    assert "市政设施/路灯" in visit(client, NEW).text


def test_advice_never_speaks_of_cases_that_one_may_not_see(
    street: Street, sign_in_as: SignIn
) -> None:
    foreign = street.register(category="0203").number
    street.act("dispatcher", foreign, "dispatch", unit="新河社区")
    client = sign_in_as("handler")
    page = visit(client, NEW)
    token = next(e.get("content") for e in page.root.all("meta") if e.get("name") == "csrf-token")
    sent = {name.replace("__", "."): value for name, value in CALL.items()}
    advice = client.post(f"{NEW}/suggest", data=sent, headers={"X-CSRFToken": token})
    assert foreign not in advice.get_data(as_text=True)


def test_without_scripts_the_page_brings_the_advice_and_keeps_the_form(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    answer = submit(client, visit(client, NEW), "/ops/cases/new", do="suggest", **CALL)
    assert "公共管理办公室" in answer.text
    assert "路灯不亮" in answer.text
    assert street.session.query(Case).count() == 0


def test_a_draft_outlives_the_sign_in_and_goes_when_the_case_is_logged(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    page = visit(client, NEW)
    token = next(e.get("content") for e in page.root.all("meta") if e.get("name") == "csrf-token")
    kept = client.post(
        "/ops/drafts/intake",
        data={"content": "说到一半的诉求", "kind": "complaint"},
        headers={"X-CSRFToken": token},
    )
    assert kept.status_code == 204
    raw = street.session.connection().exec_driver_sql("SELECT body FROM drafts").scalar()
    assert "说到一半".encode() not in bytes(raw)
    later = sign_in_as("operator")
    restored = visit(later, NEW)
    assert "说到一半的诉求" in restored.text
    done = submit(later, restored, "/ops/cases/new", **CALL)
    assert done.heading == "已登记", done.errors
    assert street.session.query(Draft).count() == 0
    assert "说到一半" not in visit(sign_in_as("second_operator"), NEW).text


def test_somebody_without_the_right_gets_no_form(sign_in_as: SignIn) -> None:
    visit(sign_in_as("auditor"), NEW, status=403)


def test_a_case_on_paper_shows_what_the_unit_needs_and_no_number(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    page = visit(sign_in_as("head"), f"/ops/cases/{number}/print")
    for words in (number, "东风社区", "办理历程", "签收人"):
        assert words in page.text
    assert "13812345678" not in page.text


def test_a_text_that_is_too_long_is_kept_whole_and_the_limit_is_named(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("operator")
    much = "长" * 20_001
    answer = submit(client, visit(client, NEW), "/ops/cases/new", **{**CALL, "content": much})
    assert answer.errors == ["诉求内容：过长，最多 20000 个字"]
    assert much in answer.text


def test_a_communitys_own_people_find_their_community_filled_in(sign_in_as) -> None:
    fields = fields_of(visit(sign_in_as("handler"), "/ops/cases/new").form("/ops/cases/new"))
    assert (fields["channel"], fields["location.unit"]) == ("community", "dongfeng")
    desk = fields_of(visit(sign_in_as("operator"), "/ops/cases/new").form("/ops/cases/new"))
    assert (desk["channel"], desk["location.unit"]) == ("mayor_line", "")
