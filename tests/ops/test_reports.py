"""Reports on the desk: preview, files, the office's own words, the year, who is sent them."""

import io
import re
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from casetracker.domain.vocabulary import RequestKind, RequestStatus, RiskTag, Track
from casetracker.gateways.file_store import FileStore
from casetracker.persistence.account import AccessRecord, Account
from casetracker.persistence.case import Case
from casetracker.persistence.petition import Petition
from casetracker.persistence.reports import ReportWording
from casetracker.persistence.working import DecisionRequest
from tests.factories.papers import text_of_docx, text_of_pdf
from tests.factories.rate_cases import add_random_cases, add_random_petitions
from tests.factories.street import Street
from tests.ops.figure_links import figure_links, wrong_lengths
from tests.pages import submit, visit

SignIn = Callable[[str], FlaskClient]
MONTH = "/ops/reports?span=month&at=2026-02"
WEEK, DAY = "/ops/reports?span=week&at=2026-02-18", "/ops/reports?span=day&at=2026-02-19"
WORDS = "/ops/reports/month/2026-02/wording"


@pytest.fixture(autouse=True)
def _own_store(store: FileStore, real_papers: None) -> None:
    """Files of one test lie apart from those of others, and are laid out."""


@pytest.fixture
def february(street: Street) -> Street:
    add_random_cases(street.session, [unit.id for unit in street.units.values()], seed=4, count=80)
    return street


@pytest.fixture
def varied(february: Street) -> Street:
    """Every kind of thing that a report counts is there, some of it in the third week."""
    add_random_petitions(february.session, [february.units["dongfeng"].id], seed=5, count=30)
    topics = [one.id for one in february.categories.values()]
    places = [one.id for one in february.units.values()]
    cases = february.session.query(Case).order_by(Case.id).all()
    for place, case in enumerate(cases):
        case.category_id = topics[place % len(topics)] if place % 5 else None
        case.area_unit_id = places[place % len(places)] if place % 3 else None
        case.persons = 1 + place % 3
        case.risk_tags = frozenset({RiskTag.COLLECTIVE, RiskTag.THREAT} if place % 4 == 0 else ())
        case.repeat_of_id = cases[0].id if place and place % 6 == 0 else None
        if case.track is Track.PETITION:
            february.session.get_one(Petition, case.id).is_collective = place % 2 == 0
        elif place % 7 == 0:
            february.session.add(_hold(case))
    _let_a_topic_rise(february, topics[0], cases)
    february.session.commit()
    return february


def _hold(case: Case) -> DecisionRequest:
    return DecisionRequest(
        case_id=case.id, kind=RequestKind.HOLD, status=RequestStatus.GRANTED, reason="r",
        requested_at=case.received_at, decided_at=case.received_at,
    )  # fmt: skip


def _let_a_topic_rise(street: Street, topic: int, cases: list[Case]) -> None:
    for case in [one for one in cases if one.track is Track.HOTLINE][-12:]:
        case.received_at, case.excluded = datetime(2026, 2, 19, 4, tzinfo=UTC), None
        case.category_id, case.grouped_into_id = topic, None


def test_the_last_month_is_previewed_with_all_its_parts(
    february: Street, sign_in_as: SignIn
) -> None:
    page = visit(sign_in_as("supervisor"), "/ops/reports")
    assert "2026年2月“民呼我应”工作情况通报" in page.text
    for title in ("一、总体情况", "六、信访工作", "八、下步要求", "附件：承办单位情况统计表"):
        assert title in page.text
    assert "自动生成" in page.text


