"""The command line: one module per subject, one group that joins them."""

from collections.abc import Callable

from flask import Flask

from casetracker.cli.calendars import calendar
from casetracker.cli.cases import cases
from casetracker.cli.database import database
from casetracker.cli.deadlines import deadline
from casetracker.cli.demo import demo
from casetracker.cli.doctor import doctor_command
from casetracker.cli.frame import ChineseGroup, serve
from casetracker.cli.imports import import_command, mapping
from casetracker.cli.outbox import outbox
from casetracker.cli.reports import report
from casetracker.cli.tokens import token
from casetracker.cli.users import user
from casetracker.cli.verifying import verify_command

cli = ChineseGroup("casetracker", help="民呼我应 · 诉求办理平台 命令行。")

COMMANDS = (
    calendar,
    cases,
    database,
    deadline,
    demo,
    import_command,
    mapping,
    outbox,
    report,
    token,
    user,
    verify_command,
)

for command in COMMANDS:
    cli.add_command(command)


def run(create_app: Callable[[], Flask]) -> None:
    """Serve one call of the program and end the process with its exit code."""
    cli.add_command(doctor_command(create_app))
    serve(cli, create_app)
