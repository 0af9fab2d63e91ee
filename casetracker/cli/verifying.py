"""`verify`: proves the record whole; exit 0 only when nothing was found."""

import click

from casetracker.cli.context import context_of
from casetracker.cli.frame import FAILED, growing_bar, in_app, say, show_json
from casetracker.services.verifying.findings import Finding
from casetracker.services.verifying.invariants import INVARIANTS
from casetracker.services.verifying.running import verify

SHOWN = 10_000
"""Findings that are told one by one; all are counted."""


@click.command("verify")
@click.option("--json", "as_json", is_flag=True, help="输出 JSON。")
@click.option("--name-sealed", is_flag=True, help="写出保密件的编号，只供纪工委核查时用。")
@in_app
def verify_command(*, as_json: bool, name_sealed: bool) -> int:
    """核验：登记、历史链、状态、期限、通知、附件、编号，件件闭环。"""
    findings: list[Finding] = []
    count = 0
    broken: set[str] = set()
    with growing_bar("正在核验") as bar:
        for invariant, finding in verify(context_of(), names_sealed=name_sealed):
            if finding is None:
                bar(1)
                continue
            count += 1
            broken.add(invariant.sentence)
            if len(findings) < SHOWN:
                findings.append(finding)
    if as_json:
        show_json(_report(findings, count, broken))
    else:
        _show(findings, count, broken)
    return FAILED if count else 0


def _report(findings: list[Finding], count: int, broken: set[str]) -> dict[str, object]:
    return {
        "ok": count == 0,
        "count": count,
        "invariants": [
            {"code": one.code, "sentence": one.sentence, "holds": one.sentence not in broken}
            for one in INVARIANTS
        ],
        "findings": [finding.as_json() for finding in findings],
    }


def _show(findings: list[Finding], count: int, broken: set[str]) -> None:
    for one in INVARIANTS:
        click.echo(f"{'✗' if one.sentence in broken else '✓'} {one.code} {one.sentence}")
    for finding in findings:
        place = f"{finding.case or '—'}"
        place += f" 第 {finding.seq} 条" if finding.seq is not None else ""
        click.echo(f"  {finding.invariant} {place}：{finding.kind} {finding.detail}".rstrip())
    say(f"核验发现 {count} 处问题。" if count else "核验通过，没有发现问题。")
