"""`demo load`: the demonstration street, into an empty database."""

import json
import os
from pathlib import Path

from casetracker.cli.context import context_of, settings
from casetracker.cli.frame import ChineseGroup, growing_bar, say
from casetracker.services.demo.foundation import DemoAccount
from casetracker.services.demo.loading import load_demo

ACCOUNTS_FILE = "demo-accounts.json"

demo = ChineseGroup("demo", help="演示数据。")


@demo.command("load")
def load_command() -> None:
    """载入演示街道（只能载入空库）；账号写入数据目录的 demo-accounts.json。"""
    with growing_bar("正在载入") as bar:
        loaded = load_demo(context_of(), progress=bar)
    write_accounts(settings().data_dir / ACCOUNTS_FILE, loaded.accounts)
    say(
        f"演示街道已载入：账号 {len(loaded.accounts)} 个，历史工单 {loaded.past} 件，"
        f"在办及新近工单 {loaded.present} 件。"
    )


def write_accounts(path: Path, accounts: tuple[DemoAccount, ...]) -> None:
    """Readable by the owner alone; replaced as a whole."""
    draft = path.with_name(f".{path.name}.draft")
    draft.unlink(missing_ok=True)
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump([one.as_json() for one in accounts], file, ensure_ascii=False, indent=1)
    draft.replace(path)
