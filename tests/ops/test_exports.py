"""Exports on the desk: small ones at once, large ones with a second person."""

import io
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from openpyxl import load_workbook

from casetracker.persistence.calendar_day import Setting
from casetracker.persistence.queries.reference import touch
from casetracker.services.exports.making import make_waiting
from tests.factories import ledgers
from tests.factories.street import Street
from tests.pages import Page, submit, visit

pytestmark = pytest.mark.usefixtures("store")
SignIn = Callable[[str], FlaskClient]
ORDERED = "/ops/exports/DC2026-0001"


def exports_of(page: Page) -> str:
    """Where the list's own 导出 leads, not the navigation's."""
    return next(
        link.get("href")
        for link in page.root.all("a")
        if link.text == "导出" and "/new?" in link.get("href")
    )


def test_from_the_filtered_list_to_its_file_in_two_presses(
    street: Street, sign_in_as: SignIn
) -> None:
    wanted = street.register(channel="visit").number
    street.register()
    client = sign_in_as("supervisor")
    page = visit(client, "/ops/cases?channel=visit")
    asking = visit(client, exports_of(page))
    assert "来源渠道=来访" in asking.text
    assert "1 行" in asking.text
    done = submit(client, asking, "/ops/exports", purpose="月度例会")
    assert "可以下载" in done.text
    with client.get(done.links["下载"]) as answer:
        assert answer.headers["Cache-Control"] == "no-store"
        rows = list(load_workbook(io.BytesIO(answer.data)).active.values)
    assert [row[0] for row in rows] == ["编号", wanted]


def test_a_form_without_a_purpose_comes_back_with_its_list(
    street: Street, sign_in_as: SignIn
) -> None:
    street.register()
    client = sign_in_as("supervisor")
    asking = visit(client, "/ops/exports/new?export=cases&channel=mayor_line")
    again = submit(client, asking, "/ops/exports", purpose="")
    assert again.status == 400
    assert "用途" in again.text
    assert "来源渠道=市长专线" in again.text


def test_a_large_one_is_consented_to_by_another_and_shown_while_it_is_made(
    street: Street, sign_in_as: SignIn
) -> None:
    street.register()
    street.session.add(Setting(name="export_consent_rows", value="0", changed_at=street.now))
    touch(street.session, street.now)
    street.session.commit()
    asker, leader = sign_in_as("supervisor"), sign_in_as("leader")
    asking = visit(asker, "/ops/exports/new?export=cases")
    waiting = submit(asker, asking, "/ops/exports", purpose="与区热线核对")
    assert "须由另一位" in waiting.text
    assert 'http-equiv="refresh"' in asker.get(ORDERED).text
    desk = visit(leader, "/ops/exports")
    assert "导出1 件" in [words for words, href in desk.links.items() if href == "/ops/exports"]
    asked = visit(leader, desk.links["DC2026-0001"])
    assert "与区热线核对" in asked.text
    submit(leader, asked, "decision", granted="yes")
    make_waiting(street.ctx("supervisor"))
    assert "可以下载" in visit(asker, ORDERED).text
    assert leader.get("/ops/exports/DC2026-0001/file").status_code == 404


def test_lists_of_those_who_may_not_export_offer_nothing(
    street: Street, sign_in_as: SignIn
) -> None:
    street.register()
    client = sign_in_as("operator")
    assert "/ops/exports" not in client.get("/ops/cases").text
    assert client.get("/ops/exports").status_code == 403


def test_an_unknown_kind_or_a_foreign_order_is_not_there(
    street: Street, sign_in_as: SignIn
) -> None:
    client = sign_in_as("supervisor")
    assert client.get("/ops/exports/new?export=everything").status_code == 404
    assert client.get("/ops/exports/DC2026-0009").status_code == 404


def test_lists_of_supervision_and_ledgers_lead_to_their_exports(
    street: Street, sign_in_as: SignIn, clock
) -> None:
    ledgers.visit(street)
    ledgers.old_case(street)
    street.worked("to_sign")
    street.wait(days=3)
    clock.move_to(street.now)
    clerk, supervisor = sign_in_as("clerk"), sign_in_as("supervisor")
    for client, path, words in (
        (clerk, "/ops/visits?since=2026-03-01&until=2026-03-31", "日期自=2026-03-01"),
        (clerk, "/ops/old-cases", "信访积案台账"),
        (clerk, "/ops/sensitive", "敏感时期每日清单"),
        (supervisor, "/ops/watch/unsigned", "清单="),
    ):
        asking = visit(client, exports_of(visit(client, path)))
        assert words in asking.text, path
        assert "1 行" in asking.text, path
    done = submit(supervisor, asking, "/ops/exports", purpose="督办例会")
    assert "可以下载" in done.text
