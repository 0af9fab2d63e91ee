"""Rows of the mapping `history`, and files of them."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from casetracker.services.imports.fields_of_history import COLUMNS

SHANGHAI = ZoneInfo("Asia/Shanghai")

FINISHED: Mapping[str, str] = {
    "external_number": "SZ-1",
    "track": "hotline",
    "channel": "市长专线",
    "kind": "投诉",
    "category": "施工噪声",
    "title": "夜间施工",
    "content": "工地夜间施工，无法入睡。",
    "petitioner_name": "张三",
    "petitioner_phone": "13812345678",
    "received_at": "2026-01-05 09:00",
    "dispatched_at": "2026-01-05 09:30",
    "lead_unit": "东风社区",
    "signed_at": "2026-01-05 10:00",
    "contacted_at": "2026-01-05 15:00",
    "replied_at": "2026-01-08 10:00",
    "closed_at": "2026-01-09 10:00",
    "result": "实际解决",
    "callback_at": "2026-01-09 09:30",
    "callback_valid": "1",
    "resolved": "1",
    "satisfaction": "满意",
}
"""A case from the call to a satisfied resident, all in time."""


def row(number: str = "SZ-1", **changes: str) -> dict[str, str]:
    """The finished case with these columns changed; an empty text is an empty cell."""
    return {**FINISHED, "external_number": number, **changes}


def unfinished(number: str = "SZ-1", until: str = "received_at", **changes: str) -> dict[str, str]:
    """The case as it stood after that step."""
    steps = ("received_at", "dispatched_at", "signed_at", "contacted_at", "replied_at")
    later = steps[steps.index(until) + 1 :]
    gone = (*later, "closed_at", "callback_at", "callback_valid", "resolved", "satisfaction")
    empty = dict.fromkeys(gone, "")
    if until != "replied_at":
        empty["result"] = ""
    if until == "received_at":
        empty["lead_unit"] = ""
    return row(number, **{**empty, **changes})


PETITION: Mapping[str, str] = {
    "external_number": "XF-1",
    "track": "petition",
    "channel": "来信",
    "source_level": "区",
    "kind": "求助",
    "category": "道路破损",
    "title": "还建房漏水",
    "content": "还建房屋面漏水多次报修无果，请求维修。",
    "petitioner_name": "李四",
    "petitioner_phone": "13912345678",
    "persons": "3",
    "received_at": "2025-09-22 10:00",
    "petition_class": "申诉求决",
    "subroute": "6",
    "notified_at": "2025-09-30 15:00",
    "accepted_at": "2025-09-28 09:00",
    "dispatched_at": "2025-09-29 09:00",
    "lead_unit": "东风社区",
    "served_at": "2025-11-20 10:00",
    "closed_at": "2025-11-20 10:00",
    "result": "解释说明",
}
"""A petition from the letter to the served opinion, all in time."""


def petition_row(number: str = "XF-1", **changes: str) -> dict[str, str]:
    """The answered petition with these columns changed; an empty text is an empty cell."""
    return {**PETITION, "external_number": number, **changes}


def open_petition(number: str = "XF-1", **changes: str) -> dict[str, str]:
    """A petition that came in and of which nothing else is known."""
    gone = ("petition_class", "subroute", "notified_at", "accepted_at", "dispatched_at",
            "lead_unit", "served_at", "closed_at", "result")  # fmt: skip
    fresh = {"received_at": "2026-02-26 10:00"}
    return petition_row(number, **{**dict.fromkeys(gone, ""), **fresh, **changes})


def table_text(rows: Iterable[Mapping[str, str]], header: Iterable[str] = COLUMNS) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(header), extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def table(path: Path, rows: Iterable[Mapping[str, str]], encoding: str = "utf-8") -> Path:
    path.write_bytes(table_text(rows).encode(encoding))
    return path


def there(text: str) -> datetime:
    """A moment in Shanghai as written in such a table."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)
