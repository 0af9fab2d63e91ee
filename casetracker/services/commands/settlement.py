"""What may be asked about where matters were settled: docs/rules/settlement.md."""

from typing import Literal

from pydantic import Field

from casetracker.services.commands.fields import Command
from casetracker.services.commands.ledgers import Day


class SettlementQuestion(Command):
    """社区化解: which days, in lines of what."""

    since: Day = Field(title="日期自")
    until: Day = Field(title="日期至")
    by: Literal["area", "month"] = Field(default="area", title="分行")
