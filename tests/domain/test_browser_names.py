"""Browsers are named as their owners know them."""

import pytest

from casetracker.labels.of_the_browser import browser_name

PHONE = "Mozilla/5.0 (Linux; Android 14; HMA-AL00) AppleWebKit/537.36 Chrome/116.0 Mobile"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120.0 Safari/537.36 Edg/120.0"


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        (EDGE, "Edge 浏览器 · Windows 电脑"),
        (f"{PHONE} MicroMessenger/8.0", "微信 · 安卓手机"),
        ("curl/8.5", "未知浏览器"),
        (None, "未知浏览器"),
    ],
)
def test_a_browser_has_a_name_and_a_device(user_agent, name):
    assert browser_name(user_agent) == name
