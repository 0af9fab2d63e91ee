"""A frozen month stays as it was: figures, lists, words and the bytes of its 通报."""

import io

import openpyxl
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from casetracker.domain.errors import Conflict, GuardRefused, InvalidInput, NotPermitted
from casetracker.domain.frozen.roll import CaseRoll
from casetracker.domain.rates import PROFILES
from casetracker.domain.reports.facts import Wording
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.vocabulary import Dimension, ExcludeReason
from casetracker.labels import label
from casetracker.persistence.case import Case
from casetracker.persistence.frozen import FrozenFigures, FrozenMonth
from casetracker.services.commands.reports import WriteWording
from casetracker.services.commands.searching import FigureQuestion, MonthlyQuestion
from casetracker.services.context import ClientKey
from casetracker.services.figures.cases import cases_of_figure
from casetracker.services.figures.monthly import monthly_figures
from casetracker.services.frozen import freezing
from casetracker.services.frozen.freezing import freeze_month
from casetracker.services.frozen.reading import open_frozen_file
from casetracker.services.reports.wordings import write_wording
from tests.factories.papers import text_of_docx
from tests.factories.street import Street
from tests.services.frozen.conftest import MARCH

PERIOD = report_period(Span.MONTH, MARCH)


def figures(street: Street, basis: str = "frozen", who: str = "leader", **more: str) -> dict:
    asked = MonthlyQuestion.model_validate({"month": MARCH, "basis": basis, **more})
    return monthly_figures(street.ctx(who), asked)


def listed(street: Street, metric: str, part: str, **more: object) -> list[str]:
    """Numbers of the frozen list, all its pages."""
    asked = {"month": MARCH, "basis": "frozen", "metric": metric, "part": part, "limit": 7, **more}
    found: list[str] = []
    cursor: str | None = None
    while True:
        question = FigureQuestion.model_validate({**asked, "cursor": cursor})
        page = cases_of_figure(street.ctx("leader"), question)
        found += [row.number for row in page.rows]
        assert {row.id for row in page.rows} == page.reasons.keys()
        cursor = page.next_cursor
        if cursor is None:
            return found


def printed(street: Street, file_format: str) -> bytes:
    with open_frozen_file(street.ctx("leader"), MARCH, file_format).content as content:
        return content.read()


def exclude_all(street: Street) -> None:
    for case in street.session.query(Case):
        case.excluded = ExcludeReason.MISROUTED
    street.session.commit()


@pytest.mark.usefixtures("blank_paper")
def test_figures_and_lists_stay_whatever_becomes_of_the_cases(march: Street) -> None:
    both = {
        profile: {by: figures(march, "live", by=by, profile=profile) for by in Dimension}
        for profile in ("WUHAN_DEFAULT", "XINFANG")
    }
    freeze_month(march.ctx("leader"), MARCH)
    exclude_all(march)
    march.wait(days=40)
    for profile, live in both.items():
        check_kept(march, profile, live)


def check_kept(march: Street, profile: str, live: dict[str, dict]) -> None:
    """Figures and lists are those of before, though the live ones are others now."""
    assert figures(march, "live", profile=profile)["total"] != live["unit"]["total"]
    for by, before in live.items():
        kept = figures(march, by=by, profile=profile)
        for part in ("rows", "total", "previous", "last_year", "definition_version", "as_of"):
            assert kept[part] == before[part], (by, part)
    total = live["unit"]["total"]["metrics"]
    for metric in PROFILES[profile].metrics:
        rate = total[metric.code]
        counts = {part: len(listed(march, metric.code, part, profile=profile))
                  for part in ("numerator", "denominator", "excluded")}  # fmt: skip
        assert counts["excluded"] == sum(rate["excluded"].values())
        if metric.weights is None:
            assert counts["numerator"] == rate["numerator"]
        if rate["denominator"] is not None:
            assert counts["denominator"] == rate["denominator"]
    row = live["channel"]["rows"][0]
    of_row = listed(march, "received", "numerator", profile=profile, by="channel", key=row["key"])
    assert len(of_row) == row["metrics"]["received"]["numerator"] > 0


def test_the_notice_is_printed_again_to_the_byte(march: Street, real_papers: None) -> None:
    words = WriteWording(number="新街呼〔2026〕4号", problems="问题一条。")
    write_wording(march.ctx("leader"), PERIOD, words, Wording(), 0)
    freeze_month(march.ctx("supervisor"), MARCH)
    first = {one: printed(march, one) for one in ("docx", "pdf", "xlsx")}
    said = text_of_docx(first["docx"])
    assert "新街呼〔2026〕4号" in said
    assert "问题一条。" in said
    exclude_all(march)
    march.wait(days=400)
    assert {one: printed(march, one) for one in first} == first
    sheets = openpyxl.load_workbook(io.BytesIO(first["xlsx"])).sheetnames
    assert {f"{name}按{label(by)}" for name in ("热线", "信访") for by in Dimension} <= set(sheets)
    with pytest.raises(GuardRefused) as refusal:
        write_wording(march.ctx("leader"), PERIOD, words, Wording(), 1)
    assert refusal.value.code == "words_are_frozen"


