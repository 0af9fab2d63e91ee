"""What people do on the page of a case, whatever the case is about."""

import re

from playwright.sync_api import Page, expect


def take(page: Page, number: str, action: str, button: str) -> None:
    """Send the form that stands open, and see the case moved on."""
    page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
    expect(page).to_have_url(re.compile(f"/ops/cases/{number}$"))
    expect(page.get_by_text("已办理，现为")).to_be_visible()


def open_step(page: Page, number: str, action: str) -> None:
    page.goto(f"/ops/cases/{number}/actions/{action}")
