"""What residents of the demonstration street bring up, and what they are answered.

The words stand in `matters.txt`; here they are read and put into sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from casetracker.domain.vocabulary import Kind

RURAL = ("0102", "0103", "0304", "0906", "1205")
"""What a brigade settles itself, out of the communities' list."""

SPOTS = (
    "一号楼", "三栋二单元", "东门", "北门", "文化广场", "菜市场", "幼儿园门口", "小学路口",
    "公交站", "卫生服务站", "活动中心", "老年食堂", "沿河路", "兴盛街", "新建巷", "停车场",
    "健身步道", "六号楼", "十字路口", "便民超市",
)  # fmt: skip
RURAL_SPOTS = (
    "一组", "三组", "五组", "七组", "村委会旁", "泵站", "机耕路", "晒谷场", "小桥头", "鱼塘边",
)  # fmt: skip
WHENS = (
    "近一周", "最近几天", "上周末", "昨天晚上", "今天早上", "连续多日", "半个月来", "每到周末",
    "这两天", "前天", "一个多月来", "下雨后",
)  # fmt: skip
OPENINGS = ("", "您好，", "来电反映：", "市民反映，", "本人住在{area}，", "多次反映未果，")
CLOSINGS = (
    "",
    "希望尽快处理。",
    "请给予答复。",
    "盼回复，谢谢。",
    "请工作人员实地查看。",
    "望重视。",
)


@dataclass(frozen=True, slots=True)
class Matter:
    """One kind of matter; the reply says what was done."""

    category: str
    kind: Kind
    title: str
    reply: str
    contents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Telling:
    """One matter as one resident told it, and the answer."""

    matter: Matter
    title: str
    content: str
    reply: str
    address: str


@cache
def matters() -> tuple[Matter, ...]:
    """All of them, in the order of the file."""
    text = Path(__file__).with_name("matters.txt").read_text(encoding="utf-8")
    return tuple(_blocks(text))


def _blocks(text: str) -> Iterator[Matter]:
    for block in text.split("\n\n")[1:]:
        head, reply, *contents = block.strip().splitlines()
        category, kind, title = head.split(" ", 2)
        yield Matter(
            category,
            Kind(kind),
            title,
            reply.removeprefix("= "),
            tuple(line.removeprefix("- ") for line in contents),
        )


def matters_of(categories: frozenset[str]) -> tuple[Matter, ...]:
    """Those of the given categories."""
    return tuple(one for one in matters() if one.category in categories)


def tell(random: Random, matter: Matter, area: str, *, rural: bool) -> Telling:
    """The matter with a place and particulars of its own."""
    spot = random.choice(RURAL_SPOTS if rural else SPOTS)
    facts = {
        "place": f"{area}{spot}",
        "area": area,
        "when": random.choice(WHENS),
        "count": str(random.randint(2, 9)),
    }
    words = random.choice(OPENINGS) + random.choice(matter.contents) + random.choice(CLOSINGS)
    return Telling(
        matter,
        matter.title.format(**facts),
        words.format(**facts),
        f"您好！您反映的“{matter.title.format(**facts)}”已收悉。{matter.reply.format(**facts)}"
        "如有疑问，欢迎随时联系我们。",
        facts["place"],
    )
