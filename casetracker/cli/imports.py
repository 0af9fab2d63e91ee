"""`import` and `mapping list|add`: tables from outside."""

from pathlib import Path

import click

from casetracker.cli.context import context_of, settings
from casetracker.cli.frame import ChineseGroup, fail, growing_bar, in_app, say, show_json
from casetracker.services.imports.mapping import BASES, all_mappings, keep_mapping
from casetracker.services.imports.running import ImportReport, import_file

SHOWN = 20

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--mapping", "mapping_name", required=True, help="history、messages 或自建的映射。")
@click.option("--dry-run", is_flag=True, help="只检查，不写入。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--as", "username", help="以哪个账号的名义导入。")
@in_app
def import_command(
    file: Path, mapping_name: str, *, dry_run: bool, as_json: bool, username: str | None
) -> None:
    """导入 xlsx 或 CSV（UTF-8、GB18030）：合格的行入库，其余逐行说明原因。"""
    with growing_bar("正在导入") as bar:
        report = import_file(
            context_of(username),
            file,
            mapping_name,
            data_dir=settings().data_dir,
            dry_run=dry_run,
            progress=bar,
        )
    if as_json:
        show_json(report.as_json())
    else:
        _show(report, dry_run=dry_run)


def _show(report: ImportReport, *, dry_run: bool) -> None:
    verb = "可导入" if dry_run else "新增"
    click.echo(
        f"读取 {report.read} 行：{verb} {report.added}，已存在 {report.unchanged}，"
        f"未导入 {len(report.rejected)}。"
    )
    for one in report.rejected[:SHOWN]:
        click.echo(f"  第 {one.row} 行 {one.column}：{one.reason}")
    if len(report.rejected) > SHOWN:
        click.echo(f"  …… 共 {len(report.rejected)} 行")
    if report.rejected_file:
        click.echo(f"未导入的行已写入 {report.rejected_file}，改正后可再次导入。")


mapping = ChineseGroup("mapping", help="导入映射。")


@mapping.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def list_command(*, as_json: bool) -> None:
    """列出可用的映射。"""
    rows = all_mappings(context_of())
    if as_json:
        show_json(rows)
        return
    for row in rows:
        renamed = "，".join(f"{theirs}→{ours}" for theirs, ours in row["columns"].items())
        fixed = "，".join(f"{name}={value}" for name, value in row["constants"].items())
        click.echo(" ".join(filter(None, [row["name"], f"[{row['base']}]", renamed, fixed])))


@mapping.command("add")
@click.argument("name")
@click.option("--base", type=click.Choice(sorted(BASES)), required=True, help="以哪种格式为基础。")
@click.option("--column", "columns", multiple=True, help="文件列名=格式列名，可重复。")
@click.option("--set", "constants", multiple=True, help="格式列名=固定值，可重复。")
@click.option("--as", "username", help="以哪个账号的名义保存。")
def add_command(
    name: str, base: str, *, columns: tuple[str, ...], constants: tuple[str, ...],
    username: str | None,
) -> None:  # fmt: skip
    """新建或修改一个映射：列名对照和固定值。"""
    keep_mapping(
        context_of(username), name, base, columns=_pairs(columns), constants=_pairs(constants)
    )
    say(f"映射“{name}”已保存。")


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for text in texts:
        left, equals, right = text.partition("=")
        if not (equals and left.strip() and right.strip()):
            fail(f"“{text}”应写成 名称=值。")
        pairs[left.strip()] = right.strip()
    return pairs