@pytest.mark.parametrize(
    ("url", "period", "asked"),
    [
        (MONTH, "2026-02", ("by=unit", "by=channel", "by=category", "kind=", "topic=", "area=",
                            "part=excluded", "metric=overdue&part=numerator", "metric=invalid",
                            "metric=held", "metric=answered", "metric=collective_visit",
                            "channels=", "period=2026-01", "period=2026-02-15--2026-02-21")),
        (WEEK, "2026-W08", ("metric=held", "period=2026-W07", "area=", "metric=first_time",
                            "channels=", "metric=answered")),
        (DAY, "2026-02-19", ("metric=repeated", "period=2026-02-18", "metric=threat")),
    ],
)  # fmt: skip
def test_every_count_leads_to_as_many_cases(
    varied: Street, sign_in_as: SignIn, url: str, period: str, asked: tuple[str, ...]
) -> None:
    browser = sign_in_as("supervisor")
    links = figure_links(visit(browser, url).root)
    for one in asked:
        assert any(one in href for href in links), f"nothing leads to {one}"
    others = [href for href in links if f"period={period}&" not in href]  # of the trend some do
    units = [one for one in links if "by=unit" in one and "metric=received" not in one]
    for href in {*others[6:], *units[6:]}:
        del links[href]
    assert wrong_lengths(browser, links) == []


def test_those_that_took_longest_stand_first(varied: Street, sign_in_as: SignIn) -> None:
    url = "/ops/statistics/cases?period=2026-02&metric=answered"
    page = visit(sign_in_as("supervisor"), url)
    taken = [int(one) for one in re.findall(r"用时 (\d+) 个工作日", page.text)]
    assert len(taken) > 10
    assert taken == sorted(taken, reverse=True)
    following = visit(sign_in_as("supervisor"), f"{url}&cursor={taken[9]}-0")
    assert f"用时 {taken[9]} 个工作日" in following.text
    assert f"用时 {taken[0]} 个工作日" not in following.text


def test_each_format_is_one_press_and_is_logged(february: Street, sign_in_as: SignIn) -> None:
    browser = sign_in_as("leader")
    for kind, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK")):
        found = browser.get(f"/ops/reports/month/2026-02.{kind}", buffered=True)
        assert found.status_code == 200
        assert found.data.startswith(start)
    told = february.session.query(AccessRecord.detail).filter_by(what="report_kept").all()
    assert [line.detail for line in told] == [
        f"下载月度通报2026-02.{kind}" for kind in ("pdf", "docx", "xlsx")
    ]


def test_one_press_gives_every_format_of_one_moment(february: Street, sign_in_as: SignIn) -> None:
    browser = sign_in_as("supervisor")
    [press] = [one for one in visit(browser, MONTH).root.all("a") if one.text == "全部下载"]
    sent = browser.get(press.get("href"))
    assert sent.mimetype == "application/zip"
    package = zipfile.ZipFile(io.BytesIO(sent.data))
    assert package.namelist() == [f"月度通报2026-02.{kind}" for kind in ("docx", "pdf", "xlsx")]
    assert "受理" in text_of_docx(package.read("月度通报2026-02.docx"))
    assert package.read("月度通报2026-02.pdf").startswith(b"%PDF")
    [told] = february.session.query(AccessRecord.detail).filter_by(what="report_kept").all()
    assert told.detail == "下载月度通报2026-02.zip"


def test_own_words_are_kept_with_the_month_and_printed(
    february: Street, sign_in_as: SignIn
) -> None:
    browser = sign_in_as("supervisor")
    form = visit(browser, WORDS)
    done = submit(browser, form, WORDS, number="测街呼〔2026〕2号", problems="道路积水突出。")
    assert "已保存" in done.text
    assert "编写了文字" in done.text
    printed = text_of_docx(browser.get("/ops/reports/month/2026-02.docx").data)
    assert "道路积水突出。" in printed
    assert "测街呼〔2026〕2号" in printed
    other = text_of_pdf(browser.get("/ops/reports/month/2026-01.pdf").data)
    assert "道路积水突出" not in other, "words belong to their month"


def test_words_that_somebody_else_wrote_meanwhile_are_not_overwritten(
    february: Street, sign_in_as: SignIn
) -> None:
    first, second = sign_in_as("supervisor"), sign_in_as("leader")
    early = visit(second, WORDS)
    submit(first, visit(first, WORDS), WORDS, problems="先写的。")
    late = submit(second, early, WORDS, problems="后写的。")
    assert late.status == 409
    assert "后写的。" in late.text, "nothing typed is lost"
    assert "通报文字已被他人修改" in late.text
    assert "先写的。" in visit(first, MONTH).text


