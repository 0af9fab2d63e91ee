"""`report month | week | day | year`: figures, the 通报 and the year's paragraph.

Live, but for `report month --frozen` and `--corrected`, which give a frozen month as it was kept.
"""

import json
from pathlib import Path

import click
from pydantic import ValidationError

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, field_words, say, show_json
from casetracker.domain.errors import NotFound
from casetracker.domain.reports.periods import Span, report_period
from casetracker.domain.vocabulary import Basis, Dimension
from casetracker.services.commands.searching import AnnualQuestion, MonthlyQuestion
from casetracker.services.figures.monthly import monthly_figures
from casetracker.services.frozen.reading import open_frozen_file
from casetracker.services.reports.making import MIMES, make_report, paper_file
from casetracker.services.reports.year import YearReport, year_report

report = ChineseGroup("report", help="报表。")


OUTPUT = click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="输出文件。"
)
PROFILE = click.option("--profile", help="口径代码，缺省为本街道当月所用口径。")
SEEN_BY = click.option("--as", "username", help="以哪个账号的查看范围统计，缺省为全部。")
FILES = tuple(MIMES)


@report.command("month")
@click.argument("month", metavar="YYYY-MM")
@PROFILE
@click.option(
    "--by", type=click.Choice([one.value for one in Dimension]), default="unit",
    help="指标表按什么分行，缺省按承办单位；工作簿中这一张在前。",
)  # fmt: skip
@click.option(
    "--format", "kind", type=click.Choice(["json", "xlsx", "docx", "pdf"]), default="json",
    help="json 为指标；docx、pdf、xlsx 为当月通报。",
)  # fmt: skip
@click.option("--frozen", "basis", flag_value="frozen", default="live", help="冻结时的数字和通报。")
@click.option(
    "--corrected", "basis", flag_value="corrected", help="最近一次更正后的数字，只用于 json。"
)
@OUTPUT
@SEEN_BY
def month_command(
    month: str, profile: str | None, by: str, kind: str, basis: str, output: Path | None,
    username: str | None,
) -> None:  # fmt: skip
    """月度指标（分子、分母、剔除和口径）和当月通报。"""
    if kind in FILES and basis == Basis.CORRECTED:
        fail("--corrected 只用于 json；更正通知请在“冻结与更正”中下载。")
    if kind in FILES and basis == Basis.FROZEN:
        _frozen_report(month, kind, output, username, profile=profile, by=by)
        return
    if kind in FILES:
        _report(Span.MONTH, month, profile, kind, output, username, by=by)
        return
    try:
        asked = MonthlyQuestion.model_validate(
            {"month": month, "profile": profile, "by": by, "basis": basis}
        )
    except ValidationError as error:
        fail(f"参数有误：{field_words(error)}")
    figures = monthly_figures(context_of(username), asked)
    if output is None:
        show_json(figures)
        return
    _keep(output, (json.dumps(figures, ensure_ascii=False, indent=2) + "\n").encode())


def _frozen_report(
    month: str, kind: str, output: Path | None, username: str | None,
    *, profile: str | None, by: str,
) -> None:  # fmt: skip
    """The file as it was printed when the month was frozen: nothing of it can be chosen now."""
    if profile is not None or by != "unit":
        fail("冻结的通报按冻结时的口径和格式原样输出，不能另选 --profile 或 --by；指标请用 json。")
    if output is None:
        fail(f"输出 {kind} 时请用 -o 指定文件。")
    period = report_period(Span.MONTH, month)
    try:
        file = open_frozen_file(context_of(username), period.key, kind)
    except NotFound:
        fail(f"{period.name}没有冻结，不加 --frozen 可输出实时通报。")
    with file.content as content:
        _keep(output, content.read())


@report.command("week")
@click.argument("week", metavar="YYYY-Www")
@PROFILE
@click.option("--format", "kind", type=click.Choice(FILES), default="docx", help="输出格式。")
@OUTPUT
@SEEN_BY
def week_command(
    week: str, profile: str | None, kind: str, output: Path | None, username: str | None
) -> None:
    """周报，如 2026-W10（周一至周日）。"""
    _report(Span.WEEK, week, profile, kind, output, username)


@report.command("day")
@click.argument("day", metavar="YYYY-MM-DD")
@PROFILE
@click.option("--format", "kind", type=click.Choice(FILES), default="docx", help="输出格式。")
@OUTPUT
@SEEN_BY
def day_command(
    day: str, profile: str | None, kind: str, output: Path | None, username: str | None
) -> None:
    """日报。"""
    _report(Span.DAY, day, profile, kind, output, username)


def _report(
    span: Span, key: str, profile: str | None, kind: str, output: Path | None,
    username: str | None, by: str = Dimension.UNIT,
) -> None:  # fmt: skip
    if output is None:
        fail(f"输出 {kind} 时请用 -o 指定文件。")
    period = report_period(span, key)
    _keep(output, make_report(context_of(username), period, kind, profile, Dimension(by)))


@report.command("year")
@click.argument("year", metavar="YYYY")
@click.option(
    "--format", "kind", type=click.Choice(["text", "json", "docx"]), default="text",
    help="输出格式。",
)  # fmt: skip
@OUTPUT
@SEEN_BY
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
        return paper_file(found.content(), kind)
    if kind == "text":
        return found.text.encode()
    return (json.dumps(found.as_json(), ensure_ascii=False, indent=2) + "\n").encode()


def _keep(output: Path, content: bytes) -> None:
    if not output.parent.is_dir():
        fail(f"文件夹不存在：{output.parent}")
    output.write_bytes(content)
    say(f"已写入 {output}。")
