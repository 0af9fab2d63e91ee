"""`deadline`: when a limit runs out, with the reckoning day by day."""

import json
import sys
from typing import Any

import click
from pydantic import ValidationError

from casetracker.cli.context import context_of
from casetracker.cli.frame import FAILED, domain_words, fail, field_words, in_app, say, show_json
from casetracker.domain.errors import DomainError
from casetracker.services.office.deadline_calculator import DeadlineQuestion, calculate


@click.command("deadline")
@click.option("--limit", help="时限名称，如 handle:help、working:5、calendar:15。")
@click.option("--from", "start", help="起算时间，如 2026-03-02T09:30 或 2026-03-02 09:30。")
@click.option("--extend", type=int, default=0, help="延期天数（时限自身的单位）。")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--batch", is_flag=True, help='从标准输入逐行读取 {"limit","from","extend"}。')
@in_app
def deadline(
    limit: str | None, start: str | None, *, extend: int, as_json: bool, batch: bool
) -> int:
    """计算到期日，并逐日说明。"""
    if batch:
        return _answer_lines()
    if limit is None or start is None:
        raise click.UsageError("请给出 --limit 和 --from，或使用 --batch。")
    answer = _answer({"limit": limit, "from": start, "extend": extend})
    if "error" in answer:
        fail(answer["error"])
    if as_json:
        show_json(answer)
    else:
        _show(answer)
    return 0


def _answer_lines() -> int:
    wrong = 0
    for number, line in enumerate(sys.stdin, start=1):
        if not line.strip():
            continue
        answer = _answer_line(line)
        if "error" in answer:
            wrong += 1
            say(f"第 {number} 行：{answer['error']}")
        click.echo(json.dumps(answer, ensure_ascii=False))
    return FAILED if wrong else 0


def _answer_line(line: str) -> dict[str, Any]:
    try:
        body = json.loads(line)
    except (ValueError, RecursionError):
        body = None
    return _answer(body) if isinstance(body, dict) else {"error": "不是合法的 JSON 对象"}


def _answer(body: dict[str, Any]) -> dict[str, Any]:
    try:
        return calculate(context_of(), DeadlineQuestion.model_validate(body))
    except ValidationError as error:
        return {"error": field_words(error)}
    except DomainError as error:
        return {"error": domain_words(error)}


def _show(answer: dict[str, Any]) -> None:
    for step in answer["steps"]:
        click.echo(step["text"])
    click.echo(f"原始到期：{answer['due_raw']}")
    click.echo(f"法定到期：{answer['due_legal']}{'（暂定）' if answer['provisional'] else ''}")
