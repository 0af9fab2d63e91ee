"""Forms of a petition's actions: only the fields that make sense where it stands."""

from collections.abc import Callable

from flask.testing import FlaskClient

from tests.factories.petitions import OPINION, assign, classify, draft, petition, row_of, worked
from tests.factories.street import Street
from tests.pages import Page, submit, visit

SignIn = Callable[[str], FlaskClient]


def form_of(client: FlaskClient, number: str, action: str) -> Page:
    return visit(client, f"/ops/cases/{number}/actions/{action}")


def send(client: FlaskClient, number: str, action: str, **fields: str) -> Page:
    page = form_of(client, number, action)
    return submit(client, page, f"/ops/cases/{number}/actions/{action}", **fields)


def names_of(page: Page) -> set[str]:
    controls = [one for tag in ("input", "select", "textarea") for one in page.root.all(tag)]
    return {one.get("name") for one in controls}


def options_of(page: Page, name: str) -> list[str]:
    chosen = [one for one in page.root.all("select") if one.get("name") == name]
    return [option.get("value") for one in chosen for option in one.all("option")]


def test_class_and_route_are_chosen_at_once_in_plain_words(
    street: Street, sign_in_as: SignIn
) -> None:
    number = petition(street).number
    client = sign_in_as("clerk")
    page = form_of(client, number, "classify")
    assert "途径六" in page.text
    assert "第三十一条第六项" in page.text
    assert not {"petition_class", "subroute"} & names_of(page)
    empty = send(client, number, "classify", reason="房屋漏水。")
    assert any("信访分类" in error for error in empty.errors)
    done = send(client, number, "classify", way="appeal:6", reason="房屋漏水，无其他途径。")
    assert "已甄别" in done.text
    assert row_of(street, number).subroute == "6"


def test_a_refusal_offers_the_grounds_of_petitions_and_asks_for_the_organ(
    street: Street, sign_in_as: SignIn
) -> None:
    number = petition(street).number
    client = sign_in_as("second_clerk")
    page = form_of(client, number, "decline")
    grounds = {one.get("value") for one in page.root.all("input") if one.get("name") == "reason"}
    assert grounds == {"not_ours", "other_district", "in_petition", "statutory_channel"}
    assert "via" not in names_of(page)
    missing = send(client, number, "decline", reason="not_ours", text="请向区住更局反映。")
    assert missing.status == 400
    assert "请向区住更局反映。" in missing.text
    told = send(client, number, "decline", reason="not_ours", text="请反映。", organ="区住更局")
    assert "待告知" in told.text


def test_a_hotline_case_is_not_asked_for_records_or_organs(
    street: Street, sign_in_as: SignIn
) -> None:
    handling, waiting = street.worked("handling"), street.worked("to_dispatch")
    assert not {"kind", "participants"} & names_of(form_of(sign_in_as("handler"), handling, "log"))
    declining = form_of(sign_in_as("second_operator"), waiting, "decline")
    assert "organ" not in names_of(declining)
    assert "via" in names_of(declining)


def test_the_paper_to_serve_is_named(street: Street, sign_in_as: SignIn) -> None:
    accepted, signed = worked(street, "accepted"), worked(street, "to_serve")
    client = sign_in_as("clerk")
    assert "当前应当送达：信访事项受理告知书" in form_of(client, accepted, "serve").text
    page = form_of(client, signed, "serve")
    assert "当前应当送达：信访事项处理意见书" in page.text
    assert options_of(page, "kind")[:1] == ["opinion"] or "opinion" in options_of(page, "kind")


def test_the_unit_complained_of_is_marked_and_refused(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "notified", petition={"against_unit": "东风社区"})
    client = sign_in_as("clerk")
    assert "东风社区（被反映单位，应当回避）" in form_of(client, number, "assign").text
    refused = send(client, number, "assign", unit="dongfeng", recusal_checked="true")
    assert any("回避" in error for error in refused.errors)


