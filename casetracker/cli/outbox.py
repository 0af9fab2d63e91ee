"""`outbox run`: delivers, reminds and cleans without a worker."""

import time

import click

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, say
from casetracker.services.running.ticking import tick

outbox = ChineseGroup("outbox", help="消息投递。")


@outbox.command("run")
@click.option("--once", is_flag=True, help="投递一轮即结束。")
@click.option("--every", type=click.IntRange(1, 3600), default=5, help="两轮之间的秒数。")
def run_command(*, once: bool, every: int) -> None:
    """投递待发消息并按时提醒；没有后台进程的小型部署用它代替。按 Ctrl-C 停止。"""
    while True:
        ticked = tick(context_of())
        done = ticked.drained
        if done.relayed or done.sent or done.failed or done.unknown or once:
            say(
                f"已分发 {done.relayed}，已发送 {done.sent}，失败 {done.failed}，"
                f"结果未知 {done.unknown}。"
            )
        if once:
            return
        if ticked.reminded:
            say(f"已提醒 {ticked.reminded} 人次。")
        time.sleep(every)
