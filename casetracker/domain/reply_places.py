"""Places in reply templates, such as `{unit}`: which there are, and filling them.

A place is a known name in braces; anything else in braces is a mistake of whoever wrote it. Text
that is filled in is never read as a template again.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

_PLACE = re.compile(r"\{([^{}]*)\}")
REPLY, UPSTREAM = "reply", "upstream"


@dataclass(frozen=True, slots=True)
class Place:
    """What stands there, and an example of it."""

    meaning: str
    example: str


_CASE: dict[str, Place] = {
    "number": Place("工单编号", "RX2026-000123"),
    "title": Place("标题", "东风小区三栋门口路灯不亮"),
    "unit": Place("承办单位", "公共管理办公室"),
}
_ANSWER: dict[str, Place] = {
    "external_number": Place("上级平台单号", "SZ20260301001"),
    "result": Place("办理结果", "已解决"),
    "reply": Place("答复内容", "路灯已于 3 月 2 日更换，夜间照明恢复正常。"),
    "replied_at": Place("答复时间", "2026年3月2日 16:20"),
}
PLACES: Mapping[str, Mapping[str, Place]] = MappingProxyType(
    {REPLY: MappingProxyType(_CASE), UPSTREAM: MappingProxyType({**_CASE, **_ANSWER})}
)
"""By use: a reply is begun before there is an answer, an upstream answer is made of one."""


def unknown_places(body: str, use: str) -> list[str]:
    """Names in braces that the use does not know, in their order."""
    return [name for name in dict.fromkeys(_PLACE.findall(body)) if name not in PLACES[use]]


def filled(body: str, facts: Mapping[str, str]) -> str:
    """The text with every place filled; a place without a fact stays as it is."""
    return _PLACE.sub(lambda place: facts.get(place[1], place[0]), body)


def example_of(body: str, use: str) -> str:
    """The text as it could come out, for whoever writes it."""
    return filled(body, {name: place.example for name, place in PLACES[use].items()})
