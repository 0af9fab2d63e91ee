"""`cases export`: a table of cases within somebody's scope."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
from pydantic import ValidationError

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, field_words, growing_bar, say
from casetracker.persistence.queries.case_list import CaseFilter
from casetracker.services.case_reading.case_search import filter_of
from casetracker.services.commands.searching import CaseSearch
from casetracker.services.context import Context
from casetracker.services.exports.to_a_path import export_cases

SUFFIXES = (".xlsx", ".csv")

cases = ChineseGroup("cases", help="工单。")


@cases.command("export")
@click.option("--filter", "filters", multiple=True, help="条件，如 state=handling，可重复。")
@click.option("--as", "username", required=True, help="以哪个账号的查看范围导出。")
@click.option(
    "-o", "--output", required=True, type=click.Path(dir_okay=False, path_type=Path),
    help="输出文件，.xlsx 或 .csv。",
)  # fmt: skip
def export_command(filters: tuple[str, ...], username: str, output: Path) -> None:
    """导出工单（个人信息已脱敏，公式已失效），导出留痕。"""
    if output.suffix.lower() not in SUFFIXES:
        fail("输出文件应为 .xlsx 或 .csv。")
    if not output.parent.is_dir():
        fail(f"文件夹不存在：{output.parent}")
    ctx = context_of(username)
    asked = _filter(ctx, filters)
    with growing_bar("正在导出") as done:
        count = export_cases(ctx, asked, output, lambda lines: _counted(lines, done))
    say(f"已导出 {count} 件到 {output}。")


def _counted(
    lines: Iterator[Sequence[str]], done: Callable[[int], None]
) -> Iterator[Sequence[str]]:
    """The rows as they pass, told to the bar in hundreds."""
    for count, line in enumerate(lines, start=1):
        yield line
        if count % 100 == 0:
            done(100)


def _filter(ctx: Context, filters: tuple[str, ...]) -> CaseFilter:
    asked = {}
    for text in (part for one in filters for part in one.split("&")):
        name, equals, value = text.partition("=")
        if not equals:
            fail(f"条件“{text}”应写成 名称=值。")
        asked[name.strip()] = value.strip()
    try:
        return filter_of(ctx, CaseSearch.model_validate(asked))
    except ValidationError as error:
        fail(f"条件有误：{field_words(error)}")
