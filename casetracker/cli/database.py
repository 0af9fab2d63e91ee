"""`db upgrade`: the database to the newest structure."""

from flask_migrate import upgrade

from casetracker.cli.context import context_of
from casetracker.cli.frame import ChineseGroup, say
from casetracker.services.office.working_calendars import seed_calendar

database = ChineseGroup("db", help="数据库结构。")


@database.command("upgrade")
def upgrade_command() -> None:
    """升级到最新结构；已是最新则什么也不做。"""
    upgrade()
    years = seed_calendar(context_of())
    if years:
        say(f"已载入随附的放假安排 {years} 年。")
    say("数据库结构已是最新。")
