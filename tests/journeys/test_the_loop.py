"""One hotline case through every step at the desk, by the people whose step it is."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from casetracker.domain.vocabulary import State
from tests.factories.street import Street
from tests.journeys.desk_steps import open_step, take
from tests.pages import PASSWORD

pytestmark = pytest.mark.journey
Person = Callable[..., Page]


def dispatch(page: Page, number: str) -> None:
    open_step(page, number, "dispatch")
    page.get_by_label("主办单位").select_option(label="东风社区")
    take(page, number, "dispatch", "派单")


def work_and_submit(page: Page, number: str, words: str) -> None:
    """Sign (where needed), contact, photo, reply: by the buttons of the case page."""
    page.goto(f"/ops/cases/{number}")
    if page.get_by_role("link", name="签收", exact=True).count():
        page.get_by_role("link", name="签收", exact=True).click()
        take(page, number, "sign_for", "签收")
        open_step(page, number, "contact")
        page.get_by_label("已联系上").check()
        take(page, number, "contact", "联系群众")
    page.get_by_label("上传照片或材料").set_input_files(
        [{"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo()}]
    )
    page.get_by_role("button", name="上传", exact=True).click()
    expect(page.get_by_text("现场.jpg 已上传")).to_be_visible()
    open_step(page, number, "submit")
    page.get_by_label("办理结果").select_option(label="实际解决")
    page.get_by_label("答复内容").fill(words)
    take(page, number, "submit", "提交办结")


def photo() -> bytes:
    kept = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(kept, "JPEG")
    return kept.getvalue()


def approve(page: Page, number: str) -> None:
    page.goto(f"/ops/cases/{number}")
    page.get_by_role("link", name="审核通过", exact=True).click()
    take(page, number, "approve", "审核通过")


def call_back(page: Page, number: str, satisfaction: str) -> None:
    open_step(page, number, "follow_up")
    page.get_by_label("回访结果").select_option(label="有效")
    page.get_by_label(satisfaction, exact=True).check()
    take(page, number, "follow_up", "回访")


def test_a_case_goes_from_the_call_to_a_satisfied_resident_through_four_desks(
    at_the_desk: Callable[[str], Page], street: Street, accessible: Callable[[Page], None]
) -> None:
    number = street.register().number
    dispatch(at_the_desk("dispatcher"), number)
    work_and_submit(at_the_desk("handler"), number, "路灯已修好，请您查看。")
    accessible(at_the_desk("handler"))
    approve(at_the_desk("head"), number)
    call_back(at_the_desk("caller"), number, "满意")
    page = at_the_desk("caller")
    expect(page.get_by_role("banner").first).to_be_visible()
    case = street.case(number)
    assert (case.state, case.satisfaction) == (State.CLOSED, "satisfied")


def test_a_dissatisfied_resident_gets_a_second_round(
    at_the_desk: Callable[[str], Page], street: Street
) -> None:
    number = street.register().number
    dispatch(at_the_desk("dispatcher"), number)
    work_and_submit(at_the_desk("handler"), number, "第一次答复。")
    approve(at_the_desk("head"), number)
    call_back(at_the_desk("caller"), number, "不满意")
    supervisor = at_the_desk("supervisor")
    supervisor.goto(f"/ops/cases/{number}")
    supervisor.get_by_role("link", name="重办", exact=True).click()
    supervisor.get_by_label("重办要求").fill("请负责人到场。")
    take(supervisor, number, "redo", "重办")
    work_and_submit(at_the_desk("handler"), number, "第二次上门，已彻底修好。")
    approve(at_the_desk("head"), number)
    call_back(at_the_desk("caller"), number, "基本满意")
    case = street.case(number)
    assert (case.state, case.redo_count) == (State.CLOSED, 1)
    assert case.satisfaction == "dissatisfied", "the first answer is the one that counts"


def test_a_case_is_sent_back_refused_and_designated(
    at_the_desk: Callable[[str], Page], street: Street
) -> None:
    number = street.register().number
    dispatch(at_the_desk("dispatcher"), number)
    head = at_the_desk("head")
    open_step(head, number, "request_return")
    head.get_by_label("退单原因").select_option(index=1)
    head.get_by_label("退单依据").fill("属区城管局路灯所职责。")
    take(head, number, "request_return", "申请退单")
    dispatcher = at_the_desk("dispatcher")
    open_step(dispatcher, number, "decide_return")
    dispatcher.get_by_label("不同意").check()
    dispatcher.get_by_label("审定意见").fill("指定东风社区办理。")
    take(dispatcher, number, "decide_return", "审批退单")
    case = street.case(number)
    assert (case.state, case.is_designated) == (State.HANDLING, True)
    head.goto(f"/ops/cases/{number}")
    expect(head.get_by_text("指定承办").first).to_be_visible()


def test_a_usual_call_is_logged_with_the_keys_alone(
    at_the_desk: Callable[[str], Page], street: Street
) -> None:
    page = at_the_desk("operator")
    keys = page.keyboard
    page.wait_for_load_state()
    keys.press("n")
    expect(page.get_by_label("联系电话")).to_be_focused()
    keys.type("13812345678")
    keys.press("Enter")
    keys.insert_text("张三")
    keys.press("Enter")
    keys.insert_text("新河社区三栋门口的路灯不亮。")
    expect(page.get_by_text("可能的社区")).to_be_visible()
    expect(page.get_by_label("诉求内容")).to_be_focused()
    keys.press("Alt+Digit1")
    expect(page.get_by_label("问题分类")).to_have_value("0203")
    expect(page.get_by_text("已选")).to_be_visible()
    keys.press("Alt+Digit1")
    expect(page.get_by_label("所在社区")).to_have_value("xinhe")
    keys.press("Control+Enter")
    expect(page.get_by_role("heading", name="已登记")).to_be_visible()
    assert street.case(page.locator(".receipt__code").first.inner_text()).state == "to_dispatch"


def test_what_was_typed_outlives_the_end_of_the_session(
    at_the_desk: Callable[[str], Page], street: Street
) -> None:
    page = at_the_desk("operator")
    page.goto("/ops/cases/new")
    page.get_by_label("诉求内容").fill("楼道里堆满了杂物。")
    page.context.clear_cookies()
    page.keyboard.press("Control+Enter")
    expect(page.get_by_label("您填写的内容")).to_have_value("楼道里堆满了杂物。")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="在新窗口登录").click()
    again = opened.value
    again.get_by_label("用户名").fill("operator")
    again.get_by_label("密码", exact=True).fill(PASSWORD)
    again.get_by_role("button", name="登录").click()
    expect(again.get_by_role("heading", name="我的待办")).to_be_visible()
    page.get_by_role("button", name="再次提交").click()
    expect(page.get_by_text("您已重新登录")).to_be_visible()
    page.get_by_role("button", name="再次提交").click()
    expect(page.get_by_role("heading", name="已登记")).to_be_visible()
