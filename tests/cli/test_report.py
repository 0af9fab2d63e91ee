"""`report month` prints the figures that the page shows, as JSON and as a workbook of numbers."""

import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import Result
from sqlalchemy import update

from casetracker.domain.vocabulary import Channel
from casetracker.gateways.file_store import FileStore
from casetracker.persistence.case import Case
from casetracker.services.commands.reports import CorrectMonth
from casetracker.services.commands.searching import MonthlyQuestion
from casetracker.services.figures.monthly import monthly_figures
from casetracker.services.frozen.comparing import compare_month
from casetracker.services.frozen.correcting import correct_month
from casetracker.services.frozen.freezing import freeze_month
from tests.factories.frozen import BLANK, print_blank
from tests.factories.papers import text_of_docx
from tests.factories.rate_cases import add_random_cases
from tests.factories.street import Street

Command = Callable[..., Result]
MONTH = "2026-03"


def counted(street: Street) -> None:
    units = [unit.id for unit in street.units.values()]
    add_random_cases(street.session, units, seed=5, count=60)


def test_the_month_as_json_has_rows_a_total_and_its_definition(
    street: Street, command: Command
) -> None:
    counted(street)
    done = command("report", "month", MONTH, "--by", "channel")
    assert done.exit_code == 0, done.stderr
    month = json.loads(done.stdout)
    assert {"month", "profile", "definition_version", "as_of", "rows", "total"} <= set(month)
    received = [row["metrics"]["received"]["numerator"] for row in month["rows"]]
    assert sum(received) == month["total"]["metrics"]["received"]["numerator"] > 0
    assert {row["key"] for row in month["rows"]} <= {channel.value for channel in Channel}


def test_the_workbook_holds_the_same_numbers_and_no_formula(
    street: Street, command: Command, tmp_path: Path
) -> None:
    counted(street)
    figures = json.loads(command("report", "month", MONTH).stdout)
    path = tmp_path / "month.xlsx"
    done = command("report", "month", MONTH, "--format", "xlsx", "-o", path)
    assert done.exit_code == 0, done.stderr
    book = openpyxl.load_workbook(path)
    sheet = book["热线按承办单位"]
    last = [cell.value for cell in sheet[sheet.max_row]]
    assert last[0] == "合计"
    received = figures["total"]["metrics"]["received"]["numerator"]
    assert last[1:4] == [received, received, None], "a count stands under its own name"
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert "受理量" in [row[1].value for row in book["热线口径"]]


def test_what_cannot_be_reported_is_said_in_chinese(command: Command) -> None:
    for asked, words in (
        (["2026-13"], "月份"),
        ([MONTH, "--format", "xlsx"], "-o"),
        ([MONTH, "--profile", "NONE"], "口径"),
        ([MONTH, "--format", "pdf"], "-o"),
        ([MONTH, "--format", "odt"], "--format"),
    ):
        done = command("report", "month", *asked)
        assert done.exit_code != 0
        assert words in done.stderr, done.stderr


@pytest.mark.usefixtures("real_papers")
@pytest.mark.parametrize("span", ["month 2026-03", "week 2026-W10", "day 2026-03-05"])
@pytest.mark.parametrize("kind", ["docx", "pdf", "xlsx"])
def test_the_report_of_a_period_is_one_file(
    street: Street, command: Command, tmp_path: Path, span: str, kind: str
) -> None:
    counted(street)
    path = tmp_path / f"report.{kind}"
    done = command("report", *span.split(), "--format", kind, "-o", path)
    assert done.exit_code == 0, done.stderr
    assert path.read_bytes()[:2] == (b"%P" if kind == "pdf" else b"PK")


def test_the_year_is_text_json_or_a_document(
    street: Street, command: Command, tmp_path: Path
) -> None:
    street.register()
    assert "受理市长专线（区长热线）1件" in command("report", "year", "2026").stdout
    told = json.loads(command("report", "year", "2026", "--format", "json").stdout)
    assert told["figures"]["hotline"]["total"] == 1
    assert told["findings"] == []
    path = tmp_path / "year.docx"
    assert command("report", "year", "2026", "--format", "docx", "-o", path).exit_code == 0
    assert "受理市长专线（区长热线）1件" in text_of_docx(path.read_bytes())
    assert "-o" in command("report", "year", "2026", "--format", "docx").stderr
    assert command("report", "year", "20x6").exit_code != 0


def test_a_frozen_month_is_given_as_it_was_kept(
    street: Street, command: Command, tmp_path: Path, store: FileStore,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    print_blank(monkeypatch)
    counted(street)
    path = tmp_path / "month.docx"
    for said in (["2026-02", "--frozen"], ["2026-02", "--frozen", "--format", "docx", "-o", path]):
        refused = command("report", "month", *said)
        assert refused.exit_code == 1
        assert "没有冻结" in refused.stderr
    asked = MonthlyQuestion.model_validate({"month": "2026-02", "by": "channel"})
    live = monthly_figures(street.ctx("leader"), asked)
    freeze_month(street.ctx("leader"), "2026-02")
    street.session.execute(update(Case).values(excluded="misrouted"))
    street.session.commit()
    kept = json.loads(command("report", "month", "2026-02", "--by", "channel", "--frozen").stdout)
    assert kept["basis"] == "frozen"
    assert kept["snapshot"]["sha256"]
    assert (kept["rows"], kept["total"]) == (live["rows"], live["total"])
    done = command("report", "month", "2026-02", "--frozen", "--format", "docx", "-o", path)
    assert done.exit_code == 0, done.stderr
    assert path.read_bytes() == BLANK
    other = command(
        "report", "month", "2026-02", "--frozen", "--format", "xlsx", "--by", "channel", "-o", path
    )
    assert other.exit_code == 1
    again = ["2026-02", "--corrected"]
    assert "没有更正" in command("report", "month", *again).stderr
    seen = compare_month(street.ctx("leader"), "2026-02").mark
    correct_month(street.ctx("leader"), "2026-02", CorrectMonth(reason="误派。"), seen)
    corrected = json.loads(command("report", "month", *again).stdout)
    assert corrected["basis"] == "corrected"
    assert corrected["total"] == monthly_figures(street.ctx("leader"), asked)["total"]
    paper = command("report", "month", *again, "--format", "docx", "-o", path)
    assert paper.exit_code == 1
    assert "只用于 json" in paper.stderr
