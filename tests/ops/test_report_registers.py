"""The counts of the registers in reports and in the year lead to as many rows of their lists."""

import re
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from casetracker.domain.vocabulary import SourceLevel
from casetracker.services.commands.ledgers import NoteLetter
from casetracker.services.ledgers.letters import note_letter
from casetracker.services.ledgers.reception_entries import hold_session
from tests.factories.ledgers import entry, old_case, reception, undertaking
from tests.factories.ledgers import visit as visitors
from tests.factories.patrol import inspection, worked
from tests.factories.petitions import petition
from tests.factories.street import Street
from tests.ops.figure_links import FIGURES, count_said, figure_links, wrong_lengths
from tests.pages import Element, visit

SignIn = Callable[[str], FlaskClient]
REGISTERS = ("visits", "receptions", "letters", "undertakings", "old-cases", "orders",
             "inspections", "hazards")  # fmt: skip
MONTH, YEAR = "/ops/reports?span=month&at=2026-03", "/ops/reports/year?year=2026"


@pytest.fixture
def registered(street: Street, store: object) -> Street:
    """Something in every register, in March 2026, and something in none of its figures."""
    visitors(street, persons=6)
    visitors(street)
    held = reception(street)
    reception(street, day="2026-03-20")
    old_case(street)
    old_case(street, listed_on="2025-12-01")
    undertaking(street)
    number = petition(street, source_level=SourceLevel.NATIONAL, channel="petition_online").number
    petition(street)
    note_letter(street.ctx("leader"), NoteLetter(number=number, note="请依法办理。"))
    inspection(street)
    worked(street, "rectified")
    worked(street, "found", level="major")
    worked(street, "notified")
    closed = street.worked("closed")
    street.register(channel="district_line")
    street.register(channel="window")
    street.act("supervisor", street.worked("signed"), "supervise", trigger="overdue",
               requirement="三日内办结并反馈")  # fmt: skip
    assert closed
    street.wait(days=1, hours=1)
    entry(street, held, persons=3)
    hold_session(street.ctx("deputy"), held)
    street.wait(days=29)
    return street


def register_links(root: Element) -> dict[tuple[str, str], str]:
    """What leads to registers, by address and words, with the page it leads to."""
    found = {}
    for link in root.all("a"):
        for name in REGISTERS:
            if link.get("href").startswith(f"/ops/{name}?since="):
                found[link.get("href"), words_of(link)] = name
    return found


def words_of(link: Element) -> str:
    """What it says, in a table with the name of its line before it."""
    above: Element | None = link
    while above is not None and above.tag != "tr":
        above = above.parent
    return f"{above.children[0].text}{link.text}" if above else link.text


def shown(browser: FlaskClient, href: str, words: str) -> int:
    """As many as the list has: rows, or persons and matters as its head says them."""
    page = visit(browser, href)
    for said, pattern in (("人次", r"(\d+) 人次"), ("受理", r"受理 (\d+) 件")):
        if said in words:
            return int(re.search(pattern, page.text)[1])  # type: ignore[index]
    return sum("data-row" in row.attributes for row in page.root.all("tr"))


@pytest.mark.parametrize(
    ("url", "reached"),
    [
        (MONTH, {"visits", "receptions", "letters", "old-cases", "orders", "inspections",
                 "hazards"}),
        (YEAR, {"visits", "receptions", "letters", "undertakings", "old-cases", "inspections",
                "hazards"}),
    ],
)  # fmt: skip
def test_each_register_has_as_many_rows_as_the_report_says(
    registered: Street, sign_in_as: SignIn, url: str, reached: set[str]
) -> None:
    browser = sign_in_as("leader")
    links = register_links(visit(browser, url).root)
    assert set(links.values()) == reached
    wrong = [
        f"{words}: {href} has {length}"
        for href, words in links
        if count_said(words) != (length := shown(browser, href, words))
    ]
    assert wrong == []


def test_the_year_leads_to_its_cases(registered: Street, sign_in_as: SignIn) -> None:
    browser = sign_in_as("leader")
    links = figure_links(visit(browser, YEAR).root)
    for one in ("channels=mayor_line%2Cdistrict_line", "by=source_level&key=national", "key=&",
                "metric=unfinished", "settled=community", "profile=XINFANG"):  # fmt: skip
        assert any(one in f"{href}&" for href in links), f"nothing leads to {one}"
    assert all("period=2026&" in href for href in links)
    assert wrong_lengths(browser, links) == []


def test_whoever_may_not_read_the_ledgers_is_not_led_there(
    registered: Street, sign_in_as: SignIn
) -> None:
    browser = sign_in_as("dispatcher")
    for url in (MONTH, YEAR):
        page = visit(browser, url)
        assert set(register_links(page.root).values()) <= {"orders", "inspections", "hazards"}
        assert any(link.get("href").startswith(FIGURES) for link in page.root.all("a"))
