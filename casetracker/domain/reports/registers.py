"""Where the counts of the registers lead: the ledgers, the register of orders and the lists of
patrols on the desk, of the days that a report counted. Source: docs/rules/reports.md 1(9).
"""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

Days = tuple[date, date]
"""First and last Shanghai day."""

LISTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "visits": ("/ops/visits", {}),
    "collective_visits": ("/ops/visits", {"only": "collective"}),
    "sessions": ("/ops/receptions", {}),
    "letters": ("/ops/letters", {}),
    "undertakings": ("/ops/undertakings", {}),
    "listed": ("/ops/old-cases", {"part": "listed"}),
    "struck_off": ("/ops/old-cases", {"part": "struck_off"}),
    "left": ("/ops/old-cases", {"part": "left"}),
    "orders": ("/ops/orders", {}),
    "inspections": ("/ops/inspections", {}),
    "found": ("/ops/hazards", {"part": "counted"}),
    "major": ("/ops/hazards", {"part": "counted", "level": "major"}),
    "rectified": ("/ops/hazards", {"part": "rectified"}),
    "not_rectified": ("/ops/hazards", {"part": "left"}),
    "to_date": ("/ops/hazards", {"part": "to_date"}),
    "late": ("/ops/hazards", {"part": "late"}),
}
"""By what is counted: the page, and what narrows it beside the days."""


LEDGERS = frozenset(
    {"/ops/visits", "/ops/receptions", "/ops/letters", "/ops/undertakings", "/ops/old-cases"}
)
"""The pages of the petition office's ledgers, which not everybody reads who makes reports."""


def register(name: str, days: Days | None) -> str | None:
    """The rows behind a count; None where the window begins within a day."""
    if days is None:
        return None
    page, narrowed = LISTS[name]
    asked = {"since": days[0].isoformat(), "until": days[1].isoformat(), **narrowed}
    return f"{page}?{urlencode(asked)}"
