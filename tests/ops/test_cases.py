"""The list, the page of a case and the form of every action, as people at the desk use them."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from PIL import Image

from casetracker.domain.vocabulary import State
from casetracker.services.steps.actions import ACTIONS
from tests.factories.street import Street
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]


def picture() -> io.BytesIO:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "green").save(kept, "JPEG")
    kept.seek(0)
    return kept


def test_the_open_list_shows_what_the_person_may_see_and_nothing_else(
    street: Street, sign_in_as: SignIn
) -> None:
    ours = street.worked("to_sign")
    foreign = street.register(content="新河社区的事").number
    street.act("dispatcher", foreign, "dispatch", unit="新河社区")
    seen = visit(sign_in_as("head"), "/ops/cases?open=1")
    assert ours in seen.text
    assert foreign not in seen.text
    both = visit(sign_in_as("supervisor"), "/ops/cases?open=1")
    assert ours in both.text
    assert foreign in both.text


def test_filters_stay_in_the_address_and_can_be_taken_away(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.register(kind="complaint").number
    client = sign_in_as("supervisor")
    page = visit(client, "/ops/cases?kind=complaint&state=to_dispatch&q=路灯")
    assert number in page.text
    assert "投诉" in page.text
    assert number not in visit(client, "/ops/cases?kind=praise").text


def test_nonsense_in_the_address_is_named_and_nothing_breaks(sign_in_as: SignIn) -> None:
    client = sign_in_as("supervisor")
    for asked in (
        "state=nowhere", "received_from=31.12.2026", "received_to=9999-12-31", "cursor=%00",
        "sort=;drop",
    ):  # fmt: skip
        page = visit(client, f"/ops/cases?{asked}", status=400)
        assert page.errors, asked


@pytest.mark.parametrize(
    "until", ["to_dispatch", "to_sign", "signed", "handling", "to_review", "to_follow_up", "closed"]
)
def test_the_page_of_a_case_reads_in_every_state(
    street: Street, sign_in_as: SignIn, until: str
) -> None:
    number = street.worked(until)
    page = visit(sign_in_as("supervisor"), f"/ops/cases/{number}")
    assert page.heading == street.case(number).title
    assert "办理历程" in page.text
    assert "13812345678" not in page.response.get_data(as_text=True)


def test_a_foreign_case_is_not_there_at_any_address(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("to_sign")
    client = sign_in_as("other_head")
    for path in ("", "/deadlines", "/actions/sign_for"):
        assert client.get(f"/ops/cases/{number}{path}").status_code == 404


def test_the_primary_action_leads_to_its_form_and_the_case_moves_on(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("to_sign")
    client = sign_in_as("handler")
    page = visit(client, f"/ops/cases/{number}")
    form = visit(client, page.links["签收"])
    done = submit(client, form, "/actions/sign_for")
    assert "办理中" in done.text
    assert street.case(number).state is State.HANDLING


def test_every_action_has_a_form_that_says_when_it_is_not_the_time(
    street: Street, sign_in_as: SignIn, subtests: pytest.Subtests
) -> None:
    number = street.worked("closed")
    client = sign_in_as("leader")
    for action in ACTIONS:
        with subtests.test(action=action):
            assert number in visit(client, f"/ops/cases/{number}/actions/{action}").text


def test_a_form_sent_from_a_stale_page_keeps_what_was_typed_and_names_who_was_first(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    client = sign_in_as("handler")
    form = visit(client, f"/ops/cases/{number}/actions/log")
    street.act("head", number, "log", text="我先记了")
    answer = submit(client, form, "/actions/log", text="我写了很久的情况")
    assert answer.status == 409
    assert "head先生" in " ".join(answer.errors)
    assert "我写了很久的情况" in answer.text


def test_a_missing_field_is_named_and_the_rest_is_kept(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    client = sign_in_as("handler")
    form = visit(client, f"/ops/cases/{number}/actions/request_extension")
    answer = submit(client, form, "/actions/request_extension", days="三", text="需要施工")
    assert answer.status == 400
    assert "需要施工" in answer.text
    assert len(answer.errors) >= 2, "days and reason are both at fault"


def test_pressing_twice_takes_the_step_once(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    client = sign_in_as("handler")
    form = visit(client, f"/ops/cases/{number}/actions/log")
    before = street.case(number).version
    for _ in range(2):
        submit(client, form, "/actions/log", text="已到现场")
    assert street.case(number).version == before + 1


def test_why_this_day_is_explained_day_by_day(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("handling")
    page = visit(sign_in_as("handler"), f"/ops/cases/{number}/deadlines")
    assert "第5个工作日" in page.text.replace(" ", "")


def test_a_photo_is_kept_as_evidence_and_given_back_as_a_download(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    client = sign_in_as("handler")
    page = visit(client, f"/ops/cases/{number}")
    answer = submit(client, page, "/files", files=(picture(), "现场.jpg"), purpose="evidence")
    assert "现场.jpg 已上传" in answer.text
    link = next(href for href in answer.links.values() if "/files/" in href)
    given = client.get(link)
    assert given.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in given.headers["Content-Security-Policy"]
    given.close()
    assert sign_in_as("other_head").get(link).status_code == 404


def test_a_file_that_is_not_what_it_says_is_refused_with_its_name(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("handling")
    client = sign_in_as("handler")
    page = visit(client, f"/ops/cases/{number}")
    answer = submit(client, page, "/files", files=(io.BytesIO(b"<script>"), "图.jpg"))
    assert "图.jpg" in answer.text
    assert "已上传" not in answer.text


def test_the_whole_number_is_shown_for_a_reason_and_the_look_is_recorded(
    street: Street, sign_in_as: SignIn
) -> None:
    from casetracker.persistence.account import AccessRecord

    number = street.worked("handling")
    client = sign_in_as("handler")
    page = visit(client, f"/ops/cases/{number}")
    shown = submit(client, page, "/reveal", reason="联系诉求人")
    assert "13812345678" in shown.text
    records = street.session.query(AccessRecord).filter_by(case_number=number).all()
    assert any("联系诉求人" in (row.detail or "") for row in records)


def test_what_a_resident_wrote_stays_text(street: Street, sign_in_as: SignIn) -> None:
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    number = street.register(content=bad, title=bad, petitioner={"name": bad}).number
    page = visit(sign_in_as("supervisor"), f"/ops/cases/{number}")
    assert "<script>alert" not in page.response.get_data(as_text=True)
    assert "<img src=x" not in page.response.get_data(as_text=True)


def test_a_list_costs_the_same_statements_whatever_its_length(
    street: Street, sign_in_as: SignIn, count_queries
) -> None:
    client = sign_in_as("supervisor")
    street.register()
    with count_queries() as few:
        visit(client, "/ops/cases?open=1")
    for _ in range(12):
        street.register()
    with count_queries() as many:
        visit(client, "/ops/cases?open=1")
    assert len(few) == len(many)


def test_a_page_of_a_case_costs_the_same_statements_whatever_its_history(
    street: Street, sign_in_as: SignIn, count_queries
) -> None:
    number = street.worked("handling")
    client = sign_in_as("supervisor")
    with count_queries() as few:
        visit(client, f"/ops/cases/{number}")
    for count in range(12):
        street.wait(minutes=1)
        street.act("handler", number, "log", text=f"第{count}次")
    with count_queries() as many:
        visit(client, f"/ops/cases/{number}")
    assert len(few) == len(many)


def test_a_queue_can_be_narrowed_and_keeps_its_own_states(sign_in_as, street):
    by_line = street.register(channel="district_line", content="路灯不亮，请修理。").number
    street.register(content="楼道堆放杂物，请清理。")
    page = visit(sign_in_as("dispatcher"), "/ops/cases?queue=to_dispatch&channel=district_line")
    rows = [link for link in page.links.values() if link.startswith("/ops/cases/RX")]
    assert {link.split("/")[3] for link in rows} == {by_line}
    assert page.links["全部清除"] == "/ops/cases?queue=to_dispatch"
    assert "open" not in page.root.all("details")[-1].attributes


def test_a_case_leads_back_to_the_list_it_was_opened_from(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.register().number
    client = sign_in_as("dispatcher")
    address = f"/ops/cases/{number}"
    assert visit(client, address).links["返回列表"] == "/ops/cases?open=1"
    visit(client, "/ops/cases?queue=to_dispatch&q=路灯")
    back = visit(client, address).links["返回列表"]
    assert number in visit(client, back).text
    assert "queue=to_dispatch" in back


def test_whoever_has_no_step_reads_whose_turn_it_is(street: Street, sign_in_as: SignIn) -> None:
    number = street.worked("to_sign")
    address = f"/ops/cases/{number}"
    assert "等东风社区签收" in visit(sign_in_as("supervisor"), address).text
    assert "等东风社区签收" not in visit(sign_in_as("handler"), address).text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("q=没有这件事", "请换一个说法"),
        ("queue=to_dispatch", "新登记的工单都已派出"),
        ("queue=to_dispatch&kind=praise", "请放宽筛选条件"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(
    street: Street, sign_in_as: SignIn, asked: str, words: str
) -> None:
    page = visit(sign_in_as("dispatcher"), f"/ops/cases?{asked}")
    assert words in page.text
    assert "共 0 件" not in page.text


@pytest.mark.parametrize(
    ("until", "who", "words"),
    [("signed", "handler", "联系群众"), ("handling", "handler", "提交办结"),
     ("to_sign", "head", "签收"), ("to_follow_up", "caller", "回访")],
)  # fmt: skip
def test_a_line_of_the_list_ends_with_the_usual_next_step(
    street: Street, sign_in_as: SignIn, until: str, who: str, words: str
) -> None:
    number = street.worked(until)
    page = visit(sign_in_as(who), "/ops/cases?open=1")
    links = [
        link for link in page.root.all("a") if f"/{number}/actions/" in link.attributes["href"]
    ]
    assert [link.text.strip() for link in links] == [words]


def test_an_unhappy_answer_waits_for_the_supervisor_alone(
    street: Street, sign_in_as: SignIn
) -> None:
    number = street.worked("to_follow_up")
    street.act("caller", number, "follow_up", validity="valid", satisfaction="dissatisfied")
    for who, expected in (("supervisor", ["重办"]), ("caller", [])):
        page = visit(sign_in_as(who), "/ops/cases?open=1")
        links = [a for a in page.root.all("a") if f"/{number}/actions/" in a.attributes["href"]]
        assert [link.text.strip() for link in links] == expected
