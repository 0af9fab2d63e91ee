"""Words of notices from templates/notices; an undefined name is an error, never a gap.

Templates get facts, no rows: numbers, dates and links, no name and no telephone number.
"""

from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from casetracker.domain.days import local
from casetracker.domain.listeners import Listener
from casetracker.domain.notices import NOTICES
from casetracker.resources import templates_folder

TITLE, BODY, SMS = "title", "body", "sms"
PATIENT = frozenset({Listener.PETITIONER})


@cache
def _texts() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates_folder() / "notices"),
        undefined=StrictUndefined,
        autoescape=select_autoescape(("html",)),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )


def worded(template: str, part: str, facts: dict[str, Any]) -> str:
    """One text of a template: its title, body or short message. Raises jinja2's errors."""
    return _texts().get_template(f"{template}.{part}.txt").render(facts).strip()


def moment(instant: datetime | None) -> str:
    """An instant as it stands in a message: Shanghai time to the minute, empty for none."""
    if instant is None:
        return ""
    there = local(instant)
    return f"{there.year}年{there.month}月{there.day}日{there:%H:%M}"


def parts_needed() -> dict[str, frozenset[str]]:
    """Which texts each template must have: staff read title and body, residents a message."""
    needed: dict[str, frozenset[str]] = {}
    for rule in (rule for rules in NOTICES.values() for rule in rules.values()):
        parts = frozenset({SMS} if Listener.PETITIONER in rule.listeners else ())
        parts |= frozenset({TITLE, BODY} if rule.listeners - PATIENT else ())
        needed[rule.template] = needed.get(rule.template, frozenset()) | parts
    return needed
