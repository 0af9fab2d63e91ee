"""Which fonts papers ask for, and what stands in for them where they are not installed.

小标宋 and 仿宋_GB2312 may not be shipped freely, so a machine may have none of them: DOCX names the
official font with a substitute, PDF embeds the first one of its list that the machine has.
Source: GB/T 9704-2012 §5.2.2, §7; docs/operating.md, 文书与字体.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Typeface:
    """`office` is what DOCX names, `substitute` its other name; `families` are for PDF in order."""

    office: str
    substitute: str
    families: tuple[str, ...]
    is_bold_substitute: bool = False


_SERIF = ("Noto Serif CJK SC", "Source Han Serif SC")
_SANS = ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Micro Hei")

LATIN = "Times New Roman"
TITLE = Typeface(
    "方正小标宋简体",
    "华文中宋",
    ("方正小标宋简体", "FZXiaoBiaoSong-B05S", "华文中宋", "STZhongsong", *_SERIF, *_SANS),
    is_bold_substitute=True,
)
BODY = Typeface(
    "仿宋_GB2312",
    "仿宋",
    ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "STFangsong", *_SERIF, *_SANS),
)
KAI = Typeface(
    "楷体_GB2312",
    "楷体",
    ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "STKaiti", *_SERIF, *_SANS),
)
HEI = Typeface("黑体", "微软雅黑", ("黑体", "SimHei", "STHeiti", *_SANS, *_SERIF), True)
SONG = Typeface("宋体", "新宋体", ("宋体", "SimSun", "STSong", *_SERIF, *_SANS))
ALL = (TITLE, BODY, KAI, HEI, SONG)
