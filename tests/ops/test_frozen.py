"""Freezing and correcting a month on the desk: what is pressed, what is shown, who may."""

import io
import re
import zipfile
from collections.abc import Callable

import pytest
import time_machine
from flask.testing import FlaskClient

from casetracker.gateways.file_store import FileStore
from casetracker.persistence.case import Case
from casetracker.persistence.frozen import FrozenFile, MonthCorrection
from tests.factories.frozen import BLANK, print_blank
from tests.factories.rate_cases import add_random_cases, add_random_petitions
from tests.factories.street import Street
from tests.ops.figure_links import figure_links, wrong_lengths
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]
MONTH = "/ops/reports/months/2026-03"
FIGURES = "/ops/statistics?month=2026-03"


@pytest.fixture(autouse=True)
def _own_store(store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of one test lie apart from those of others, and are blank."""
    print_blank(monkeypatch)


@pytest.fixture
def april(street: Street, clock: time_machine.Traveller) -> Street:
    """March is over; it has cases and petitions."""
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=41, count=60)
    add_random_petitions(street.session, units, seed=42, count=30)
    clock.move_to(street.now.replace(month=4, day=2))
    return street


@pytest.fixture
def leader(april: Street, sign_in_as: SignIn) -> FlaskClient:
    """The leader, who has just frozen March."""
    browser = sign_in_as("leader")
    done = submit(browser, visit(browser, MONTH), MONTH)
    assert "2026年3月已冻结" in done.text
    return browser


def change_a_case(street: Street) -> str:
    """A case of March leaves the rates."""
    counted = street.session.query(Case).filter_by(
        track="hotline", excluded=None, grouped_into_id=None
    )
    case = counted.order_by(Case.id).first()
    assert case is not None
    case.received_at, case.excluded = street.now.replace(month=3, day=5), "misrouted"
    street.session.commit()
    return case.number


def total_links(browser: FlaskClient, url: str) -> dict[str, str]:
    page = visit(browser, url)
    line = next(row for row in page.root.all("tr") if "total" in row.get("class"))
    return {link.get("href"): link.text for link in line.all("a")}


def test_a_frozen_month_shows_its_own_figures_until_the_live_ones_are_asked_for(
    april: Street, leader: FlaskClient
) -> None:
    frozen = total_links(leader, FIGURES)
    assert "现在重新计算，结果与冻结时一致" in visit(leader, FIGURES).text
    for case in april.session.query(Case):
        case.excluded = "misrouted"
    april.session.commit()
    page = visit(leader, FIGURES)
    assert "本月已冻结" in page.text
    assert "此后工单有变化" in page.text
    assert total_links(leader, FIGURES) == frozen
    assert all("basis=frozen" in url for url in frozen)
    live = total_links(leader, f"{FIGURES}&basis=live")
    assert set(live.values()) != set(frozen.values())
    assert "不是冻结的数字" in visit(leader, f"{FIGURES}&basis=live").text


def test_a_frozen_figure_leads_to_its_frozen_list_and_what_became_of_each(
    april: Street, leader: FlaskClient
) -> None:
    url = "/ops/statistics/cases?month=2026-03&metric=received&part=numerator&basis=frozen"
    before = visit(leader, url)
    rows = [row for row in before.root.all("tr") if "data-row" in row.attributes]
    assert rows
    assert "冻结的名单" in before.text
    for case in april.session.query(Case):
        case.excluded = "misrouted"
    april.session.commit()
    after = visit(leader, url)
    assert len([row for row in after.root.all("tr") if "data-row" in row.attributes]) == len(rows)
    assert "剔除" in after.text
    number = next(link.get("href") for link in rows[0].all("a")).rsplit("/", 1)[-1]
    assert "冻结时：计入分子" in visit(leader, f"{url}&number={number}").text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ("period=2026-W10&basis=frozen", "期间：只有月份可以冻结"),
        ("period=2026&basis=corrected", "期间：只有月份可以冻结"),
        ("period=2026-02&basis=frozen", "期间：该月没有冻结"),
        ("period=2026-03&basis=corrected", "期间：该月没有更正"),
        ("period=2026-03&channels=web,fax", "没有这个选项，可用：市长专线"),
    ],
)
def test_what_is_wrong_with_a_question_about_a_list_is_said_of_its_field(
    april: Street, leader: FlaskClient, asked: str, words: str
) -> None:
    url = f"/ops/statistics/cases?metric=received&part=numerator&{asked}"
    assert words in visit(leader, url, status=400).text


def test_petitions_stand_beside_the_hotline_and_lead_to_their_cases(
    april: Street, leader: FlaskClient
) -> None:
    page = visit(leader, FIGURES)
    block = next(one for one in page.root.all("section") if one.get("id") == "petitions")
    assert "不相加" in block.text
    links = [link.get("href") for link in block.all("a") if "/cases?" in link.get("href")]
    assert len(links) > 10
    assert all("profile=XINFANG" in url and "basis=frozen" in url for url in links)
    assert "信访件次" in block.text
    assert "petitions" not in {
        one.get("id") for one in visit(leader, f"{FIGURES}&profile=XINFANG").root.all("section")
    }


def test_the_notice_of_a_frozen_month_is_the_kept_file_and_its_words_are_closed(
    april: Street, leader: FlaskClient
) -> None:
    assert leader.get("/ops/reports/month/2026-03.docx", buffered=True).data == BLANK
    together = zipfile.ZipFile(io.BytesIO(leader.get("/ops/reports/month/2026-03/all").data))
    assert together.read("月度通报2026-03.docx") == BLANK
    page = visit(leader, "/ops/reports?span=month&at=2026-03")
    assert "本月已冻结" in page.text
    assert "编写文字" not in page.text
    links = figure_links(page.root)
    assert all("period=2026-03" in href and "basis=frozen" in href for href in links)
    assert not any("kind=" in href for href in links), "no kept list knows the kinds"
    change_a_case(april)
    shown = [href for href in links if "metric=received" in href or "metric=overdue" in href]
    assert len(shown) > 5
    assert wrong_lengths(leader, {href: links[href] for href in shown}) == []
    refused = visit(leader, "/ops/reports/month/2026-03/wording", status=409)
    assert "请出具更正" in refused.text
    assert "本月尚未冻结" in visit(leader, "/ops/reports?span=month&at=2026-02").text


def test_what_differs_is_shown_and_corrected_once_with_a_reason(
    april: Street, leader: FlaskClient
) -> None:
    compare = f"{MONTH}/compare"
    assert "没有变化" in visit(leader, compare).text
    number = change_a_case(april)
    page = visit(leader, compare)
    assert number in page.text
    refused = submit(leader, page, compare, reason="")
    assert refused.status == 400
    assert refused.errors
    done = submit(leader, visit(leader, compare), compare, reason="一件误派，不应计入。")
    assert "更正已出具" in done.text
    assert "第 1 次更正" in done.text
    told = visit(leader, f"{MONTH}/corrections/1")
    assert number in told.text
    assert "一件误派，不应计入。" in told.text
    assert leader.get(f"{MONTH}/corrections/1.pdf", buffered=True).data == BLANK
    assert leader.get(f"{MONTH}/corrections/0.pdf").status_code == 404
    assert "没有变化" in visit(leader, compare).text
    assert "1 次" in visit(leader, "/ops/reports/months").text


def test_every_figure_that_moved_leads_to_its_cases_then_and_now(
    april: Street, leader: FlaskClient
) -> None:
    compare = f"{MONTH}/compare"
    change_a_case(april)
    page = visit(leader, compare)
    links = figure_links(page.root)
    assert {re.search("basis=([a-z]+)", url)[1] for url in links} == {"frozen", "live"}
    rows = {re.search("by=([a-z_]+)", url)[1] for url in links if "by=" in url}
    assert rows > {"unit", "channel"}
    assert wrong_lengths(leader, links) == []
    submit(leader, page, compare, reason="一件误派，不应计入。")
    issued = figure_links(visit(leader, f"{MONTH}/corrections/1").root)
    assert set(issued) == {url.replace("basis=live", "basis=corrected") for url in links}
    assert wrong_lengths(leader, {url: issued[url] for url in issued if "by=" not in url}) == []


def test_after_a_correction_its_figures_are_shown_and_compared_with(
    april: Street, leader: FlaskClient
) -> None:
    compare, next_month = f"{MONTH}/compare", "/ops/statistics?month=2026-04"
    assert "环比以通报公布的上月数字为基数" in visit(leader, next_month).text
    frozen = total_links(leader, FIGURES)
    change_a_case(april)
    submit(leader, visit(leader, compare), compare, reason="一件误派，不应计入。")
    assert "以下是第 1 次更正后的数字" in visit(leader, FIGURES).text
    corrected = total_links(leader, FIGURES)
    assert all("basis=corrected" in url for url in corrected)
    assert set(corrected.values()) != set(frozen.values())
    assert total_links(leader, f"{FIGURES}&basis=frozen") == frozen
    assert "以下是冻结时的数字，不是更正后的" in visit(leader, f"{FIGURES}&basis=frozen").text
    url, words = next((url, words) for url, words in corrected.items() if "received" in url)
    page = visit(leader, url)
    assert "更正后的名单" in page.text
    assert sum("data-row" in row.attributes for row in page.root.all("tr")) == int(words)
    page = visit(leader, next_month)
    assert "环比以更正通知公布的上月数字为基数" in page.text
    assert "2026-03 已更正" in page.text


def test_a_comparison_that_is_out_of_date_is_not_signed_and_keeps_what_was_typed(
    april: Street, leader: FlaskClient
) -> None:
    compare = f"{MONTH}/compare"
    change_a_case(april)
    page = visit(leader, compare)
    change_a_case(april)
    late = submit(leader, page, compare, reason="只看到一件。")
    assert late.status == 409
    assert "对比之后又有变化" in late.text
    assert "只看到一件。" in late.text
    assert april.session.query(MonthCorrection).count() == 0


def test_what_cannot_be_frozen_is_told(april: Street, leader: FlaskClient) -> None:
    again = leader.get("/ops/reports/months/2026-04")
    assert "尚未结束" in again.get_data(as_text=True)
    assert april.session.query(FrozenFile).count() == 3
    assert leader.get("/ops/reports/months/2026-13").status_code == 404
    assert leader.get("/ops/reports/months/2026-02/compare").status_code == 404
    assert leader.get(f"{MONTH}/corrections/1").status_code == 404
    assert visit(leader, "/ops/statistics?month=2026-02&basis=frozen", status=400).errors


def test_whoever_sees_a_part_of_the_street_reads_live_figures(
    april: Street, leader: FlaskClient, sign_in_as: SignIn
) -> None:
    head = sign_in_as("head")
    assert "本月已冻结" not in visit(head, FIGURES).text
    visit(head, f"{FIGURES}&basis=frozen", status=403)
    for url in ("/ops/reports/months", MONTH, f"{MONTH}/compare"):
        assert head.get(url).status_code == 403
