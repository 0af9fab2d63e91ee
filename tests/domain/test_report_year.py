"""The year's paragraph: the sentences of the founding report, and sums that do not come out."""

from dataclasses import replace

from casetracker.domain.reports.year import (
    HotlineYear,
    OldCasesYear,
    PatrolYear,
    PetitionsYear,
    ReceptionsYear,
    SettlementYear,
    VisitsYear,
    YearFigures,
    findings_of,
    year_paragraph,
)
from casetracker.domain.vocabulary import SourceLevel as L

FOUNDING = YearFigures(
    2019,
    HotlineYear(446, 446, 0, 446, {"市长专线": 321, "区长热线": 125}, 0, 446),
    VisitsYear(266, 266, 0, 0),
    PetitionsYear(
        95, 95,
        {L.NATIONAL: 7, L.PROVINCIAL: 6, L.MUNICIPAL: 35, L.DISTRICT: 30, L.STREET: 10, None: 7},
        95, 0, 95,
    ),
    ReceptionsYear(10, 10, 10, 0, 0),
    OldCasesYear(0, 0, 0),
    PatrolYear(1437, 1150, 1145),
)  # fmt: skip


def test_the_paragraph_says_what_the_founding_report_says() -> None:
    assert year_paragraph(FOUNDING) == (
        "2019年，受理市长专线（区长热线）446件，已全部办理完毕；接待来访群众266次266人次；"
        "阳光信访办理95件，其中国家信访局7件、省6件、市35件、区30件、街内10件；"
        "市区领导大接访10次，累计受理10件；无新增信访积案；"
        "开展安全检查1437家次，排查隐患1150处，整改1145处。"
    )


def test_the_gap_of_the_source_levels_is_told() -> None:
    gap = findings_of(FOUNDING)[0]
    assert (gap.code, gap.parts, gap.whole) == ("source_levels", 88, 95)
    assert gap.message == "阳光信访五级来源合计88件，与总数95件相差7件：7件未登记来源层级。"


def test_a_year_whose_sums_come_out_has_no_finding() -> None:
    levels = {L.NATIONAL: 7, L.STREET: 88}
    whole = replace(FOUNDING, petitions=replace(FOUNDING.petitions, by_level=levels), patrol=None)
    assert findings_of(whole) == ()
    assert "安全检查" not in year_paragraph(whole), "no register, no part"


def test_months_channels_and_hazards_that_differ_are_told() -> None:
    hotline = replace(FOUNDING.hotline, months=440, by_channel={"市长专线": 445}, excluded=3)
    codes = {one.code for one in findings_of(replace(FOUNDING, hotline=hotline))}
    assert codes == {"source_levels", "months", "channels", "excluded", "hazards"}


def test_petitions_that_do_not_count_are_told_beside_those_that_do() -> None:
    petitions = replace(FOUNDING.petitions, excluded=2)
    told = findings_of(replace(FOUNDING, petitions=petitions))
    [said] = [one.message for one in told if one.code == "excluded"]
    assert said == "信访件登记97件，其中2件已批准剔除，未计入95件。"


def test_what_is_still_open_and_other_channels_are_said() -> None:
    hotline = replace(FOUNDING.hotline, total=12500, lines=12000, other=500, finished=12499)
    said = year_paragraph(replace(FOUNDING, hotline=hotline, old_cases=OldCasesYear(2, 1, 5)))
    assert "受理市长专线（区长热线）12000件、其他渠道诉求500件，合计12500件，" in said
    assert "已办理完毕12499件，正在办理1件" in said
    assert "新增信访积案2件，化解销号1件" in said


def test_what_is_said_of_where_matters_were_settled_adds_up_to_them_all() -> None:
    settled = replace(FOUNDING, settlement=SettlementYear(200, 180, 46, 17, 3))
    said = "转区直部门46件，尚未答复17件，不受理、撤诉3件；"
    assert said in year_paragraph(settled)
    assert findings_of(settled) == findings_of(FOUNDING)


def test_where_matters_were_settled_is_said_and_must_add_up() -> None:
    settled = replace(FOUNDING, settlement=SettlementYear(200, 200, 46, 0, 0))
    assert "已全部办理完毕；其中社区（大队）化解200件，街道办结200件，转区直部门46件；" in (
        year_paragraph(settled)
    )
    short = replace(FOUNDING, settlement=SettlementYear(200, 200, 45, 0, 0))
    assert [one.parts for one in findings_of(short) if one.code == "settlement"] == [445]
    assert not [one for one in findings_of(settled) if one.code == "settlement"]
