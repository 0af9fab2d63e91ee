"""Notices of holidays as they are published and as people paste them."""

from datetime import date

import pytest

from casetracker.domain.errors import InvalidInput
from casetracker.services.office.calendar_notices import read_notice, shipped_notice

OFFICIAL = """国务院办公厅关于2026年部分节假日安排的通知
国办发明电〔2025〕7号

各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
经国务院批准，现将2026年元旦、春节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、
10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作，确保人民群众祥和平安度过节日假期。
国务院办公厅
2025年11月4日
"""


def days(notice) -> dict[date, bool]:
    return {row.day: row.is_workday for row in notice.days}


def test_the_official_text_gives_the_calendar_that_ships():
    read = read_notice(OFFICIAL)
    shipped = shipped_notice(2026)
    assert days(read) == days(shipped)
    assert (read.year, read.source) == (2026, shipped.source)
    assert {row.day: row.name for row in read.days}[date(2026, 2, 17)] == "春节"


def test_lines_that_break_anywhere_change_nothing():
    assert days(read_notice(OFFICIAL.replace("）", "）\n"))) == days(shipped_notice(2026))


def test_a_single_day_with_its_day_in_lieu_gives_both():
    text = OFFICIAL.replace("2026", "2028").replace(
        "1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班",
        "1月1日放假，1月3日（星期一）补休",
    )
    text = "\n".join(line for line in text.splitlines() if "上班" not in line)
    assert {day for day in days(read_notice(text)) if day.month == 1} == {
        date(2028, 1, 1),
        date(2028, 1, 3),
    }


def test_a_notice_may_reach_into_the_year_before():
    text = OFFICIAL.replace("1月1日（周四）至3日", "2025年12月31日（周三）至2026年1月3日")
    assert days(read_notice(text))[date(2025, 12, 31)] is False


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年放假吗", "bad_notice"),
        ("{", "bad_notice"),
        ('{"year": 2027, "days": [{"date": "2027-13-01", "is_workday": true}]}', "bad_notice"),
        ("一、元旦：1月1日放假。", "notice_without_year"),
        (OFFICIAL.replace("1月4日（周日）上班", "1月5日（周一）上班"), "implausible_notice"),
        (OFFICIAL.replace("1月1日（周四）至3日", "13月1日（周四）至3日"), "bad_notice"),
        (OFFICIAL.replace("1月1日（周四）至3日", "1日至3日"), "bad_notice"),
        ("2027-01-01,放假,元旦", "implausible_notice"),
        (f"2027-01-01,放假,{'元' * 41}", "bad_notice"),
        ('{"year": 2027, "source": "a\\u0000b", "days": []}', "bad_notice"),
    ],
)
def test_what_cannot_be_meant_is_refused_by_its_name(text, code):
    with pytest.raises(InvalidInput) as refused:
        read_notice(text)
    assert list(refused.value.problems.values()) == [code]
