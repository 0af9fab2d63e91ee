"""Where a list leads when it is to be exported: the page that asks for it, with what it shows."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import request

from casetracker.domain.exports import ExportKind
from casetracker.domain.permissions import Right
from casetracker.services.context import Context

NOT_ASKED = frozenset({"cursor"})
"""What an address says of the page and not of the list."""


def export_url(
    ctx: Context, kind: ExportKind, asked: Mapping[str, str] | None = None
) -> str | None:
    """What the address of the page asks, or `asked`; None for whoever may not export."""
    if not ctx.actor.may(Right.CASES_EXPORT):
        return None
    said = request.args if asked is None else asked
    kept = [(k, v) for k, v in said.items() if k not in NOT_ASKED]
    return f"/ops/exports/new?{urlencode([('export', kind.value), *kept])}"