def test_words_left_as_generated_follow_the_figures(february: Street, sign_in_as: SignIn) -> None:
    browser = sign_in_as("supervisor")
    submit(browser, visit(browser, WORDS), WORDS)
    row = february.session.query(ReportWording).one()
    assert (row.examples, row.problems, row.demands) == (None, None, None)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("/ops/reports?span=week&at=2026-02-18", "2026年第8周"),
        ("/ops/reports?span=day&at=2026-02-18", "2026年2月18日"),
        ("/ops/reports/year?year=2026", "受理市长专线（区长热线）"),
    ],
)
def test_other_forms(february: Street, sign_in_as: SignIn, url: str, words: str) -> None:
    assert words in visit(sign_in_as("leader"), url).text


@pytest.mark.parametrize(
    "url",
    ["/ops/reports?at=2026-99", "/ops/reports?span=week&at=heute", "/ops/reports?span=day&at=2026",
     "/ops/reports/year?year=abc", "/ops/reports?span=month&at=0000-01"],
)  # fmt: skip
def test_a_bad_period_is_told_and_nothing_breaks(
    street: Street, sign_in_as: SignIn, url: str
) -> None:
    found = sign_in_as("leader").get(url)
    assert found.status_code == 400
    assert "error-summary" in found.text


@pytest.mark.parametrize(
    ("span", "at", "key", "name"),
    [
        ("month", "2026-04", "2026-04", "2026年4月"),
        ("week", "2026-03-10", "2026-W11", "2026年第11周"),
        ("day", "2026-03-03", "2026-03-03", "2026年3月3日"),
    ],
)
def test_nothing_is_reported_of_what_is_yet_to_come(
    february: Street, sign_in_as: SignIn, span: str, at: str, key: str, name: str
) -> None:
    leader = sign_in_as("leader")
    page = visit(leader, f"/ops/reports?span={span}&at={at}", status=409)
    assert f"{name}还没有开始" in page.text
    for tail in ("/all", ".docx", "/wording"):
        assert leader.get(f"/ops/reports/{span}/{key}{tail}").status_code == 409
    year = visit(leader, "/ops/reports/year?year=2027", status=409)
    assert "2027年还没有开始" in year.text


@pytest.mark.parametrize(
    "url",
    ["/ops/reports/month/2026-13.pdf", "/ops/reports/century/20.pdf", "/ops/reports/day/x.docx",
     "/ops/reports/month/2026-02.odt", "/ops/reports/week/2026-W99/wording",
     "/ops/reports/year/1800.docx"],
)  # fmt: skip
def test_what_does_not_exist_is_not_found(street: Street, sign_in_as: SignIn, url: str) -> None:
    assert sign_in_as("leader").get(url).status_code == 404


@pytest.mark.parametrize("who", ["head", "clerk", "operator", "deputy", "admin"])
def test_only_those_who_see_the_whole_street(street: Street, sign_in_as: SignIn, who: str) -> None:
    browser = sign_in_as(who)
    for url in ("/ops/reports", "/ops/reports/month/2026-02.pdf", "/ops/reports/year", WORDS):
        assert browser.get(url).status_code == 403, url


def test_who_is_sent_reports_is_chosen_on_a_page(street: Street, sign_in_as: SignIn) -> None:
    for row in street.session.query(Account).filter(Account.username.in_(["leader", "head"])):
        row.email = f"{row.username}@example.org"
    street.session.commit()
    browser, url = sign_in_as("supervisor"), "/ops/reports/mailing"
    page = visit(browser, url)
    assert "leader@example.org" in page.text
    assert "head@example.org" not in page.text, "sees a part of the street only"
    assert "已保存" in submit(browser, page, url, month="leader").text
    assert submit(browser, visit(browser, url), url, month="head").status == 400
