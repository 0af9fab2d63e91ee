"""A Jinja environment with the product's options and stand-ins for its globals.

For tests of templates alone, without an application.
"""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from casetracker.labels import label
from casetracker.resources import templates_folder
from casetracker.web.templating import percent

SHANGHAI = ZoneInfo("Asia/Shanghai")
NAV = [{"label": "派单", "url": "/ops/dispatch", "count": 7, "active": True, "key": "dispatch"}]
DESK = {
    "street": "新沟镇街",
    "home_url": "/ops",
    "search_url": "/ops/search",
    "search_text": None,
    "intake_url": None,
    "inbox_url": "/ops/inbox",
    "inbox_unread": 0,
    "user_name": "王敏",
    "unit_name": "指挥中心",
    "sign_out_url": "/out",
}
PORTAL = {
    "street": "新沟镇街",
    "home_url": "/",
    "phone": None,
    "office_hours": None,
    "guidance_url": None,
    "doors": [{"label": "查进度", "url": "/track", "active": True}],
}


def at(text: str) -> datetime:
    """An instant given as Shanghai wall time: `2026-10-09 09:12`."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def environment() -> Environment:
    jinja = Environment(
        loader=FileSystemLoader(templates_folder()), undefined=StrictUndefined, autoescape=True
    )
    jinja.globals.update(
        asset=lambda path: f"/static/{path}?v=0",
        csrf_token=lambda: 'to"ken',
        get_flashed_messages=lambda **_: [("error", "派单没有成功")],
        label=label,
    )
    jinja.filters.update(
        date_cn=lambda day: f"{day.month}月{day.day}日",
        datetime_cn=lambda moment: moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M"),
        due_text=lambda due: due["words"],
        moment_cn=lambda moment: moment.astimezone(SHANGHAI).strftime("%m-%d %H:%M"),
        percent=percent,
    )
    return jinja


def render(source: str, **context: Any) -> str:
    """A page's snippet; every component is imported for it by name."""
    names = sorted(path.stem for path in (templates_folder() / "components").glob("*.html"))
    imports = "".join(
        f'{{% from "components/{name}.html" import {name} %}}' for name in names if name in source
    )
    return environment().from_string(imports + source).render(**context)