def test_a_draft_starts_with_the_request_and_the_remedy(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "handling", content="请求维修三号楼屋面漏水。")
    page = form_of(sign_in_as("handler"), number, "draft")
    assert "请求维修三号楼屋面漏水。" in page.text
    assert "申请复查" in page.text
    assert "advice" not in names_of(page)


def test_a_draft_sent_back_comes_again_with_the_reason(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "to_check")
    street.act("adviser", number, "legal_check", granted=False, note="依据引用有误，请核对。")
    page = form_of(sign_in_as("handler"), number, "draft")
    assert "依据引用有误" in page.text
    assert OPINION["facts"] in page.text


def test_a_suggestion_is_answered_without_an_outcome_of_opinions(
    street: Street, sign_in_as: SignIn
) -> None:
    number = petition(street).number
    classify(street, number, petition_class="suggestion", subroute=None)
    assign(street, number)
    names = names_of(form_of(sign_in_as("handler"), number, "draft"))
    assert "advice" in names
    assert not {"outcome", "execute_by"} & names


def test_whoever_checks_or_signs_reads_the_whole_draft(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "to_check")
    adviser = sign_in_as("adviser")
    assert OPINION["facts"] in form_of(adviser, number, "legal_check").text
    send(adviser, number, "legal_check", granted="true", note="合法适当。")
    page = form_of(sign_in_as("leader"), number, "sign_off")
    assert OPINION["opinion"] in page.text
    assert "合法适当" in page.text


def test_a_collective_visit_is_signed_by_the_head_alone(street: Street, sign_in_as: SignIn) -> None:
    people = {"people": [{"name": f"王{n}", "representative": True} for n in "一二三四"]}
    number = worked(street, "to_sign_off", channel="visit", persons=60, petition=people)
    page = form_of(sign_in_as("deputy"), number, "sign_off")
    answers = [one.get("value") for one in page.root.all("input") if one.get("name") == "granted"]
    assert answers == ["false"]
    assert "主要领导" in page.text


def test_a_settlement_is_proposed_by_one_and_decided_by_another(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "served")
    clerk = sign_in_as("clerk")
    assert "granted" not in names_of(form_of(clerk, number, "mark_settled"))
    send(clerk, number, "mark_settled", text="签署息诉承诺。")
    page = form_of(sign_in_as("leader"), number, "mark_settled")
    assert "granted" in names_of(page)
    assert "签署息诉承诺。" in page.text


def test_only_the_endings_that_are_open_are_offered(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "finally_reviewed")
    page = form_of(sign_in_as("clerk"), number, "conclude")
    grounds = {one.get("value") for one in page.root.all("input") if one.get("name") == "ground"}
    assert grounds == {"final_review", "death"}


def test_an_extension_shows_what_was_asked_and_counts_days(
    street: Street, sign_in_as: SignIn
) -> None:
    number = worked(street, "handling")
    handler = sign_in_as("handler")
    assert "三十日" in form_of(handler, number, "request_extension").text
    street.act("handler", number, "request_extension", days=20, reason="expert_opinion",
               text="等待房屋安全鉴定。")  # fmt: skip
    page = form_of(sign_in_as("leader"), number, "decide_extension")
    assert "等待房屋安全鉴定。" in page.text
    assert "20 日" in page.text


def test_what_comes_next_is_the_primary_step_of_each(street: Street, sign_in_as: SignIn) -> None:
    number = worked(street, "accepted")
    clerk = sign_in_as("clerk")
    assert "送达 打印" in visit(clerk, f"/ops/cases/{number}").text.replace("文书 ", "")
    drafted = worked(street, "handling")
    page = visit(clerk, f"/ops/cases/{drafted}")
    assert "东风社区正在办理" in page.text
    draft(street, drafted)
    assert "等法律顾问审核" in visit(clerk, f"/ops/cases/{drafted}").text
