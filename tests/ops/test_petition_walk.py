"""Every desk with petitions of every state among its cases: no page stumbles over them."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from tests.factories.petitions import WAY, classify, petition, worked
from tests.factories.street import PEOPLE, Street
from tests.pages import visit

SignIn = Callable[[str], FlaskClient]
DESKS = sorted(set(PEOPLE) - {"second_operator", "second_handler", "second_clerk", "other_handler"})
LISTS = (
    "/ops/cases", "/ops/cases?open=1", "/ops/cases?q=路灯", "/ops/petitions",
    "/ops/petitions?standing=overdue", "/ops/petitions?channel=visit&sort=number",
    "/ops/petitions?received_from=2026-03-01&received_to=2026-03-31",
)  # fmt: skip


@pytest.fixture(scope="session")
def engine_name() -> str:
    return "postgresql"  # the stricter of the two


def in_every_state(street: Street) -> None:
    for stage in (*(stage for stage, _ in WAY), "archived"):
        worked(street, stage)
    sent = petition(street, petition={"sender": "区信访局"}).number
    street.act("clerk", sent, "raise_objection", reason="不属于本街道职权，附依据。")
    refused = petition(street).number
    street.act(
        "second_clerk", refused, "decline", reason="not_ours", organ="区局", text="请找区局。"
    )
    for body in ({}, {"report_due_on": "2026-04-01"}):
        number = petition(street).number
        classify(street, number)
        street.act("clerk", number, "forward", organ="区局", text="属区局职权。", **body)
    street.worked("handling")
    street.worked("to_follow_up")


def test_every_entry_of_the_navigation_opens_for_everybody(
    street: Street, sign_in_as: SignIn
) -> None:
    in_every_state(street)
    for who in DESKS:
        client = sign_in_as(who)
        home = visit(client, "/ops/")
        links = [link.get("href") for link in home.root.all("a") if link.get("data-nav")]
        may_list = any(link.startswith("/ops/cases") for link in links)
        for path in dict.fromkeys([*links, *(LISTS if may_list else ())]):
            visit(client, path)