@pytest.mark.usefixtures("blank_paper")
def test_what_is_told_of_a_frozen_month(march: Street) -> None:
    assert figures(march, "live")["snapshot"] is None
    freeze_month(march.ctx("leader"), MARCH)
    told = figures(march, "live")["snapshot"]
    assert told["frozen_at"] == "2026-04-02T09:30:00+08:00"
    assert told["frozen_by"] == march.people["leader"].name
    assert told["definition_version"] == PROFILES["WUHAN_DEFAULT"].version
    assert told["sha256"] == march.session.scalar(select(FrozenMonth.sha256))
    assert told["corrections"] == []
    assert figures(march, "live", profile="XINFANG")["snapshot"]["definition_version"]
    assert figures(march, "live", profile="BEIJING_DISTRICT")["snapshot"] is None
    assert figures(march, "live", who="head")["snapshot"] is None, "sees a part of the street"


@pytest.mark.usefixtures("blank_paper")
def test_a_month_is_frozen_once_and_a_second_press_is_harmless(march: Street) -> None:
    key = ClientKey("form:x", "h")
    freeze_month(march.ctx("leader", key=key), MARCH)
    freeze_month(march.ctx("leader", key=key), MARCH)
    with pytest.raises(GuardRefused) as refusal:
        freeze_month(march.ctx("supervisor"), MARCH)
    assert refusal.value.code == "month_is_frozen"
    assert march.session.query(FrozenFigures).count() == 2


@pytest.mark.usefixtures("blank_paper")
def test_only_a_month_that_is_over_by_somebody_who_sees_the_street(march: Street) -> None:
    for who in ("head", "deputy", "clerk", "admin"):
        with pytest.raises(NotPermitted):
            freeze_month(march.ctx(who), MARCH)
    with pytest.raises(GuardRefused) as refusal:
        freeze_month(march.ctx("leader"), "2026-04")
    assert refusal.value.code == "month_running"
    with pytest.raises(InvalidInput):
        freeze_month(march.ctx("leader"), "2026-13")
    with pytest.raises(InvalidInput):
        figures(march)
    freeze_month(march.ctx("leader"), MARCH)
    with pytest.raises(NotPermitted):
        figures(march, who="head")
    with pytest.raises(InvalidInput):
        figures(march, profile="BEIJING_DISTRICT")


@pytest.mark.usefixtures("blank_paper")
def test_words_written_while_a_month_is_frozen_are_not_lost(
    march: Street, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = freezing._read

    def read_then_somebody_writes(ctx, month):  # type: ignore[no-untyped-def]
        draft = read(ctx, month)
        write_wording(march.ctx("leader"), PERIOD, WriteWording(problems="新写。"), Wording(), 0)
        return draft

    monkeypatch.setattr(freezing, "_read", read_then_somebody_writes)
    with pytest.raises(Conflict):
        freeze_month(march.ctx("supervisor"), MARCH)
    assert march.session.query(FrozenMonth).count() == 0


@pytest.mark.usefixtures("blank_paper")
def test_what_is_sealed_is_never_inside_and_what_is_sealed_later_is_on_no_list(
    march: Street,
) -> None:
    petitions = march.session.query(Case).filter_by(track="petition").order_by(Case.id).all()
    before, later = petitions[0], petitions[1]
    for case in (before, later):
        case.received_at = march.now.replace(month=3, day=9)
        case.excluded = None
    before.is_open, before.is_sealed = False, True
    march.session.commit()
    freeze_month(march.ctx("leader"), MARCH)
    roll = march.session.scalar(
        select(FrozenFigures.roll).where(FrozenFigures.profile == "XINFANG")
    )
    ids = {member.case_id for member in CaseRoll.from_json(roll).members}
    assert before.id not in ids
    assert later.id in ids
    seen = listed(march, "received", "numerator", profile="XINFANG")
    later.is_open, later.is_sealed = False, True
    march.session.commit()
    again = listed(march, "received", "numerator", profile="XINFANG")
    assert set(seen) - set(again) == {later.number}


@pytest.mark.usefixtures("blank_paper")
def test_the_database_itself_refuses_to_change_it(march: Street) -> None:
    freeze_month(march.ctx("leader"), MARCH)
    for table in ("frozen_months", "frozen_figures", "frozen_files"):
        for change in ("UPDATE {} SET month = '2026-04'", "DELETE FROM {}"):
            with pytest.raises(DBAPIError, match="a frozen month never changes"):
                march.session.execute(text(change.format(table)))
            march.session.rollback()
