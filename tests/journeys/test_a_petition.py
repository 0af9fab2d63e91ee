"""A petition in the browser from the letter to the end, each step by the people whose it is."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories.street import Street
from tests.journeys.desk_steps import open_step, take

pytestmark = pytest.mark.journey
Desk = Callable[[str], Page]


def register(page: Page) -> str:
    """A letter of sixty people, by the form; the number from the receipt."""
    page.goto("/ops/petitions/new")
    page.get_by_label("来源渠道").select_option(label="来信")
    page.get_by_label("求决").check()
    page.get_by_label("信访人姓名").fill("李四")
    page.get_by_label("联系电话").fill("13812345678")
    page.get_by_label("人数").fill("2")
    page.get_by_label("其他信访人").fill("王五 13900000001")
    page.get_by_label("请求、事实和理由").fill("三号楼屋面漏水多年，请求使用维修资金维修。")
    expect(page.locator("#advice")).to_contain_text("告知期限")
    page.get_by_role("main").get_by_role("button", name="登记", exact=True).click()
    expect(page.get_by_role("heading", name="信访件已登记")).to_be_visible()
    expect(page.get_by_text("查询码", exact=True)).to_be_visible()
    return page.locator(".receipt__code").first.inner_text()


def primary(page: Page, number: str, words: str) -> None:
    """Open the step that the case page asks this person for."""
    page.goto(f"/ops/cases/{number}")
    page.get_by_role("main").get_by_role("link", name=words, exact=True).first.click()


def serve(page: Page, number: str, paper: str) -> None:
    primary(page, number, "送达")
    expect(page.get_by_text(f"当前应当送达：{paper}")).to_be_visible()
    take(page, number, "serve", "送达")


def draft(page: Page, number: str) -> None:
    primary(page, number, "拟写处理意见")
    expect(page.get_by_label("投诉请求")).to_have_value(re.compile("屋面漏水"))
    page.get_by_label("查明的事实和理由").fill("防水层老化，六户顶层住户渗漏。")
    page.get_by_label("解释说明").check()
    page.get_by_label("处理意见", exact=True).fill("已列入今年维修计划，按程序使用维修资金。")
    page.get_by_label("法律法规依据").fill("《住宅专项维修资金管理办法》第二十二条。")
    take(page, number, "draft", "拟写处理意见")


def decide(page: Page, number: str, step: str, words: str) -> None:
    """Check or sign with the whole draft in sight."""
    page.goto("/ops/")
    page.get_by_role("main").get_by_role("link", name=f"{words} {number}").click()
    expect(page.get_by_text("防水层老化，六户顶层住户渗漏。")).to_be_visible()
    page.get_by_label("同意", exact=True).check()
    page.locator("#f-note").fill("同意。")
    take(page, number, step, words)


def review(page: Page, number: str, ask: str, answer: str) -> None:
    open_step(page, number, ask)
    page.get_by_label("申请理由").fill("不服。")
    page.get_by_role("main").locator("button[type=submit]").last.click()
    primary(page, number, answer)
    page.get_by_label("维持").check()
    page.get_by_label("意见摘要").fill("维持原意见。")
    page.get_by_role("main").locator("button[type=submit]").last.click()
    expect(page.get_by_text("已办理，现为")).to_be_visible()


def test_a_letter_reaches_the_end_of_its_procedure(
    at_the_desk: Desk, accessible: Callable[[Page], None], street: Street
) -> None:
    clerk, handler = at_the_desk("clerk"), at_the_desk("handler")
    number = register(clerk)

    clerk.get_by_role("link", name="甄别分类").click()
    clerk.get_by_label(re.compile("途径六")).check()
    clerk.get_by_label("甄别理由").fill("无其他法定途径。")
    take(clerk, number, "classify", "甄别分类")
    primary(clerk, number, "受理")
    take(clerk, number, "accept", "受理")
    serve(clerk, number, "信访事项受理告知书")
    primary(clerk, number, "交办")
    clerk.locator("#f-unit").select_option(label="东风社区")
    clerk.locator("#f-handler").select_option("handler")
    clerk.get_by_label("已核查承办单位和承办人无须回避").check()
    take(clerk, number, "assign", "交办")

    draft(handler, number)
    decide(at_the_desk("adviser"), number, "legal_check", "合法性审核")
    decide(at_the_desk("leader"), number, "sign_off", "签发")
    serve(clerk, number, "信访事项处理意见书")
    review(clerk, number, "request_review", "记录复查意见")
    review(clerk, number, "request_final_review", "记录复核意见")
    primary(clerk, number, "程序终结")
    clerk.get_by_label(re.compile("复核意见已作出")).check()
    clerk.get_by_label("说明").fill("复核意见已送达。")
    take(clerk, number, "conclude", "程序终结")

    facts = clerk.locator("#three")
    expect(facts).to_contain_text("化解未认定")
    expect(facts).to_contain_text("复核意见已作出")
    accessible(clerk)
    for address in ("/ops/petitions", "/ops/petitions/notices", "/ops/petitions/new"):
        clerk.goto(address)
        accessible(clerk)
    clerk.set_viewport_size({"width": 390, "height": 844})
    for address in ("/ops/petitions/opinions", f"/ops/cases/{number}"):
        clerk.goto(address)
        wide = clerk.evaluate("document.documentElement.scrollWidth")
        assert wide <= 390, (address, wide)
