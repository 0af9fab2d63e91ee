"""`report month` and `report year`: the figures, the 通报 and the year's paragraph, always live."""

import json
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, field_words, say, show_json
from casetracker.cli.monthly_workbook import write_month
from casetracker.services.case_reading.figures import monthly_figures
from casetracker.services.commands.searching import AnnualQuestion, MonthlyQuestion
from casetracker.services.reports.year import YearReport, year_report
from casetracker.services.steps.papers.making import file_of

report = ChineseGroup("report", help="报表。")


@report.command("month")
@click.argument("month", metavar="YYYY-MM")
@click.option("--profile", help="口径，缺省 WUHAN_DEFAULT。")
@click.option(
    "--by", type=click.Choice(["unit", "channel", "category", "track"]), default="unit",
    help="按什么分行，缺省按承办单位。",
)  # fmt: skip
@click.option(
    "--format", "kind", type=click.Choice(["json", "xlsx"]), default="json", help="输出格式。"
)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="输出文件。")
@click.option("--as", "username", help="以哪个账号的查看范围统计，缺省为全部。")
def month_command(
    month: str, profile: str | None, by: str, kind: str, output: Path | None, username: str | None
) -> None:
    """月度指标：分子、分母、剔除和口径。"""
    if kind == "xlsx" and output is None:
        fail("输出 xlsx 时请用 -o 指定文件。")
    try:
        asked = MonthlyQuestion.model_validate({"month": month, "profile": profile, "by": by})
    except ValidationError as error:
        fail(f"参数有误：{field_words(error)}")
    figures = monthly_figures(context_of(username), asked)
    if kind == "json" and output is None:
        show_json(figures)
        return
    _write(kind, output, figures)
    say(f"已写入 {output}。")


def _write(kind: str, output: Path | None, figures: dict[str, Any]) -> None:
    assert output is not None
    if not output.parent.is_dir():
        fail(f"文件夹不存在：{output.parent}")
    if kind == "xlsx":
        write_month(output, figures)
    else:
        output.write_text(json.dumps(figures, ensure_ascii=False, indent=2) + "\n", "utf-8")


@report.command("year")
@click.argument("year", metavar="YYYY")
@click.option(
    "--format", "kind", type=click.Choice(["text", "json", "docx"]), default="text",
    help="输出格式。",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="输出文件。")
@click.option("--as", "username", help="以哪个账号的查看范围统计，缺省为全部。")
def year_command(year: str, kind: str, output: Path | None, username: str | None) -> None:
    """全年总结段落：由数据生成，并核对各部分合计。"""
    if kind == "docx" and output is None:
        fail("输出 docx 时请用 -o 指定文件。")
    try:
        asked = AnnualQuestion.model_validate({"year": year})
    except ValidationError as error:
        fail(f"参数有误：{field_words(error)}")
    content = _year_file(year_report(context_of(username), asked), kind)
    if output is None:
        click.echo(content.decode(), nl=False)
        return
    _keep(output, content)


def _year_file(found: YearReport, kind: str) -> bytes:
    if kind == "docx":
        return file_of(found.content(), kind)
    if kind == "text":
        return found.text.encode()
    return (json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n").encode()


def _keep(output: Path, content: bytes) -> None:
    if not output.parent.is_dir():
        fail(f"文件夹不存在：{output.parent}")
    output.write_bytes(content)
    say(f"已写入 {output}。")
