"""A made-up table of another system, as the mapping `history` takes it: chance with a seed.

Five months of a street with everything that rates look at, and many moments on the very edge of a
month, of a limit or of office hours.
"""

import random
from datetime import datetime, time, timedelta

from tests.factories.second_reckoning import Days, due_dates, read_row

Cells = dict[str, str]

UNITS = ("东风社区", "新河社区", "公共管理办公室", "民呼我应指挥中心")
KINDS = ("求助", "投诉", "举报", "咨询", "建议", "表扬", "其他")
CHANNELS = ("市长专线", "区长热线", "12345", "城市留言板", "网格上报", "来电")
CATEGORIES = ("", "路灯", "道路破损", "施工噪声", "市政设施/路灯")
EXCLUSIONS = ("不可抗力", "误派", "超政府职责", "无法联系")
RESULTS = ("实际解决", "实际解决", "解释说明", "部分解决", "暂时无法解决", "")
ANSWERS = ("满意", "满意", "基本满意", "一般", "不满意", "")
EDGES = ("00:00:00", "11:59:59", "12:00:00", "17:30:00", "17:30:01", "23:59:59")


def foreign_rows(seed: int, count: int, first: datetime, last: datetime, days: Days) -> list[Cells]:
    """That many rows, received between the two moments (Asia/Shanghai); none tells of later."""
    draw = random.Random(seed)
    return [_row(draw, number, first, last, days) for number in range(1, count + 1)]


def _row(draw: random.Random, number: int, first: datetime, last: datetime, days: Days) -> Cells:
    received = _moment(draw, first, last)
    cells = {
        "external_number": f"BT-{number:04d}",
        "track": "热线工单",
        "channel": draw.choice(CHANNELS),
        "kind": draw.choice(KINDS),
        "category": draw.choice(CATEGORIES),
        "content": f"第{number}件：小区门口的路灯不亮，晚上出行不安全。",
        "received_at": _text(received),
        "returned_count": draw.choice(("", "", "0", "1", "2")),
        "redo_count": draw.choice(("", "", "", "1", "2")),
        "excluded": draw.choice(EXCLUSIONS) if draw.random() < 0.12 else "",
        "repeat_of": f"BT-{draw.randrange(1, number):04d}"
        if number > 1 and draw.random() < 0.15
        else "",
    }
    if cells["returned_count"] in ("1", "2"):
        cells["returns_granted"] = draw.choice(("", "0", "1"))
    if draw.random() < 0.1:
        cells["external_due_at"] = f"{received + timedelta(days=draw.randrange(1, 12)):%Y-%m-%d}"
    _work_on(draw, cells, received, last, days)
    return cells


def _moment(draw: random.Random, first: datetime, last: datetime) -> datetime:
    """Any second; every third one where a month of some profile begins or ends."""
    found = first + timedelta(seconds=draw.randrange(int((last - first).total_seconds())))
    if draw.random() < 0.3:
        found = found.replace(day=draw.choice((1, 18, 19, 28)))
    return min(max(_edged(draw, found), first), last)


def _edged(draw: random.Random, moment: datetime) -> datetime:
    """Now and then that day's midnight, noon or end of office, or the second beside it."""
    if draw.random() > 0.4:
        return moment
    return datetime.combine(moment.date(), time.fromisoformat(draw.choice(EDGES)))


def _work_on(
    draw: random.Random, cells: Cells, received: datetime, last: datetime, days: Days
) -> None:
    """Goes on with the row until chance, or the end of time, stops it."""
    fate = draw.random()
    if fate < 0.05:
        return
    at = received
    if fate < 0.92:
        at = max(_edged(draw, _later(draw, at, hours=30)), at)
        if at > last:
            return
        cells |= {"dispatched_at": _text(at), "lead_unit": draw.choice(UNITS)}
        if draw.random() < 0.12:
            cells["extended_days"] = draw.choice(("1", "3", "10"))
    elif fate < 0.96:
        cells["lead_unit"] = draw.choice(UNITS)
    if draw.random() < 0.06:
        _withdraw(draw, cells, at, last)
        return
    replied = _reply(draw, cells, at, last, days)
    if replied is not None:
        _close(draw, cells, replied, last)


def _withdraw(draw: random.Random, cells: Cells, at: datetime, last: datetime) -> None:
    closed = _later(draw, at, hours=200)
    if closed <= last:
        cells |= {"closed_at": _text(closed), "result": "诉求人撤回"}


def _reply(
    draw: random.Random, cells: Cells, at: datetime, last: datetime, days: Days
) -> datetime | None:
    """Signed, contacted and answered: early, late, in the due second, or not at all."""
    dues = due_dates(read_row(cells), days)
    signed = _around(draw, at, dues.sign, hours=12) if dues.sign else None
    contacted = _around(draw, at, dues.contact, hours=60)
    replied = max(_around(draw, at, dues.handle, hours=240), signed or at, contacted)
    if signed and signed <= last and draw.random() < 0.93:
        cells["signed_at"] = _text(signed)
    if contacted <= last and draw.random() < 0.9 and cells.get("lead_unit"):
        cells["contacted_at"] = _text(contacted)
    if replied > last or draw.random() < 0.06:
        return None
    cells |= {"replied_at": _text(replied), "result": draw.choice(RESULTS)}
    return replied


def _close(draw: random.Random, cells: Cells, replied: datetime, last: datetime) -> None:
    called = _later(draw, replied, hours=72)
    if called <= last and draw.random() < 0.8:
        cells |= {"callback_at": _text(called), "callback_valid": draw.choice(("1", "1", "1", "0"))}
        cells |= {
            "satisfaction": draw.choice(ANSWERS),
            "resolved": draw.choice(("1", "1", "0", "")),
        }
    closed = _later(draw, replied, hours=200)
    if closed <= last and draw.random() < 0.9:
        cells["closed_at"] = _text(closed)


def _around(draw: random.Random, at: datetime, due: datetime | None, hours: int) -> datetime:
    """Some time after `at`; sometimes in the due second, or in the one after it."""
    if due is not None and due >= at and draw.random() < 0.2:
        return due + timedelta(seconds=draw.randrange(2))
    return _later(draw, at, hours)


def _later(draw: random.Random, at: datetime, hours: int) -> datetime:
    return at + timedelta(seconds=draw.randrange(hours * 3600))


def _text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"
