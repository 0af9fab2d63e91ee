"""The components' scripts and sheets in a real browser, under the product's security policy.

The pages are rendered from the templates alone and served by a few lines of http.server.
"""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from playwright.sync_api import Browser, Page, expect

from casetracker.domain.deadlines import Standing
from casetracker.domain.vocabulary import Channel, State
from tests.processes import ROOT
from tests.web.rendering import DESK, NAV, PORTAL, environment

pytestmark = pytest.mark.journey

STATIC = ROOT / "casetracker"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
ADVICE = (
    '<div data-summary="找到 1 条"><button type="button" hidden data-fill=\'{"category": "0106"}\'>'
    "采用</button></div>"
)
FORM = {"data": {"content": "楼道灯不亮"}, "errors": {"phone": "联系电话少一位"}}
PAGES = {
    "list": """{% extends "layouts/ops.html" %}
{% from "components/case_table.html" import case_table %}
{% from "components/bulk_bar.html" import bulk_bar %}
{% from "components/button.html" import button %}
{% from "components/csrf_field.html" import csrf_field %}
{% from "components/page_header.html" import page_header %}
{% block title %}办理{% endblock %}
{% block main %}{{ page_header("办理") }}
<form method="post" action="/bulk">{{ csrf_field() }}{{ case_table("办件", rows, bulk=true) }}
{% call bulk_bar() %}{{ button("催办", name="do", value="urge") }}{% endcall %}
</form>{% endblock %}""",
    "form": """{% extends "layouts/ops.html" %}
{% from "components/button.html" import button %}
{% from "components/csrf_field.html" import csrf_field %}
{% from "components/draft_status.html" import draft_status %}
{% from "components/error_summary.html" import error_summary %}
{% from "components/file_field.html" import file_field %}
{% from "components/page_header.html" import page_header %}
{% from "components/select_field.html" import select_field %}
{% from "components/suggest_panel.html" import suggest_panel %}
{% from "components/text_field.html" import text_field %}
{% from "components/textarea_field.html" import textarea_field %}
{% block title %}登记{% endblock %}
{% block main %}{{ page_header("登记") }}{{ error_summary(form) }}
<form class="form" method="post" action="/save" novalidate data-enter-next data-draft-url="/draft"
      data-suggest-url="/suggest" data-suggest-target="advice">{{ csrf_field() }}
{{ text_field(form, "phone", "联系电话", type="tel") }}{{ text_field(form, "name", "姓名") }}
{{ textarea_field(form, "content", "内容") }}
{{ select_field(form, "category", "分类", [("0106", "油烟"), ("0204", "积水")]) }}
{{ file_field(form, "files", "照片", max_files=1) }}
{{ button("登记", "primary", name="do", value="save") }}{{ draft_status() }}</form>{% endblock %}
{% block side %}{{ suggest_panel("advice") }}{% endblock %}""",
    "figures": """{% extends "layouts/ops.html" %}
{% from "components/chart.html" import chart %}
{% from "components/copy_block.html" import copy_block %}
{% from "components/page_header.html" import page_header %}
{% from "components/table.html" import table %}
{% block title %}统计{% endblock %}
{% block scripts %}{{ super() }}
<script src="{{ asset('vendor/echarts.common.min.js') }}" defer></script>
<script src="{{ asset('js/charts.js') }}" defer></script>{% endblock %}
{% block main %}{{ page_header("统计") }}
{% call chart("rates", spec, "各单位满意率") %}
{% call(row) table("满意率", ["单位", "满意率"], [1]) %}
<th scope="row">东湖社区</th><td>92.3%</td>{% endcall %}{% endcall %}
{{ copy_block("reply", "回复文字", "您好。") }}{% endblock %}""",
    "portal": """{% extends "layouts/portal.html" %}
{% from "components/door_card.html" import door_card %}
{% from "components/page_header.html" import page_header %}
{% from "components/progress_stations.html" import progress_stations %}
{% block title %}首页{% endblock %}
{% block main %}{{ page_header("有事请说，我们来办") }}
<div class="doors">{{ door_card("我要反映", "说清是什么事", "/form", true) }}</div>
{{ progress_stations([{"name": "已登记", "status": "done"}, {"name": "办理中", "status": "now"}]) }}
{% endblock %}""",
}
CONTEXT = {
    "nav": NAV,
    "desk": DESK | {"intake_url": "/form"},
    "portal": PORTAL,
    "form": FORM,
    "rows": [
        {
            "number": f"HX{number}",
            "url": "/portal",
            "title": f"第 {number} 件",
            "state": State.HANDLING,
            "channel": Channel.CALL,
            "due": {"standing": Standing.OVERDUE, "text": "10月9日前 · 已超期 1 个工作日"},
        }
        for number in (1, 2, 3)
    ],
    "spec": {
        "kind": "bar",
        "unit": "%",
        "categories": ["东湖社区"],
        "series": [{"name": "满意率", "values": [92.3], "urls": ["/list"]}],
    },
}


@dataclass
class Office:
    """The little server: its address, and what was posted to it."""

    address: str = ""
    posts: list[tuple[str, dict[str, list[str]]]] = field(default_factory=list)
    answers: bool = True

    def posted(self, path: str) -> list[dict[str, list[str]]]:
        return [fields for where, fields in self.posts if where == path]


