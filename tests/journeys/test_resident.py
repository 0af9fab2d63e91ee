"""A resident without an account: hands in, keeps the receipt, follows, urges, judges."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.factories.street import Street

pytestmark = pytest.mark.journey
TELEPHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}


def now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


def work_on(street: Street, number: str) -> None:
    street.now = now()
    street.act("dispatcher", number, "dispatch", unit="东风社区")
    street.act("handler", number, "sign_for")
    street.act("handler", number, "contact", outcome="reached")


def reply(street: Street, number: str) -> None:
    street.add_evidence(number)
    street.act("handler", number, "submit", result="resolved", text="灯已修好，请您看看。")
    street.act("head", number, "approve")


def asked(page: Page, question: str, accessible: Callable[[Page], None]) -> None:
    """The page of that question has come, and everybody can use it."""
    expect(page.get_by_role("heading", name=question)).to_be_visible()
    accessible(page)


def hand_in_by_keyboard(page: Page, accessible: Callable[[Page], None]) -> None:
    keys = page.keyboard
    page.goto("/")
    accessible(page)
    page.get_by_role("link", name=re.compile("^我要反映.+")).focus()
    keys.press("Enter")
    asked(page, "您要反映什么事？", accessible)
    page.get_by_label("请说说这件事").focus()
    keys.insert_text("东风小区三栋门口的路灯不亮。")
    keys.press("Tab")
    keys.press("Enter")
    asked(page, "这件事属于哪一类？", accessible)
    page.get_by_label("求助").focus()
    keys.press("Space")
    keys.press("Enter")
    asked(page, "事情发生在哪里？", accessible)
    page.get_by_label("具体地址").focus()
    keys.insert_text("三栋门口")
    keys.press("Enter")
    asked(page, "怎么联系您？", accessible)
    page.get_by_label("联系电话").focus()
    keys.insert_text("13812345678")
    keys.press("Enter")
    asked(page, "核对一下，然后提交", accessible)
    page.get_by_role("button", name="提交").focus()
    keys.press("Enter")


def receipt_of(page: Page) -> tuple[str, str]:
    expect(page.get_by_role("heading", name="已登记")).to_be_visible()
    number, code = page.locator(".receipt__code").all_inner_texts()
    return number, code


def look(page: Page, number: str, code: str) -> None:
    page.goto("/track")
    page.get_by_label("受理编号").fill(number)
    page.get_by_label("查询码").fill(code)
    page.get_by_role("button", name="查询").click()


def picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (60, 40), "navy").save(drawn, "PNG")
    return drawn.getvalue()


def fits(page: Page) -> bool:
    """Nothing sticks out sideways."""
    width: Any = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    return bool(width)


def test_from_the_first_word_to_the_judgement_with_the_keyboard_alone(person, street, accessible):
    page = person()
    hand_in_by_keyboard(page, accessible)
    number, code = receipt_of(page)
    accessible(page)
    expect(page.get_by_text(re.compile("前 · 还剩 [5-7] 个工作日"))).to_be_visible()
    assert code not in page.url
    assert number not in page.url
    work_on(street, number)
    page.get_by_role("link", name="查看进度").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="东风社区正在办理")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="已派单")).to_contain_text("由东风社区办理")
    accessible(page)
    page.get_by_label("想补充的话").focus()
    page.keyboard.insert_text("晚上老人看不见")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已催办，承办单位会收到提醒。")).to_be_visible()
    expect(page.get_by_role("button", name="催办")).to_have_count(0)
    reply(street, number)
    page.reload()
    expect(page.get_by_text("灯已修好，请您看看。")).to_be_visible()
    page.get_by_role("link", name="我来评价").focus()
    page.keyboard.press("Enter")
    asked(page, "请您评价", accessible)
    for answer in ("解决了", "基本满意"):
        page.get_by_label(answer, exact=True).focus()
        page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("基本满意，问题已解决")).to_be_visible()
    accessible(page)
    case = street.case(number)
    assert (case.satisfaction, case.resolved, case.urge_count) == ("basically", True, 1)


def test_on_a_telephone_without_javascript(person, street, accessible):
    page = person(javascript=False, **TELEPHONE)
    page.goto("/submit")
    page.get_by_label("请说说这件事").fill("路灯不亮")
    page.get_by_role("button", name="下一步").tap()
    page.get_by_role("button", name="下一步").tap()
    expect(page.get_by_role("alert")).to_contain_text("请选一类")
    page.get_by_label("投诉").check()
    page.get_by_role("button", name="下一步").tap()
    page.get_by_label("哪个社区").select_option(label="新河社区")
    page.get_by_role("button", name="下一步").tap()
    page.get_by_role("button", name="下一步").tap()
    page.get_by_label("照片或材料").set_input_files(
        {"name": "路灯.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_role("button", name="提交").tap()
    number, code = receipt_of(page)
    assert fits(page)
    look(page, number, "AAAAAAAA")
    expect(page.get_by_role("alert")).to_contain_text("受理编号或查询码不对")
    look(page, number, code)
    expect(page.get_by_role("heading", name="已登记，正在确定由谁办理")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="补充照片或材料")).to_be_visible()
    page.get_by_role("button", name="退出查看").tap()
    expect(page.get_by_text("已退出查看")).to_be_visible()
    page.goto("/progress")
    expect(page.get_by_role("heading", name="查进度")).to_be_visible()


def test_every_page_fits_a_telephone_and_is_accessible(person, street, accessible):
    page = person(**TELEPHONE)
    for path in ("/", "/submit", "/track", "/statistics", "/guidance"):
        page.goto(path)
        accessible(page)
        assert fits(page), path


def test_what_a_resident_types_never_runs(person, street):
    page = person()
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    nasty = '"><img src=x onerror=alert(1)><script>alert(2)</script></textarea><svg onload=alert()>'
    page.goto("/submit")
    page.get_by_label("请说说这件事").fill(nasty)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("举报").check()
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("具体地址").fill(nasty)
    page.get_by_role("button", name="下一步").click()
    page.get_by_label("怎么称呼您").fill(nasty)
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="提交").click()
    receipt_of(page)
    page.get_by_role("link", name="查看进度").click()
    expect(page.get_by_text("onerror=alert(1)")).to_be_visible()
    page.get_by_label("想补充的话").fill(nasty)
    page.get_by_role("button", name="催办").click()
    expect(page.get_by_text("onerror=alert(1)")).to_have_count(2)
