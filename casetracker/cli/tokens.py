"""`token issue`, `token list`, `token revoke`: what programs identify themselves with."""

from dataclasses import asdict

import click

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, say, show_json
from casetracker.domain.errors import NotFound
from casetracker.services.people.api_clients import (
    ApiScope,
    TokenLine,
    issue_token,
    revoke_token,
    tokens,
)

token = ChineseGroup("token", help="接口令牌。")


@token.command("issue")
@click.option("--user", "username", required=True, help="令牌代表的账号。")
@click.option("--scopes", required=True, help=f"用途，逗号分隔：{'、'.join(ApiScope)} 或 all。")
@click.option("--name", default="", help="名称，便于辨认。")
@click.option("--days", type=click.IntRange(1, 3650), help="有效天数，默认不过期。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def issue_command(
    username: str, scopes: str, *, name: str, days: int | None, as_json: bool
) -> None:
    """签发接口令牌；只显示这一次。"""
    wanted = [part.strip() for part in scopes.replace(" ", ",").split(",") if part.strip()]
    made = issue_token(context_of(), username, wanted, name, days=days)
    if as_json:
        show_json({"token": made, "user": username, "scopes": wanted})
        return
    click.echo(made)
    say("令牌只显示这一次，请妥善保管。")


@token.command("list")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def list_command(*, as_json: bool) -> None:
    """列出签发过的令牌；令牌本身不保存，列不出来。"""
    lines = tokens(context_of())
    if as_json:
        show_json([asdict(line) for line in lines])
        return
    for line in lines:
        click.echo(_words(line))


@token.command("revoke")
@click.argument("token_id", metavar="编号", type=int)
def revoke_command(token_id: int) -> None:
    """撤销令牌，立即失效；编号见 token list。"""
    try:
        revoke_token(context_of(), token_id)
    except NotFound:
        fail(f"没有编号为 {token_id} 的令牌，请用 casetracker token list 查看。")
    say(f"令牌 {token_id} 已撤销，立即失效。")


def _words(line: TokenLine) -> str:
    until = f"有效至 {line.ends_at}" if line.ends_at else "不过期"
    state = "已撤销" if line.is_revoked else until
    return f"{line.id} {line.username} {line.name} {','.join(line.scopes)} {state}"
