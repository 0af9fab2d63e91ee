"""Walk the links of a page of figures: each list is as long as the count that leads to it."""

import re

from flask.testing import FlaskClient

from tests.pages import Element, visit

FIGURES = "/ops/statistics/cases?"
PAGE = 50
"""Cases on one page of a list."""
PERSONS, DAYS = "人次", "个工作日"


def figure_links(root: Element, start: str = FIGURES) -> dict[str, set[str]]:
    """What the page says by each address of a list of cases."""
    found: dict[str, set[str]] = {}
    for link in root.all("a"):
        if link.get("href").startswith(start):
            found.setdefault(link.get("href"), set()).add(link.text)
    return found


def wrong_lengths(client: FlaskClient, links: dict[str, set[str]]) -> list[str]:
    """The links whose list has another number of cases, or persons, than they say.

    Rates alone and lengths of time say none.
    """
    return [
        f"{words} leads to {cases} cases of {persons} persons: {href}"
        for href, said in links.items()
        for cases, persons in [listed(client, href)]
        for words in said
        if (count := count_said(words)) is not None
        and count != (persons if PERSONS in words else cases)
    ]


def listed(client: FlaskClient, href: str) -> tuple[int, int]:
    """How many cases of how many persons the list says that it has, and shows."""
    page = visit(client, href)
    cases, persons = (
        int(one) for one in re.search(r"名单 (\d+) 件 (\d+) 人次", page.text).groups()
    )  # type: ignore[union-attr]
    shown = sum("data-row" in row.attributes for row in page.root.all("tr"))
    assert shown == min(cases, PAGE), href
    return cases, persons


def count_said(words: str) -> int | None:
    """`5件`, `95.0%(68/90)` and `东风社区7/9` say 5, 90 and 9; `95.0` says none.

    What was excluded is said beside it and is not of the list.
    """
    if DAYS in words:
        return None
    words = re.sub("[（，]剔除[0-9]+", "", words)
    if "/" in words:
        words = words.rsplit("/", 1)[1]
    found = re.search(r"(?<![0-9.])([0-9]+)[^0-9.]*$", words)
    return int(found[1]) if found else None
