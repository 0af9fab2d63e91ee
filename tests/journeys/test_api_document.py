"""The API's document in a browser: shown whole, without a word from elsewhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey


def test_a_programmer_reads_the_document_and_an_action(
    person: Callable[..., Page], site: str
) -> None:
    page, asked = person(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/api/v1/docs")
    expect(page.locator(".info .title")).to_contain_text("民呼我应 · 诉求办理平台 接口")
    dispatch = page.locator(".opblock").filter(has_text="/actions/dispatch")
    expect(dispatch).to_contain_text("派单")
    dispatch.get_by_role("button").first.click()
    expect(dispatch.get_by_text("东风社区").first).to_be_visible()
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
