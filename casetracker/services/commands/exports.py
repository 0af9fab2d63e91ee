"""What people do with exports: order one, consent to another's."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from casetracker.domain.exports import ExportKind
from casetracker.services.commands.fields import Command, Line, OptionalLine, code_of


class OrderExport(Command):
    """导出. `asked` is what the list was asked for, as the address of its page says it."""

    kind: Annotated[ExportKind, code_of(ExportKind)] = Field(title="导出内容")
    asked: dict[str, str] = Field(default_factory=dict, title="筛选条件")
    file_format: Literal["xlsx", "csv"] = Field("xlsx", title="文件格式")
    purpose: Line = Field(title="用途")


def _said(value: Any) -> Any:
    return {"yes": True, "no": False}.get(value, value) if isinstance(value, str) else value


class DecideExport(Command):
    """审批导出."""

    granted: Annotated[bool, BeforeValidator(_said)] = Field(title="是否同意")
    note: OptionalLine = Field(None, title="意见")
