"""What may be asked about where matters were settled: docs/rules/settlement.md."""

from typing import Annotated, Literal

from pydantic import Field

from casetracker.services.commands.fields import BlankIsNone, Command, OptionalLine
from casetracker.services.commands.ledgers import Day


class SettlementQuestion(Command):
    """社区化解: which days, in lines of what."""

    since: Day = Field(title="日期自")
    until: Day = Field(title="日期至")
    by: Literal["area", "month"] = Field(default="area", title="分行")


class SettlementCases(SettlementQuestion):
    """The cases behind one figure, of one community or of all."""

    part: Literal[
        "community", "street", "handed_on", "open", "not_taken", "settled", "in_street", "received"
    ] = Field(title="哪一部分")
    area: OptionalLine = Field(default=None, title="所在社区（大队）")
    no_area: bool = Field(default=False, title="未登记所在社区")
    cursor: Annotated[str | None, BlankIsNone] = Field(
        default=None, max_length=300, title="上一页给出的 next_cursor"
    )
