"""`user add`: accounts."""

import click
from pydantic import ValidationError

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, fail, field_words, say, show_json
from casetracker.services.commands.accounts import CreateAccount
from casetracker.services.people.accounts import create_account

user = ChineseGroup("user", help="账号。")


@user.command("add")
@click.argument("username")
@click.option("--name", required=True, help="姓名。")
@click.option("--unit", required=True, help="单位名称或代码。")
@click.option("--role", "roles", multiple=True, help="岗位代码或名称，可重复。")
@click.option("--email", help="电子邮箱。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
def add_command(
    username: str, *, name: str, unit: str, roles: tuple[str, ...], email: str | None,
    as_json: bool,
) -> None:  # fmt: skip
    """新建账号；一次性口令只显示这一次，首次登录须修改。"""
    body = {"username": username, "name": name, "unit": unit, "roles": roles, "email": email}
    try:
        command = CreateAccount.model_validate(body)
    except ValidationError as error:
        fail(field_words(error))
    made = create_account(context_of(), command)
    if as_json:
        show_json({"id": made.id, "username": made.username, "password": made.password})
        return
    click.echo(f"{made.username} {made.password}")
    say("账号已建立。口令只显示这一次，首次登录须修改。")
