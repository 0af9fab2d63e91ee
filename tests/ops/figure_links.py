"""Walk the links of a page of figures: each list is as long as the count that leads to it."""

import re

from flask.testing import FlaskClient

from tests.pages import Element, visit

FIGURES = "/ops/statistics/cases?"
PAGE = 50
"""Cases on one page of a list."""


def figure_links(root: Element) -> dict[str, set[str]]:
    """What the page says by each address of a list of cases."""
    found: dict[str, set[str]] = {}
    for link in root.all("a"):
        if link.get("href").startswith(FIGURES):
            found.setdefault(link.get("href"), set()).add(link.text)
    return found


def wrong_lengths(client: FlaskClient, links: dict[str, set[str]]) -> list[str]:
    """The links whose list has another number of cases than they say; rates alone say none."""
    return [
        f"{words} leads to {length} cases: {href}"
        for href, said in links.items()
        for length in [cases_listed(client, href)]
        for words in said
        if (count := count_said(words)) is not None and min(count, PAGE) != length
    ]


def cases_listed(client: FlaskClient, href: str) -> int:
    rows = visit(client, href).root.all("tr")
    return sum("data-row" in row.attributes for row in rows)


def count_said(words: str) -> int | None:
    """`5件`, `95.0%(68/90)` and `东风社区7/9` say 5, 90 and 9; `95.0` says none."""
    if "/" in words:
        words = words.rsplit("/", 1)[1]
    found = re.search(r"(?<![0-9.])([0-9]+)[^0-9.]*$", words)
    return int(found[1]) if found else None
