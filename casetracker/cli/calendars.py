"""`calendar show|load`: the working calendar and new official notices."""

from pathlib import Path

import click

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, say, show_json
from casetracker.services.imports.decoding import decoded
from casetracker.services.office.calendar_loading import load_year
from casetracker.services.office.calendar_notices import read_notice
from casetracker.services.office.working_calendars import year_shown

LARGEST_NOTICE = 1_000_000

calendar = ChineseGroup("calendar", help="工作日历。")


@calendar.command("show")
@click.argument("year", type=click.IntRange(1900, 2200))
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def show_command(year: int, *, as_json: bool) -> None:
    """显示一年的放假和调休安排。"""
    shown = year_shown(context_of(), year)
    if as_json:
        show_json(shown)
        return
    if not shown["published"]:
        click.echo(f"{year}年放假安排尚未载入，暂按周一至周五推算。")
        return
    click.echo(f"{shown['source']}（第 {shown['version']} 版）")
    for row in shown["days"]:
        click.echo(
            f"{row['date']} {'上班' if row['is_workday'] else '放假'} {row['name']}".rstrip()
        )


@calendar.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2000, 2100), help="通知所属年份（文件中没有写明时）。")
@click.option("--as", "username", help="以哪个账号的名义载入。")
def load_command(file: Path, year: int | None, username: str | None) -> None:
    """载入放假通知（JSON、CSV 或通知原文），并重算受影响的未到期时限。"""
    if file.stat().st_size > LARGEST_NOTICE:
        fail("文件过大，不像是放假通知。")
    text, _ = decoded(file.read_bytes())
    loaded = load_year(context_of(username), read_notice(text, year))
    if not loaded.is_new:
        say(f"{loaded.year}年的安排已经载入，内容相同；重算时限 {loaded.recalculated} 个。")
        return
    say(
        f"已载入{loaded.year}年第 {loaded.version} 版，共 {loaded.days} 天；"
        f"重算时限 {loaded.recalculated} 个。"
    )