class Handler(http.server.SimpleHTTPRequestHandler):
    office: Office
    pages: Path

    def translate_path(self, path: str) -> str:
        place = path.partition("?")[0]
        if place.startswith("/static/"):
            return f"{STATIC}{place}"
        return f"{self.pages}{place}.html"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        path = self.path.partition("?")[0]
        self.office.posts.append((path, parse_qs(body, keep_blank_values=True)))
        answer = ADVICE if path == "/suggest" else "<!doctype html><title>好</title>"
        self.send_response(200 if self.office.answers else 503)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(answer.encode())

    def log_message(self, *words: object) -> None:
        """Nobody reads this server's log."""


@pytest.fixture
def office(tmp_path) -> Iterator[Office]:
    jinja = environment()
    jinja.globals["get_flashed_messages"] = lambda **_: []
    for name, source in PAGES.items():
        html = jinja.from_string(source).render(**CONTEXT)
        (tmp_path / f"{name}.html").write_text(html, encoding="utf-8")
    place = Office()
    handler = type("OfficeHandler", (Handler,), {"office": place, "pages": tmp_path})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(handler))
    place.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield place
    server.shutdown()
    server.server_close()


@pytest.fixture
def visit(browser: Browser, office: Office):
    """`visit("list")` opens a page; afterwards the console must be clean (also of the policy)."""
    contexts, complaints = [], []

    def opening(name: str, **options) -> Page:
        context = browser.new_context(base_url=office.address, locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console", lambda said: complaints.append(said.text) if "503" not in said.text else None
        )
        page.goto(f"/{name}")
        return page

    yield opening
    for context in contexts:
        context.close()
    assert complaints == []


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.textContent")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1366, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits_its_screen(visit, accessible, name, width, scheme):
    page = visit(name, viewport={"width": width, "height": 768}, color_scheme=scheme)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_list_is_worked_from_the_keyboard(visit):
    page = visit("list")
    bar = page.get_by_role("region", name="批量操作")
    expect(bar).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused(page) == "第 2 件"
    page.keyboard.press("x")
    expect(bar).to_contain_text("已勾选 1 件")
    page.keyboard.press("k")
    assert focused(page) == "第 1 件"
    page.keyboard.press("Enter")
    page.wait_for_url("**/portal")


def test_slash_searches_n_registers_and_a_question_mark_shows_the_keys(visit):
    page = visit("list")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("n?j")
    assert page.locator("#desk-search").input_value() == "n?j"
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.wait_for_url("**/form")


def test_enter_moves_on_and_an_input_method_keeps_its_enter(visit):
    page = visit("form")
    page.locator("#f-phone").focus()
    page.keyboard.press("Enter")
    assert focused(page) == "f-name"
    page.locator("#f-name").evaluate(
        "field => field.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}))"
    )
    assert focused(page) == "f-name"


def test_ctrl_enter_sends_a_form_once_with_its_button(visit):
    page = visit("form")
    page.route("**/save", lambda route: route.fulfill(status=204))  # the page stays
    page.locator("#f-content").focus()
    saved: list[str] = []
    page.on("request", lambda sent: saved.append(sent.post_data) if "/save" in sent.url else None)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("button", name="登记", exact=True)).to_be_disabled()
    expect(page.get_by_text("正在提交，请稍候")).to_be_attached()
    page.locator("main form").evaluate("form => form.requestSubmit()")
    assert len(saved) == 1
    assert "do=save" in saved[0]


def test_a_draft_is_kept_by_the_server_and_a_failure_is_said(visit, office):
    page = visit("form")
    page.locator("#f-name").fill("张建国")
    expect(page.locator("[data-draft-status]")).to_contain_text("已暂存")
    (kept,) = office.posted("/draft")
    assert kept["name"] == ["张建国"]
    assert "csrf_token" not in kept
    office.answers = False
    page.locator("#f-name").fill("张建国等 6 人")
    expect(page.locator("[data-draft-status]")).to_contain_text("还没有暂存上")
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_advice_appears_beside_and_fills_only_when_asked(visit):
    page = visit("form")
    page.locator("#f-content").fill("烧烤油烟")
    expect(page.locator("[data-suggest-status]")).to_have_text("找到 1 条")
    assert focused(page) == "f-content"
    assert page.locator("#f-category").input_value() == ""
    page.get_by_role("button", name="采用").click()
    assert page.locator("#f-category").input_value() == "0106"


def test_after_a_refusal_reading_starts_at_the_list_of_errors(visit):
    page = visit("form")
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.get_by_role("link", name="联系电话少一位").click()
    assert focused(page) == "f-phone"


def test_too_many_files_are_named_at_once(visit):
    page = visit("form")
    photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
    page.locator("#f-files").set_input_files([photo, photo | {"name": "b.jpg"}])
    expect(page.locator(".upload-list")).to_contain_text("最多选 1 个文件，现在选了 2 个")


def test_a_figure_is_drawn_its_table_is_a_click_away_and_a_text_can_be_copied(visit):
    page = visit("figures", permissions=["clipboard-write"])
    expect(page.locator(".chart svg")).to_be_visible()
    expect(page.get_by_role("table", name="满意率")).to_be_hidden()
    page.get_by_text("数据表").click()
    expect(page.get_by_role("table", name="满意率")).to_be_visible()
    page.get_by_role("button", name="复制").click()
    expect(page.get_by_text("已复制")).to_be_visible()


def test_without_javascript_nothing_is_out_of_reach(visit):
    page = visit("figures", java_script_enabled=False, viewport={"width": 390, "height": 844})
    expect(page.get_by_role("table", name="满意率")).to_be_visible()
    expect(page.get_by_role("button", name="复制")).to_have_count(0)
    page.get_by_text("菜单", exact=True).click()
    expect(page.get_by_role("link", name="派单 7 件")).to_be_visible()
