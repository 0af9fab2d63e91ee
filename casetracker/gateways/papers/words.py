"""Words and signs that GB/T 9704-2012 puts around a paper's parts, the same in both formats."""

import re
from collections.abc import Sequence

DRAFT_MARK = "预览 未出具"


def addressed(text: str) -> str:
    """主送机关 ends with a full-width colon, §7.3.2."""
    return f"{text.rstrip('：:')}："


def annex_lines(names: Sequence[str]) -> list[str]:
    """附件说明, §7.3.4: `附件：1. …`; a single one bears no number, none ends with a sign."""
    if len(names) <= 1:
        return [f"附件：{name}" for name in names]
    lines = [f"{place}. {name}" for place, name in enumerate(names, 1)]
    return [f"附件：{lines[0]}", *lines[1:]]


def annex_mark(place: int, count: int) -> str:
    """附件1 above an annex, §7.3.7; a single one bears no number."""
    return f"附件{place}" if count > 1 else "附件"


_FIGURE = re.compile(r"[0-9.,%/()+—\s-]+")


def is_figure(text: str) -> bool:
    """Numbers, shares and dashes stand in the middle of their cell."""
    return _FIGURE.fullmatch(text) is not None


def noted(text: str) -> str:
    """附注 stands in brackets, §7.3.6."""
    return f"（{text}）"


def copied(text: str) -> str:
    """抄送, §7.4.2."""
    return f"抄送：{text.rstrip('。')}。"


def pairs_of(names: Sequence[str]) -> list[tuple[str, ...]]:
    """Two lines to sign on side by side."""
    return [tuple(names[start : start + 2]) for start in range(0, len(names), 2)]
