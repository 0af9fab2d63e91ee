"""统计口径: what an administrator sees of the definitions, changes, looks at and puts in force."""

import re
from datetime import timedelta

from tests.factories.rate_cases import add_random_cases
from tests.pages import fields_of, fill_in, visit

HERE = "/ops/admin/profiles"
DRAFT = f"{HERE}/WUHAN_DEFAULT/2026.2"


def copied(browser) -> None:
    page = fill_in(browser, f"{HERE}/new", source="WUHAN_DEFAULT/2026.1", name="本街道新口径")
    assert page.flashes == ["已复制为草稿，修改后再发布。"]
    assert "草稿不影响任何数字" in page.text


def test_every_profile_is_listed_with_its_version_and_what_the_office_counts_by(sign_in_as):
    page = visit(sign_in_as("admin"), HERE)
    for words in ("WUHAN_DEFAULT", "BEIJING_DISTRICT", "SHANGHAI_TOWN", "XINFANG"):
        assert words in page.text
    assert page.text.count("本街道所用") == 2
    shown = visit(sign_in_as("admin"), f"{HERE}/SHANGHAI_TOWN/2018.1").text
    for words in ("先行联系率", "30（按率）", "5（按占组内比重）", "20（有件即得）", "合并计算"):
        assert words in shown


def test_a_copy_is_changed_seen_in_its_effect_and_put_in_force(sign_in_as, street, clock):
    add_random_cases(street.session, [unit.id for unit in street.units.values()], seed=7, count=200)
    clock.shift(timedelta(days=32))
    browser = sign_in_as("admin")
    copied(browser)
    page = fill_in(browser, f"{DRAFT}/metrics/satisfaction", basically="0.5")
    assert page.flashes == ["满意率已保存。"]
    assert "(满意×1+基本满意×0.5) ÷ 有效回访且作出满意评价；按办结时间归月" in page.text
    effect = visit(browser, f"{DRAFT}/effect")
    assert "对 2026-03 的影响" in effect.text
    [changed] = [
        row for row in effect.root.all("tr") if "有变化" in row.text and "满意率" in row.text
    ]
    before, after = re.findall(r"([0-9.]+)%", changed.text)
    assert float(before) > float(after)
    assert "东风社区" in effect.text
    assert not [url for url in effect.links.values() if "cases" in url or "statistics" in url]
    page = fill_in(browser, f"{DRAFT}/release", month="2026-05")
    assert page.flashes == ["口径已发布。"]
    assert "从 2026-05 起执行" in page.text
    statistics = visit(sign_in_as("leader"), "/ops/statistics?month=2026-05")
    assert "2026.2" in statistics.text
    assert "口径与本期不同" in statistics.text


def test_a_form_with_errors_keeps_what_was_chosen_and_says_what_to_do(sign_in_as, street):
    browser = sign_in_as("admin")
    copied(browser)
    page = fill_in(browser, f"{DRAFT}/metrics/satisfaction", numerator="replied", name="满意比例")
    assert page.errors == ["分子：没有回访或没有作出评价的不能计入分子，请选择已作出评价的条件"]
    kept = fields_of(page.form("metrics"))
    assert (kept["name"], kept["numerator"]) == ("满意比例", "replied")
    page = fill_in(browser, f"{DRAFT}/settings", month_start_day="31")
    assert page.errors == ["统计月起始日：统计月起始日应为 1 至 28 日，每个月都有的日子"]
    page = fill_in(browser, f"{DRAFT}/release", month="2026-03")
    assert "最早可从 2026-04 起" in page.errors[0]
    assert browser.get(f"{HERE}/WUHAN_DEFAULT/2026.1/settings").status_code == 404


def test_nobody_else_opens_the_definitions(sign_in_as):
    for who in ("leader", "supervisor", "security", "auditor"):
        assert sign_in_as(who).get(HERE).status_code == 403
