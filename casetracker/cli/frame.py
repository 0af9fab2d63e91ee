"""What all commands share: the app they run in, Chinese errors on stderr, JSON on stdout."""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NoReturn

import click
from flask import Flask
from flask.cli import AppGroup, ScriptInfo, with_appcontext
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError, ProgrammingError

from casetracker.config import SettingsError
from casetracker.domain.errors import DomainError, InvalidInput
from casetracker.labels.refusals import problem_text, refusal_text

in_app = with_appcontext
"""For a command that stands at the top, outside any group of ours."""

FAILED, MISUSED, INTERRUPTED = 1, 2, 130


class ChineseGroup(AppGroup):
    """Commands that run inside an app context; what goes wrong is told in Chinese."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
        except click.exceptions.Exit as done:
            sys.exit(done.exit_code)
        except click.Abort:
            say("已中断。")
            sys.exit(INTERRUPTED)
        except Exception as error:
            words, number = _told(error)
            if words is None:
                raise
            say(words)
            sys.exit(number)
        sys.exit(code if isinstance(code, int) else 0)


def serve(group: AppGroup, create_app: Callable[[], Flask]) -> None:
    """Run the group on an app that is made when a command needs it."""
    info = ScriptInfo(create_app=create_app, set_debug_flag=False)
    try:
        group.main(prog_name="casetracker", obj=info)
    except BrokenPipeError:  # whoever read our output has enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)


def say(text: str) -> None:
    """One message to the person at the terminal; never into the data."""
    click.echo(text, err=True)


def fail(text: str) -> NoReturn:
    """End the command with this Chinese sentence."""
    raise click.ClickException(text)


def field_words(error: ValidationError) -> str:
    """What is wrong with each field of a command, in one line."""
    return "；".join(map(_field_line, error.errors(include_url=False)))


def _field_line(error: Any) -> str:
    name = ".".join(str(part) for part in error["loc"])
    if error["type"] == "missing":
        return f"缺少 {name}"
    return f"{name}：{problem_text(error['type'], error.get('ctx'))}"


def show_json(value: Any) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))


@contextmanager
def growing_bar(title: str) -> Iterator[Callable[[int], None]]:
    """`bar(n)` tells that n more are done, of nobody knows how many; only on a terminal."""
    hidden = not sys.stderr.isatty()
    with click.progressbar(length=0, label=title, file=sys.stderr, hidden=hidden) as bar:

        def done(count: int) -> None:
            bar.length = (bar.length or 0) + count
            bar.update(count)

        yield done


def _told(error: Exception) -> tuple[str | None, int]:
    """The words for an expected error and the exit code; None for a fault of ours."""
    if isinstance(error, click.UsageError):
        return f"用法错误：{_usage_words(error)}", MISUSED
    if isinstance(error, click.ClickException):
        return f"错误：{error.format_message()}", FAILED
    if isinstance(error, SettingsError):
        return str(error), FAILED
    if isinstance(error, DomainError):
        return f"错误：{domain_words(error)}", FAILED
    if isinstance(error, OperationalError | ProgrammingError):
        return f"错误：{_database_words(error)}", FAILED
    return None, FAILED


def domain_words(error: DomainError) -> str:
    """A refusal as one line; of bad input every field."""
    if isinstance(error, InvalidInput):
        told = {name: problem_text(code, error.facts) for name, code in error.problems.items()}
        return "；".join(f"{name}：{words}" for name, words in told.items())
    facts = {k: "、".join(v) if isinstance(v, tuple) else v for k, v in error.facts.items()}
    title, detail = refusal_text(error, facts)
    return f"{title}。{detail}"


def _database_words(error: OperationalError | ProgrammingError) -> str:
    reason = str(error.orig)
    if "no such table" in reason or "does not exist" in reason:
        return "数据库结构不完整，请先执行 casetracker db upgrade。"
    if "locked" in reason:
        return "数据库正忙，请稍后重试。"
    return (
        "数据库暂时不可用，请检查 DATABASE_URL 和数据库服务；可执行 casetracker doctor 查看原因。"
    )


def _usage_words(error: click.UsageError) -> str:
    name = getattr(error, "param_hint", None) or _name_of(getattr(error, "param", None))
    if isinstance(error, click.NoSuchOption):
        return f"没有选项 {error.option_name}，可用 --help 查看。"
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name}。"
    if isinstance(error, click.BadParameter):
        return f"{name}：{_plain_chinese(error.message)}"
    if "No such command" in error.message:
        return (
            f"没有这个命令（{error.message.split()[-1].strip(chr(39) + '.')}），可用 --help 查看。"
        )
    if "unexpected extra argument" in error.message:
        return "参数过多，可用 --help 查看。"
    return _plain_chinese(error.message)


def _name_of(parameter: click.Parameter | None) -> str:
    if parameter is None:
        return "参数"
    return (
        parameter.opts[0]
        if parameter.param_type_name == "option"
        else parameter.human_readable_name
    )


def _plain_chinese(message: str) -> str:
    """Click's own English is replaced; what our commands say stands."""
    if any("\u4e00" <= sign <= "\u9fff" for sign in message):
        return message
    if "does not exist" in message:
        return "文件不存在。"
    if "not one of" in message:
        return f"不是可用的值（{message.rpartition('not one of')[2].strip(' .')}）。"
    if "integer" in message:
        return "应为整数。"
    return "无法识别，可用 --help 查看用法。"
